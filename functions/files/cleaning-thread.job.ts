import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { clean, type FileToClean } from "./clean.job.ts";
import { CleaningOutcome, type UncleanableReason } from "./cleaning/cleaned.ts";

/** Megabytes of JavaScript objects. Decoded pictures lie outside of this heap; their number of pixels is limited. */
const resourceLimits = { maxOldGenerationSizeMb: 768 };
const workerLimits = {
  /** A PDF of 60 pages takes longest. After this limit, the function still has time to save `processing-timeout`. */
  longestMs: 100_000,
  /** Bytes of the whole process, buffers outside of the heap included. The function has 2,048 MB. */
  largestProcess: 1_600 * 1_024 * 1_024,
};
const checkEveryMs = 100;

/**
 * Cleans a file in a thread of its own. The thread is ended when it takes too much time or memory, and the file is uncleanable.
 * Throws errors that the file did not cause, such as a missing codec: the file is then tried again and not refused.
 */
export async function cleanInWorker(
  file: FileToClean,
  { longestMs, largestProcess }: typeof workerLimits = workerLimits,
): Promise<CleaningOutcome> {
  const thread = new Worker(import.meta.filename, { workerData: { uncleaned: file }, env: {}, resourceLimits });
  const { promise, resolve, reject } = Promise.withResolvers<CleaningOutcome>();
  const refuse = (uncleanable: UncleanableReason) => resolve({ uncleanable });
  const timer = setTimeout(() => refuse("processing-timeout"), longestMs);
  const memoryCheck = setInterval(() => {
    if (process.memoryUsage.rss() > largestProcess) refuse("too-complex");
  }, checkEveryMs);
  thread.on("message", (answer) => resolve(CleaningOutcome.parseAsync(answer)));
  thread.on("error", (error) => {
    if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") refuse("too-complex");
    else reject(error);
  });
  thread.on("exit", () => reject(new Error("the thread ended without an answer")));
  return promise.finally(() => {
    clearTimeout(timer);
    clearInterval(memoryCheck);
    return thread.terminate();
  });
}

// The code of the thread. `uncleaned` is absent in the function's main thread, and in tests that run in threads.
const { uncleaned } = (isMainThread ? undefined : workerData) ?? {};
if (uncleaned)
  // A rejection ends the thread with its error.
  clean(uncleaned).then((cleaning) => parentPort?.postMessage(cleaning));
