import { Fault } from "../fault.ts";
import { isSandbox } from "../province/directory.ts";
import {
  callKey,
  claimKey,
  confidentialEntryKey,
  confidentialLogKey,
  idempotencyRecordPrefix,
  isAnswerNoticeKey,
  isConfidentialEntryKey,
  pressuredKey,
  pressuredWorkQueueKey,
  visitKey,
} from "../runtime/keys.ts";
import { parseReadableItems } from "../storage/readable.ts";
import { type Item, readAll } from "../storage/table.ts";
import { ifNew, putWrite, type Writes } from "../storage/transaction.ts";
import { AnswerNotice } from "./answer-notices.ts";
import { type Complaint, Visit } from "./complaint.ts";
import type { ConfidentialRecord } from "./complaint-record.ts";
import { pressuredSince } from "./confidential-commands.ts";
import { ConfidentialEntry, type NewEntry, StoredClaim } from "./confidential-log.ts";
import { rolesToMail } from "./event-rules.ts";
import { newVisitWrite } from "./visits.store.ts";
import { visitFromEntry } from "./visits.ts";

type StoredRecord = ConfidentialRecord & {
  entryCount: number;
  notices: AnswerNotice[];
  /** The complaint's entry in the call list, as it is stored. */
  callItem: Item | undefined;
};

/**
 * A complaint's confidential entries in order, its visits and its last claim, for a decision. Throws `unavailable` if one
 * entry cannot be read: it could be a hold, a refusal or the end of a consent.
 */
export async function readConfidentialRecord(id: string): Promise<StoredRecord> {
  const confidentialRecord = await readConfidentialRecordForView(id);
  if (confidentialRecord.confidentialLog.length < confidentialRecord.entryCount) throw new Fault("unavailable");
  return confidentialRecord;
}

/**
 * The same record for a view, without the entries that cannot be read. `entryCount` counts all entries, also those that
 * cannot be read.
 */
export async function readConfidentialRecordForView(id: string): Promise<StoredRecord> {
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
    notices: parseReadableItems(AnswerNotice, items.filter(isNotice)),
    callItem: items.find(({ sk }) => sk === callKey),
  };
}

/**
 * Whether a confidential item is the mark of a final erasure. A complaint with this mark is being erased, or its erasure was
 * cut off and the next run completes it.
 */
export const isErasureMark = ({ endedAt }: Record<string, unknown>) => endedAt !== undefined;

const isConfidentialEntry = (item: Record<string, unknown>) =>
  isConfidentialEntryKey(String(item.sk)) && !isErasureMark(item);
const isNotice = ({ sk }: Record<string, unknown>) => isAnswerNoticeKey(String(sk));
const isClaim = ({ sk }: Record<string, unknown>) => sk === claimKey;
const isVisit = ({ sk }: Record<string, unknown>) => String(sk).startsWith(visitKey(""));
const inOrder = (visits: Visit[]) => visits.sort((a, b) => (a.orderedAt < b.orderedAt ? -1 : 1));

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
    ...(entry.type === "visit-ordered" ? [newVisitWrite(id, visitFromEntry(entry))] : []),
  ]);
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
