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
  for (const part of partsOf(oldestFirstWhereScarce(await addressed(cases, rest.until), use))) {
    if (performance.now() > rest.until) break;
    number += 1;
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

/**
 * The cases in parts that are written together. Those of one phone stay together, also beyond the size of a part: they get one
 * message, so that nobody gets many by filing, or being named in, many complaints.
 */
function partsOf(all: readonly Addressed[]): Addressed[][] {
  const parts: Addressed[][] = [[]];
  for (const ofPhone of Map.groupBy(all, ({ phone }) => phone).values()) {
    const last = parts.at(-1) ?? [];
    if (last.length > 0 && last.length + ofPhone.length > smsBatchSize) parts.push([...ofPhone]);
    else last.push(...ofPhone);
  }
  return parts.filter((part) => part.length > 0);
}

/** The messages that were used of the month, as the last batch knows them: its run may have been killed. */
function lastUse(batches: SmsBatch[], use: MonthlyUse): MonthlyUse {
  const last = batches.at(-1)?.use;
  return last?.month === use.month ? last : use;
}

function countInto(counts: Counts, { messages }: SmsBatch): void {
  const each = new Map(messages.map((message) => [message.reference ?? message.id, message]));
  for (const { state } of each.values())
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

/**
 * The batch as it is written before its messages are sent. The complaints of one phone share one message, which counts for the front
 * end of the first of them that has messages left.
 */
function planBatch(part: Addressed[], { run, number, use, now }: Plan): SmsBatch {
  const byFrontEnd = { ...use.byFrontEnd };
  const messages = [...Map.groupBy(part, ({ phone }) => phone).values()].flatMap((ofPhone) => {
    const payer = ofPhone.find(({ filedBy, filedAt }) =>
      mayUse(byFrontEnd[filedBy] ?? noUse, { smsPerMonth: smsPerMonthOf(filedBy), filedAt }),
    );
    if (!payer) return ofPhone.map(({ complaintId: id }): StoredSms => ({ id, state: "stopped" }));
    const { filedBy } = payer;
    byFrontEnd[filedBy] = afterUse(byFrontEnd[filedBy] ?? noUse, { smsPerMonth: smsPerMonthOf(filedBy), now });
    const reference = newReference();
    return ofPhone.map(
      (one): StoredSms => ({
        id: one.complaintId,
        ...(one === payer && { clientId: filedBy }),
        state: "sending",
        reference,
        ...(one.isAnswer && { isAnswer: true }),
      }),
    );
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
  const sent = new Map<string, Sent>();
  const remaining = new Map(batch.messages.map((message) => [message.reference, message])).values();
  const work = async () => {
    for (const { id, reference } of remaining) {
      const to = phones.get(id);
      if (reference !== undefined && to !== undefined)
        sent.set(reference, await sendByFirst(providers, { to, text, reference }));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const messages = batch.messages.map((message) => afterSending(message, sent.get(message.reference ?? "")));
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

type Sent = Awaited<ReturnType<typeof sendByFirst>>;

function afterSending(message: StoredSms, one: Sent | undefined): StoredSms {
  if (!one) return message;
  const { id } = message;
  const { outcome, provider } = one;
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
