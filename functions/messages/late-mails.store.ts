import { randomUUID } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { lateMailMinutes, mostInLateMail } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { lateMailKey, partitions, pendingLateMailKey } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readItem, table } from "#shared/storage/table.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, minuteMs } from "#shared/time/duration.ts";
import type { Recipient } from "./recipients.ts";

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

const names = { "#until": "until", "#waiting": "waiting", "#due": "due", "#dueAt": "dueAt" };

/**
 * Whether the mail about a late complaint is to be sent at once. Otherwise it waits for the end of the hour. Asked again about
 * the same complaint, for example after a failure, the answer is the same.
 */
export async function isMailedAtOnce(name: string, late: LateComplaint, now: Instant): Promise<boolean> {
  const isFirst = await update(name, {
    UpdateExpression: "SET #until = :next, #first = :late",
    ConditionExpression: "attribute_not_exists(#until) OR (#until <= :now AND attribute_not_exists(#waiting))",
    ExpressionAttributeNames: { "#until": "until", "#waiting": "waiting", "#first": "first" },
    ExpressionAttributeValues: { ":next": endOfHour(now), ":late": nameOf(late), ":now": now },
  });
  if (isFirst || (await readItem(keyOf(name)))?.first === nameOf(late)) return true;
  await update(name, {
    UpdateExpression: "ADD #waiting :late SET #due = :due, #dueAt = #until",
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ":late": new Set([nameOf(late)]), ":due": pendingLateMailKey },
  });
  return false;
}

const Waiting = z.object({ until: Instant, waiting: z.set(z.string()).optional() });

/**
 * Takes the complaints that wait for a mail whose hour is over, so that no other run mails them: the next hour begins. Undefined
 * if none waits, or another run was faster. `endLateMail` and `returnLateMail` end what was taken.
 */
export async function takeWaitingMails(name: string, now: Instant): Promise<LateComplaint[] | undefined> {
  const item = await readItem(keyOf(name));
  if (!item) return undefined;
  const { until, waiting } = parseItem(Waiting, item);
  if (until > now) return undefined;
  if (!waiting) {
    await update(name, {
      UpdateExpression: "REMOVE #due, #dueAt",
      ConditionExpression: "attribute_not_exists(#waiting) AND #until = :read",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ":read": until },
    });
    return undefined;
  }
  const run = randomUUID();
  const isTaken = await update(name, {
    UpdateExpression: "SET #until = :next, #dueAt = :next, takenBy = :run",
    ConditionExpression: "#until = :read AND attribute_exists(#waiting)",
    ExpressionAttributeNames: { "#until": "until", "#dueAt": "dueAt", "#waiting": "waiting" },
    ExpressionAttributeValues: { ":next": endOfHour(now), ":read": until, ":run": run },
  });
  // If the answer was lost, the SDK sends the update again, and the condition fails because this run has taken them.
  if (!isTaken && (await readItem(keyOf(name)))?.takenBy !== run) return undefined;
  return [...waiting]
    .sort()
    .slice(0, mostInLateMail)
    .map((one) => {
      const [complaintId = "", version] = one.split("#");
      return { complaintId, version: Number(version) };
    });
}

/**
 * Removes these complaints from those that wait for the official's mail. If no mail was sent, the hour ends now: the next late complaint is
 * mailed without waiting, unless others still wait.
 */
export async function endLateMail(
  name: string,
  { late, wasSent, now }: { late: readonly LateComplaint[]; wasSent: boolean; now: Instant },
): Promise<void> {
  await update(name, {
    UpdateExpression: `DELETE #waiting :late${wasSent ? "" : " SET #until = :now, #dueAt = :now"}`,
    ExpressionAttributeNames: { "#waiting": "waiting", ...(!wasSent && { "#until": "until", "#dueAt": "dueAt" }) },
    ExpressionAttributeValues: { ":late": new Set(late.map(nameOf)), ...(!wasSent && { ":now": now }) },
  });
}

/** Gives back what was taken, since the mail could not be sent: it is tried again. */
export async function returnLateMail(name: string, now: Instant): Promise<void> {
  await update(name, {
    UpdateExpression: "SET #until = :now, #dueAt = :now",
    ExpressionAttributeNames: { "#until": "until", "#dueAt": "dueAt" },
    ExpressionAttributeValues: { ":now": now },
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
