import { type LookupAddress, lookup } from "node:dns";
import { type Agent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { WebhookAttempt } from "#shared/domain/delivery/webhook.ts";
import { webhookTimeoutMs } from "#shared/domain/policy-numbers.ts";

/** The outcome of a POST: the status of the answer, or the reason why there was no answer. */
type AttemptOutcome = Pick<WebhookAttempt, "status" | "failure">;

/** Posts bodies to one address. It reuses one connection while the connection stays open. */
export type WebhookClient = {
  post(request: { headers: Record<string, string>; body: string }): Promise<AttemptOutcome>;
  close(): void;
};

/** How long the body of an answer may take. Until then nothing else can be sent over the connection. */
const bodyTimeoutMs = 1_000;
/** The body of an answer is read up to this size, so that the connection can be reused. Its content is ignored. */
const mostAnswerBytes = 16_384;

type ConnectionOptions = { lookup?: LookupFunction; timeoutMs?: number; receiver?: string | undefined };

/**
 * Opens a client for a webhook's https address. The client connects to public addresses only and follows no redirect.
 * `receiver` is set in the local cloud only: a program on the same machine that receives for all subscribers.
 */
export function openWebhookClient(url: string, options: ConnectionOptions = {}): WebhookClient {
  const { receiver = process.env.LOCAL_RECEIVER, lookup = publicLookup(), timeoutMs = webhookTimeoutMs } = options;
  if (receiver) return webhookClientTo({ target: localTarget(receiver, new URL(url)), send: httpRequest, timeoutMs });
  const agent = new HttpsAgent({ keepAlive: true, maxSockets: 1 });
  return webhookClientTo({ target: new URL(url), send: httpsRequest, agent, lookup, timeoutMs });
}

/** Accepts the loopback address alone: a wrong value of the variable must not send events to another host. */
function localTarget(receiver: string, { host, pathname }: URL): URL {
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(receiver)) throw new Error("LOCAL_RECEIVER must be on 127.0.0.1");
  return new URL(`${receiver}/${host}${pathname}`);
}

type ConnectionSettings = {
  target: URL;
  send: typeof httpRequest;
  agent?: Agent;
  lookup?: LookupFunction;
  timeoutMs: number;
};

function webhookClientTo(connection: ConnectionSettings): WebhookClient {
  return {
    post: (request) =>
      post(connection, request).catch((error: NodeJS.ErrnoException) => ({ failure: attemptFailure(error) })),
    close: () => connection.agent?.destroy(),
  };
}

async function post(
  connection: ConnectionSettings,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<AttemptOutcome> {
  const { target, send, agent, lookup, timeoutMs } = connection;
  if (lookup) refuseNonPublicTarget(target);
  const signal = AbortSignal.timeout(timeoutMs);
  const length = { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const options = { method: "POST", headers: { ...headers, ...length }, signal, agent, lookup };
    const request = send(target, options, (answer) => {
      let read = 0;
      answer.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read > mostAnswerBytes) answer.destroy();
      });
      // The status alone is the outcome. An error while the body is read changes nothing.
      answer.on("error", () => {});
      setTimeout(() => answer.destroy(), bodyTimeoutMs).unref();
      resolve({ status: answer.statusCode ?? 0 });
    });
    request.on("error", reject).on("upgrade", (_, socket) => socket.destroy());
    // "close" is the only sign that a connection was upgraded to another protocol, or ended without an answer. After an
    // answer this rejection does nothing.
    request.on("close", () => reject(new Error("closed without an answer"))).end(body);
  });
}

/** Node looks up no name for a URL that has an IP address as its host, so `publicLookup` does not see that address. */
function refuseNonPublicTarget({ protocol, hostname, port, username }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  const isNonPublicAddress = isIP(address) !== 0 && !isPublic(address);
  if (protocol !== "https:" || port || username || isNonPublicAddress) throw notPublicError(hostname);
}

function attemptFailure({ name, code }: NodeJS.ErrnoException): NonNullable<WebhookAttempt["failure"]> {
  if (code === notPublicCode) return "non-public-address";
  return name === "AbortError" || name === "TimeoutError" ? "timeout" : "connection-failed";
}

/** The ranges in IANA's registries of special-purpose addresses that do not lead to one public host. */
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
/**
 * Global unicast is `2000::/3`. These ranges of it are not public hosts: they carry IPv4 addresses (Teredo, 6to4) or are
 * reserved for protocols and documentation.
 */
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

/** Whether an address is that of a public host. Mapped, translated, shared, link-local and private addresses are not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !nonPublicAddresses.check(address, "ipv4");
  return family === 6 && unicast.check(address, "ipv6") && !nonPublicAddresses.check(address, "ipv6");
}

const notPublicCode = "ENOTPUBLIC";

function notPublicError(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} has no public address`), { code: notPublicCode });
}

type LookupAll = (
  host: string,
  options: { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup that gives a connection only the public addresses of a name. The connection uses the addresses that were checked
 * here, so a name that leads to another address at its next lookup (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: LookupAll = lookup): LookupFunction {
  return (host, { all }, found) =>
    resolve(host, { all: true }, (error, addresses) => {
      const publicOnes = error ? [] : addresses.filter(({ address }) => isPublic(address));
      const [first] = publicOnes;
      if (!first) return found(error ?? notPublicError(host), "");
      return all ? found(null, publicOnes) : found(null, first.address, first.family);
    });
}
