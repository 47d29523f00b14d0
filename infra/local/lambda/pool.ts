import { appendFileSync } from "node:fs";
import { namedError } from "../machine/errors.ts";
import { type Container, endContainer, type FunctionCode, invokeIn, startContainer, tell } from "./container.ts";

/** A container is a process of some 100 MB, so a fifth invocation at the same time waits instead. */
const mostContainers = 4;

type Request = { event: unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void };

/** The containers of one function: one is added whenever an invocation finds none idle, and is reused from then on. */
export type Pool = {
  code: FunctionCode;
  offset: () => number;
  containers: Set<Container>;
  queue: Request[];
  running: Set<Promise<unknown>>;
  stopped: boolean;
};

export function createPool({ code, offset }: Pick<Pool, "code" | "offset">): Pool {
  return { code, offset, containers: new Set(), queue: [], running: new Set(), stopped: false };
}

export function invokeFunction(pool: Pool, event: unknown): Promise<unknown> {
  if (pool.stopped) return Promise.reject(stopping(pool));
  const answer = new Promise<unknown>((resolve, reject) => pool.queue.push({ event, resolve, reject }));
  const ended: Promise<unknown> = answer
    .catch((error: Error) => reportFailure(pool, error))
    .then(() => pool.running.delete(ended));
  pool.running.add(ended);
  assign(pool);
  return answer;
}

/** As Lambda itself writes into a function's log of a run that failed, with the fields that our filters of logs look at. */
function reportFailure({ code, offset, stopped }: Pool, { name }: Error): void {
  if (stopped) return;
  const time = new Date(Date.now() + offset()).toISOString();
  const record = { status: name === "Sandbox.Timedout" ? "timeout" : "error", errorType: name };
  appendFileSync(code.logFile, `${JSON.stringify({ time, type: "platform.report", record })}\n`);
}

/** Only who is at work looks at the clock: the others hear of the time with what they are given next. */
export function shiftClock(pool: Pool, offset: number): void {
  for (const container of inState(pool, "busy")) tell(container, { kind: "shift", offset });
}

/** Resolves once no invocation is running or waiting. */
export async function untilQuiet({ running }: Pool): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

export async function stopPool(pool: Pool): Promise<void> {
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
    offset: pool.offset,
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
