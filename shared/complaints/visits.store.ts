import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { env } from "../runtime/environment.ts";
import {
  confidentialLogKey,
  pastVisitsWorkQueueKey,
  pendingVisitKey,
  visitKey,
  visitsWorkQueueKey,
} from "../runtime/keys.ts";
import { logEvents } from "../runtime/log-events.ts";
import { itemWithUnknownFields, parseReadableItems, parseWholeItem } from "../storage/readable.ts";
import { readItem, table } from "../storage/table.ts";
import { ifNew, putWrite, type Writes } from "../storage/transaction.ts";
import type { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { iranianMonth } from "../time/period.ts";
import { type Complaint, Visit } from "./complaint.ts";
import { isVisitOpen } from "./visits.ts";

/** A visit of a complaint as it stands; undefined if it was never ordered. */
export async function readVisit({ id, visitId }: { id: string; visitId: string }): Promise<Visit | undefined> {
  return parseWholeItem(Visit, await readItem(keysOfVisit(id, { visitId })));
}

/** The time by which a calendar shows a visit. */
export const visitTime = ({ plannedAt, orderedAt }: Pick<Visit, "plannedAt" | "orderedAt">): Instant =>
  plannedAt ?? orderedAt;

/** Puts an ordered visit on the inspectors' list, and lets the clock look at it at the deadline of its report. */
export function newVisitWrite(id: string, visit: Visit): Writes[number] {
  return putWrite({ ...itemOf(id, visit), ...dueKeys(visit.reportBy) }, ifNew);
}

/**
 * Writes a visit that was planned or cancelled. The write fails if it was reported or cancelled, or its texts were erased.
 * `lookAt`: when the clock looks at it next.
 */
export function changedVisitWrite(id: string, visit: Visit, { lookAt }: { lookAt: Instant }): Writes[number] {
  return putWrite({ ...itemOf(id, visit), ...(isVisitOpen(visit) && dueKeys(lookAt)) }, ifStillOpen);
}

/** Writes a reported visit: it moves to the list of past ones. The write fails as above. */
export function reportedVisitWrite(id: string, visit: Visit): Writes[number] {
  return putWrite(itemOf(id, visit), ifStillOpen);
}

/**
 * Writes a visit that the clock has looked at: it is late and is looked at again a day later, or its complaint is closed and it
 * becomes a past one. The write fails if the visit was planned anew meanwhile.
 */
export function overdueVisitWrite({ id, status }: Complaint, visit: Visit, now: Instant): Writes[number] {
  const keys = status === "closed" ? pastKeys(visit) : dueKeys(nextLook(now));
  const { ConditionExpression } = ifStillOpen;
  return putWrite(
    { ...itemOf(id, visit), ...keys },
    {
      ConditionExpression: `${ConditionExpression} AND workQueueAt = :listedAt`,
      ExpressionAttributeValues: { ":listedAt": visitTime(visit) },
    },
  );
}

/** When the clock looks again at a visit that is late: its complaint may be closed by then. */
export const nextLook = (now: Instant) => addMilliseconds(now, dayMs);

const ifStillOpen = {
  ConditionExpression:
    "attribute_exists(workQueue) AND attribute_not_exists(reportedAt) AND attribute_not_exists(cancelledAt)",
};

function itemOf(id: string, visit: Visit): Record<string, unknown> {
  const workQueue = isVisitOpen(visit)
    ? { workQueue: visitsWorkQueueKey, workQueueAt: visitTime(visit) }
    : pastKeys(visit);
  return { ...itemWithUnknownFields(visit), ...workQueue, id, ...keysOfVisit(id, visit) };
}

const pastKeys = (visit: Visit) => ({
  workQueue: pastVisitsWorkQueueKey(iranianMonth(visitTime(visit))),
  workQueueAt: visitTime(visit),
});
const dueKeys = (lookAt: Instant) => ({ due: pendingVisitKey, dueAt: lookAt });

/** Takes visits without a report off the inspectors' list. After that no report of them can be written. */
export function unlistVisitsWrites(id: string, visits: readonly Visit[]): Writes {
  return visits
    .filter(({ reportedAt }) => !reportedAt)
    .map((visit) => ({
      Update: {
        TableName: env("COMPLAINTS_TABLE"),
        Key: keysOfVisit(id, visit),
        UpdateExpression: "REMOVE workQueue, workQueueAt, due, dueAt",
      },
    }));
}

function keysOfVisit(id: string, { visitId }: Pick<Visit, "visitId">) {
  return { pk: confidentialLogKey(id), sk: visitKey(visitId) };
}

/** A visit in a list, with the id of its complaint. */
export const ListedVisit = Visit.extend({ id: z.string() });
export type ListedVisit = z.infer<typeof ListedVisit>;

/** How many overdue visits one run looks at. The next run finds the rest. */
const mostDue = 100;

/** The visits whose report is due, the longest overdue first, and the time at which the next one is due. */
export async function listDueVisits(now: Instant): Promise<{ due: ListedVisit[]; next: Instant | undefined }> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :visits",
      ExpressionAttributeValues: { ":visits": pendingVisitKey },
      Limit: mostDue,
    }),
  );
  const due = Items.filter(({ dueAt }) => dueAt <= now);
  return { due: parseReadableItems(ListedVisit, due, logEvents.dueUnreadable), next: Items[due.length]?.dueAt };
}
