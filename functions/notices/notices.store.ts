import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { Fault } from "#shared/fault.ts";
import type { Employment } from "#shared/people/people.ts";
import { records } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  employeeNameKey,
  employeeNamePrefix,
  headKey,
  lateNoticesWorkQueueKey,
  noticeEventKey,
  noticeEventPrefix,
  noticeKey,
  noticesWorkQueueKey,
  pastNoticesWorkQueueKey,
  recordsInboxKey,
} from "#shared/runtime/keys.ts";
import { itemWithUnknownFields, parseEvents, parseItem, parseWholeItem } from "#shared/storage/readable.ts";
import { readItem, readItems, readPartition, table } from "#shared/storage/table.ts";
import { ifNew, putWrite, unchangedSince, type Writes } from "#shared/storage/transaction.ts";
import { comparableName } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { CitizenNotice } from "./citizen-notice.ts";
import { Notice, NoticeEvent } from "./notice.ts";
import { knownEnd, nextDue } from "./notice-clock.ts";
import type { NoticeChange } from "./notice-events.ts";
import { citizenNotice, type NoticeRecord } from "./notice-views.ts";

/** A notice as its last event left it; undefined if there is none. Time may have changed it since (`passTime`). */
export async function readNotice(id: string): Promise<Notice | undefined> {
  return parseWholeItem(Notice, await readItem({ pk: noticeKey(id), sk: headKey }));
}

/** These notices, in the order of the ids. A notice that was erased is missing. */
export async function readNotices(ids: readonly string[]): Promise<Notice[]> {
  const items = await readItems(ids.map((id) => ({ pk: noticeKey(id), sk: headKey })));
  const notices = new Map(items.map((item) => [item.id, parseItem(Notice, item)]));
  return ids.flatMap((id) => notices.get(id) ?? []);
}

/** A notice with all its events and texts; undefined if there is none. */
export async function readNoticeRecord(id: string): Promise<NoticeRecord | undefined> {
  const items = await readPartition(noticeKey(id));
  const head = items.find(({ sk }) => sk === headKey);
  if (!head) return undefined;
  const notice = parseItem(Notice, head);
  const eventItems = items.filter(({ sk }) => String(sk).startsWith(noticeEventPrefix));
  return { notice, ...parseEvents(NoticeEvent, eventItems, notice) };
}

/**
 * The notices to employees on a complaint, as its citizen reads them; undefined if there is none. An inspector has named each in
 * the complaint's confidential log.
 */
export async function readCitizenNotices(
  confidentialLog: readonly ConfidentialEntry[],
  now: Instant,
): Promise<CitizenNotice[] | undefined> {
  if (!records) return undefined;
  const ids = confidentialLog.flatMap((entry) => (entry.type === "notice-opened" ? entry.noticeId : []));
  // One notice that only newer code can read must not hide the case from its citizen.
  const found = await Promise.all(ids.map((id) => readNoticeRecord(id).catch(ignoreUnavailable)));
  const notices = found.flatMap((record) => (record && citizenNotice(record, now)) || []);
  return notices.length > 0 ? notices : undefined;
}

function ignoreUnavailable(error: unknown): undefined {
  if (!(error instanceof Fault && error.code === "unavailable")) throw error;
  return undefined;
}

/** Writes a changed notice with its new events. The write fails if somebody else changed the notice meanwhile. */
export function noticeWrites({ notice, events }: NoticeChange): Writes {
  if (events.length === 0) return [];
  const pk = noticeKey(notice.id);
  return [
    noticeHeadWrite(notice, notice.version - events.length),
    ...events.map((event) => putWrite({ ...event, pk, sk: noticeEventKey(event.version) }, ifNew)),
  ];
}

/** Writes the head of a notice that had the version `before`; 0 if it is new. */
export function noticeHeadWrite(notice: Notice, before: number): Writes[number] {
  const keys = { pk: noticeKey(notice.id), sk: headKey };
  const head = { ...itemWithUnknownFields(notice), ...workQueueKeys(notice), ...inboxKeys(notice), ...keys };
  return putWrite(head, before === 0 ? ifNew : unchangedSince(before));
}

/** Notices stand on the inspectors' list by what time does to them next; settled ones stand elsewhere, until they are erased. */
function workQueueKeys(notice: Notice) {
  const { end, agreeBy, settled } = notice;
  const endedAt = knownEnd(notice);
  if (settled && endedAt) {
    const isLate = end === "not-decided" || end === "not-judged";
    const workQueue = isLate ? lateNoticesWorkQueueKey : pastNoticesWorkQueueKey;
    return { workQueue, workQueueAt: endedAt };
  }
  const due = notice.status === "declined" ? agreeBy : nextDue(notice)?.at;
  return { workQueue: noticesWorkQueueKey, workQueueAt: due ?? notice.lastEventAt };
}

const mayStand: readonly Notice["status"][] = ["decided", "contested", "standing", "reheard"];

/** A notice that can stand without a further act is found by the person, so that it stands at the very instant. */
function inboxKeys({ agencyId, status, service, decidedAt }: Notice) {
  if (!service || !mayStand.includes(status)) return {};
  return { inbox: recordsInboxKey({ agencyId, employee: employeeMark(service.employment) }), inboxAt: decidedAt };
}

/** A personnel id, or the employer of contract staff, as a part of a key. */
export const employeeMark = (employment: Employment) =>
  "personnelId" in employment ? `id#${employment.personnelId}` : `employer#${comparableName(employment.employer)}`;

const StoredName = z.object({ pk: z.string(), name: z.string() });

export function employeeNameWrite(notice: Notice, name: string): Writes[number] {
  const Item = { pk: employeeNameKey(notice.id), name };
  return { Put: { TableName: env("IDENTITIES_TABLE"), Item } };
}

/** The names of the employees of these notices, by the notice's id. */
export async function readEmployeeNames(noticeIds: readonly string[]): Promise<Map<string, string>> {
  if (noticeIds.length === 0) return new Map();
  const TableName = env("IDENTITIES_TABLE");
  const Keys = [...new Set(noticeIds)].map((id) => ({ pk: employeeNameKey(id) }));
  const { Responses, UnprocessedKeys } = await table.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  if (UnprocessedKeys?.[TableName]) throw new Fault("unavailable");
  const items = (Responses?.[TableName] ?? []).map((item) => parseItem(StoredName, item));
  return new Map(items.map(({ pk, name }) => [pk.slice(employeeNamePrefix.length), name]));
}
