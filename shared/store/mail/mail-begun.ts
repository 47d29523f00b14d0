import * as z from "zod";
import { mostComplaintsMailedADay } from "#shared/domain/policy-numbers.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import { mailBegunKey } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { ifNew, putting, type Writes } from "../transaction.ts";

/** A day is counted until it is over everywhere. */
const lifetimeSeconds = 2 * 24 * 60 * 60;

const Count = z.object({ begun: z.int() });

/** An address by its mark, and when the complaint is filed. */
export type Addressee = { mark: string; now: string };

const keyOf = ({ mark, now }: Addressee) => ({ pk: mailBegunKey(mark), sk: localDate(now) });

/**
 * Counts one more complaint that mails the address, as a write that is refused where another one has been counted since
 * it was read; undefined where this one would be too many, and mails nobody. A complaint that has begun to mail goes on, or a
 * flood would keep its complainant from hearing of the answer.
 */
export async function beginMail(addressee: Addressee): Promise<Writes[number] | undefined> {
  const key = keyOf(addressee);
  const item = await readItem(key);
  const before = item && readable(Count, item).begun;
  const begun = (before ?? 0) + 1;
  if (begun > mostComplaintsMailedADay) return undefined;
  const expiresAt = secondsOf(addressee.now) + lifetimeSeconds;
  return putting({ ...key, begun, expiresAt }, sinceRead(before));
}

function sinceRead(before: number | undefined) {
  if (before === undefined) return ifNew;
  return { ConditionExpression: "begun = :before", ExpressionAttributeValues: { ":before": before } };
}
