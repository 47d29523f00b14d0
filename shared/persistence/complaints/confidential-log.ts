import { type Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import { pressuredSince } from "#shared/domain/complaint/confidential-commands.ts";
import { ConfidentialEntry, type NewEntry, StoredClaim } from "#shared/domain/complaint/confidential-log.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { rolesToMail } from "#shared/domain/complaint/event-rules.ts";
import { Fault } from "#shared/domain/fault.ts";
import type { ConfidentialRecord } from "#shared/domain/views/complaint-views.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  claimKey,
  confidentialEntryKey,
  confidentialLogKey,
  idempotencyRecordPrefix,
  isConfidentialEntryKey,
  pressuredKey,
  pressuredWorkQueueKey,
  visitKey,
  visitsWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { itemWithUnknownFields, parseReadableItems, parseWholeItem } from "../readable.ts";
import { readAll, readItem } from "../table.ts";
import { ifNew, putWrite, type Writes } from "../transaction.ts";

/**
 * A complaint's confidential entries in order, its visits and its last claim, for a decision. Throws `unavailable` if one
 * entry cannot be read: it could be a hold, a refusal or the end of a consent.
 */
export async function readConfidentialRecord(id: string): Promise<ConfidentialRecord & { entryCount: number }> {
  const confidentialRecord = await readConfidentialRecordForView(id);
  if (confidentialRecord.confidentialLog.length < confidentialRecord.entryCount) throw new Fault("unavailable");
  return confidentialRecord;
}

/**
 * The same record for a view, without the entries that cannot be read. `entryCount` counts all entries, also those that
 * cannot be read.
 */
export async function readConfidentialRecordForView(id: string): Promise<ConfidentialRecord & { entryCount: number }> {
  const items = await readAll({
    KeyConditionExpression: "pk = :pk AND sk < :idempotency",
    ExpressionAttributeValues: { ":pk": confidentialLogKey(id), ":idempotency": idempotencyRecordPrefix },
  });
  const entryItems = items.filter(isConfidentialEntry);
  return {
    confidentialLog: parseReadableItems(ConfidentialEntry, entryItems),
    entryCount: entryItems.length,
    visits: inOrder(parseReadableItems(Visit, items.filter(isVisit))),
    claim: parseReadableItems(StoredClaim, items.filter(isClaim))[0]?.claim,
  };
}

/**
 * Whether a confidential item is the mark of a final erasure. A complaint with this mark is being erased, or its erasure was
 * cut off and the next run completes it.
 */
export const isErasureMark = ({ endedAt }: Record<string, unknown>) => endedAt !== undefined;

const isConfidentialEntry = (item: Record<string, unknown>) =>
  isConfidentialEntryKey(String(item.sk)) && !isErasureMark(item);
const isClaim = ({ sk }: Record<string, unknown>) => sk === claimKey;
const isVisit = ({ sk }: Record<string, unknown>) => String(sk).startsWith(visitKey(""));
const inOrder = (visits: Visit[]) => visits.sort((a, b) => (a.orderedAt < b.orderedAt ? -1 : 1));

/** A visit of a complaint as it stands; undefined if it was never ordered. */
export async function readVisit({ id, visitId }: { id: string; visitId: string }): Promise<Visit | undefined> {
  const item = await readItem(keysOfVisit(id, { visitId }));
  return parseWholeItem(Visit, item);
}

type EntryWritesInput = {
  id: string;
  entries: readonly NewEntry[];
  /** How many entries the log has. The writes fail if somebody else adds an entry meanwhile. */
  after: number;
  /** An event in the same transaction already mails the citizen, so these entries mail nobody. */
  notifiedSeparately?: true;
};

/** Adds entries to the log, numbered after the existing ones, and writes the visits that they order. */
export function confidentialEntryWrites({ id, entries, after, notifiedSeparately }: EntryWritesInput): Writes {
  const numbered = entries.map((entry, n): ConfidentialEntry => ({ ...entry, entryNumber: after + 1 + n }));
  return numbered.flatMap((entry) => [
    confidentialEntryWrite(id, { entry, hasNotification: !notifiedSeparately && rolesToMail(entry).length > 0 }),
    ...(entry.type === "visit-ordered" ? [orderedVisitWrite(id, visitFromEntry(entry))] : []),
  ]);
}

function visitFromEntry({
  visitId,
  at,
  plannedAt,
}: {
  visitId: string;
  at: string;
  plannedAt?: string | undefined;
}): Visit {
  return { visitId, orderedAt: at, plannedAt };
}

/** The table's stream delivers only entries with `hasNotification`: nobody may learn of the others. */
function confidentialEntryWrite(
  id: string,
  { entry, hasNotification }: { entry: ConfidentialEntry; hasNotification: boolean },
): Writes[number] {
  const keys = { pk: confidentialLogKey(id), sk: confidentialEntryKey(entry.entryNumber) };
  const Item = { ...entry, complaintId: id, ...keys, ...(hasNotification && { hasNotification }) };
  return putWrite(Item, ifNew);
}

/** Puts the visit on the inspectors' list. It leaves the list when it is reported, or when the texts are erased. */
function orderedVisitWrite(id: string, visit: Visit): Writes[number] {
  const workQueue = { workQueue: visitsWorkQueueKey, workQueueAt: visit.plannedAt ?? visit.orderedAt };
  return putWrite({ ...itemWithUnknownFields(visit), ...workQueue, id, ...keysOfVisit(id, visit) }, ifNew);
}

/** Writes a reported visit and takes it off the inspectors' list. The write fails if it is not on the list. */
export function reportedVisitWrite(id: string, visit: Visit): Writes[number] {
  const isListed = { ConditionExpression: "attribute_exists(workQueue)" };
  return putWrite({ ...itemWithUnknownFields(visit), id, ...keysOfVisit(id, visit) }, isListed);
}

/** Takes visits without a report off the inspectors' list. After that no report of them can be written. */
export function unlistVisitsWrites(id: string, visits: readonly Visit[]): Writes {
  return visits
    .filter(({ reportedAt }) => !reportedAt)
    .map((visit) => ({
      Update: {
        TableName: env("COMPLAINTS_TABLE"),
        Key: keysOfVisit(id, visit),
        UpdateExpression: "REMOVE workQueue, workQueueAt",
      },
    }));
}

function keysOfVisit(id: string, { visitId }: Pick<Visit, "visitId">) {
  return { pk: confidentialLogKey(id), sk: visitKey(visitId) };
}

/** Puts a complaint on the inspectors' list of citizens who were pressured, or takes it off if `pressuredSince` is undefined. */
export function pressuredWrite(id: string, pressuredSince: string | undefined): Writes[number] {
  const workQueue = pressuredSince && { workQueue: pressuredWorkQueueKey, workQueueAt: pressuredSince };
  return putWrite({ pk: confidentialLogKey(id), sk: pressuredKey, id, ...workQueue });
}

/** The confidential log, and the entry that is added to it. */
type PressuredInput = { confidentialLog: readonly ConfidentialEntry[]; entry: NewEntry };

/**
 * Updates the inspectors' list of citizens who say that somebody pressured them to accept or withdraw. No write if the new
 * entry changes nothing: a citizen who says it again keeps the place of the first time.
 */
export function pressuredWrites(complaint: Complaint, { confidentialLog, entry }: PressuredInput): Writes {
  const before = pressuredSince(confidentialLog);
  const since = pressuredSince([...confidentialLog, { ...entry, entryNumber: confidentialLog.length + 1 }]);
  return since === before || isSandbox(complaint) ? [] : [pressuredWrite(complaint.id, since)];
}
