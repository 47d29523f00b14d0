import * as z from "zod";
import { hmacHex } from "../digest.ts";
import { Fault } from "../fault.ts";
import { idempotencyKeyDays } from "../policy-numbers.ts";
import { headKey, idempotencyRecordKey } from "../runtime/keys.ts";
import { daySeconds, secondsOf } from "../time/duration.ts";
import { parseItem, parseWholeItem } from "./readable.ts";
import { readItem, readItems } from "./table.ts";
import { type conflict, hasLapsed, ifAbsentOrExpired, putWrite, retryOnConflict, type Writes } from "./transaction.ts";

/** Digests of a request's idempotency key and of its body. A repetition of the request has the same two digests. */
export type IdempotencyKey = { keyMac: string; bodyMac: string };

/**
 * The key with a keyed digest of the body, for a body that holds little, such as four digits or a national id: from a digest without a
 * key it could be found by trying all. `label`: what else the digest is of.
 */
export const withKeyedBody = (key: IdempotencyKey | undefined, secret: string, ...label: [string, ...string[]]) =>
  key && { ...key, bodyMac: hmacHex(secret, ...label, key.bodyMac) };

/** A used idempotency key. `outcome`: what the answer to a repetition needs, in the form of the command that wrote it. */
const IdempotencyRecord = z.object({ bodyMac: z.string(), expiresAt: z.number(), outcome: z.unknown().optional() });
export type IdempotencyRecord = z.infer<typeof IdempotencyRecord>;

/** `pk`: the partition that keeps the record. */
type NewIdempotencyRecord = {
  pk: string;
  idempotencyKey: IdempotencyKey | undefined;
  now: string;
  outcome?: Record<string, unknown> | undefined;
};

/**
 * Records that the request used its idempotency key. No write if the request has no key. The write fails if the partition has
 * a record of the key that has not expired.
 */
export function idempotencyRecordWrites({ pk, idempotencyKey, now, outcome }: NewIdempotencyRecord): Writes {
  if (!idempotencyKey) return [];
  const { keyMac, bodyMac } = idempotencyKey;
  const expiresAt = secondsOf(now) + idempotencyKeyDays * daySeconds;
  return [putWrite({ pk, sk: idempotencyRecordKey(keyMac), bodyMac, expiresAt, outcome }, ifAbsentOrExpired(now))];
}

/** The version that a caller has seen. Throws `version-outdated` if the caller named versions (`If-Match`) and `version` is not among them. */
export function assertVersion({ version }: { version: number }, ifMatch: string[] | undefined): void {
  if (ifMatch && !ifMatch.includes(String(version))) throw new Fault("version-outdated");
}

/** Throws `idempotency-key-reused` if the key was used for a request with another body. */
export function assertSameBody({ bodyMac }: IdempotencyRecord, idempotencyKey: IdempotencyKey | undefined): void {
  if (bodyMac !== idempotencyKey?.bodyMac) throw new Fault("idempotency-key-reused");
}

/** The outcome of the earlier request, by the schema of the command. Throws `unavailable` if it cannot be read. */
export const outcomeOf = <S extends z.ZodType>({ outcome = {} }: IdempotencyRecord, schema: S): z.output<S> =>
  parseItem(schema, outcome as Record<string, unknown>);

/** The record of an earlier request with this key in a partition; undefined if there is none that still holds. */
export async function readIdempotencyRecord(
  pk: string,
  { idempotencyKey, now }: KeyedRequest,
): Promise<IdempotencyRecord | undefined> {
  if (!idempotencyKey) return undefined;
  const item = await readItem({ pk, sk: idempotencyRecordKey(idempotencyKey.keyMac) });
  const record = item && parseItem(IdempotencyRecord, item);
  return record && record.expiresAt > secondsOf(now) ? record : undefined;
}

/**
 * What a command acts on: a complaint, an issue or a notice. `pk` is the partition of its head, `recordPartitions` are those that
 * may keep the record of an earlier request with the same key: all that the caller's function may read.
 */
type Target<S extends z.ZodObject> = { schema: S; pk: string; recordPartitions: readonly string[] };
type KeyedRequest = { idempotencyKey?: IdempotencyKey | undefined; now: string };

/** A head with the fields that a newer version of this code wrote (`newer`), and the record of an earlier request; each may be missing. */
type HeadAndRecord<S extends z.ZodObject> = {
  head: (z.output<S> & { newer?: Record<string, unknown> | undefined }) | undefined;
  idempotencyRecord: IdempotencyRecord | undefined;
};

/**
 * Runs `attempt` with the head and the idempotency record, and runs it again on each conflict (`retryOnConflict`), at most so many
 * times in all.
 *
 * The two items are read together, but not at one instant. If the same request runs twice at once, this run may read the
 * head after the other run wrote it and the record before. The attempt would then refuse a request that succeeded.
 * Before a refusal is thrown, the record is therefore read once more; if there is one now, the attempt runs again.
 */
export function attemptIdempotently<S extends z.ZodObject, T>(
  { attempts, target, request }: { attempts: number; target: Target<S>; request: KeyedRequest },
  attempt: (read: HeadAndRecord<S>) => Promise<T | typeof conflict>,
): Promise<T> {
  return retryOnConflict(attempts, async () => {
    const read = await readHeadAndRecord(target, request);
    try {
      return await attempt(read);
    } catch (refusal) {
      if (!(refusal instanceof Fault) || !request.idempotencyKey || read.idempotencyRecord) throw refusal;
      const again = await readHeadAndRecord(target, request);
      if (!again.idempotencyRecord) throw refusal;
      return attempt(again);
    }
  });
}

export async function readHeadAndRecord<S extends z.ZodObject>(
  { schema, pk, recordPartitions }: Target<S>,
  { idempotencyKey, now }: KeyedRequest,
): Promise<HeadAndRecord<S>> {
  const sk = idempotencyKey && idempotencyRecordKey(idempotencyKey.keyMac);
  const recordKeys = sk === undefined ? [] : recordPartitions.map((partition) => ({ pk: partition, sk }));
  const headItemKey = { pk, sk: headKey };
  const items = await readItems([headItemKey, ...recordKeys]);
  const records = items.filter((item) => item.sk !== headKey).map((item) => parseItem(IdempotencyRecord, item));
  const idempotencyRecord = records.find(({ expiresAt }) => expiresAt > secondsOf(now));
  // The head may have been read before the record was written. Read again, it is not older than the record.
  const heads = idempotencyRecord ? await readItems([headItemKey]) : items.filter((item) => item.sk === headKey);
  const head = hasLapsed(heads[0], now) ? undefined : heads[0];
  return { head: parseWholeItem(schema, head), idempotencyRecord };
}
