import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { physicalName, type Service } from "../cloudformation/resources.ts";
import { callerOf, type PermissionGate, type PermissionRequest } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";
import { namedError } from "../machine/errors.ts";
import { type Listening, readBody, sendJson, serveOnLoopback } from "../machine/http-server.ts";
import { listenOn } from "../machine/ports.ts";
import { type Machine, type Prepared, prepare } from "./definition.ts";
import { type Execution, executionArn, startExecution } from "./execution.ts";

type Executor = {
  machines: Map<string, Prepared>;
  executions: Map<string, Execution>;
  clock: Clock;
  /** Returns a function that invokes Lambda functions with the permissions of a state machine's role. */
  invokeAs(machine: Prepared): Invoke;
};

/** Returns an error for the caller. SDK clients recognize errors by their names. */
function awsError(name: string, message: string): Error {
  return Object.assign(namedError(name, message), { awsError: true });
}

const operations: Record<string, (executor: Executor, input: unknown) => unknown> = {
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
  if (before) return answerRepeatedStart(before, asked.input);
  const execution = startExecution({ machine, name, input: asked.input, clock, invoke: invokeAs(machine) });
  executions.set(execution.arn, execution);
  return started(execution);
}

/** A start with the same name and input may be repeated while the execution runs. Afterwards its name stays in use. */
function answerRepeatedStart(execution: Execution, input: string) {
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

export type StepFunctionsOptions = {
  port: number;
  machines: Machine[];
  /** Rejects if the function fails. Retries and catches of the state machine are matched with the error's name. */
  invoke: Invoke;
  clock: Clock;
  gate?: PermissionGate | undefined;
};

const PREFIX = "AWSStepFunctions.";
const LONGEST_REQUEST = 1_048_576;

/**
 * Serves the JSON protocol of Step Functions, in front of aws-local-stepfunctions. Waits, retries of tasks and timeouts of
 * state machines follow the local clock. Retries of Parallel and Map states and `TimeoutSeconds` of tasks follow real time.
 */
export async function startStepFunctions({
  port,
  machines,
  invoke,
  clock,
  gate,
}: StepFunctionsOptions): Promise<Listening> {
  const calls = new Set<Promise<unknown>>();
  const prepared = machines.map(prepare);
  const executor: Executor = {
    machines: new Map(prepared.map((machine) => [machine.arn, machine])),
    executions: new Map(),
    clock,
    invokeAs: (machine) => (functionArn, event) =>
      trackCall(calls, rejectIfDenied({ gate, machine, functionArn }) ?? invoke(functionArn, event)),
  };
  clock.settles(() => waitUntilQuiet(calls).then(() => 0));
  const server = await serveOnLoopback({
    port,
    answer: (request, response) => answer({ gate, executor, request, response }),
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      for (const execution of executor.executions.values()) execution.stop("ABORTED");
      await waitUntilQuiet(calls);
    },
  };
}

type TaskInvocation = { gate: PermissionGate | undefined; machine: Prepared; functionArn: string };

/** A task fails as in AWS if its state machine may not assume the role, or if the role may not invoke the function. */
function rejectIfDenied({ gate, machine: { arn, roleArn }, functionArn }: TaskInvocation): Promise<never> | undefined {
  const context = { "aws:sourcearn": [arn] };
  const refusal =
    gate?.refusal({ service: "states.amazonaws.com" }, { action: "sts:AssumeRole", resource: roleArn, context }) ??
    gate?.refusal({ arn: roleArn }, { action: "lambda:InvokeFunction", resource: functionArn });
  return refusal === undefined ? undefined : Promise.reject(namedError("Lambda.AWSLambdaException", refusal));
}

function trackCall<T>(calls: Set<Promise<unknown>>, call: Promise<T>): Promise<T> {
  calls.add(call);
  const forget = () => void calls.delete(call);
  call.then(forget, forget);
  return call;
}

/** Resolves once no function is running. The next function is invoked within one turn of the event loop. */
async function waitUntilQuiet(calls: Set<Promise<unknown>>): Promise<void> {
  do {
    await Promise.allSettled(calls);
    await nextTurn();
  } while (calls.size > 0);
}

type Call = {
  gate: PermissionGate | undefined;
  executor: Executor;
  request: IncomingMessage;
  response: ServerResponse;
};

async function answer({ gate, executor, request, response }: Call): Promise<void> {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  try {
    const call = { target: request.headers["x-amz-target"], body: await read(request) };
    const caller = callerOf(request.headers);
    const refusal = caller && gate?.refusal(caller, permissionFor(call));
    if (refusal) throw awsError("AccessDeniedException", refusal);
    const body = operate(executor, call);
    sendJson(response, { status: 200, body, headers });
  } catch (error) {
    if (!(error instanceof Error && "awsError" in error)) throw error;
    sendJson(response, { status: 400, body: { __type: error.name, message: error.message }, headers });
  }
}

async function read(request: IncomingMessage): Promise<unknown> {
  const body = await readBody({ request, limit: LONGEST_REQUEST });
  try {
    return JSON.parse(body?.toString() ?? "");
  } catch {
    throw awsError("SerializationException", "The request is not JSON, or too long.");
  }
}

type OperationCall = { target: string | string[] | undefined; body: unknown };

const nameOf = ({ target }: OperationCall) =>
  typeof target === "string" && target.startsWith(PREFIX) ? target.slice(PREFIX.length) : "";

const PermissionSubject = z.object({ stateMachineArn: z.string(), executionArn: z.string() }).partial();

function permissionFor(call: OperationCall): PermissionRequest {
  const { stateMachineArn, executionArn = "*" } = PermissionSubject.parse(call.body);
  return { action: `states:${nameOf(call)}`, resource: stateMachineArn ?? executionArn };
}

function operate(executor: Executor, { target, body }: OperationCall): unknown {
  const name = nameOf({ target, body });
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw awsError("UnknownOperationException", `${target ?? "No operation"} is not served here.`);
  return operation(executor, body);
}

const Properties = z.object({
  StateMachineName: z.string().optional(),
  DefinitionString: z.string(),
  RoleArn: z.string(),
});

type Options = { port: number; clock: Clock; invoke: Invoke; gate?: PermissionGate };

/** Creates the state machines of the templates, and serves them once the resources of all stacks have been created. */
export function createStateMachines({ port, ...options }: Options): Service {
  const machines: Machine[] = [];
  let stop = async () => {};
  return {
    environment: { AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${port}` },
    creators: {
      "AWS::StepFunctions::StateMachine": (declared) => {
        const { StateMachineName, DefinitionString, RoleArn } = Properties.parse(declared.properties);
        const name = StateMachineName ?? physicalName({ ...declared, longest: 80 });
        const arn = arnOf({ service: "states", resource: `stateMachine:${name}` });
        machines.push({ arn, name, definition: DefinitionString, roleArn: RoleArn });
        return { ref: arn, attributes: { Arn: arn, Name: name } };
      },
    },
    async begin() {
      const server = await listenOn(port, () => startStepFunctions({ port, machines, ...options }));
      stop = server.stop;
    },
    stop: () => stop(),
  };
}
