import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Recipient } from "#shared/domain/notifications/recipients.ts";
import { lateMailMinutes, mostInLateMail } from "#shared/domain/policy-numbers.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds, minuteMs } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/environment.ts";
import { lateMailKey, partitions, pendingLateMailKey } from "#shared/runtime/keys.ts";
import { parseItem } from "../readable.ts";
import { readItem, table } from "../table.ts";

/**
 * Officials are mailed at once about the first late complaint; the complaints that become late within the next hour wait, and are
 * mailed together. Each official has one item: `until` is the end of the hour, `waiting` names what waits.
 */
const keyOf = (name: string) => ({ pk: partitions.lateMails, sk: name });

/** The name under which an official's late mails stand: the role and its place. */
export function lateMailName({ role, address }: Pick<Recipient, "role" | "address">): string {
  const place = "agencyId" in address ? address.agencyId : "countyId" in address ? address.countyId : "";
  return lateMailKey({ role, place });
}

/** A late complaint: its id, and the version of the event that raised it. */
export type LateComplaint = { complaintId: string; version: number };
const nameOf = ({ complaintId, version }: LateComplaint) => `${complaintId}#${version}`;

const endOfHour = (now: Instant) => addMilliseconds(now, lateMailMinutes * minuteMs);

/**
 * Whether the mail about a late complaint is to be sent at once. Otherwise it waits for the end of the hour. Asked again about
 * the same complaint, for example after a failure, the answer is the same.
 */
export async function isMailedAtOnce(name: string, late: LateComplaint, now: Instant): Promise<boolean> {
  const isFirst = await update(name, {
    UpdateExpression: "SET #until = :next, #first = :late",
    ConditionExpression:
      "attribute_not_exists(#until) OR #first = :late OR (#until <= :now AND attribute_not_exists(#waiting))",
    ExpressionAttributeNames: { "#until": "until", "#first": "first", "#waiting": "waiting" },
    ExpressionAttributeValues: { ":next": endOfHour(now), ":late": nameOf(late), ":now": now },
  });
  if (isFirst) return true;
  await update(name, {
    UpdateExpression: "ADD #waiting :late SET #due = :due, #dueAt = #until",
    ExpressionAttributeNames: { "#until": "until", "#waiting": "waiting", "#due": "due", "#dueAt": "dueAt" },
    ExpressionAttributeValues: { ":late": new Set([nameOf(late)]), ":due": pendingLateMailKey },
  });
  return false;
}

const Waiting = z.object({ until: Instant, waiting: z.set(z.string()).optional() });

/** The complaints that wait for a mail whose hour is over, and the end of that hour. */
export async function readWaitingMails(
  name: string,
  now: Instant,
): Promise<{ late: LateComplaint[]; until: Instant } | undefined> {
  const item = await readItem(keyOf(name));
  if (!item) return undefined;
  const { until, waiting = new Set<string>() } = parseItem(Waiting, item);
  if (until > now) return undefined;
  const late = [...waiting]
    .sort()
    .slice(0, mostInLateMail)
    .map((one) => {
      const [complaintId = "", version] = one.split("#");
      return { complaintId, version: Number(version) };
    });
  return { late, until };
}

/** Records that waiting complaints were mailed, or that none waits. The next hour begins. */
export async function recordLateMail(
  name: string,
  { late, until, now }: { late: readonly LateComplaint[]; until: Instant; now: Instant },
): Promise<void> {
  const names = { "#until": "until", "#waiting": "waiting", "#due": "due", "#dueAt": "dueAt" };
  if (late.length === 0) {
    await update(name, {
      UpdateExpression: "REMOVE #due, #dueAt",
      ConditionExpression: "attribute_not_exists(#waiting) AND #until = :read",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ":read": until },
    });
    return;
  }
  await update(name, {
    UpdateExpression: "DELETE #waiting :late SET #until = :next, #due = :due, #dueAt = :next",
    ConditionExpression: "#until = :read",
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ":late": new Set(late.map(nameOf)),
      ":next": endOfHour(now),
      ":due": pendingLateMailKey,
      ":read": until,
    },
  });
}

/** False if the condition does not hold. */
async function update(name: string, input: Omit<UpdateCommandInput, "TableName" | "Key">): Promise<boolean> {
  try {
    await table.send(new UpdateCommand({ TableName: env("COMPLAINTS_TABLE"), Key: keyOf(name), ...input }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const Due = z.object({ sk: z.string(), dueAt: Instant });

/** The officials whose hour is over while complaints wait, and the time at which the next hour ends. */
export async function listDueLateMails(now: Instant): Promise<{ names: string[]; next: Instant | undefined }> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :mails",
      ExpressionAttributeValues: { ":mails": pendingLateMailKey },
    }),
  );
  const pending = Items.map((item) => parseItem(Due, item));
  return {
    names: pending.filter(({ dueAt }) => dueAt <= now).map(({ sk }) => sk),
    next: pending.find(({ dueAt }) => dueAt > now)?.dueAt,
  };
}
