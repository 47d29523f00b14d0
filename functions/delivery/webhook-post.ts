import { type LookupAddress, lookup } from "node:dns";
import { type Agent, request as plainly } from "node:http";
import { Agent as SecureAgent, request as securely } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { WebhookAttempt } from "#shared/domain/delivery/webhook.ts";
import { webhookTimeoutMs } from "#shared/domain/policy-numbers.ts";

/** What came of a POST: a status, or why there was none. */
export type AttemptOutcome = Pick<WebhookAttempt, "status" | "failure">;

/** Sends bodies to one address, over one connection while that stands. */
export type WebhookClient = {
  post(sent: { headers: Record<string, string>; body: string }): Promise<AttemptOutcome>;
  close(): void;
};

/** How long the rest of an answer may take: meanwhile nothing else goes over the connection. */
const bodyTimeoutMs = 1_000;
/** So much of an answer is read, for the sake of the connection; what it says is of no interest. */
const mostAnswerBytes = 16_384;

type ConnectionOptions = { lookup?: LookupFunction; timeoutMs?: number; receiver?: string | undefined };

/**
 * A line to a webhook's https address, to public addresses alone and following no redirect. `receiver`, which is set in
 * the local cloud alone: a program on this machine that stands in for all subscribers.
 */
export function openWebhookClient(url: string, route: ConnectionOptions = {}): WebhookClient {
  const { receiver = process.env.LOCAL_RECEIVER, lookup = publicLookup() } = route;
  const patience = route.timeoutMs ?? webhookTimeoutMs;
  if (receiver)
    return webhookClientTo({ target: localTarget(receiver, new URL(url)), send: plainly, timeoutMs: patience });
  const agent = new SecureAgent({ keepAlive: true, maxSockets: 1 });
  return webhookClientTo({ target: new URL(url), send: securely, agent, lookup, timeoutMs: patience });
}

/** Loopback and nothing else, whoever set the variable. */
function localTarget(receiver: string, { host, pathname }: URL): URL {
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(receiver)) throw new Error("LOCAL_RECEIVER must be on 127.0.0.1");
  return new URL(`${receiver}/${host}${pathname}`);
}

type ConnectionSettings = {
  target: URL;
  send: typeof plainly;
  agent?: Agent;
  lookup?: LookupFunction;
  timeoutMs: number;
};

function webhookClientTo(way: ConnectionSettings): WebhookClient {
  return {
    post: (sent) => post(way, sent).catch((error: NodeJS.ErrnoException) => ({ failure: attemptFailure(error) })),
    close: () => way.agent?.destroy(),
  };
}

async function post(
  way: ConnectionSettings,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<AttemptOutcome> {
  const { target, send, agent, lookup, timeoutMs } = way;
  if (lookup) refuseNonPublicTarget(target);
  const signal = AbortSignal.timeout(timeoutMs);
  const length = { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { ...headers, ...length }, signal, agent, lookup };
    const asked = send(target, options, (answer) => {
      let read = 0;
      answer.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read > mostAnswerBytes) answer.destroy();
      });
      // What breaks off after the status has been told: that was the answer.
      answer.on("error", () => {});
      setTimeout(() => answer.destroy(), bodyTimeoutMs).unref();
      resolve({ status: answer.statusCode ?? 0 });
    });
    asked.on("error", reject).on("upgrade", (_, socket) => socket.destroy());
    // A connection that another protocol takes over, or that goes without an answer, is told by this alone.
    asked.on("close", () => reject(new Error("closed without an answer"))).end(body);
  });
}

/** An address in place of a name is connected to without being looked up. */
function refuseNonPublicTarget({ protocol, hostname, port, username }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  const isClosed = isIP(address) !== 0 && !isPublic(address);
  if (protocol !== "https:" || port || username || isClosed) throw notPublicError(hostname);
}

function attemptFailure({ name, code }: NodeJS.ErrnoException): NonNullable<WebhookAttempt["failure"]> {
  if (code === notPublicCode) return "not-public";
  return name === "AbortError" || name === "TimeoutError" ? "too-slow" : "not-reached";
}

/** Of IANA's registries of special-purpose addresses, whatever leads elsewhere than to the one public host. */
const nonPublicV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** Global unicast is `2000::/3`; these of it hold IPv4 addresses (Teredo, 6to4) or are for protocols and documents. */
const nonPublicV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const nonPublicAddresses = new BlockList();
for (const [net, prefix] of nonPublicV4) nonPublicAddresses.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of nonPublicV6) nonPublicAddresses.addSubnet(net, prefix, "ipv6");
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address is some public host's; mapped, translated, shared, link-local and private ones are not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !nonPublicAddresses.check(address, "ipv4");
  return family === 6 && unicast.check(address, "ipv6") && !nonPublicAddresses.check(address, "ipv6");
}

export const notPublicCode = "ENOTPUBLIC";

export function notPublicError(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no public address`), { code: notPublicCode });
}

type LookupAll = (
  host: string,
  options: { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Gives a connection only public addresses of a name. It connects to what was checked here, so a name that leads
 * elsewhere the next time it is asked for finds nothing.
 */
export function publicLookup(resolve: LookupAll = lookup): LookupFunction {
  return (host, { all }, found) =>
    resolve(host, { all: true }, (error, addresses) => {
      const open = error ? [] : addresses.filter(({ address }) => isPublic(address));
      const [first] = open;
      if (!first) return found(error ?? notPublicError(host), "");
      return all ? found(null, open) : found(null, first.address, first.family);
    });
}
