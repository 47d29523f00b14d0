import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A request that is older than this may be an old one that somebody sends again. */
const longestAgeSeconds = 300;

export type SignedRequest = { headers: IncomingHttpHeaders; body: string; secrets: readonly string[]; now?: number };

/**
 * Whether a request comes from the province (Standard Webhooks 1.0.0): one of its signatures was made with one of the secrets, less
 * than five minutes ago. `body` is the text as it arrived. An empty secret is no secret.
 */
export function isGenuine({ headers, body, secrets, now = Date.now() }: SignedRequest): boolean {
  const { "webhook-id": id, "webhook-timestamp": seconds } = headers;
  if (!(Math.abs(now / 1_000 - Number(seconds)) < longestAgeSeconds)) return false;
  const keys = secrets
    .map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
    .filter(({ length }) => length > 0);
  const expected = keys.map((key) => createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest());
  const given = String(headers["webhook-signature"] ?? "")
    .split(" ")
    .map((signature) => Buffer.from(signature.replace(/^v1,/, ""), "base64"));
  return given.some((one) => expected.some((other) => one.length === other.length && timingSafeEqual(one, other)));
}

/** What every event has; the rest depends on its type. */
export type WebhookEvent = { id: string; source: string; type: string; [field: string]: unknown };

export type WebhookOptions = {
  /** The path of the webhook's address. */
  path: string;
  secrets: readonly string[];
  /** Keeps an event. The province hears that it arrived once this has ended; it sends the event again if this fails. */
  keep: (event: WebhookEvent) => void | Promise<void>;
  /** The time in milliseconds; the machine's by default. */
  now?: () => number | Promise<number>;
  /** Is called with what `keep` threw, and with a request that broke off. */
  onError?: (error: unknown) => void;
};

/** A handler for `http.createServer`: it answers 204 to an event that was kept, 401 to a request that is not genuine. */
export function createWebhookHandler({ path, secrets, keep, now = Date.now, onError }: WebhookOptions) {
  async function statusFor(request: IncomingMessage): Promise<number> {
    if (request.method !== "POST" || request.url !== path) return 404;
    const body = await text(request);
    if (!isGenuine({ headers: request.headers, body, secrets, now: await now() })) return 401;
    await keep(JSON.parse(body));
    return 204;
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      response.writeHead(await statusFor(request)).end();
    } catch (error) {
      onError?.(error);
      response.writeHead(500).end();
    }
  };
}
