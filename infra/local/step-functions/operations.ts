import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { namedError } from "../machine/errors.ts";
import type { Prepared } from "./definition.ts";
import { type Execution, executionArn, startExecution } from "./execution.ts";

export type Executor = {
  machines: Map<string, Prepared>;
  executions: Map<string, Execution>;
  clock: Clock;
  /** Calls functions with the rights of a machine's role. */
  invokeAs(machine: Prepared): Invoke;
};

/** An error for the caller; SDK clients tell errors apart by their names. */
export function awsError(name: string, message: string): Error {
  return Object.assign(namedError(name, message), { awsError: true });
}

type Operation = (executor: Executor, input: unknown) => unknown;

export const operations: Record<string, Operation> = {
  StartExecution: start,
  DescribeExecution: describe,
  StopExecution: stop,
  ListExecutions: list,
};

const LONGEST_INPUT = 262_144;
const NAME = /^[0-9A-Za-z\-_]{1,80}$/;

const Start = z.object({ stateMachineArn: z.string(), name: z.string().optional(), input: z.string().default("{}") });

function start({ machines, executions, clock, invokeAs }: Executor, input: unknown) {
  const asked = parse(Start, input);
  const machine = machines.get(asked.stateMachineArn);
  if (!machine) throw awsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${asked.stateMachineArn}'`);
  const name = asked.name ?? randomUUID();
  if (!NAME.test(name)) throw awsError("InvalidName", `Invalid Name: '${name}'`);
  checkInput(asked.input);
  const before = executions.get(executionArn(machine, name));
  if (before) return sameAgain(before, asked.input);
  const execution = startExecution({ machine, name, input: asked.input, clock, invoke: invokeAs(machine) });
  executions.set(execution.arn, execution);
  return started(execution);
}

/**
 * The same start, with the same name and input, may be repeated
 * while the execution runs; later its name stays taken.
 */
function sameAgain(execution: Execution, input: string) {
  if (execution.status === "RUNNING" && execution.input === input) return started(execution);
  throw awsError("ExecutionAlreadyExists", `Execution Already Exists: '${execution.arn}'`);
}

const started = ({ arn, startedAt }: Execution) => ({ executionArn: arn, startDate: startedAt / 1_000 });

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > LONGEST_INPUT) throw awsError("InvalidExecutionInput", "The input is too long.");
  try {
    JSON.parse(input);
  } catch {
    throw awsError("InvalidExecutionInput", "Invalid State Machine Execution Input: not JSON");
  }
}

const ByExecutionArn = z.object({ executionArn: z.string() });

function describe(executor: Executor, input: unknown) {
  const execution = found(executor, parse(ByExecutionArn, input).executionArn);
  const { output, error, cause } = execution;
  return {
    ...summary(execution),
    input: execution.input,
    inputDetails: { included: true },
    ...(output !== undefined && { output, outputDetails: { included: true } }),
    error,
    cause,
  };
}

const Stop = z.object({ executionArn: z.string(), error: z.string().optional(), cause: z.string().optional() });

function stop(executor: Executor, input: unknown) {
  const { executionArn, error, cause } = parse(Stop, input);
  const execution = found(executor, executionArn);
  execution.stop("ABORTED", { error, cause });
  return { stopDate: (execution.stoppedAt ?? executor.clock.now()) / 1_000 };
}

const List = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.string().optional(),
  maxResults: z.int().min(0).max(1_000).optional(),
  nextToken: z.string().regex(/^\d+$/).optional(),
});

function list({ machines, executions }: Executor, input: unknown) {
  const { stateMachineArn, statusFilter, maxResults, nextToken } = parse(List, input);
  if (!machines.has(stateMachineArn)) throw awsError("StateMachineDoesNotExist", "State Machine Does Not Exist");
  const found = [...executions.values()]
    .filter((one) => one.machineArn === stateMachineArn && (!statusFilter || one.status === statusFilter))
    .reverse();
  const from = Number(nextToken ?? 0);
  const to = from + (maxResults || 100);
  return { executions: found.slice(from, to).map(summary), ...(to < found.length && { nextToken: String(to) }) };
}

function summary({ arn, machineArn, name, status, startedAt, stoppedAt }: Execution) {
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: startedAt / 1_000,
    ...(stoppedAt !== undefined && { stopDate: stoppedAt / 1_000 }),
  };
}

function found({ executions }: Executor, arn: string): Execution {
  const execution = executions.get(arn);
  if (!execution) throw awsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  return execution;
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw awsError("ValidationException", z.prettifyError(parsed.error));
  return parsed.data;
}
