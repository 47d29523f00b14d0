import * as z from "zod";
import { Attachment } from "#shared/domain/attachments/attachment.ts";
import type { Change } from "#shared/domain/complaint/change.ts";
import { Complaint, currentDeadline, Narrative } from "#shared/domain/complaint/complaint.ts";
import { isSandbox } from "#shared/domain/complaint/directory.ts";
import { ComplaintEvent, Snapshot, UnknownEvent } from "#shared/domain/complaint/event.ts";
import { agenciesToNotify, isVisibleTo } from "#shared/domain/complaint/event-rules.ts";
import { nextDueAt } from "#shared/domain/deadlines/escalation.ts";
import { Fault } from "#shared/domain/fault.ts";
import type { ComplaintRecord } from "#shared/domain/views/complaint-views.ts";
import { ladder } from "#shared/province/slices.static.ts";
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
} from "#shared/runtime/keys.ts";
import {
  itemWithUnknownFields,
  parseItem,
  parseKnownOrUnknown,
  parseReadableItems,
  parseWholeItem,
} from "../readable.ts";
import { readItem, readPartition } from "../table.ts";
import { type Condition, hasLapsed, ifNew, putWrite, unchangedSince, type Writes } from "../transaction.ts";
import { putReportedVisit } from "./confidential-log.ts";

type Write = Writes[number];

const Filed = z.object({ after: Snapshot.pick({ agencyId: true }) });

/** Puts the head: the complaint, and the keys by which the indexes list it. */
export function headWrite({ complaint, condition }: { complaint: Complaint; condition: Condition | undefined }): Write {
  const keys = { pk: complaintKey(complaint.id), sk: headKey };
  const owedAt = currentDeadline(complaint);
  const inbox = !complaint.retaliationFor && { inbox: inboxKey(complaint), inboxAt: owedAt };
  const { status, level } = complaint;
  const isOnDesk = (status === "disputed" || (status !== "closed" && level > 0)) && !isSandbox(complaint);
  const desk = isOnDesk && { desk: workQueueKey(complaint), deskAt: owedAt };
  const dueAt = nextDueAt(complaint, ladder);
  const due = dueAt && { due: dueKey(complaint.id), dueAt };
  return putWrite({ ...itemWithUnknownFields(complaint), ...keys, ...inbox, ...desk, ...due }, condition);
}

type EventWriteInput = {
  complaint: Pick<Complaint, "id" | "filedBy">;
  event: ComplaintEvent;
  /** Fields beside the event's own, which only the store reads. */
  extra?: Record<string, unknown>;
};

/** Puts an event with the keys of the feeds it is told in. A second agency needs an entry of its own. */
export function eventWrites({ complaint: { id, filedBy }, event, extra = {} }: EventWriteInput): Write[] {
  const [agencyId, previousAgencyId] = agenciesToNotify(event).reverse();
  const place = feedSortKey(event);
  const inbox = (told: string | undefined) => told && { inbox: agencyFeedKey(told), inboxAt: place };
  const desk = isVisibleTo("front-end", event) && { desk: frontEndFeedKey(filedBy), deskAt: place };
  const item = { ...event, complaintId: id, pk: complaintKey(id) };
  const puts = [
    { ...item, ...extra, sk: eventKey(event.version), ...inbox(agencyId), ...desk },
    ...(previousAgencyId ? [{ ...item, sk: previousAgencyEntryKey(event.version), ...inbox(previousAgencyId) }] : []),
  ];
  return puts.map((item) => putWrite(item, ifNew));
}

export function narrativeWrite({ id, narrative }: { id: string; narrative: Narrative }): Write {
  return putWrite({ ...narrative, pk: complaintKey(id), sk: narrativeKey });
}

/** What a change writes: the new head, unless somebody changed it since it was read, the events, and a visit. */
export function changeWrites({ complaint, events, visit }: Change): Write[] {
  return [
    headWrite({ complaint, condition: unchangedSince(complaint.version - events.length) }),
    ...events.flatMap((event) => eventWrites({ complaint, event })),
    ...(visit ? [putReportedVisit(complaint.id, visit)] : []),
  ];
}

/** The complaint as it stands now; undefined where there is none. */
export async function readHead(id: string): Promise<Complaint | undefined> {
  const item = await readItem({ pk: complaintKey(id), sk: headKey });
  return hasLapsed(item, new Date().toISOString()) ? undefined : parseWholeItem(Complaint, item);
}

/** The agency that a complaint was filed at, wherever it is now. The complaint must exist. */
export async function readAgencyAtFiling(id: string): Promise<string> {
  const item = await readItem({ pk: complaintKey(id), sk: eventKey(1) }, { ConsistentRead: false });
  return parseItem(Filed, item).after.agencyId;
}

/** All that was written about a complaint, with its events in order; throws `not-found` where there is no such one. */
export async function readComplaintRecord(id: string): Promise<ComplaintRecord> {
  return complaintRecordFrom(await readPartition(complaintKey(id)));
}

/** The story up to the version that the caller read or wrote, whatever others have done to the complaint since. */
export async function readComplaintRecordUpTo(complaint: Complaint): Promise<ComplaintRecord> {
  const complaintRecord = await readComplaintRecord(complaint.id);
  const byThen = ({ version }: { version: number }) => version <= complaint.version;
  return {
    ...complaintRecord,
    complaint,
    events: complaintRecord.events.filter(byThen),
    newer: complaintRecord.newer?.filter(byThen),
  };
}

function complaintRecordFrom(items: Record<string, unknown>[]): ComplaintRecord {
  const at = (key: string) => items.find(({ sk }) => sk === key);
  const under = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const head = at(headKey);
  // A secret outlives what was forgotten, or lost in a restore.
  if (!head || hasLapsed(head, new Date().toISOString())) throw new Fault("not-found");
  const complaint = parseItem(Complaint, head);
  // A move written between two pages would leave an event here that the head does not know of.
  const written = under(eventPrefix).filter(({ version }) => Number(version) <= complaint.version);
  const { known: events, newer } = parseKnownOrUnknown({ known: ComplaintEvent, newer: UnknownEvent }, written);
  return {
    complaint,
    narrative: parseItem(Narrative, at(narrativeKey)),
    events,
    newer,
    uploads: parseReadableItems(Attachment, under(attachmentKey(""))),
  };
}
