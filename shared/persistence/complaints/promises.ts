import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { ComplaintEvent, EventType } from "#shared/domain/complaint/event.ts";
import { nextReminderAt, promisesListedFrom } from "#shared/domain/complaint/promises.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { env } from "#shared/runtime/environment.ts";
import { complaintKey, pendingPromiseKey, promisesKey, promisesWorkQueueKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { parseReadableItems } from "../readable.ts";
import { table } from "../table.ts";
import { putWrite, type Writes } from "../transaction.ts";

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

/**
 * Writes when the promises of a complaint are looked at: by the clock, and by inspectors. It is an item of its own, because the head
 * has the times of the complaint itself. A complaint without promises has no such item, and costs nothing.
 */
export function promisesWrites(complaint: Complaint, events: readonly ComplaintEvent[]): Writes {
  if (!complaint.promises || !events.some(({ type }) => eventsWithPromises.includes(type))) return [];
  return [promisesWrite(complaint)];
}

/** Takes the promises of a complaint off all lists, when its texts are erased. */
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

const ListedPromises = z.object({ id: z.string() });

/** The complaints with a promise that the agency is to be reminded of, and when the next reminder is due. */
export async function listDuePromises(now: Instant): Promise<{ due: { id: string }[]; next: Instant | undefined }> {
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
  return { due: parseReadableItems(ListedPromises, due, logEvents.dueUnreadable), next: Items[due.length]?.dueAt };
}
