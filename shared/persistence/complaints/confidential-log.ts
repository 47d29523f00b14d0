import { type Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import { pressedAt } from "#shared/domain/complaint/confidential-commands.ts";
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
  pressedKey,
  pressedWorkQueueKey,
  visitKey,
  visitsWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { itemWithUnknownFields, parseReadableItems, parseWholeItem } from "../readable.ts";
import { readAll, readItem } from "../table.ts";
import { ifNew, putWrite, type Writes } from "../transaction.ts";

/**
 * The confidential entries of a complaint in order, its visits, and the last claim, for a decision. Throws `unavailable`
 * where one entry cannot be read: it could be a hold, a refusal or a consent that was taken back.
 */
export async function readConfidentialRecord(id: string): Promise<ConfidentialRecord & { entryCount: number }> {
  const confidentialRecord = await readConfidentialRecordForView(id);
  if (confidentialRecord.confidentialLog.length < confidentialRecord.entryCount) throw new Fault("unavailable");
  return confidentialRecord;
}

/**
 * The same for a view, without the entries that only a newer version of this code can read. `entryCount`: how many entries
 * there are, with those.
 */
export async function readConfidentialRecordForView(id: string): Promise<ConfidentialRecord & { entryCount: number }> {
  const items = await readAll({
    KeyConditionExpression: "pk = :pk AND sk < :spent",
    ExpressionAttributeValues: { ":pk": confidentialLogKey(id), ":spent": idempotencyRecordPrefix },
  });
  const entryItems = items.filter(isConfidentialEntry);
  return {
    confidentialLog: parseReadableItems(ConfidentialEntry, entryItems),
    entryCount: entryItems.length,
    visits: inOrder(parseReadableItems(Visit, items.filter(isVisit))),
    claim: parseReadableItems(StoredClaim, items.filter(isClaim))[0]?.claim,
  };
}

const isConfidentialEntry = ({ sk }: Record<string, unknown>) => isConfidentialEntryKey(String(sk));
const isClaim = ({ sk }: Record<string, unknown>) => sk === claimKey;
const isVisit = ({ sk }: Record<string, unknown>) => String(sk).startsWith(visitKey(""));
const inOrder = (visits: Visit[]) => visits.sort((a, b) => (a.orderedAt < b.orderedAt ? -1 : 1));

/** A visit of a complaint as it stands; undefined where it was never ordered. */
export async function readVisit({ id, visitId }: { id: string; visitId: string }): Promise<Visit | undefined> {
  const item = await readItem(keysOfVisit(id, { visitId }));
  return parseWholeItem(Visit, item);
}

type EntryWritesInput = {
  id: string;
  entries: readonly NewEntry[];
  /** How many notes there are already; a note that somebody else adds meanwhile makes the writes fail. */
  after: number;
  /** Whether another event, written together with these, tells the citizen by mail. */
  notifiedSeparately?: true;
};

/** Puts notes as the series' next, and the visits that they order. */
export function confidentialEntryWrites({ id, entries, after, notifiedSeparately }: EntryWritesInput): Writes {
  const events = entries.map((note, n): ConfidentialEntry => ({ ...note, private: after + 1 + n }));
  return events.flatMap((event) => [
    confidentialEntryWrite(id, { event, isMailed: !notifiedSeparately && rolesToMail(event).length > 0 }),
    ...(event.type === "visit-ordered" ? [putOrderedVisit(id, visitFromEntry(event))] : []),
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

/** `mailed` is what the stream's reader is told of: of all other notes nobody is to hear. */
function confidentialEntryWrite(
  id: string,
  { event, isMailed }: { event: ConfidentialEntry; isMailed: boolean },
): Writes[number] {
  const keys = { pk: confidentialLogKey(id), sk: confidentialEntryKey(event.private) };
  const Item = { ...event, complaintId: id, ...keys, ...(isMailed && { mailed: true }) };
  return putWrite(Item, ifNew);
}

/** A visit is on the inspectors' list until it is reported, or nothing more is written of its complaint. */
function putOrderedVisit(id: string, visit: Visit): Writes[number] {
  const desk = { desk: visitsWorkQueueKey, deskAt: visit.plannedAt ?? visit.orderedAt };
  return putWrite({ ...itemWithUnknownFields(visit), ...desk, id, ...keysOfVisit(id, visit) }, ifNew);
}

/** On the condition that the visit is on the list, from which it goes. */
export function putReportedVisit(id: string, visit: Visit): Writes[number] {
  const isListed = { ConditionExpression: "attribute_exists(desk)" };
  return putWrite({ ...itemWithUnknownFields(visit), id, ...keysOfVisit(id, visit) }, isListed);
}

/** Takes visits that were not reported off the list, after which no report of them can be written. */
export function takingOffList(id: string, visits: readonly Visit[]): Writes {
  return visits
    .filter(({ reportedAt }) => !reportedAt)
    .map((visit) => ({
      Update: {
        TableName: env("COMPLAINTS_TABLE"),
        Key: keysOfVisit(id, visit),
        UpdateExpression: "REMOVE desk, deskAt",
      },
    }));
}

function keysOfVisit(id: string, { visitId }: Pick<Visit, "visitId">) {
  return { pk: confidentialLogKey(id), sk: visitKey(visitId) };
}

/** Puts a complaint on the desk of those whose citizens were pressed, or takes it off. */
export function pressedWrite(id: string, pressedAt: string | undefined): Writes[number] {
  const desk = pressedAt && { desk: pressedWorkQueueKey, deskAt: pressedAt };
  return putWrite({ pk: confidentialLogKey(id), sk: pressedKey, id, ...desk });
}

/** What is noted now, and what was before. */
type PressedInput = { confidentialLog: readonly ConfidentialEntry[]; entry: NewEntry };

/** Puts on the inspectors' desk whom somebody pressed, or takes off; whoever says it once more keeps the place. */
export function pressedWrites(complaint: Complaint, { confidentialLog, entry }: PressedInput): Writes {
  const before = pressedAt(confidentialLog);
  const since = pressedAt([...confidentialLog, { ...entry, private: confidentialLog.length + 1 }]);
  return since === before || isSandbox(complaint) ? [] : [pressedWrite(complaint.id, since)];
}
