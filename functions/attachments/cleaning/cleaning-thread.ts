import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { clean, type FileToClean } from "./clean.ts";
import { CleaningOutcome, type UncleanableReason } from "./cleaned.ts";

/** Megabytes of objects; pictures are decoded outside of these, and bounded by their pixels. */
const resourceLimits = { maxOldGenerationSizeMb: 768 };
const workerLimits = {
  /** 60 pages of a PDF take most. It leaves the function time to say that it took too long. */
  longestMs: 100_000,
  /** Bytes of the whole process, buffers outside of the objects included; the function has 2,048 MB. */
  largestProcess: 1_600 * 1_024 * 1_024,
};
/** In milliseconds. */
const checkEveryMs = 100;

/**
 * Cleans a file in a thread of its own, which is ended when it takes too long or too much. Throws what is no fault of the
 * file, such as a codec that is missing: it is tried again then, and not refused.
 */
export async function cleanInWorker(
  file: FileToClean,
  { longestMs, largestProcess }: typeof workerLimits = workerLimits,
): Promise<CleaningOutcome> {
  const thread = new Worker(import.meta.filename, { workerData: { uncleaned: file }, env: {}, resourceLimits });
  const { promise, resolve, reject } = Promise.withResolvers<CleaningOutcome>();
  const ended = (uncleanable: UncleanableReason) => () => resolve({ uncleanable });
  const timer = setTimeout(ended("took-too-long"), longestMs);
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > largestProcess) ended("too-much-inside")();
  }, checkEveryMs);
  thread.on("message", (answer) => resolve(CleaningOutcome.parseAsync(answer)));
  thread.on("error", (error) =>
    "code" in error && isTooMuch(error.code) ? ended("too-much-inside")() : reject(error),
  );
  thread.on("exit", () => reject(new Error("the thread ended without an answer")));
  return promise.finally(() => {
    clearTimeout(timer);
    clearInterval(watch);
    return thread.terminate();
  });
}

const isTooMuch = (code: unknown) => code === "ERR_WORKER_OUT_OF_MEMORY";

/** What the thread does; in the function itself, and where tests run in threads of their own, there is nothing to clean. */
const { uncleaned } = (isMainThread ? undefined : workerData) ?? {};
if (uncleaned)
  // A rejection ends the thread by its error.
  clean(uncleaned).then((cleaning) => parentPort?.postMessage(cleaning));
