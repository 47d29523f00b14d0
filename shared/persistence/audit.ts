import { randomUUID } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault, type Quota } from "../domain/fault.ts";
import { Instant } from "../domain/time/calendar.ts";
import { daySeconds } from "../domain/time/duration.ts";
import { localDate, secondsLeftOfDay } from "../domain/time/local-time.ts";
import { AuditEntry } from "../domain/views/audit.ts";
import { env } from "../runtime/environment.ts";
import { partitions } from "../runtime/keys.ts";
import { log } from "../runtime/log.ts";
import { logEvents } from "../runtime/log-events.ts";
import { parseItem, parseReadableItems } from "./readable.ts";
import { type Position, readItem, readPartition, refuseForgedCursor, table } from "./table.ts";
import {
  conflict,
  ifNew,
  putIfConditionHolds,
  putWrite,
  retryOnConflict,
  type Writes,
  writeTransaction,
} from "./transaction.ts";

/** To be written together with what it tells of: neither stands without the other. */
export function auditWrite(entry: AuditEntry): Writes[number] {
  const Item = { ...entry, pk: partitions.audit, sk: `${entry.at}#${randomUUID()}` };
  return putWrite(Item, ifNew);
}

type AuditQuery = {
  limit: number;
  from: Position | undefined;
  /** Only what was done then or later. */
  since: string | undefined;
};

/**
 * One page of what was done, the newest first; `next` is where the following page starts. Also where the table ends a page
 * before its limit, at a megabyte: a hundred long entries would be more than a function can answer.
 */
export async function listAudit({ limit, from, since }: AuditQuery) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    KeyConditionExpression: "pk = :audit AND sk >= :since",
    ExpressionAttributeValues: { ":audit": partitions.audit, ":since": since ?? "0" },
    ScanIndexForward: false,
    ConsistentRead: true,
    ExclusiveStartKey: from,
    Limit: limit + 1,
  });
  const { Items = [], LastEvaluatedKey } = await table
    .send(query)
    .catch((cause: Error) => refuseForgedCursor(from, cause));
  const shown = Items.slice(0, limit);
  const last = Items.length > limit ? shown.at(-1) : LastEvaluatedKey;
  return { items: parseReadableItems(AuditEntry, shown), next: last && { pk: last.pk, sk: last.sk } };
}

/**
 * How many identities an inspector, or how many phones the front end that calls, has read on a day; `blockedAt`: when it was
 * too many, until an admin lifts it. `sub`: the person, or the front end's client id, which no person has.
 */
const ReadCount = z.object({
  sub: z.string(),
  day: z.string(),
  reads: z.int(),
  /** How often the item was written, so that two reads at once are counted as two. */
  turn: z.int(),
  blockedAt: Instant.optional(),
});
type ReadCount = z.infer<typeof ReadCount>;

/** Who reads no more identities or phones until an admin lifts it. */
export const IdentityLimit = ReadCount.pick({ sub: true, reads: true }).extend({ blockedAt: Instant });
export type IdentityLimit = z.infer<typeof IdentityLimit>;

const attempts = 5;
const keyOf = (sub: string) => ({ pk: partitions.identityReads, sk: sub });

type ReaderAndTime = { sub: string; now: string };

type ReadCounting = ReaderAndTime & { name: "identities" | "phones"; maximum: number; wanted?: number };

const refusals = { identities: "identity-limit", phones: "phone-limit" } as const;

/**
 * Counts as many more reads as are `wanted`, or as are left of the day's `maximum`, and returns how many are granted and what is
 * left then; throws `too-many` where none is left, and from then on.
 */
export async function countReads(counting: ReadCounting): Promise<{ granted: number; quota: Quota }> {
  const { sub, now, name, maximum, wanted = 1 } = counting;
  const { granted, reads } = await retryOnConflict(attempts, async () => {
    const before = await readReads(sub);
    if (before?.blockedAt) return { granted: 0, reads: before.reads };
    const day = localDate(now);
    const readBefore = before?.day === day ? before.reads : 0;
    const granted = Math.max(0, Math.min(wanted, maximum - readBefore));
    const [reads, turn] = [readBefore + granted, (before?.turn ?? 0) + 1];
    const next = { sub, day, turn, reads, ...(granted === 0 && { blockedAt: now }) };
    return (await putIfConditionHolds(sinceRead(before), { ...next, ...keyOf(sub) })) ? { granted, reads } : conflict;
  });
  const limit = { name, maximum, windowSeconds: daySeconds };
  if (granted > 0)
    return { granted, quota: { ...limit, remaining: maximum - reads, resetsInSeconds: secondsLeftOfDay(now) } };
  log.warn(logEvents.tooManyIdentityReads, { sub, name });
  throw new Fault("too-many", { reason: refusals[name], quota: { ...limit, remaining: 0 } });
}

function sinceRead(before: ReadCount | undefined) {
  return before ? { ConditionExpression: "turn = :turn", ExpressionAttributeValues: { ":turn": before.turn } } : ifNew;
}

async function readReads(sub: string): Promise<ReadCount | undefined> {
  const item = await readItem(keyOf(sub));
  return item && parseItem(ReadCount, item);
}

/** Those who read no more until an admin lifts it: a province has few inspectors, and one front end that calls. */
export async function listIdentityLimits(): Promise<IdentityLimit[]> {
  const items = await readPartition(partitions.identityReads);
  return parseReadableItems(
    IdentityLimit,
    items.filter(({ blockedAt }) => blockedAt !== undefined),
  );
}

type LimitLifting = ReaderAndTime & { by: { clientId: string; person: string } };

/** Lets one of them read on, and notes who did; false where there is nothing to lift. Nobody lifts their own. */
export function liftIdentityLimit({ sub, now, by }: LimitLifting): Promise<boolean> {
  if (by.person === sub) throw new Fault("not-allowed");
  return retryOnConflict(attempts, async () => {
    const before = await readReads(sub);
    if (!before?.blockedAt) return false;
    const { blockedAt } = before;
    const lifted = { sub, day: before.day, reads: 0, turn: before.turn + 1 };
    const signed = { at: now, client: by.clientId, person: by.person };
    const refusal = await writeTransaction([
      putWrite({ ...lifted, ...keyOf(sub) }, sinceRead(before)),
      auditWrite({ type: "identity-limit-lifted", ...signed, sub, blockedAt }),
    ]);
    return refusal ? conflict : true;
  });
}
