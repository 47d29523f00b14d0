import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { Clock, ClockReading } from "../clock/clock.ts";
import { type DeclaredResource, physicalName, type Service } from "../cloudformation/resources.ts";
import type { PermissionGate } from "../iam/gate.ts";
import { arnOf, clientEnvironment, secretAccessKeyIn } from "../machine/aws-account.ts";
import { namedError, plainFailure } from "../machine/errors.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import { type ToContainer, ToHost } from "./messages.ts";

/** The time in ms that a bundle may take to load. AWS allows 10 s; this machine does other work too. */
const initTimeout = 30_000;

type FunctionCode = {
  name: string;
  arn: string;
  /** The folder of the bundle. */
  root: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  logFile: string;
};

type ContainerOptions = {
  code: FunctionCode;
  clock: Pick<Clock, "now" | "tick">;
  /** Called when the container becomes idle or ends; with an error if it ends before it was ready. */
  changed: (failure?: Error) => void;
};

type WaitingCaller = { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

type Container = ContainerOptions & {
  state: "starting" | "idle" | "busy" | "ended";
  child: ChildProcess;
  exited: Promise<unknown>;
  init?: NodeJS.Timeout;
  waiting?: WaitingCaller | undefined;
};

/** Starts a child process that runs one invocation at a time. It is killed if an invocation takes too long. */
function startContainer(options: ContainerOptions): Container {
  const { code } = options;
  const child = spawnWorker(code);
  const container: Container = { ...options, state: "starting", child, exited: once(child, "exit") };
  container.init = setTimeout(
    () => endWithError(container, namedError("Sandbox.Timedout", `${code.name} did not load in ${initTimeout} ms`)),
    initTimeout,
  );
  child.on("message", (text: string) => receive(container, ToHost.parse(JSON.parse(text))));
  child.once("exit", (status, signal) => {
    const how = signal ?? `status ${status}`;
    endWithError(container, namedError("Runtime.ExitError", `${code.name} exited with ${how}: see ${code.logFile}`));
  });
  return container;
}

/** Runs one invocation in an idle container. Rejects with an error that has the name that AWS gives to the failure. */
function invokeIn(container: Container, event: unknown): Promise<unknown> {
  const { code, clock } = container;
  const requestId = randomUUID();
  const limit = code.timeoutSeconds * 1_000;
  container.state = "busy";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => endWithError(container, timedOut(requestId, code)), limit);
    container.waiting = { resolve, reject, timer };
    sendToContainer(container, {
      kind: "invoke",
      clock: clock.tick(),
      requestId,
      functionArn: code.arn,
      timeoutMs: limit,
      event,
    });
  });
}

function sendToContainer({ child }: Container, message: ToContainer): void {
  // A child that has just died takes no more messages. Without the callback `send` would throw; the exit is handled
  // elsewhere.
  if (child.connected) child.send(message, () => undefined);
}

async function endContainer({ child, exited }: Container): Promise<void> {
  child.kill("SIGKILL");
  await exited;
}

function receive(container: Container, message: ToHost): void {
  if (container.state === "ended") return;
  clearTimeout(container.init);
  container.state = "idle";
  if (message.kind === "result") settle(container, ({ resolve }) => resolve(message.value));
  if (message.kind === "error") {
    const { errorType, errorMessage } = message.error;
    settle(container, ({ reject }) => reject(namedError(errorType, errorMessage)));
  }
  container.changed();
}

function endWithError(container: Container, error: Error): void {
  if (container.state === "ended") return;
  const neverStarted = container.state === "starting";
  clearTimeout(container.init);
  container.state = "ended";
  container.child.kill("SIGKILL");
  settle(container, ({ reject }) => reject(error));
  container.changed(neverStarted ? error : undefined);
}

function settle(container: Container, outcome: (caller: WaitingCaller) => void): void {
  const { waiting } = container;
  container.waiting = undefined;
  if (!waiting) return;
  clearTimeout(waiting.timer);
  outcome(waiting);
}

function timedOut(requestId: string, { timeoutSeconds }: FunctionCode): Error {
  const message = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return namedError("Sandbox.Timedout", message);
}

function spawnWorker(code: FunctionCode): ChildProcess {
  const log = openSync(code.logFile, "a");
  // The name is only for people who look at the list of processes.
  const args = [code.root, code.handler, code.name];
  const child = fork(fileURLToPath(new URL("worker.mjs", import.meta.url)), args, {
    env: {
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...code.environment,
      // What the host loaded first, such as another clock, a container loads first too: both count time alike.
      NODE_OPTIONS: `${code.environment.NODE_OPTIONS ?? ""} ${process.env.NODE_OPTIONS ?? ""}`.trim(),
    },
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}

/** The most containers of one function. Each is a process of about 100 MB, so further invocations wait. */
const mostContainers = 4;

/** The containers of one function. A container is added if an invocation finds none idle, and is reused later. */
type Pool = {
  code: FunctionCode;
  clock: Pick<Clock, "now" | "tick">;
  containers: Set<Container>;
  queue: { event: unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void }[];
  running: Set<Promise<unknown>>;
  stopped: boolean;
};

function createPool({ code, clock }: Pick<Pool, "code" | "clock">): Pool {
  return { code, clock, containers: new Set(), queue: [], running: new Set(), stopped: false };
}

function invokeFunction(pool: Pool, event: unknown): Promise<unknown> {
  if (pool.stopped) return Promise.reject(stopping(pool));
  const answer = new Promise<unknown>((resolve, reject) => pool.queue.push({ event, resolve, reject }));
  const ended: Promise<unknown> = answer
    .catch((error: Error) => reportFailure(pool, error))
    .then(() => pool.running.delete(ended));
  pool.running.add(ended);
  assign(pool);
  return answer;
}

/** Writes the log line that Lambda writes for a failed run, with the fields that our metric filters read. */
function reportFailure({ code, clock, stopped }: Pool, { name }: Error): void {
  if (stopped) return;
  const time = new Date(clock.now()).toISOString();
  const record = { status: name === "Sandbox.Timedout" ? "timeout" : "error", errorType: name };
  appendFileSync(code.logFile, `${JSON.stringify({ time, type: "platform.report", record })}\n`);
}

/** Sends the new reading to busy containers. Idle containers get it with their next invocation. */
function shiftClock(pool: Pool, clock: ClockReading): void {
  for (const container of inState(pool, "busy")) sendToContainer(container, { kind: "shift", clock });
}

/** Resolves once no invocation is running or waiting. */
async function untilQuiet({ running }: Pool): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

async function stopPool(pool: Pool): Promise<void> {
  pool.stopped = true;
  rejectWaiting(pool, stopping(pool));
  await Promise.all([...pool.containers].map(endContainer));
}

function assign(pool: Pool): void {
  if (pool.stopped) return;
  for (const container of inState(pool, "idle")) {
    const request = pool.queue.shift();
    if (request) invokeIn(container, request.event).then(request.resolve, request.reject);
  }
  const missing = pool.queue.length - inState(pool, "starting").length;
  for (let n = Math.min(missing, mostContainers - pool.containers.size); n > 0; n -= 1) addContainer(pool);
}

function addContainer(pool: Pool): void {
  const container = startContainer({
    code: pool.code,
    clock: pool.clock,
    changed: (failure) => {
      if (container.state === "ended") pool.containers.delete(container);
      if (failure) rejectWaiting(pool, failure);
      assign(pool);
    },
  });
  pool.containers.add(container);
}

function inState({ containers }: Pool, state: Container["state"]): Container[] {
  return [...containers].filter((container) => container.state === state);
}

function rejectWaiting({ queue }: Pool, error: Error): void {
  for (const { reject } of queue.splice(0)) reject(error);
}

function stopping({ code }: Pool): Error {
  return namedError("ServiceException", `${code.name} is stopping.`);
}

const Properties = z.object({
  FunctionName: z.string().optional(),
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  /** The role's ARN, which the function's calls carry as session token. Calls without a role may do everything. */
  Role: z.string().optional(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
});
type Properties = z.infer<typeof Properties>;

export type Invoke = (functionArn: string, event: unknown) => Promise<unknown>;

export type Lambda = Service & {
  invoke: Invoke;
  /** The ARN of the role that a function has. */
  roleOf(functionArn: string): string;
  /** The environment variables of all functions. */
  variables(): Record<string, string>;
  stop(): Promise<void>;
};

type LambdaOptions = {
  state: StateFolder;
  clock: Pick<Clock, "now" | "tick" | "onShift" | "settles">;
  /** Returns environment variables with which SDK clients find the other services. Called when a function is created. */
  endpoints: () => Record<string, string>;
  /** Checks whether Lambda may assume the role of a function. */
  gate?: PermissionGate;
  /** Replaces addresses of AWS by local addresses in the value of an environment variable. */
  localized?: (text: string) => string;
};

/** Runs each function in its own child processes, which are started when they are needed. */
export function createLambda(options: LambdaOptions): Lambda {
  const { clock, gate } = options;
  const pools = new Map<string, Pool>();
  const variables: Record<string, string> = {};
  const onEveryPool = (run: (pool: Pool) => Promise<void>) => Promise.all([...pools.values()].map(run));
  clock.onShift((reading) => {
    for (const pool of pools.values()) shiftClock(pool, reading);
  });
  clock.settles(() => onEveryPool(untilQuiet).then(() => 0));
  return {
    creators: {
      "AWS::Lambda::Function": (declared) => {
        const code = codeOf(declared, options);
        Object.assign(variables, code.environment);
        pools.set(code.arn, createPool({ code, clock }));
        return { ref: code.name, attributes: { Arn: code.arn } };
      },
    },
    begin() {
      for (const { code } of pools.values()) refuseWithoutRole(code, gate);
    },
    async invoke(functionArn, event) {
      const pool = pools.get(functionArn);
      if (!pool) throw new Error(`There is no function ${functionArn}.`);
      return invokeFunction(pool, event);
    },
    roleOf: (functionArn) => pools.get(functionArn)?.code.environment.AWS_SESSION_TOKEN ?? "",
    variables: () => variables,
    stop: async () => void (await onEveryPool(stopPool)),
  };
}

function refuseWithoutRole(
  { name, environment: { AWS_SESSION_TOKEN: role } }: FunctionCode,
  gate: PermissionGate | undefined,
): void {
  const request = { action: "sts:AssumeRole", resource: role ?? "" };
  const refusal = role && gate?.refusal({ service: "lambda.amazonaws.com" }, request);
  if (refusal) throw plainFailure(`Lambda cannot take the role of ${name}. ${refusal}`);
}

function codeOf(
  declared: DeclaredResource,
  { state, endpoints, localized = (text) => text }: LambdaOptions,
): FunctionCode {
  const properties = Properties.parse(declared.properties);
  const name = properties.FunctionName ?? physicalName({ ...declared, longest: 64 });
  const root = declared.asset(properties.Code.S3Key);
  return {
    name,
    arn: arnOf({ service: "lambda", resource: `function:${name}` }),
    root,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    environment: {
      ...clientEnvironment(secretAccessKeyIn(state)),
      ...environmentOf({ name, root, properties, endpoints: endpoints(), localized }),
    },
    logFile: join(state.folder("logs"), `${name}.log`),
  };
}

type EnvironmentParts = {
  name: string;
  root: string;
  properties: Properties;
  endpoints: Record<string, string>;
  localized: (text: string) => string;
};

function environmentOf({ name, root, properties, endpoints, localized }: EnvironmentParts): Record<string, string> {
  const variables = Object.entries(properties.Environment?.Variables ?? {});
  return {
    ...endpoints,
    ...(properties.Role && { AWS_SESSION_TOKEN: properties.Role }),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    LAMBDA_TASK_ROOT: root,
    NODE_OPTIONS: "--enable-source-maps",
    TZ: "UTC",
    ...Object.fromEntries(variables.map(([key, value]) => [key, localized(value)])),
  };
}
