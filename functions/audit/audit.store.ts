import { randomUUID } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Fault, type Quota } from "#shared/fault.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { parseItem, parseReadableItems } from "#shared/storage/readable.ts";
import { type Position, readItem, readPartition, refuseForgedCursor, table } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putOnce,
  putWrite,
  retryOnConflict,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds } from "#shared/time/duration.ts";
import { localDate, secondsLeftOfDay } from "#shared/time/local-time.ts";
import { AuditEntry } from "./audit-entry.ts";

/** Writes an audit entry; part of the transaction that makes the audited change. */
export function auditWrite(entry: AuditEntry): Writes[number] {
  const Item = { ...entry, pk: partitions.audit, sk: `${entry.at}#${randomUUID()}` };
  return putWrite(Item, ifNew);
}

/** Writes an audit entry of something that changed nothing. */
export async function saveAuditEntry(entry: AuditEntry): Promise<void> {
  if (await writeTransaction([auditWrite(entry)])) throw new Fault("unavailable");
}

type AuditQuery = {
  limit: number;
  from: Position | undefined;
  /** Only entries from this time on. */
  since: string | undefined;
};

/**
 * One page of the audit, the newest first; `next` is where the following page starts. A page ends at `limit` entries or at
 * one megabyte, where DynamoDB ends a query: more than that does not fit into a function's answer.
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
  const onPage = Items.slice(0, limit);
  const last = Items.length > limit ? onPage.at(-1) : LastEvaluatedKey;
  return { items: parseReadableItems(AuditEntry, onPage), next: last && { pk: last.pk, sk: last.sk } };
}

/**
 * How many identities an inspector has read on a day, or how many phones the call centre. `blockedAt`: when the limit was
 * exceeded; the block lasts until an admin lifts it. `sub`: the inspector, or the call centre's client id, which no person
 * has.
 */
const ReadCount = z.object({
  sub: z.string(),
  day: z.string(),
  readCount: z.int(),
  /** How often the item was written: the condition on it counts two reads at once as two. */
  version: z.int(),
  blockedAt: Instant.optional(),
});
type ReadCount = z.infer<typeof ReadCount>;

/** A reader who is blocked until an admin lifts the limit. */
export const IdentityLimit = ReadCount.pick({ sub: true, readCount: true }).extend({ blockedAt: Instant });
export type IdentityLimit = z.infer<typeof IdentityLimit>;

const attempts = 5;
const keyOf = (sub: string) => ({ pk: partitions.identityReads, sk: sub });

type ReaderAndTime = { sub: string; now: string };

type ReadCounting = ReaderAndTime & { name: "identities" | "phones"; maximum: number; wanted?: number };

const refusals = { identities: "identity-limit", phones: "phone-limit" } as const;

/**
 * Grants up to `wanted` reads, as far as the day's `maximum` allows, and counts them. Returns the number granted and the
 * remaining quota. If no read is left, the reader is blocked until an admin lifts the limit: `too-many-requests` is thrown.
 */
export async function countReads(counting: ReadCounting): Promise<{ granted: number; quota: Quota }> {
  const { sub, now, name, maximum, wanted = 1 } = counting;
  const { granted, readCount } = await retryOnConflict(attempts, async () => {
    const before = await readReads(sub);
    if (before?.blockedAt) return { granted: 0, readCount: before.readCount };
    const day = localDate(now);
    const readBefore = before?.day === day ? before.readCount : 0;
    const granted = Math.max(0, Math.min(wanted, maximum - readBefore));
    const [readCount, version] = [readBefore + granted, (before?.version ?? 0) + 1];
    const next = { sub, day, version, readCount, ...(granted === 0 && { blockedAt: now }) };
    return (await putOnce(sinceRead(before), { ...next, ...keyOf(sub) })) ? { granted, readCount } : conflict;
  });
  const limit = { name, maximum, windowSeconds: daySeconds };
  if (granted > 0)
    return { granted, quota: { ...limit, remaining: maximum - readCount, resetsInSeconds: secondsLeftOfDay(now) } };
  log.warn(logEvents.tooManyIdentityReads, { sub, name });
  throw new Fault("too-many-requests", { reason: refusals[name], quota: { ...limit, remaining: 0 } });
}

function sinceRead(before: ReadCount | undefined) {
  return before ? unchangedSince(before.version) : ifNew;
}

async function readReads(sub: string): Promise<ReadCount | undefined> {
  const item = await readItem(keyOf(sub));
  return item && parseItem(ReadCount, item);
}

/** All blocked readers. One read without pages: a province has few inspectors and one call centre. */
export async function listIdentityLimits(): Promise<IdentityLimit[]> {
  const items = await readPartition(partitions.identityReads);
  return parseReadableItems(
    IdentityLimit,
    items.filter(({ blockedAt }) => blockedAt !== undefined),
  );
}

type LimitLifting = ReaderAndTime & { by: { clientId: string; person: string } };

/**
 * Lifts a reader's block and records it in the audit. False if the reader is not blocked. Throws `not-allowed` if the admin
 * would lift their own block.
 */
export function liftIdentityLimit({ sub, now, by }: LimitLifting): Promise<boolean> {
  if (by.person === sub) throw new Fault("not-allowed");
  return retryOnConflict(attempts, async () => {
    const before = await readReads(sub);
    if (!before?.blockedAt) return false;
    const { blockedAt } = before;
    const lifted = { sub, day: before.day, readCount: 0, version: before.version + 1 };
    const auditFields = { at: now, clientId: by.clientId, person: by.person };
    const refusal = await writeTransaction([
      putWrite({ ...lifted, ...keyOf(sub) }, sinceRead(before)),
      auditWrite({ type: "identity-limit-lifted", ...auditFields, sub, blockedAt }),
    ]);
    return refusal ? conflict : true;
  });
}
