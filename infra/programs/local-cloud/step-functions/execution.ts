import { setTimeout as sleep } from "node:timers/promises";
import { ExecutionError } from "aws-local-stepfunctions";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { asError, namedError } from "../machine/errors.ts";
import { type Prepared, runWithRetries, type Task } from "./definition.ts";

/** Everything that a task needs: functions, the clock, and a signal that its execution was stopped. */
type TaskContext = { invoke: Invoke; clock: Clock; signal: AbortSignal };

const Wait = z.object({
  input: z.json(),
  seconds: z.int().min(0).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

const InvokeParameters = z.object({ FunctionName: z.string(), Payload: z.unknown() });

/** Runs a wait or task state, and returns its result. */
async function runTask(task: Task, { input, ...context }: TaskContext & { input: unknown }): Promise<z.JSONType> {
  const result = task.kind === "wait" ? await wait(input, context) : await callFunction(task, { input, ...context });
  return result === undefined ? null : z.json().parse(result);
}

async function wait(input: unknown, { clock, signal }: TaskContext): Promise<unknown> {
  const parsed = Wait.safeParse(input);
  if (!parsed.success) throw namedError("States.Runtime", `The wait cannot be read: ${z.prettifyError(parsed.error)}`);
  const { seconds = 0, until } = parsed.data;
  const instant = until === undefined ? clock.now() + seconds * 1_000 : Date.parse(until);
  // AWS drops the fraction, so a wait may end up to a second early.
  await pauseUntil(Math.floor(instant / 1_000) * 1_000, { clock, signal });
  return parsed.data.input;
}

type FunctionCall = TaskContext & { input: unknown };

async function callFunction(task: Extract<Task, { kind: "lambda" }>, { input, invoke, clock, signal }: FunctionCall) {
  const { retry, timeoutSeconds, functionArn } = task;
  const call = functionArn ? () => invoke(functionArn, input) : () => invokeByParameters(input, invoke);
  return runWithRetries({
    retry,
    attempt: () => withTimeout(call().catch(taskFailure), timeoutSeconds),
    pause: (ms) => pauseUntil(clock.now() + ms, { clock, signal }),
  });
}

/** The integration `arn:aws:states:::lambda:invoke`: the event is wrapped in parameters, and the result in a response. */
async function invokeByParameters(input: unknown, invoke: Invoke): Promise<unknown> {
  const { FunctionName, Payload } = InvokeParameters.parse(input);
  const result = await invoke(FunctionName, Payload ?? {});
  return { ExecutedVersion: "$LATEST", Payload: result ?? null, StatusCode: 200 };
}

async function withTimeout<T>(result: Promise<T>, timeoutSeconds: number | undefined): Promise<T> {
  if (timeoutSeconds === undefined) return result;
  const timer = new AbortController();
  const late = sleep(timeoutSeconds * 1_000, undefined, { signal: timer.signal }).then(() => {
    throw namedError("States.Timeout", "The task took too long.");
  });
  late.catch(() => {});
  return Promise.race([result, late]).finally(() => timer.abort());
}

/** Throws a function's error as Step Functions sees it: the same name, and as message a JSON text with name and message. */
function taskFailure(error: unknown): never {
  const { name, message } = asError(error);
  throw namedError(name, JSON.stringify({ errorType: name, errorMessage: message }));
}

function pauseUntil(instant: number, { clock, signal }: Pick<TaskContext, "clock" | "signal">): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      reject(namedError("States.Aborted", "The execution was stopped."));
    };
    const cancel = clock.at(instant, async () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

type Status = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

export type Execution = {
  arn: string;
  name: string;
  machineArn: string;
  input: string;
  status: Status;
  startedAt: number;
  stoppedAt?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** Ends the execution now. Later answers of functions are ignored. */
  stop(status: Status, why?: { error?: string; cause?: string }): void;
};

type Start = {
  machine: Prepared;
  name: string;
  input: string;
  clock: Clock;
  invoke: Invoke;
};

/** Starts an execution. The returned record is updated while it runs. */
export function startExecution({ machine, name, input, clock, invoke }: Start): Execution {
  const aborter = new AbortController();
  const execution: Execution = {
    arn: executionArn(machine, name),
    name,
    machineArn: machine.arn,
    input,
    status: "RUNNING",
    startedAt: clock.now(),
    stop: (status, why) => close(status, why),
  };
  const close = (status: Status, outcome: Partial<Execution> = {}) => {
    if (execution.status !== "RUNNING") return;
    Object.assign(execution, outcome, { status, stoppedAt: clock.now() });
    cancelTimeout();
    aborter.abort();
  };
  const cancelTimeout = timeOut({ machine, execution, clock });
  const { result, abort } = run({ machine, execution, taskContext: { clock, invoke, signal: aborter.signal } });
  aborter.signal.addEventListener("abort", abort, { once: true });
  result.then(
    (output) => close("SUCCEEDED", { output: JSON.stringify(output) }),
    (error: unknown) => close("FAILED", failureOf(error)),
  );
  return execution;
}

export function executionArn({ arn }: Prepared, name: string): string {
  return `${arn.replace(":stateMachine:", ":execution:")}:${name}`;
}

type Running = { machine: Prepared; execution: Execution; taskContext: TaskContext };

function run({ machine, execution, taskContext }: Running) {
  const handlers = [...machine.tasks].map(
    ([name, task]) => [name, (input: unknown) => runTask(task, { input, ...taskContext })] as const,
  );
  return machine.engine.run(z.json().parse(JSON.parse(execution.input)), {
    noThrowOnAbort: true,
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
    context: {
      Execution: { Id: execution.arn, Name: execution.name, RoleArn: machine.roleArn },
      StateMachine: { Id: machine.arn, Name: machine.name },
      Local: { StartTime: new Date(execution.startedAt).toISOString() },
    },
  });
}

type Timeout = { machine: Prepared; execution: Execution; clock: Clock };

/**
 * Ends the execution when the state machine's timeout has passed on the local clock. The engine's own timeout overflows
 * after 24.8 days.
 */
function timeOut({ machine, execution, clock }: Timeout): () => void {
  if (machine.timeoutSeconds === undefined) return () => {};
  const instant = execution.startedAt + machine.timeoutSeconds * 1_000;
  return clock.at(instant, async () => execution.stop("TIMED_OUT", { error: "States.Timeout" }));
}

function failureOf(error: unknown): { error: string; cause: string } {
  const reason = error instanceof ExecutionError ? error.cause : error;
  return reason instanceof Error
    ? { error: reason.name, cause: reason.message }
    : { error: "States.Runtime", cause: String(reason) };
}
