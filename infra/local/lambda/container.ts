import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { namedError } from "../machine/errors.ts";
import { type ToContainer, ToHost } from "./messages.ts";

/** How long a bundle may take to load, in ms. AWS allows 10 s, but on a machine that does nothing else. */
const initPatience = 30_000;

export type FunctionCode = {
  name: string;
  arn: string;
  /** The folder of the bundle. */
  root: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  logFile: string;
};

type Options = {
  code: FunctionCode;
  /** The virtual clock's distance from real time in ms. */
  offset: () => number;
  /** Called whenever it has become idle or has ended; with an error if it ended before it was ever ready. */
  changed: (failure?: Error) => void;
};

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

export type Container = Options & {
  state: "starting" | "idle" | "busy" | "ended";
  child: ChildProcess;
  exited: Promise<unknown>;
  init?: NodeJS.Timeout;
  waiting?: Waiting | undefined;
};

/** A child process that runs one invocation at a time, and is killed when one takes too long. */
export function startContainer(options: Options): Container {
  const { code } = options;
  const child = spawnWorker(code);
  const container: Container = { ...options, state: "starting", child, exited: once(child, "exit") };
  container.init = setTimeout(
    () => giveUp(container, namedError("Sandbox.Timedout", `${code.name} did not load in ${initPatience} ms`)),
    initPatience,
  );
  child.on("message", (text: string) => receive(container, ToHost.parse(JSON.parse(text))));
  child.once("exit", (status, signal) => {
    const how = signal ?? `status ${status}`;
    giveUp(container, namedError("Runtime.ExitError", `${code.name} exited with ${how}: see ${code.logFile}`));
  });
  return container;
}

/** Runs one invocation in an idle container; rejects with an error named as AWS names the failure. */
export function invokeIn(container: Container, event: unknown): Promise<unknown> {
  const { code, offset } = container;
  const requestId = randomUUID();
  const limit = code.timeoutSeconds * 1_000;
  container.state = "busy";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => giveUp(container, timedOut(requestId, code)), limit);
    container.waiting = { resolve, reject, timer };
    const deadline = Date.now() + limit;
    tell(container, { kind: "invoke", offset: offset(), requestId, functionArn: code.arn, deadline, event });
  });
}

export function tell({ child }: Container, message: ToContainer): void {
  // A child that has just died takes nothing more; its exit is told elsewhere, and without a listener this would throw.
  if (child.connected) child.send(message, () => undefined);
}

export async function endContainer({ child, exited }: Container): Promise<void> {
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

function giveUp(container: Container, error: Error): void {
  if (container.state === "ended") return;
  const neverStarted = container.state === "starting";
  clearTimeout(container.init);
  container.state = "ended";
  container.child.kill("SIGKILL");
  settle(container, ({ reject }) => reject(error));
  container.changed(neverStarted ? error : undefined);
}

function settle(container: Container, outcome: (invocation: Waiting) => void): void {
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
  // The name is for whoever lists the machine's processes.
  const args = [code.root, code.handler, code.name];
  const child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), args, {
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...code.environment },
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}
