import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Service } from "./cloudformation/resources.ts";
import { type Listening, parseJson, readBody, sendJson, serveOnLoopback } from "./machine/http-server.ts";
import { listenOn } from "./machine/ports.ts";

const Kind = z.enum(["kavenegar", "sms-ir", "webhook"]);
type Kind = z.infer<typeof Kind>;

/**
 * The faults that the provider's own answer does not tell: it gives no answer, or none that can be read. Those that end with
 * `-after` accept the message first, so that only the answer is lost.
 */
const brokenAnswers = [
  "silent",
  "silent-after",
  "server-error",
  "server-error-after",
  "html",
  "html-after",
  "slow-drip-after",
  "endless-after",
  "cut-after",
] as const;
type BrokenAnswer = (typeof brokenAnswers)[number];

/**
 * How a provider fails. `blocked-by-owner`: the message is accepted, and the owner of the number blocked such messages.
 * `held`: it is accepted and not delivered yet.
 */
const FaultKind = z.enum([...brokenAnswers, "wrong-key", "no-credit", "blocked", "blocked-by-owner", "held"]);
type FaultKind = z.infer<typeof FaultKind>;

/** A fault that a test orders: for the next `count` calls of a provider, or only for messages to one number. */
const Fault = z.strictObject({
  provider: Kind.optional(),
  fault: FaultKind,
  to: z.string().optional(),
  count: z.int().min(1).default(1),
  /** Which calls fail: messages, or questions about them. */
  call: z.enum(["send", "states"]).default("send"),
});
type Fault = z.infer<typeof Fault>;

type State = "accepted" | "delivered" | "undelivered";

/** A message that a provider accepted, as `endpoints.json` leads to it. `to` is in E.164. */
export type Sms = {
  id: number;
  provider: Kind;
  to: string;
  text: string;
  line?: string;
  reference?: string;
  state: State;
  /** When it was accepted, by the local clock, in ISO 8601. */
  at: string;
};

type Options = {
  port: number;
  now: () => number;
  /** The keys of the providers, as the province's secret has them. Asked at each call, because they may be replaced. */
  keys: () => Partial<Record<Kind, string>>;
  /** How long each answer takes; as fast as it can without it. */
  delayMs?: number;
};

type SmsServer = Listening & {
  messages(): Sms[];
  order(fault: z.input<typeof Fault>): void;
  /** How many ordered faults no call has met yet. */
  faultsLeft(): number;
};

type Provider = { messages: Sms[]; faults: Fault[]; now: () => number; keys: Options["keys"]; delayMs: number };

/**
 * Serves Kavenegar, SMS.ir and a webhook on 127.0.0.1, as their public documents say (docs/research/sms-providers.md). The
 * first part of a path is the real host. GET /messages lists what was accepted, the newest last; POST /faults orders a
 * fault. No message leaves this machine.
 */
export async function startSmsServer({ port, now, keys, delayMs = 0 }: Options): Promise<SmsServer> {
  const provider: Provider = { messages: [], faults: [], now, keys, delayMs };
  const server = await serveOnLoopback({ port, answer: (request, response) => answer(provider, request, response) });
  return {
    ...server,
    messages: () => provider.messages.map((one) => ({ ...one })),
    order: (fault) => void provider.faults.push(Fault.parse(fault)),
    faultsLeft: () => provider.faults.length,
  };
}

async function answer(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody({ request, limit: 1_048_576 }))?.toString() ?? "";
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  if (pathname === "/messages") sendJson(response, { status: 200, body: provider.messages });
  else if (pathname === "/faults") orderFault(provider, { body, response });
  else {
    const [, host = "", ...path] = pathname.split("/").map(decodeURIComponent);
    const serve = providersByHost[host] ?? webhook;
    const reply = serve({ path, body, request, provider });
    if (provider.delayMs > 0) await sleep(provider.delayMs);
    if ("fault" in reply) fail(response, reply.fault);
    else sendJson(response, reply);
  }
}

function orderFault({ faults }: Provider, { body, response }: { body: string; response: ServerResponse }): void {
  const fault = Fault.safeParse(parseJson(body));
  if (fault.success) faults.push(fault.data);
  sendJson(response, { status: fault.success ? 200 : 400, body: { message: fault.error?.message ?? "ordered" } });
}

const providersByHost: Record<string, (call: Call) => Reply> = {
  "api.kavenegar.com": kavenegar,
  "api.sms.ir": smsIr,
};

type New = Pick<Sms, "provider" | "to" | "text"> & { line?: string | undefined; reference?: string | undefined };

/** The fault that this call is to have; a fault with a `count` is used up. */
function faultOf(
  { faults }: Provider,
  call: { provider: Kind; call: Fault["call"]; to?: string | undefined },
): FaultKind | undefined {
  const isFor = (one: Fault) => one.call === call.call && (one.provider ?? call.provider) === call.provider;
  const fault = faults.find((one) => isFor(one) && (one.to ?? call.to) === call.to);
  if (!fault) return undefined;
  fault.count -= 1;
  if (fault.count === 0) faults.splice(faults.indexOf(fault), 1);
  return fault.fault;
}

/** Keeps a message. One with a known reference is the message that was kept before, if the provider takes references. */
function accept(provider: Provider, message: New, fault: FaultKind | undefined): Sms {
  const { provider: kind, reference } = message;
  const before = reference && provider.messages.find((one) => one.provider === kind && one.reference === reference);
  if (before) return before;
  const state: State = fault === "blocked-by-owner" ? "undelivered" : fault === "held" ? "accepted" : "delivered";
  const kept: Sms = {
    id: 1_000_001 + provider.messages.length,
    ...JSON.parse(JSON.stringify(message)),
    state,
    at: new Date(provider.now()).toISOString(),
  };
  provider.messages.push(kept);
  return kept;
}

const html = "<!doctype html><title>Bad gateway</title><p>Please try again.";

const brokenBy = (fault: FaultKind | undefined): BrokenAnswer | undefined => brokenAnswers.find((one) => one === fault);

/** Answers as a provider that fails. */
function fail(response: ServerResponse, fault: BrokenAnswer): void {
  const kind = fault.replace("-after", "");
  if (kind === "server-error" || kind === "html")
    response.writeHead(kind === "html" ? 200 : 502, { "content-type": "text/html" }).end(html);
  if (kind === "slow-drip") drip(response, { size: 1, everyMs: 50 });
  if (kind === "endless") drip(response, { size: 100_000, everyMs: 5 });
  if (kind !== "cut") return;
  response.writeHead(200, { "content-type": "application/json", "content-length": 500 });
  response.write('{"return":', () => response.destroy());
}

function drip(response: ServerResponse, { size, everyMs }: { size: number; everyMs: number }): void {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" ".repeat(size)), everyMs);
  response.on("close", () => clearInterval(timer));
}

type Reply = { status: number; body: unknown } | { fault: BrokenAnswer };

/**
 * Accepts a message, or fails as ordered. `accepted` makes the provider's own answer of the message that was accepted.
 */
function acceptOrFail(
  provider: Provider,
  { message, fault }: { message: New; fault: FaultKind | undefined },
  accepted: (kept: Sms) => Reply,
): Reply {
  const broken = brokenBy(fault);
  if (broken && !broken.endsWith("-after")) return { fault: broken };
  const kept = accept(provider, message, fault);
  return broken ? { fault: broken } : accepted(kept);
}

const e164 = (typed: string) => (typed.startsWith("00") ? `+${typed.slice(2)}` : typed.replace(/^0/, "+98"));

type Call = { provider: Provider; path: string[]; body: string; request: IncomingMessage };

const kavenegarStates: Record<State, number> = { accepted: 5, delivered: 10, undelivered: 14 };

const kavenegarReply = (status: number, entries: unknown = null): Reply => ({
  status,
  body: { return: { status, message: "" }, entries },
});

function kavenegar({ provider, path, body }: Call): Reply {
  const [, key, , method] = path;
  const fields = new URLSearchParams(body);
  const isKnownKey = key !== undefined && key !== "" && key === provider.keys().kavenegar;
  return method === "send.json"
    ? kavenegarSend(provider, { fields, isKnownKey })
    : kavenegarStatus(provider, { fields, isKnownKey, method });
}

type KavenegarCall = { fields: URLSearchParams; isKnownKey: boolean };

function kavenegarSend(provider: Provider, { fields, isKnownKey }: KavenegarCall): Reply {
  const message: New = {
    provider: "kavenegar",
    to: e164(fields.get("receptor") ?? ""),
    text: fields.get("message") ?? "",
    line: fields.get("sender") ?? undefined,
    reference: fields.get("localid") ?? undefined,
  };
  const fault = faultOf(provider, { ...message, call: "send" });
  if (fault === "wrong-key" || !isKnownKey) return kavenegarReply(403);
  if (fault === "no-credit") return kavenegarReply(418);
  if (fault === "blocked") return kavenegarReply(411);
  return acceptOrFail(provider, { message, fault }, ({ id, reference }) =>
    kavenegarReply(200, [{ messageid: id, localid: reference, status: 1, receptor: fields.get("receptor") }]),
  );
}

function kavenegarStatus(
  provider: Provider,
  { fields, isKnownKey, method }: KavenegarCall & { method: string | undefined },
): Reply {
  const fault = faultOf(provider, { provider: "kavenegar", call: "states" });
  const broken = brokenBy(fault);
  if (broken) return { fault: broken };
  if (fault === "wrong-key" || !isKnownKey) return kavenegarReply(403);
  const all = provider.messages.filter((one) => one.provider === "kavenegar");
  const asked = (name: string) => (fields.get(name) ?? "").split(",");
  const entry = (one: Sms | undefined, messageid: number) =>
    one ? { messageid: one.id, status: kavenegarStates[one.state] } : { messageid, status: 100 };
  if (method === "status.json") {
    const ids = asked("messageid");
    return kavenegarReply(
      200,
      ids.map((id) =>
        entry(
          all.find((one) => String(one.id) === id),
          Number(id),
        ),
      ),
    );
  }
  if (method !== "statuslocalmessageid.json") return kavenegarReply(404);
  const references = asked("localid");
  return kavenegarReply(
    200,
    references.map((localid) => {
      const known = all.find(({ reference }) => reference === localid);
      return { ...entry(known, 0), localid: Number(localid) };
    }),
  );
}

const smsIrStates: Record<State, number> = { accepted: 5, delivered: 1, undelivered: 7 };
const SmsIrBody = z.object({ lineNumber: z.int(), messageText: z.string().min(1), mobiles: z.array(z.string()) });

const smsIrReply = (http: number, status: number, data: unknown = null): Reply => ({
  status: http,
  body: { status, message: "", data },
});

function smsIr(call: Call): Reply {
  const { provider, path, request } = call;
  const key = request.headers["x-api-key"];
  const isKnownKey = typeof key === "string" && key !== "" && key === provider.keys()["sms-ir"];
  if (request.method === "POST" && path.join("/") === "v1/send/bulk") return smsIrSend(call, isKnownKey);
  const fault = faultOf(provider, { provider: "sms-ir", call: "states" });
  const broken = brokenBy(fault);
  if (broken) return { fault: broken };
  if (fault === "wrong-key" || !isKnownKey) return smsIrReply(401, 10);
  const kept = provider.messages.find((one) => one.provider === "sms-ir" && String(one.id) === path[2]);
  if (!kept) return smsIrReply(400, 111);
  return smsIrReply(200, 1, { messageId: kept.id, deliveryState: smsIrStates[kept.state] });
}

function smsIrSend({ provider, body }: Call, isKnownKey: boolean): Reply {
  const parsed = SmsIrBody.safeParse(parseJson(body));
  const to = e164(parsed.data?.mobiles[0] ?? "");
  const fault = faultOf(provider, { provider: "sms-ir", call: "send", to });
  if (fault === "wrong-key" || !isKnownKey) return smsIrReply(401, 10);
  if (!parsed.success) return smsIrReply(400, 104);
  if (fault === "no-credit") return smsIrReply(400, 102);
  const answer = (messageId: number) => smsIrReply(200, 1, { packId: "p", messageIds: [messageId], cost: 1 });
  if (fault === "blocked") return answer(0);
  const { lineNumber, messageText: text } = parsed.data;
  const message: New = { provider: "sms-ir", to, text, line: String(lineNumber) };
  return acceptOrFail(provider, { message, fault }, ({ id }) => answer(id));
}

const WebhookBody = z.discriminatedUnion("type", [
  z.object({ type: z.literal("sms.send"), reference: z.string(), to: z.string(), text: z.string() }),
  z.object({ type: z.literal("sms.states"), references: z.array(z.string()) }),
]);

const webhookReply = (status: number, body: unknown): Reply => ({ status, body });

function webhook({ provider, body, request }: Call): Reply {
  const parsed = WebhookBody.safeParse(parseJson(body));
  const isSigned = isSignedBy(provider.keys().webhook, { headers: request.headers, body });
  const sent = parsed.data?.type === "sms.send" ? parsed.data : undefined;
  const fault = faultOf(provider, { provider: "webhook", call: sent ? "send" : "states", to: sent?.to });
  if (fault === "wrong-key" || !isSigned) return webhookReply(401, { state: "rejected", reason: "key-rejected" });
  if (!parsed.success) return webhookReply(400, { state: "rejected", reason: "rejected" });
  if (!sent) {
    const broken = brokenBy(fault);
    if (broken) return { fault: broken };
    const known = provider.messages.filter((one) => one.provider === "webhook");
    return webhookReply(200, { states: Object.fromEntries(known.map(({ reference, state }) => [reference, state])) });
  }
  if (fault === "no-credit") return webhookReply(402, { state: "rejected", reason: "no-credit" });
  if (fault === "blocked") return webhookReply(200, { state: "undelivered" });
  const { to, text, reference } = sent;
  const message: New = { provider: "webhook", to, text, reference };
  return acceptOrFail(provider, { message, fault }, ({ id }) =>
    webhookReply(200, { state: "accepted", providerMessageId: String(id) }),
  );
}

/** Whether a request is signed as Standard Webhooks 1.0.0 says. */
function isSignedBy(
  key: string | undefined,
  { headers, body }: { headers: IncomingMessage["headers"]; body: string },
): boolean {
  if (!key) return false;
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", Buffer.from(key, "base64")).update(signed).digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .map((one) => Buffer.from(one.replace("v1,", ""), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/** Starts the providers as a service of the local cloud. `list` is the address that lists the messages. */
export async function startSms(options: Options): Promise<Service & { list: string }> {
  const server = await listenOn(options.port, () => startSmsServer(options));
  return { creators: {}, environment: { LOCAL_SMS: server.url }, list: `${server.url}/messages`, stop: server.stop };
}
