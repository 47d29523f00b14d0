import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Task } from "./definition.ts";
import { retrying } from "./retry.ts";

export type Invoke = (functionArn: string, event: unknown) => Promise<unknown>;

/** What a task needs of the world: the functions, the time, and whether its execution was stopped. */
export type Surroundings = { invoke: Invoke; clock: Clock; signal: AbortSignal };

const Wait = z.object({
  input: z.json(),
  seconds: z.int().min(0).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

const InvokeParameters = z.object({ FunctionName: z.string(), Payload: z.unknown() });

/** Runs a wait or a task state; what it resolves with is the state's result. */
export async function runTask(
  task: Task,
  { input, ...around }: Surroundings & { input: unknown },
): Promise<z.JSONType> {
  const result = task.kind === "wait" ? await wait(input, around) : await callFunction(task, { input, ...around });
  return result === undefined ? null : z.json().parse(result);
}

async function wait(input: unknown, { clock, signal }: Surroundings): Promise<unknown> {
  const parsed = Wait.safeParse(input);
  if (!parsed.success) throw failure("States.Runtime", `The wait cannot be read: ${z.prettifyError(parsed.error)}`);
  const { seconds = 0, until } = parsed.data;
  const instant = until === undefined ? clock.now() + seconds * 1_000 : Date.parse(until);
  // AWS drops the fraction, so a wait may end up to a second early.
  await pauseUntil(Math.floor(instant / 1_000) * 1_000, { clock, signal });
  return parsed.data.input;
}

type Call = Surroundings & { input: unknown };

async function callFunction(task: Extract<Task, { kind: "lambda" }>, { input, invoke, clock, signal }: Call) {
  const { retry, timeoutSeconds, functionArn } = task;
  const call = functionArn ? () => invoke(functionArn, input) : () => optimized(input, invoke);
  return retrying({
    retry,
    attempt: () => inTime(call().catch(taskFailure), timeoutSeconds),
    pause: (ms) => pauseUntil(clock.now() + ms, { clock, signal }),
  });
}

/** `arn:aws:states:::lambda:invoke` wraps both what goes in and what comes out. */
async function optimized(input: unknown, invoke: Invoke): Promise<unknown> {
  const { FunctionName, Payload } = InvokeParameters.parse(input);
  const result = await invoke(FunctionName, Payload ?? {});
  return { ExecutedVersion: "$LATEST", Payload: result ?? null, StatusCode: 200 };
}

async function inTime<T>(result: Promise<T>, timeoutSeconds: number | undefined): Promise<T> {
  if (timeoutSeconds === undefined) return result;
  const timer = new AbortController();
  const late = sleep(timeoutSeconds * 1_000, undefined, { signal: timer.signal }).then(() => {
    throw failure("States.Timeout", "The task took too long.");
  });
  late.catch(() => {});
  return Promise.race([result, late]).finally(() => timer.abort());
}

/** Lambda reports a failed function by the error's name, and the rest as JSON. */
function taskFailure(error: unknown): never {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  throw failure(name, JSON.stringify({ errorType: name, errorMessage: message }));
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function pauseUntil(instant: number, { clock, signal }: Pick<Surroundings, "clock" | "signal">): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      reject(failure("States.Aborted", "The execution was stopped."));
    };
    const cancel = clock.at(instant, async () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
