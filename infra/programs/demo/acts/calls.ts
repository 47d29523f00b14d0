import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { plainFailure, systemCode } from "#infra/programs/local-cloud/machine/errors.ts";
import { parseJson } from "#infra/programs/local-cloud/machine/http-server.ts";
import { printDuring, printExchange } from "./terminal.ts";

const Client = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  scope: z.string(),
  sub: z.string().optional(),
  agencyId: z.string().optional(),
  countyIds: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  operatedBy: z.string().optional(),
});
export type Client = z.infer<typeof Client>;

const Endpoints = z.object({
  api: z.string(),
  tokenEndpoint: z.string(),
  sqs: z.string(),
  clock: z.string(),
  queues: z.record(z.string(), z.string()),
  webhooks: z.record(z.string(), z.string()).default({}),
  clients: z.record(z.string(), Client),
});
export type Endpoints = z.infer<typeof Endpoints>;

/** Reads the addresses and clients of the running local cloud from `endpoints.json` in its state folder. */
export function readEndpoints(state: string): Endpoints {
  const file = join(state, "endpoints.json");
  try {
    return Endpoints.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw plainFailure(
      `No province is running (${file} is not there): run "npm start" in another terminal first. If it runs with a FOAD_STATE_FOLDER, set the same here.`,
      cause,
    );
  }
}

const name = "Unexpected";
type Unexpected = { expected: string; received: string };

/** Returns an error for an answer that the demo did not expect. The program prints both texts and where to look. */
export function unexpected({ expected, received }: Unexpected): Error & Unexpected {
  return Object.assign(new Error(`expected ${expected}, got ${received}`), { name, expected, received });
}

export function isUnexpected(error: unknown): error is Error & Unexpected {
  return error instanceof Error && error.name === name;
}

/** A caller as the API knows it: an application with a token, or a citizen with the complaint's secret. */
export type Caller = { who: string; client: Client } | { who: string; secret: string };

type RequestOptions = {
  caller: Caller;
  request: `GET /${string}` | `POST /${string}` | `PUT /${string}`;
  body?: object;
  key?: string;
};
type Call<S extends z.ZodType> = RequestOptions & { status: number; answer: S };

const requestTimeoutMs = 30_000;
const Token = z.object({ access_token: z.string() });

/**
 * Sends one request, prints it, and returns its answer. Throws if the status or the form of the answer is not as expected.
 */
export async function call<S extends z.ZodType>(
  endpoints: Endpoints,
  { status, answer, ...asked }: Call<S>,
): Promise<z.infer<S>> {
  const response = await ask(endpoints, asked);
  const parsed = answer.safeParse(parseJson(response.text));
  if (response.status === status && parsed.success) return parsed.data;
  const shape = parsed.error ? `\n${z.prettifyError(parsed.error)}` : "";
  throw unexpected({
    expected: `${status} from ${asked.request}`,
    received: `${response.status} ${response.text}${shape}`,
  });
}

async function ask(
  { api, tokenEndpoint }: Endpoints,
  { caller, request, body, key }: RequestOptions,
): Promise<HttpAnswer> {
  const [method = "GET", path = ""] = request.split(" ");
  const proof: Record<string, string> =
    "client" in caller
      ? { authorization: `Bearer ${await tokenOf(tokenEndpoint, caller.client)}` }
      : { "foad-secret": caller.secret };
  const response = await send(`${api}${path}`, {
    method,
    redirect: "manual",
    headers: { ...proof, ...(body && { "content-type": "application/json" }), ...(key && { "idempotency-key": key }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  printExchange({ who: caller.who, request, status: response.status });
  return response;
}

/**
 * Returns an access token for a client. The demo fetches a new token for each request, because it may have moved the local
 * cloud's clock past the end of the last token.
 */
export async function tokenOf(tokenEndpoint: string, { clientId, clientSecret }: Client): Promise<string> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const { status, text } = await send(tokenEndpoint, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const token = Token.safeParse(parseJson(text));
  if (token.success) return token.data.access_token;
  throw unexpected({ expected: `a token for ${clientId} from ${tokenEndpoint}`, received: `${status} ${text}` });
}

type HttpAnswer = { status: number; text: string };

export async function send(url: string, init: RequestInit): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(requestTimeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    if (isRefused(cause)) throw unexpected({ expected: `an answer from ${url}`, received: "nobody listening there" });
    throw unexpected({ expected: `an answer from ${url}`, received: String(cause) });
  }
}

/** Whether nothing listens where a request went. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && systemCode(error.cause) === "ECONNREFUSED";
}

const ClockAnswer = z.object({ now: z.string() });

/**
 * Moves the local cloud's clock forward by an ISO 8601 duration. Returns the new time, and the real seconds that it took.
 */
export async function advance({ clock }: Endpoints, duration: string): Promise<{ now: string; seconds: string }> {
  const began = performance.now();
  const headers = { "content-type": "application/json" };
  const asked = fetch(clock, { method: "POST", headers, body: JSON.stringify({ advance: duration }) });
  const answer = await printDuring("time passes", asked);
  const { now } = ClockAnswer.parse(await answer.json());
  return { now, seconds: ((performance.now() - began) / 1_000).toFixed(1) };
}

export async function timeIn({ clock }: Endpoints): Promise<number> {
  const answer = await fetch(clock);
  return Date.parse(ClockAnswer.parse(await answer.json()).now);
}

const queueTimeoutMs = 20_000;

const CloudEvent = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.looseObject({ version: z.int(), status: z.string() }),
});
type CloudEvent = z.infer<typeof CloudEvent>;

type Queue = { endpoint: string; queueUrl: string };

export async function isEmpty({ endpoint, queueUrl }: Queue): Promise<boolean> {
  const numbers = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...numbers] });
  const { Attributes } = await clientOf(endpoint).send(asked);
  return numbers.every((number) => Attributes?.[number] === "0");
}

/**
 * Receives and deletes the next `count` events about one complaint, as the agency's own program would. Messages about other
 * complaints are made visible in the queue again. Throws after 20 s.
 */
export async function receiveEvents({
  endpoint,
  queueUrl,
  complaintId,
  count,
}: Queue & { complaintId: string; count: number }): Promise<CloudEvent[]> {
  const sqs = clientOf(endpoint);
  const taken: CloudEvent[] = [];
  const others: Message[] = [];
  for (const end = Date.now() + queueTimeoutMs; taken.length < count && Date.now() < end; ) {
    const receive = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(receive);
    const ours = Messages.filter(({ Body }) => eventIn(Body)?.subject === complaintId);
    others.push(...Messages.filter((message) => !ours.includes(message)));
    for (const { ReceiptHandle } of ours)
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    taken.push(...ours.flatMap(({ Body }) => eventIn(Body) ?? []));
  }
  for (const { ReceiptHandle } of others)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  if (taken.length >= count) return taken;
  const received = `${taken.length} within ${queueTimeoutMs / 1_000} s`;
  throw unexpected({ expected: `${count} event(s) about ${complaintId} in ${queueUrl}`, received });
}

function eventIn(body = "{}"): CloudEvent | undefined {
  return CloudEvent.safeParse(JSON.parse(body)).data;
}

function clientOf(endpoint: string): SQSClient {
  return new SQSClient({ ...clientSettings, endpoint });
}
