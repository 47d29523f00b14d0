import { PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { bouncedAddressDays, mostComplaintsMailedPerDay } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { mailCountKey, partitions } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItem, table } from "#shared/storage/table.ts";
import { ifNew, putWrite, type Writes } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";

/** How long a day's count is kept: until the day is over in every time zone. */
const lifetimeSeconds = 2 * 24 * 60 * 60;

const MailCount = z.object({ count: z.int() });

/** The digest of an e-mail address (`mark`), and when the complaint is filed. */
type MailAddressee = { mark: string; now: string };

const keyOf = ({ mark, now }: MailAddressee) => ({ pk: mailCountKey(mark), sk: localDate(now) });

/**
 * Counts one more complaint that mails an address. Returns the write of the count, which fails if another complaint was counted meanwhile. Returns undefined if the day's limit is
 * reached: this complaint then mails nobody.
 *
 * Only new complaints are limited. A complaint that mails an address goes on, so a flood of later complaints does not
 * keep the complainant from hearing of the answer.
 */
export async function countMailing(addressee: MailAddressee): Promise<Writes[number] | undefined> {
  const key = keyOf(addressee);
  const item = await readItem(key);
  const before = item && parseItem(MailCount, item).count;
  const count = (before ?? 0) + 1;
  if (count > mostComplaintsMailedPerDay) return undefined;
  const expiresAt = secondsOf(addressee.now) + lifetimeSeconds;
  return putWrite({ ...key, count, expiresAt }, sinceRead(before));
}

function sinceRead(before: number | undefined) {
  if (before === undefined) return ifNew;
  return {
    ConditionExpression: "#count = :before",
    ExpressionAttributeNames: { "#count": "count" },
    ExpressionAttributeValues: { ":before": before },
  };
}

const Bounced = z.object({ bouncedAt: Instant, expiresAt: z.number() });

/**
 * Records that mail to an address bounced, so that this spelling of it gets no more mail. `mark` is the digest of the
 * spelling (`spellingDigest`). The address itself is not stored.
 */
export async function recordBounce(mark: string, now: string): Promise<void> {
  const expiresAt = secondsOf(now) + bouncedAddressDays * daySeconds;
  const Item = { pk: partitions.bounced, sk: mark, bouncedAt: now, expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** Whether mail to this spelling of an address bounced in the last `bouncedAddressDays` days. `mark`: as in `recordBounce`. */
export async function hasBounced(mark: string, now: string): Promise<boolean> {
  const bounce = await readBounce(mark);
  // DynamoDB deletes an expired item only some time later.
  return bounce !== undefined && bounce.expiresAt > secondsOf(now);
}

/** The last bounce of this spelling of an address, also an expired one. */
export async function readBounce(mark: string): Promise<{ bouncedAt: string; expiresAt: number } | undefined> {
  const item = await readItem({ pk: partitions.bounced, sk: mark }, { ConsistentRead: false });
  return item && parseItem(Bounced, item);
}

const Refusal = z.object({ isUnsubscribed: z.boolean() });

/** Records whether the owner of an address has unsubscribed. `mark` is the address's digest. */
export async function recordUnsubscribe({ mark, ...choice }: { mark: string; isUnsubscribed: boolean; at: string }) {
  const Item = { pk: partitions.unsubscribed, sk: mark, ...choice };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** Whether the owner of an address has unsubscribed. */
export async function hasUnsubscribed(mark: string): Promise<boolean> {
  const Key = { pk: partitions.unsubscribed, sk: mark };
  const item = await readItem(Key);
  return item !== undefined && parseItem(Refusal, item).isUnsubscribed;
}
