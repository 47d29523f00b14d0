import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { env } from "../runtime/environment.ts";
import { complaintKey, pendingPromiseKey, promisesKey, promisesWorkQueueKey } from "../runtime/keys.ts";
import { logEvents } from "../runtime/log-events.ts";
import { parseReadableItems } from "../storage/readable.ts";
import { table } from "../storage/table.ts";
import { putWrite, type Writes } from "../storage/transaction.ts";
import type { Instant } from "../time/calendar.ts";
import type { Complaint } from "./complaint.ts";
import type { ComplaintEvent, EventType } from "./event.ts";
import { firstReminderAt, nextReminderAt, promisesListedFrom } from "./promises.ts";

/** The events after which the promises of a complaint are due at another time, or not at all. */
const eventsWithPromises: readonly EventType[] = [
  "answered",
  "decided",
  "withdrawn",
  "rejected",
  "promise-reminded",
  "promise-reported",
  "promise-objected",
  "promise-judged",
];

/** The event that made a complaint's first promises stands in the index `due` until the first reminder. Most promises need no more. */
export function firstReminderKeys(complaint: Complaint, event: ComplaintEvent) {
  const dueAt = eventsWithPromises.includes(event.type) ? firstReminderAt(complaint, event) : undefined;
  return dueAt ? { due: pendingPromiseKey, dueAt } : undefined;
}

/**
 * Writes when the promises of a complaint are looked at: by the clock, and by inspectors. It is an item of its own, because the head
 * has the times of the complaint itself. Until the first reminder there is none (`firstReminderKeys`).
 */
export function promisesWrites(complaint: Complaint, events: readonly ComplaintEvent[]): Writes {
  if (!complaint.promises || !events.some(({ type }) => eventsWithPromises.includes(type))) return [];
  return events.some((event) => firstReminderKeys(complaint, event)) ? [] : [promisesWrite(complaint)];
}

/** Writes the promises of a complaint without their places in the lists of the clock and of inspectors, when its texts are erased. */
export function unlistPromisesWrites({ promises, id }: Complaint): Writes {
  return promises ? [putWrite(itemOf(id))] : [];
}

const itemOf = (id: string) => ({ pk: complaintKey(id), sk: promisesKey, id });

function promisesWrite(complaint: Complaint): Writes[number] {
  const [remindAt, listedFrom] = [nextReminderAt(complaint), promisesListedFrom(complaint)];
  return putWrite({
    ...itemOf(complaint.id),
    ...(remindAt && { due: pendingPromiseKey, dueAt: remindAt }),
    ...(listedFrom && { workQueue: promisesWorkQueueKey, workQueueAt: listedFrom }),
  });
}

/** How many complaints one run reminds of. The next run finds the rest. */
const mostDue = 100;

/** An entry of the index: the item of a complaint's promises, or the event that made the first ones. */
const DuePromises = z
  .object({ pk: z.string(), sk: z.string() })
  .transform((key) => ({ ...key, id: key.pk.slice(complaintKey("").length) }));
type DuePromises = z.infer<typeof DuePromises>;

/** The complaints with a promise that the agency is to be reminded of, and when the next reminder is due. */
export async function listDuePromises(now: Instant): Promise<{ due: DuePromises[]; next: Instant | undefined }> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :promises",
      ExpressionAttributeValues: { ":promises": pendingPromiseKey },
      Limit: mostDue,
    }),
  );
  const due = Items.filter(({ dueAt }) => dueAt <= now);
  return { due: parseReadableItems(DuePromises, due, logEvents.dueUnreadable), next: Items[due.length]?.dueAt };
}

/** Takes an event out of the index `due`, once the reminder that it stood there for was given or is no longer needed. */
export async function unlistFirstReminder({ pk, sk }: DuePromises): Promise<void> {
  if (sk === promisesKey) return;
  const removal = { UpdateExpression: "REMOVE due, dueAt", ConditionExpression: "attribute_exists(due)" };
  await table
    .send(new UpdateCommand({ TableName: env("COMPLAINTS_TABLE"), Key: { pk, sk }, ...removal }))
    .catch((error) => {
      // It was erased or taken out in the meantime.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
}
