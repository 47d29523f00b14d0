import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { plainFailure, systemCode } from "./errors.ts";

const services = ["api", "queues", "tokens", "clock", "mail", "secrets", "stateMachines", "files", "receiver"] as const;
export type Ports = Record<(typeof services)[number], number>;

/** The API's port and the next few, so that each address is the same after a restart; with 0, free ones. */
export async function choosePorts(api: number): Promise<Ports> {
  const chosen = await Promise.all(services.map((_, index) => (api === 0 ? freePort() : api + index)));
  const [
    first = 0,
    queues = 0,
    tokens = 0,
    clock = 0,
    mail = 0,
    secrets = 0,
    stateMachines = 0,
    files = 0,
    receiver = 0,
  ] = chosen;
  return { api: first, queues, tokens, clock, mail, secrets, stateMachines, files, receiver };
}

/** Those that nothing listens on yet: held, since between asking and listening another cloud may choose the same. */
const held = new Map<number, Server>();

/**
 * A port that is held for this process until it is listened on: below those that the system lends to outgoing
 * connections, and below 20,000, from where rows of ports are chosen that nobody holds.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 20_000);
  const server = createServer().unref().listen(port, "127.0.0.1");
  const isFree = await once(server, "listening").then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  held.set(port, server);
  return port;
}

/** Lets go of a port that `freePort` gave, for the one it was meant for. */
export async function releasePort(port: number): Promise<void> {
  const server = held.get(port);
  if (!server) return;
  held.delete(port);
  server.close();
  await once(server, "close");
}

/** Waits for something to listen; where the port is taken, rejects with what the person who started the cloud can do. */
export async function listenOn<T>(port: number, listen: () => PromiseLike<T>): Promise<T> {
  await releasePort(port);
  try {
    return await listen();
  } catch (error) {
    if (systemCode(error) !== "EADDRINUSE") throw error;
    throw plainFailure(
      `Port ${port} is in use: stop what listens there, or choose others with PORT (the cloud takes PORT and the next few).`,
      error,
    );
  }
}

/** Rejects with what to do if any is taken that the cloud listens on; listens on each for a moment to find out. */
export async function refuseTakenPorts({ receiver: _, ...ports }: Ports): Promise<void> {
  for (const port of Object.values(ports)) {
    const server = createServer().listen(port, "127.0.0.1");
    await listenOn(port, () => once(server, "listening"));
    server.close();
    await once(server, "close");
  }
}
