import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ToContainer, ToHost } from "./lambda-messages.ts";

/** Loading the bundle; AWS allows a function's init phase 10 s on a machine of its own. */
const initPatience = 30_000;

export type FunctionCode = {
  name: string;
  arn: string;
  /** The unpacked bundle. */
  root: string;
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  logFile: string;
};

export type Container = {
  state: "starting" | "idle" | "busy" | "ended";
  invoke(event: unknown): Promise<unknown>;
  shift(offset: number): void;
  end(): Promise<void>;
};

type Options = {
  code: FunctionCode;
  offset: () => number;
  /** Called whenever it has become idle or has ended; with what went wrong when it never started. */
  changed: (failure?: Error) => void;
};

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

/** A child process that runs one invocation at a time, and is killed when one takes too long. */
export function startContainer({ code, offset, changed }: Options): Container {
  const child = spawnWorker(code);
  let waiting: Waiting | undefined;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const tell = (message: ToContainer) => void (child.connected && child.send(message));

  const settle = (outcome: (invocation: Waiting) => void) => {
    const invocation = waiting;
    waiting = undefined;
    if (!invocation) return;
    clearTimeout(invocation.timer);
    outcome(invocation);
  };
  const giveUp = (error: Error) => {
    const neverStarted = container.state === "starting";
    container.state = "ended";
    child.kill("SIGKILL");
    settle(({ reject }) => reject(error));
    changed(neverStarted ? error : undefined);
  };
  const init = setTimeout(
    () => giveUp(functionError("Sandbox.Timedout", `${code.name} did not load in ${initPatience} ms`)),
    initPatience,
  );

  const container: Container = {
    state: "starting",
    shift: (value) => tell({ kind: "shift", offset: value }),
    invoke: (event) =>
      new Promise((resolve, reject) => {
        const requestId = randomUUID();
        const limit = code.timeoutSeconds * 1_000;
        const late = () => giveUp(timedOut(requestId, code));
        container.state = "busy";
        waiting = { resolve, reject, timer: setTimeout(late, limit) };
        tell({
          kind: "invoke",
          offset: offset(),
          requestId,
          functionArn: code.arn,
          deadline: Date.now() + limit,
          event,
        });
      }),
    async end() {
      if (child.connected) child.disconnect();
      child.kill("SIGKILL");
      await exited;
    },
  };
  child.on("message", (text: string) => {
    const message = ToHost.parse(JSON.parse(text));
    if (container.state === "ended") return;
    clearTimeout(init);
    container.state = "idle";
    if (message.kind === "result") settle(({ resolve }) => resolve(message.value));
    if (message.kind === "error")
      settle(({ reject }) => reject(functionError(message.error.errorType, message.error.errorMessage)));
    changed();
  });
  child.once("exit", (status, signal) => {
    clearTimeout(init);
    if (container.state === "ended") return;
    giveUp(
      functionError(
        "Runtime.ExitError",
        `${code.name} exited with ${signal ?? `status ${status}`}: see ${code.logFile}`,
      ),
    );
  });
  return container;
}

/** What a function's failure is to whoever invoked it; AWS's error type is its name. */
export function functionError(type: string, message: string): Error {
  return Object.assign(new Error(message), { name: type });
}

function timedOut(requestId: string, { timeoutSeconds }: FunctionCode): Error {
  return functionError(
    "Sandbox.Timedout",
    `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  );
}

function spawnWorker(code: FunctionCode): ChildProcess {
  const log = openSync(code.logFile, "a");
  const child = fork(fileURLToPath(new URL("lambda-worker.ts", import.meta.url)), [code.root, code.handler], {
    env: code.environment,
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return child;
}
