import { randomUUID } from "node:crypto";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { marshall } from "@aws-sdk/util-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import * as z from "zod";
import { eraseComplaint } from "#functions/retention/apply-retention.function.ts";
import { entries } from "#infra/bundles/bundle.ts";
import { eventsThatChangeCallList } from "#infra/constructs/call-backs.ts";
import { routes } from "#infra/constructs/routes.ts";
import type { DataKind } from "#shared/complaints/forgetting.ts";
import { eventPrefix } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { aContext, anApiEvent } from "../support/api-event.ts";
import { type Item, meter } from "./capacity.ts";
import { startDeployed } from "./deployed-functions.ts";
import { assumed, type Counted, sum } from "./prices.ts";

export type Call = {
  /** As the gateway knows it. */
  route: string;
  /** The client whose token it is sent with; left out: the citizen, with the secret. */
  as?: string;
  body?: Record<string, unknown>;
  query?: Record<string, string> | undefined;
  /** The person who signed in, what else the path is filled with, and a secret other than the citizen's. */
  sub?: string;
  path?: Record<string, string>;
  secret?: string;
};

const agency = "agency-social-security";
/** Two weeks from now, as agencies promise: an earlier day would have no reminder. */
const promisedFor = localDate(addMilliseconds(new Date().toISOString(), 14 * dayMs));
const officer = { name: "مریم رستمی", personnelId: "SS-4471" };

/** 500 characters and an identity that is not shared, as a call centre would take them down. */
export const complaint: Call = {
  route: "POST /v1/complaints",
  as: "call-centre-128",
  body: {
    agencyId: "social-security",
    countyId: "qazvin",
    category: "postponed-without-reason",
    channel: "phone",
    language: "fa",
    description:
      "امروز صبح ساعت هشت برای پیگیری پروندهٔ بازنشستگی پدرم به شعبهٔ تأمین اجتماعی مراجعه کردم. تا ساعت نه و نیم هیچ‌کس پشت باجهٔ امور مستمری‌ها نبود و نگهبان گفت همکارشان مرخصی است و کسی به جای او نیست. بعد از آن خانمی آمد و گفت سامانه قطع است و باید فردا بیایم. این چهارمین بار در دو هفتهٔ گذشته است که به همین ترتیب بدون جواب برمی‌گردم و هر بار نیمی از روز را در صف می‌مانم. پرونده از مرداد کامل بوده و هیچ‌کس نمی‌گوید چه چیزی کم است یا چه زمانی نوبت ما می‌شود. خواهش می‌کنم رسیدگی کنید که چرا کار این همه آدم به یک نفر بند است.",
    employee: { counter: "باجهٔ ۳" },
    occurredAt: "2026-11-24T06:10:00Z",
    citizen: { name: "زهرا کریمی", nationalId: "0499370899", phone: "09123456789", email: "zahra.karimi@mail.example" },
  },
};

const list: Call = { route: "GET /v1/agency/complaints", as: agency };
const read: Call = { route: "GET /v1/agency/complaints/{id}", as: agency };
export const acknowledge: Call = {
  route: "POST /v1/agency/complaints/{id}/acknowledgement",
  as: agency,
  body: { officer },
};
const message: Call = {
  route: "POST /v1/complaints/{id}/messages",
  body: {
    text: "شمارهٔ پرونده را هم از روی برگهٔ مراجعه برایتان می‌نویسم. لطفاً بفرمایید آیا لازم است دوباره حضوری بیایم؟",
  },
};
export const answer: Call = {
  route: "POST /v1/agency/complaints/{id}/answer",
  as: agency,
  body: {
    officer,
    finding: "founded",
    cause: "no-substitute",
    text: "با عرض پوزش، بررسی شد و حق با شماست: کارشناس باجه در مرخصی بود و جانشینی تعیین نشده بود. پروندهٔ پدرتان امروز تکمیل و حکم مستمری صادر شد. از این پس برای هر باجه یک جانشین معرفی می‌شود و نیازی به مراجعهٔ دوباره نیست.",
    actions: [{ text: "تعیین جانشین برای باجهٔ امور مستمری‌ها", dueOn: promisedFor }],
  },
};
const look: Call = { route: "GET /v1/complaints/{id}" };
const accept: Call = {
  route: "POST /v1/complaints/{id}/acceptance",
  body: {},
};

const opinion: Call = {
  route: "POST /v1/complaints/{id}/opinion",
  body: { solved: "yes", handling: 4, comment: "همان روز تماس گرفتند و پرونده را تکمیل کردند." },
};

/**
 * Plausible lives of seven calls; the first has the five events that the budget speaks of, moves are sent without keys. An
 * opinion is an eighth call and no event of the complaint.
 */
export const lives = [
  { name: "with a message", calls: [complaint, list, acknowledge, message, answer, look, accept] },
  {
    name: "with a message and an opinion",
    calls: [complaint, list, acknowledge, message, answer, look, accept, opinion],
  },
  { name: "with a look more", calls: [complaint, list, read, acknowledge, answer, look, accept] },
] as const;

const yearMs = 365 * dayMs;
/** How many complaints wait in the agency's inbox beside this one: a page of it is read in full. */
const waiting = 30;
/** How many events of a batch concern the stream's second reader. */
const answersAndEnds = 8;
/** What a log is charged for each line beside its bytes, and the three lines that Lambda writes of an invocation unless it is told not to. */
const [lineBytes, invocationLines, invocationBytes] = [26, 3, 320];

const Answer = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.unknown()), body: z.string() });
export const Receipt = z.object({ id: z.string(), secret: z.string() });
export type Receipt = z.infer<typeof Receipt>;
const Module = z.object({ handler: z.custom<(event: unknown, context: typeof aContext) => Promise<unknown>>() });
const Consumed = z.object({ outcome: z.string(), role: z.string() });
export type Row = { what: string; counted: Counted };
/** Gigabytes of a life in the tables and their indexes: at its end, and once each kind is forgotten. */
export type Stored = Record<"atFirst" | "withoutIdentity" | "withoutTexts", number>;
/** `mails`: what each mail uses, SES aside. `forgetting`: what it takes to forget each kind, one after the other. */
export type Life = { name: string; rows: Row[]; mails: Row[]; stored: Stored; forgetting: Row[] };
export type Counter = Awaited<ReturnType<typeof startDeployed>> & { capacity: ReturnType<typeof meter> };

/** The keys of the providers of messages (SMS). */
export const smsKeys = { kavenegar: "a-key", "sms-ir": "another-key" };

const sqs = mockClient(SQSClient);

/** Works on the deployed tables and handlers, and stops the engine in the end. */
export async function counting<Result>(work: (counter: Counter) => Promise<Result>): Promise<Result> {
  sqs.on(SendMessageCommand).resolves({});
  sqs.on(SendMessageBatchCommand).resolves({});
  sqs.on(GetQueueAttributesCommand).resolves({});
  // Only the first run over a table asks the bucket, for orders that the table would not know.
  mockClient(S3Client).on(ListObjectsV2Command).resolves({});
  mockClient(SESClient).on(SendRawEmailCommand).resolves({});
  mockClient(SecretsManagerClient)
    .resolves({ SecretString: "a secret for a measurement" })
    .on(GetSecretValueCommand, { SecretId: "sms-keys" })
    .resolves({ SecretString: JSON.stringify(smsKeys) });
  const deployed = await startDeployed();
  try {
    return await work({ ...deployed, capacity: meter({ client: table, indexes: deployed.indexes }) });
  } finally {
    await deployed.stop();
  }
}

/** What each life uses: its calls, what follows from its events, and its mails. */
export async function countLives(counter: Counter): Promise<Life[]> {
  for (let n = 0; n < waiting; n++) await answerTo(lives[0].calls[0]);
  const counted: Life[] = [];
  for (const { name, calls } of lives) counted.push({ name, ...(await live(calls, counter)) });
  return counted;
}

/** What a run of a scheduled function uses that finds nothing to do. */
export async function countIdleRun(name: string, { capacity, functions }: Counter): Promise<Counted> {
  capacity.take();
  sqs.resetHistory();
  const { logged } = await invoke(entries[name] ?? name, {});
  const fifoRequests = sqs.commandCalls(GetQueueAttributesCommand).length;
  return sum([
    { ...capacity.take().used, fifoRequests },
    invocation(functions[name], { logged, seconds: assumed.idleSeconds }),
  ]);
}

/** The calls one after the other, and after each what follows from the events it wrote. */
async function live(calls: readonly Call[], counter: Counter): Promise<Omit<Life, "name">> {
  const { capacity } = counter;
  capacity.take();
  const before = capacity.storedBytes();
  const rows: Row[] = [];
  const mails: Row[] = [];
  let filed: Receipt | undefined;
  for (const call of calls) {
    const done = await withItsEvents(call, filed, counter);
    filed ??= Receipt.parse(done.body);
    rows.push(...done.rows);
    mails.push(...done.mails);
  }
  const { forgetting, stored } = await forgotten(filed?.id ?? "", { counter, before });
  return { rows, mails, forgetting, stored };
}

/** A call and what follows from the events that it wrote. */
export async function withItsEvents(call: Call, filed: Receipt | undefined, counter: Counter) {
  const { capacity } = counter;
  capacity.take();
  const { answer, logged } = await answerTo(call, filed);
  const { used, written } = capacity.take();
  const invoked = invocationOf(call, { answer, logged, counter });
  const rows: Row[] = [{ what: call.route, counted: sum([{ ...used, requests: 1 }, invoked]) }];
  const mails: Row[] = [];
  for (const event of written.filter(({ sk }) => String(sk).startsWith(eventPrefix))) {
    rows.push(await told(event, counter));
    mails.push(...(await mailed(counter)));
    if (eventsThatChangeCallList.includes(String(event.type))) rows.push(await placed(event, counter));
  }
  return { body: JSON.parse(answer.body) as unknown, rows, mails };
}

type Invoking = { answer: z.infer<typeof Answer>; logged: string; counter: Counter };

/** What the function of a route uses beside the table, with the gateway's line and what is sent. */
export function invocationOf({ route }: Call, { answer, logged, counter }: Invoking): Counted {
  const { functions, accessLog } = counter;
  const sentGb = gigabytes(JSON.stringify(answer.headers) + answer.body);
  const lines = `${logged}${accessLine(accessLog, route)}\n`;
  return sum([{ sentGb }, invocation(functions[routes[route] ?? ""], { logged: lines })]);
}

/** What it takes to forget a complaint, as if its periods were over, and what is stored of it until each is. */
async function forgotten(id: string, { counter, before }: { counter: Counter; before: number }) {
  const { capacity, functions } = counter;
  const gb = () => (capacity.storedBytes() - before) / 1e9;
  const now = new Date(Date.now() + 20 * yearMs).toISOString();
  const forgetting: Row[] = [];
  const one = async (kind: DataKind) => {
    capacity.take();
    if (await eraseComplaint({ id, kind, now })) throw new Error(`${kind} was retention erasure failed`);
    // A run of the function forgets many: each takes a share of its time.
    const { gbSeconds } = invocation(functions["apply-retention"], { logged: "" });
    forgetting.push({ what: `forgotten: ${kind}`, counted: sum([{ ...capacity.take().used, gbSeconds }]) });
    return gb();
  };
  const atFirst = gb();
  const withoutIdentity = await one("identity");
  const withoutTexts = await one("texts");
  await one("events");
  return { forgetting, stored: { atFirst, withoutIdentity, withoutTexts } };
}

/** What is logged of a public read: the gateway's line and the function's. */
export async function countPublicRead({ functions, accessLog }: Counter): Promise<Counted> {
  const route = "GET /v1/catalog";
  const { logged } = await answerTo({ route });
  const { loggedGb } = invocation(functions.public, { logged: `${logged}${accessLine(accessLog, route)}\n` });
  return sum([{ loggedGb }]);
}

function accessLine(format: string, route: string): string {
  return format.replaceAll("$context.routeKey", route).replace(/\$context[.\w]+/g, "of some length");
}

export async function answerTo({ route, as, body, query, sub, path, secret }: Call, filed?: Receipt) {
  const headers: Record<string, string> = filed
    ? { "foad-secret": secret ?? filed.secret }
    : { "idempotency-key": randomUUID() };
  const event = anApiEvent({
    routeKey: route,
    id: filed?.id ?? "",
    body,
    headers,
    ...(query && { query }),
    ...(as && { clientId: as }),
    ...(sub && { sub }),
    ...(path && { path }),
  });
  const { result, logged } = await invoke(entries[routes[route] ?? ""] ?? "", event);
  const answer = Answer.parse(result);
  if (answer.statusCode >= 300) throw new Error(`${route} was answered ${answer.body}\n${logged}`);
  return { answer, logged };
}

async function told(event: Item, { capacity, functions }: Counter): Promise<Row> {
  sqs.resetHistory();
  const logged = await streamed("dispatch-event", event);
  const messages = sqs.commandCalls(SendMessageCommand).length;
  const fifoRequests = messages * (1 + assumed.requestsPerMessage);
  const counted = sum([{ ...capacity.take().used, fifoRequests }, invocation(functions["dispatch-event"], { logged })]);
  return { what: `  told: ${event.type}`, counted };
}

/** The mails that the last event queued, each sent, received and deleted once and mailed by an invocation of its own. */
async function mailed({ capacity, functions }: Counter): Promise<Row[]> {
  const bodies = sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ MessageBody = "" }) => MessageBody);
  const rows: Row[] = [];
  for (const body of bodies) {
    const record = { messageId: "1", receiptHandle: "1", body, attributes: { ApproximateReceiveCount: "1" } };
    const { logged } = await invoke(entries["send-notification"] ?? "", { Records: [record] });
    const { outcome, role } = Consumed.parse(JSON.parse(logged.trim().split("\n").at(-1) ?? ""));
    if (outcome !== "sent") continue;
    const counted = sum([
      { ...capacity.take().used, standardRequests: 1 + assumed.requestsPerMessage },
      invocation(functions["send-notification"], { logged }),
    ]);
    rows.push({ what: `  mailed: ${role}`, counted });
  }
  return rows;
}

/**
 * What the stream's second reader does of a complaint that was not drawn, as nearly all are not: a share of an
 * invocation, since a hundred records of the stream hold about eight answers and ends.
 */
async function placed(event: Item, { capacity, functions }: Counter): Promise<Row> {
  const whole = invocation(functions["update-call-list"], { logged: await streamed("update-call-list", event) });
  const share = Object.fromEntries(Object.entries(whole).map(([name, amount]) => [name, amount / answersAndEnds]));
  return { what: `  not placed: ${event.type}`, counted: sum([capacity.take().used, share]) };
}

async function streamed(name: string, event: Item): Promise<string> {
  const NewImage = marshall(event, { removeUndefinedValues: true });
  const Keys = { pk: NewImage.pk, sk: NewImage.sk };
  const record = { eventName: "INSERT", dynamodb: { Keys, NewImage, SequenceNumber: "1" } };
  const { result, logged } = await invoke(entries[name] ?? "", { Records: [record] });
  if (JSON.stringify(result) !== '{"batchItemFailures":[]}') throw new Error(`${event.type} failed: ${logged}`);
  return logged;
}

const streams = [process.stdout, process.stderr];

/** Runs a handler as Lambda would, and catches what it logs. */
export async function invoke(file: string, event: unknown): Promise<{ result: unknown; logged: string }> {
  const { handler } = Module.parse(await import(`../../${file}`));
  const functionName = "Foad-qazvin-Api-a-function-of-some-name-0123456789AB-0123456789AB";
  const invokedFunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`;
  const context = { ...aContext, functionName, invokedFunctionArn, awsRequestId: randomUUID() };
  const writes = streams.map((stream) => stream.write);
  let logged = "";
  for (const stream of streams)
    stream.write = (chunk: unknown) => {
      logged += String(chunk);
      return true;
    };
  try {
    return { result: await handler(event, context), logged };
  } finally {
    for (const [n, stream] of streams.entries()) stream.write = writes[n] ?? stream.write;
  }
}

type Invoked = { logged: string; seconds?: number };

export function invocation(deployed: Counter["functions"][string] | undefined, { logged, seconds }: Invoked) {
  if (!deployed) throw new Error("no stack has a function of that name");
  const [ownLines, ownBytes] = deployed.isEveryRunLogged ? [invocationLines, invocationBytes] : [0, 0];
  const lines = logged.split("\n").length - 1 + ownLines;
  return {
    invocations: 1,
    gbSeconds: deployed.gb * (seconds ?? assumed.seconds),
    secretReads: deployed.secrets / assumed.invocationsPerContainer,
    loggedGb: gigabytes(logged) + (lines * lineBytes + ownBytes) / 1e9,
  } satisfies Partial<Counted>;
}

function gigabytes(text: string): number {
  return Buffer.byteLength(text) / 1e9;
}
