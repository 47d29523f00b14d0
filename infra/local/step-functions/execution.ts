import { ExecutionError } from "aws-local-stepfunctions";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Invoke } from "../lambda/lambda.ts";
import type { Prepared } from "./definition.ts";
import { runTask, type TaskContext } from "./task.ts";

export type Status = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

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
  /** Ends it now; what a function still answers is ignored. */
  stop(status: Status, why?: { error?: string; cause?: string }): void;
};

type Start = {
  machine: Prepared;
  name: string;
  input: string;
  clock: Clock;
  invoke: Invoke;
};

/** Starts an execution; the returned record is updated as it goes on. */
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
 * Ends the execution when the machine's timeout has passed on the local
 * clock. The engine's own timeout overflows beyond 24.8 days.
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
