import { type Agent, request as plainly } from "node:http";
import { Agent as SecureAgent, request as securely } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { webhookAnswersWithinMs } from "#shared/domain/policy-numbers.ts";
import type { Attempt } from "#shared/domain/telling/webhook.ts";
import { isPublic, notPublic, publicLookup, refusal } from "./public-address.ts";

/** What came of a POST: a status, or why there was none. */
export type Outcome = Pick<Attempt, "status" | "failure">;

/** Sends bodies to one address, over one connection while that stands. */
export type Line = {
  post(sent: { headers: Record<string, string>; body: string }): Promise<Outcome>;
  close(): void;
};

/** How long the rest of an answer may take: meanwhile nothing else goes over the connection. */
const bodyPatienceMs = 1_000;
/** So much of an answer is read, for the sake of the connection; what it says is of no interest. */
const mostAnswerBytes = 16_384;

type Route = { lookup?: LookupFunction; patienceMs?: number; receiver?: string | undefined };

/**
 * A line to a webhook's https address, to public addresses alone and following no redirect. `receiver`, which is set in
 * the local cloud alone: a program on this machine that stands in for all subscribers.
 */
export function openLine(url: string, route: Route = {}): Line {
  const { receiver = process.env.LOCAL_RECEIVER, lookup = publicLookup() } = route;
  const patience = route.patienceMs ?? webhookAnswersWithinMs;
  if (receiver) return lineTo({ target: onThisMachine(receiver, new URL(url)), send: plainly, patience });
  const agent = new SecureAgent({ keepAlive: true, maxSockets: 1 });
  return lineTo({ target: new URL(url), send: securely, agent, lookup, patience });
}

/** Loopback and nothing else, whoever set the variable. */
function onThisMachine(receiver: string, { host, pathname }: URL): URL {
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(receiver)) throw new Error("LOCAL_RECEIVER must be on 127.0.0.1");
  return new URL(`${receiver}/${host}${pathname}`);
}

type Way = {
  target: URL;
  send: typeof plainly;
  agent?: Agent;
  lookup?: LookupFunction;
  patience: number;
};

function lineTo(way: Way): Line {
  return {
    post: (sent) => post(way, sent).catch((error: NodeJS.ErrnoException) => ({ failure: failureIn(error) })),
    close: () => way.agent?.destroy(),
  };
}

async function post(way: Way, { headers, body }: { headers: Record<string, string>; body: string }): Promise<Outcome> {
  const { target, send, agent, lookup, patience } = way;
  if (lookup) refuseClosed(target);
  const signal = AbortSignal.timeout(patience);
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
      setTimeout(() => answer.destroy(), bodyPatienceMs).unref();
      resolve({ status: answer.statusCode ?? 0 });
    });
    asked.on("error", reject).on("upgrade", (_, socket) => socket.destroy());
    // A connection that another protocol takes over, or that goes without an answer, is told by this alone.
    asked.on("close", () => reject(new Error("closed without an answer"))).end(body);
  });
}

/** An address in place of a name is connected to without being looked up. */
function refuseClosed({ protocol, hostname, port, username }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  const isClosed = isIP(address) !== 0 && !isPublic(address);
  if (protocol !== "https:" || port || username || isClosed) throw refusal(hostname);
}

function failureIn({ name, code }: NodeJS.ErrnoException): NonNullable<Attempt["failure"]> {
  if (code === notPublic) return "not-public";
  return name === "AbortError" || name === "TimeoutError" ? "too-slow" : "not-reached";
}
