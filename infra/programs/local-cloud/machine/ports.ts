import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { plainFailure, systemCode } from "./errors.ts";

const services = [
  "api",
  "queues",
  "tokens",
  "clock",
  "mail",
  "secrets",
  "stateMachines",
  "files",
  "receiver",
  "sms",
] as const;
export type Ports = Record<(typeof services)[number], number>;

/**
 * Returns the API's port and the following ones, so that addresses are the same after a restart. With 0, returns free ports.
 */
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
    sms = 0,
  ] = chosen;
  return { api: first, queues, tokens, clock, mail, secrets, stateMachines, files, receiver, sms };
}

/**
 * Free ports that are reserved by a listening server. Otherwise this process could choose the same port twice before it is used.
 */
const held = new Map<number, Server>();

/** No browser and no `fetch` opens this port of our range: the fetch standard lists it as a bad port. */
const badPort = 10_080;

/**
 * A process has a hundred ports for itself, marked by a UDP socket on the first of them: no other process of ours chooses among them,
 * also not in the moment between the end of a reservation and the start of its server. All are below the range that the system uses for
 * outgoing connections, and below 20,000: above that, tests choose series of ports without reserving them.
 */
const portsOfProcess = 100;
const hundreds = 100;
let firstOfProcess: Promise<number> | undefined;

async function chooseHundred(): Promise<number> {
  const start = randomInt(hundreds);
  for (let step = 0; step < hundreds; step += 1) {
    const first = (100 + ((start + step) % hundreds)) * portsOfProcess;
    const mark = createSocket("udp4").unref();
    mark.bind({ port: first, address: "127.0.0.1", exclusive: true });
    if (await succeeds(once(mark, "listening"))) return first;
  }
  throw plainFailure("The ports from 10000 to 19999 are all taken: stop other clouds that run here.");
}

/** Whether the port was free, and is reserved now. */
async function reservePort(port: number): Promise<boolean> {
  const server = createServer().unref().listen(port, "127.0.0.1");
  const isFree = await succeeds(once(server, "listening"));
  if (isFree) held.set(port, server);
  return isFree;
}

const succeeds = (attempt: Promise<unknown>) =>
  attempt.then(
    () => true,
    () => false,
  );

/** Returns a free port, and reserves it for this process until `releasePort`. */
export async function freePort(): Promise<number> {
  firstOfProcess ??= chooseHundred();
  const first = await firstOfProcess;
  const start = randomInt(portsOfProcess);
  for (let step = 0; step < portsOfProcess; step += 1) {
    const port = first + ((start + step) % portsOfProcess);
    if (port !== badPort && (await reservePort(port))) return port;
  }
  throw plainFailure(
    `The ports from ${first} to ${first + portsOfProcess - 1} are all in use: stop what listens there.`,
  );
}

/** Ends the reservation of a port that `freePort` returned, so that its server can listen. */
export async function releasePort(port: number): Promise<void> {
  const server = held.get(port);
  if (!server) return;
  held.delete(port);
  server.close();
  await once(server, "close");
}

/** Releases the port and calls `listen`. If the port is in use, throws an error that tells the person what to do. */
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

/** Throws an error with advice if a port is in use. To find out, it listens on each port for a moment. */
export async function refuseTakenPorts({ receiver: _, ...ports }: Ports): Promise<void> {
  for (const port of Object.values(ports)) {
    const server = createServer().listen(port, "127.0.0.1");
    await listenOn(port, () => once(server, "listening"));
    server.close();
    await once(server, "close");
  }
}
