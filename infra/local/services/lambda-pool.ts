import { type Container, type FunctionCode, functionError, startContainer } from "./lambda-container.ts";

/** A container is a process of some 100 MB; a local caller rather waits than starts a fifth. */
const mostContainers = 4;

export type Pool = {
  invoke(event: unknown): Promise<unknown>;
  shift(offset: number): void;
  /** Resolves once no invocation is running or waiting. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
};

type Request = { event: unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void };

/** The containers of one function: none at first, one more whenever all are busy, reused ever after. */
export function createPool({ code, offset }: { code: FunctionCode; offset: () => number }): Pool {
  const containers = new Set<Container>();
  const queue: Request[] = [];
  const running = new Set<Promise<unknown>>();
  let stopped = false;
  const inState = (state: Container["state"]) => [...containers].filter((container) => container.state === state);

  const start = () => {
    const container = startContainer({
      code,
      offset,
      changed: (failure) => {
        if (container.state === "ended") containers.delete(container);
        if (failure) for (const { reject } of queue.splice(0)) reject(failure);
        pump();
      },
    });
    containers.add(container);
  };
  const pump = () => {
    if (stopped) return;
    for (const container of inState("idle")) {
      const request = queue.shift();
      if (request) container.invoke(request.event).then(request.resolve, request.reject);
    }
    const missing = queue.length - inState("starting").length;
    for (let n = Math.min(missing, mostContainers - containers.size); n > 0; n -= 1) start();
  };

  return {
    invoke(event) {
      if (stopped) return Promise.reject(functionError("ServiceException", `${code.name} is stopping.`));
      const answer = new Promise<unknown>((resolve, reject) => queue.push({ event, resolve, reject }));
      const ended: Promise<unknown> = answer.catch(() => {}).then(() => running.delete(ended));
      running.add(ended);
      pump();
      return answer;
    },
    shift(value) {
      for (const container of containers) container.shift(value);
    },
    async quiet() {
      while (running.size > 0) await Promise.all(running);
    },
    async stop() {
      stopped = true;
      for (const { reject } of queue.splice(0)) reject(functionError("ServiceException", `${code.name} is stopping.`));
      await Promise.all([...containers].map((container) => container.end()));
    },
  };
}
