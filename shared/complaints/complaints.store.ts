import { randomBytes } from "node:crypto";
import * as z from "zod";
import { Fault } from "../fault.ts";
import { Attachment } from "../files/attachment.ts";
import { frontEndEventIdOf } from "../identifier.ts";
import { isSandbox } from "../province/directory.ts";
import { escalationLevels } from "../province/slices.static.ts";
import {
  agencyFeedKey,
  attachmentKey,
  complaintKey,
  dueKey,
  eventKey,
  eventPrefix,
  feedSortKey,
  frontEndFeedKey,
  headKey,
  inboxKey,
  narrativeKey,
  previousAgencyEntryKey,
  workQueueKey,
} from "../runtime/keys.ts";
import {
  itemWithUnknownFields,
  parseEvents,
  parseItem,
  parseReadableItems,
  parseWholeItem,
} from "../storage/readable.ts";
import { readItem, readItems, readPartition } from "../storage/table.ts";
import { type Condition, hasLapsed, ifNew, putWrite, unchangedSince, type Writes } from "../storage/transaction.ts";
import type { Change } from "./change.ts";
import { Complaint, currentDeadline, Narrative } from "./complaint.ts";
import { type ComplaintRecord, NarrativeText } from "./complaint-record.ts";
import { nextDueAt } from "./escalation.ts";
import { ComplaintEvent, Snapshot } from "./event.ts";
import { agenciesToNotify, isVisibleTo } from "./event-rules.ts";
import { firstReminderKeys, promisesWrites } from "./promises.store.ts";
import { reportedVisitWrite } from "./visits.store.ts";

type Write = Writes[number];

const Filed = z.object({ after: Snapshot.pick({ agencyId: true }) });

/** Writes the head: the complaint as it stands, with the keys that place it in the lists of the indexes. */
export function headWrite({ complaint, condition }: { complaint: Complaint; condition: Condition | undefined }): Write {
  const keys = { pk: complaintKey(complaint.id), sk: headKey };
  const deadline = currentDeadline(complaint);
  // No agency sees a retaliation report.
  const inbox = !complaint.retaliationFor && {
    inbox: inboxKey(complaint),
    inboxAt: complaint.closedAt ?? deadline,
  };
  const { status, level } = complaint;
  const isInWorkQueue = (status === "disputed" || (status !== "closed" && level > 0)) && !isSandbox(complaint);
  const workQueue = isInWorkQueue && { workQueue: workQueueKey(complaint), workQueueAt: deadline };
  const dueAt = nextDueAt(complaint, escalationLevels);
  const due = dueAt && { due: dueKey(complaint.id), dueAt };
  return putWrite({ ...itemWithUnknownFields(complaint), ...keys, ...inbox, ...workQueue, ...due }, condition);
}

type EventWriteInput = {
  complaint: Pick<Complaint, "id" | "filedBy">;
  event: ComplaintEvent;
  /** Further fields of the event's item, which only this folder reads. */
  extra?: Record<string, unknown> | undefined;
};

/**
 * Writes an event, with the keys that place it in the feeds of an agency and of the front end that filed the complaint.
 * An item has one key in each index, so a transfer is written twice: the second item stands in the feed of the previous
 * agency.
 */
export function eventWrites({ complaint: { id, filedBy }, event, extra = {} }: EventWriteInput): Write[] {
  const { version } = event;
  const place = feedSortKey(event);
  const agencies = agenciesToNotify(event);
  // The current agency is the last one. A transfer names the previous agency before it.
  const agencyId = agencies.at(-1);
  const previousAgencyId = agencies.length > 1 ? agencies[0] : undefined;
  const inbox = agencyId && { inbox: agencyFeedKey(agencyId), inboxAt: place };
  const workQueue = isVisibleTo("front-end", event) && {
    workQueue: frontEndFeedKey(filedBy),
    workQueueAt: place,
    frontEndEventId: frontEndEventIdOf(id, randomBytes(5)),
  };
  const item = { ...event, complaintId: id, pk: complaintKey(id) };
  const writes = [putWrite({ ...item, ...extra, sk: eventKey(version), ...inbox, ...workQueue }, ifNew)];
  if (previousAgencyId) {
    const previousInbox = { inbox: agencyFeedKey(previousAgencyId), inboxAt: place };
    writes.push(putWrite({ ...item, sk: previousAgencyEntryKey(version), ...previousInbox }, ifNew));
  }
  return writes;
}

export function narrativeWrite({ id, narrative }: { id: string; narrative: Narrative }): Write {
  return putWrite({ ...narrative, pk: complaintKey(id), sk: narrativeKey });
}

/** The texts of the filings, by complaint id; without those that were erased. Throws `unavailable`. */
export async function readNarrativeTexts(ids: readonly string[]): Promise<Map<string, NarrativeText>> {
  const keys = [...new Set(ids)].map((id) => ({ pk: complaintKey(id), sk: narrativeKey }));
  const fields = { ProjectionExpression: "pk, description, maskedTexts.description", ConsistentRead: false };
  const texts = parseReadableItems(NarrativeText.extend({ pk: z.string() }), await readItems(keys, fields));
  return new Map(texts.map(({ pk, ...text }) => [pk.slice(complaintKey("").length), text]));
}

/**
 * The condition that the head is still as it was read, `earlier` events ago. A renewed secret changes no version, so it is
 * compared too: a move that read the head before the renewal must not bring the dead secret back.
 */
export function ifHeadUnchanged(
  { version, secretGeneration }: Pick<Complaint, "version" | "secretGeneration">,
  { earlier = 0 } = {},
): Condition {
  const { ConditionExpression, ExpressionAttributeValues } = unchangedSince(version - earlier);
  const isFirst = secretGeneration === undefined;
  const sameSecret = isFirst ? "attribute_not_exists(secretGeneration)" : "secretGeneration = :generation";
  return {
    ConditionExpression: `${ConditionExpression} AND ${sameSecret}`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...(!isFirst && { ":generation": secretGeneration }) },
  };
}

/** Writes the head with a renewed secret. Nothing else changes, and no event says so: an agency must not notice it. */
export function renewedHeadWrite(complaint: Complaint, { generation, at }: { generation: number; at: string }): Write {
  const renewed = { ...complaint, secretGeneration: generation, secretRenewedAt: at };
  return headWrite({ complaint: renewed, condition: ifHeadUnchanged(complaint) });
}

/**
 * Writes a change: the new head, the events, a reported visit, and when promises are due. The writes fail if somebody changed the complaint after
 * it was read.
 */
export function changeWrites({ complaint, events, visit }: Change): Write[] {
  return [
    headWrite({ complaint, condition: ifHeadUnchanged(complaint, { earlier: events.length }) }),
    ...events.flatMap((event) => eventWrites({ complaint, event, extra: firstReminderKeys(complaint, event) })),
    ...(visit ? [reportedVisitWrite(complaint.id, visit)] : []),
    ...promisesWrites(complaint, events),
  ];
}

/** The complaint as it stands now; undefined if there is none, or if it is a sandbox complaint that has expired. */
export async function readHead(id: string): Promise<Complaint | undefined> {
  const item = await readItem({ pk: complaintKey(id), sk: headKey });
  return hasLapsed(item, new Date().toISOString()) ? undefined : parseWholeItem(Complaint, item);
}

/** The agency that the complaint was filed at, even after transfers. Throws `unavailable` if there is no complaint. */
export async function readAgencyAtFiling(id: string): Promise<string> {
  const item = await readItem({ pk: complaintKey(id), sk: eventKey(1) }, { ConsistentRead: false });
  return parseItem(Filed, item).after.agencyId;
}

/** The whole record of a complaint, with its events in order; throws `not-found` if there is no complaint. */
export async function readComplaintRecord(id: string): Promise<ComplaintRecord> {
  return complaintRecordFrom(await readPartition(complaintKey(id)));
}

/** The record as it was at the version of `complaint`: without the events that others have added since. */
export async function readComplaintRecordUpTo(complaint: Complaint): Promise<ComplaintRecord> {
  const complaintRecord = await readComplaintRecord(complaint.id);
  const isUpToVersion = ({ version }: { version: number }) => version <= complaint.version;
  return {
    ...complaintRecord,
    complaint,
    events: complaintRecord.events.filter(isUpToVersion),
    newer: complaintRecord.newer?.filter(isUpToVersion),
  };
}

function complaintRecordFrom(items: Record<string, unknown>[]): ComplaintRecord {
  const itemAt = (key: string) => items.find(({ sk }) => sk === key);
  const itemsUnder = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const head = itemAt(headKey);
  // A citizen may still have the secret of a complaint that was erased, or lost in a restore.
  if (!head || hasLapsed(head, new Date().toISOString())) throw new Fault("not-found");
  const complaint = parseItem(Complaint, head);
  return {
    complaint,
    narrative: parseItem(Narrative, itemAt(narrativeKey)),
    ...parseEvents(ComplaintEvent, itemsUnder(eventPrefix), complaint),
    uploads: parseReadableItems(Attachment, itemsUnder(attachmentKey(""))),
  };
}
