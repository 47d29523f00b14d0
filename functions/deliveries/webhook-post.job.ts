import { type Agent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { webhookTimeoutMs } from "#shared/policy-numbers.ts";
import { localTarget, notPublicCode, publicLookup, refuseNonPublicTarget } from "./public-address.job.ts";
import type { WebhookAttempt } from "./webhook.ts";

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
  if (receiver)
    return webhookClientTo({
      target: localTarget(receiver, { variable: "LOCAL_RECEIVER", url: new URL(url) }),
      send: httpRequest,
      timeoutMs,
    });
  const agent = new HttpsAgent({ keepAlive: true, maxSockets: 1 });
  return webhookClientTo({ target: new URL(url), send: httpsRequest, agent, lookup, timeoutMs });
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

function attemptFailure({ name, code }: NodeJS.ErrnoException): NonNullable<WebhookAttempt["failure"]> {
  if (code === notPublicCode) return "non-public-address";
  return name === "AbortError" || name === "TimeoutError" ? "timeout" : "connection-failed";
}
