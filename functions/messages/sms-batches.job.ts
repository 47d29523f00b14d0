import { randomInt } from "node:crypto";
import { readSmsPhone } from "#shared/identities/identities.store.ts";
import { smsBatchSize } from "#shared/policy-numbers.ts";
import { sms } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { localDate } from "#shared/time/local-time.ts";
import type { SmsProvider } from "./providers/provider.ts";
import { sendByFirst } from "./providers/providers.ts";
import {
  type MonthlyUse,
  readHeadForSms,
  type SmsBatch,
  type StoredSms,
  saveSmsBatch,
  writeNewSmsBatch,
} from "./sms.store.ts";
import { afterUse, mayUse, type SmsCase, type SmsRun, type SmsUse } from "./sms-run.ts";

/** How many messages are sent at the same time. */
const concurrency = 10;

type Sending = {
  cases: SmsCase[];
  run: SmsRun;
  /** The batches of the days that the run looks back to. */
  batches: SmsBatch[];
  use: MonthlyUse;
  providers: readonly SmsProvider[];
  text: string;
  now: string;
  until: number;
};

type Counts = { sent: number; rejected: number; stopped: number };

/** A complaint whose citizen gets a message, and the phone. */
type Addressed = {
  complaintId: string;
  phone: string;
  filedBy: string;
  filedAt: string;
  isAnswer: boolean;
};

/**
 * Sends the messages of a run in batches. Each batch is written before its messages are sent, so a run that is killed loses
 * none and sends none twice. Stops when the time is over; the next hour goes on.
 */
export async function sendBatches({ cases, run, batches, use: useBefore, ...rest }: Sending) {
  const counts: Counts = { sent: 0, rejected: 0, stopped: 0 };
  let use = lastUse(batches, useBefore);
  let number = batches.filter((batch) => batch.run === run.name).length;
  const all = oldestFirstWhereScarce(await addressed(cases, rest.until), use);
  for (let from = 0; from < all.length && performance.now() <= rest.until; from += smsBatchSize) {
    number += 1;
    const part = all.slice(from, from + smsBatchSize);
    const planned = planBatch(part, { run, number, use, now: rest.now });
    if (!(await writeNewSmsBatch(planned))) throw new Error("another run sends messages");
    const done = await sendBatch(planned, {
      ...rest,
      phones: new Map(part.map((one) => [one.complaintId, one.phone])),
    });
    use = done.use;
    countInto(counts, done);
  }
  return { isFinished: performance.now() <= rest.until, use, counts, mostUsedPercent: mostUsedPercent(use) };
}

/** The messages that were used of the month, as the last batch knows them: its run may have been killed. */
function lastUse(batches: SmsBatch[], use: MonthlyUse): MonthlyUse {
  const last = batches.at(-1)?.use;
  return last?.month === use.month ? last : use;
}

function countInto(counts: Counts, { messages }: SmsBatch): void {
  for (const { state } of messages)
    counts[state === "rejected" ? "rejected" : state === "stopped" ? "stopped" : "sent"] += 1;
}

const smsPerMonthOf = (clientId: string) => sms?.frontEnds.find((one) => one.clientId === clientId)?.smsPerMonth ?? 0;

const noUse: SmsUse = { used: 0 };

/** The largest part of its month's messages that a front end has used. */
function mostUsedPercent({ byFrontEnd }: MonthlyUse): number {
  const parts = Object.entries(byFrontEnd).map(([clientId, { used }]) => (100 * used) / (smsPerMonthOf(clientId) || 1));
  return Math.round(Math.max(0, ...parts));
}

/** The cases whose citizens want messages, in the given order, without those that agencies who carry messages could read. */
async function addressed(cases: SmsCase[], until: number): Promise<Addressed[]> {
  const found: (Addressed | undefined)[] = new Array(cases.length);
  const remaining = cases.entries();
  const work = async () => {
    for (const [n, one] of remaining) {
      if (performance.now() > until) return;
      found[n] = await address(one);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found.filter((one) => one !== undefined);
}

async function address({ complaintId, news }: SmsCase): Promise<Addressed | undefined> {
  const phone = await readSmsPhone(complaintId);
  if (phone === undefined) return undefined;
  const head = await readHeadForSms(complaintId);
  if (!head) return undefined;
  const { status, agencyId, filedBy, filedAt, answeredAt } = head;
  const current = news.filter(({ isReminder }) => !isReminder || status === "answered");
  // Without news, it is a case whose earlier message no provider took.
  if (current.length === 0 && news.length > 0) return undefined;
  const agencies = [agencyId, ...current.map((one) => one.agencyId)];
  if (agencies.some((id) => id !== undefined && sms?.carriers.includes(id))) return undefined;
  return { complaintId, phone, filedBy, filedAt, isAnswer: answeredAt !== undefined };
}

/**
 * The same cases. Where a front end's messages of the month do not suffice for its cases of this run, its oldest cases take
 * the places of its newest in the order, so that the newest are stopped.
 */
function oldestFirstWhereScarce(all: Addressed[], { byFrontEnd }: MonthlyUse): Addressed[] {
  const byClient = Map.groupBy(all, ({ filedBy }) => filedBy);
  const scarce = new Map(
    [...byClient].flatMap(([clientId, own]) => {
      const left = smsPerMonthOf(clientId) - (byFrontEnd[clientId]?.used ?? 0);
      if (own.length <= left) return [];
      return [[clientId, own.toSorted((one, other) => (one.filedAt < other.filedAt ? -1 : 1)).values()] as const];
    }),
  );
  return all.map((one) => scarce.get(one.filedBy)?.next().value ?? one);
}

type Plan = { run: SmsRun; number: number; use: MonthlyUse; now: string };

/** The batch as it is written before its messages are sent. */
function planBatch(part: Addressed[], { run, number, use, now }: Plan): SmsBatch {
  const byFrontEnd = { ...use.byFrontEnd };
  const messages = part.map(({ complaintId: id, filedBy, filedAt, isAnswer }): StoredSms => {
    const smsPerMonth = smsPerMonthOf(filedBy);
    const used = byFrontEnd[filedBy] ?? noUse;
    if (!mayUse(used, { smsPerMonth, filedAt })) return { id, state: "stopped" };
    byFrontEnd[filedBy] = afterUse(used, { smsPerMonth, now });
    return { id, clientId: filedBy, state: "sending", reference: newReference(), ...(isAnswer && { isAnswer }) };
  });
  return {
    date: localDate(now),
    run: run.name,
    number,
    to: run.to,
    at: now,
    messages,
    use: { ...use, byFrontEnd },
  };
}

/** Fifteen digits: providers take whole numbers, and JavaScript keeps so many exactly. */
function newReference(): string {
  const half = () => randomInt(10_000_000);
  return `${randomInt(1, 10)}${String(half()).padStart(7, "0")}${String(half()).padStart(7, "0")}`;
}

type Providers = Pick<Sending, "providers" | "text"> & { phones: Map<string, string> };

/** Sends the messages of a batch, and writes what became of them. */
async function sendBatch(batch: SmsBatch, { providers, text, phones }: Providers): Promise<SmsBatch> {
  const messages = [...batch.messages];
  const remaining = batch.messages.entries();
  const work = async () => {
    for (const [n, message] of remaining) messages[n] = await sendOne(message, { providers, text, phones });
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const rejected = messages.filter(({ state }) => state === "rejected");
  const done = { ...batch, messages, use: withoutRejected(batch.use, rejected) };
  await saveSmsBatch(done);
  return done;
}

/** A message that no provider took is not counted: it is tried again. */
function withoutRejected({ month, byFrontEnd }: MonthlyUse, rejected: StoredSms[]): MonthlyUse {
  const counted = { ...byFrontEnd };
  for (const { clientId } of rejected) {
    const use = clientId === undefined ? undefined : counted[clientId];
    if (clientId !== undefined && use) counted[clientId] = { ...use, used: use.used - 1 };
  }
  return { month, byFrontEnd: counted };
}

async function sendOne(message: StoredSms, { providers, text, phones }: Providers): Promise<StoredSms> {
  const { id, reference } = message;
  const to = phones.get(id);
  if (reference === undefined || to === undefined) return message;
  const { outcome, provider } = await sendByFirst(providers, { to, text, reference });
  if (outcome.state === "rejected") log.warn(logEvents.smsNotSent, { id, reason: outcome.reason });
  const { clientId, ...sent } = message;
  return {
    ...sent,
    // Of a message that no provider took, the front end gets it back.
    ...(outcome.state === "rejected" && { clientId }),
    state: outcome.state,
    ...(provider && { provider }),
    ...(outcome.state === "accepted" && { providerMessageId: outcome.providerMessageId }),
  };
}
