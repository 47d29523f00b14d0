import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { type Ask, callerOf, type Gate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { namedError } from "../machine/errors.ts";
import { type Listening, readBody, sendJson, serveOnLoopback } from "../machine/loopback.ts";
import { type Machine, type Prepared, prepare } from "./definition.ts";
import { awsError, type Executor, operations } from "./operations.ts";

export type StepFunctionsOptions = {
  port: number;
  machines: Machine[];
  /**
   * Rejects where the function fails, with an error whose name retries and catches of the machine are matched against.
   */
  invoke: Invoke;
  clock: Clock;
  gate?: Gate | undefined;
};

const PREFIX = "AWSStepFunctions.";
const LONGEST_REQUEST = 1_048_576;

/**
 * Step Functions' JSON protocol in front of aws-local-stepfunctions. Waits, a task's retries and a machine's timeout
 * follow the local clock; the retries of Parallel and Map states and a task's TimeoutSeconds follow real time.
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
      counted(calls, refusing({ gate, machine, functionArn }) ?? invoke(functionArn, event)),
  };
  clock.settles(() => quiet(calls).then(() => 0));
  const server = await serveOnLoopback({
    port,
    answer: (request, response) => answer({ gate, executor, request, response }),
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      for (const execution of executor.executions.values()) execution.stop("ABORTED");
      await quiet(calls);
    },
  };
}

type Invoking = { gate: Gate | undefined; machine: Prepared; functionArn: string };

/** A task that its machine's role does not allow, or whose role the machine may not take, fails as one in AWS does. */
function refusing({ gate, machine: { arn, roleArn }, functionArn }: Invoking): Promise<never> | undefined {
  const context = { "aws:sourcearn": [arn] };
  const refusal =
    gate?.refusal({ service: "states.amazonaws.com" }, { action: "sts:AssumeRole", resource: roleArn, context }) ??
    gate?.refusal({ arn: roleArn }, { action: "lambda:InvokeFunction", resource: functionArn });
  return refusal === undefined ? undefined : Promise.reject(namedError("Lambda.AWSLambdaException", refusal));
}

function counted<T>(calls: Set<Promise<unknown>>, call: Promise<T>): Promise<T> {
  calls.add(call);
  const forget = () => void calls.delete(call);
  call.then(forget, forget);
  return call;
}

/** Resolves once no function is being called. What follows an ended call is called within one turn of the event loop. */
async function quiet(calls: Set<Promise<unknown>>): Promise<void> {
  do {
    await Promise.allSettled(calls);
    await turn();
  } while (calls.size > 0);
}

type Call = { gate: Gate | undefined; executor: Executor; request: IncomingMessage; response: ServerResponse };

async function answer({ gate, executor, request, response }: Call): Promise<void> {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  try {
    const call = { target: request.headers["x-amz-target"], body: await read(request) };
    const caller = callerOf(request.headers);
    const refusal = caller && gate?.refusal(caller, askOf(call));
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

type Operated = { target: string | string[] | undefined; body: unknown };

const nameOf = ({ target }: Operated) =>
  typeof target === "string" && target.startsWith(PREFIX) ? target.slice(PREFIX.length) : "";

const About = z.object({ stateMachineArn: z.string(), executionArn: z.string() }).partial();

function askOf(operated: Operated): Ask {
  const { stateMachineArn, executionArn = "*" } = About.parse(operated.body);
  return { action: `states:${nameOf(operated)}`, resource: stateMachineArn ?? executionArn };
}

function operate(executor: Executor, { target, body }: Operated): unknown {
  const name = nameOf({ target, body });
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) throw awsError("UnknownOperationException", `${target ?? "No operation"} is not served here.`);
  return operation(executor, body);
}
