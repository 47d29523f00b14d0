import * as z from "zod";
import {
  type Calendar,
  type CurrentHours,
  calendarOf,
  DayOverride,
  type HoursScope,
  isSameOverride,
} from "#shared/hours/office-hours.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { officeHours } from "#shared/province/slices.static.ts";
import { hoursKey, partitions, pendingHoursKey } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { listPending } from "#shared/storage/due.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readAll, readItem } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putOnce,
  putWrite,
  retryOnConflict,
  unchangedSince,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import { Instant, LocalDate } from "#shared/time/calendar.ts";
import { localDate } from "#shared/time/local-time.ts";
import { auditWrite } from "../audit/audit.store.ts";
import type { AuditEntry } from "../audit/audit-entry.ts";

/** How far a scan of all open complaints has come. Deadlines follow changed hours in such scans. */
const HoursScan = z.object({
  /** When this scan began. Only a scan that began after the hours had settled can be one of the last two (`positionAfterRound`). */
  startedAt: Instant,
  moved: z.int(),
  failed: z.int(),
  /** The agency and the position in its inbox to continue from; absent at the start. */
  agencyId: z.string().optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});
export type HoursScan = z.infer<typeof HoursScan>;

/** The last change that an admin made to a day of a county or the province; `pending` while deadlines must still follow. */
const HoursChange = z.object({
  date: LocalDate,
  countyId: z.string().optional(),
  /** The override that is valid now; absent if an admin removed it. */
  override: DayOverride.optional(),
  reason: z.string(),
  version: z.int(),
  setAt: Instant,
  clientId: z.string(),
  person: z.string(),
  /**
   * Absent once all deadlines have followed the change.
   * - `since`: when this change took effect, or an earlier change that deadlines have not followed yet.
   * - `pagesScanned`: how many pages were scanned since the change was made.
   * - `progress`: how far the present scan has come.
   * - `previousRoundUnchanged`: the scan before found no deadline to move.
   * - `before`: the override that all deadlines follow so far; absent if some may follow a later one.
   */
  pending: z
    .object({
      since: Instant,
      dueAt: Instant,
      pagesScanned: z.int(),
      progress: HoursScan.optional(),
      previousRoundUnchanged: z.literal(true).optional(),
      before: z.object({ override: DayOverride.optional() }).optional(),
    })
    .optional(),
});
type HoursChange = z.infer<typeof HoursChange>;

/** The current hours, and the changes that admins made to them. */
export type DayRecord = CurrentHours & { changes: HoursChange[] };

/** The county's current hours, from the day of `from` on. */
export async function readCalendar({ countyId, from }: { countyId: string; from: Instant }): Promise<Calendar> {
  return (await readCalendars({ from }))(countyId);
}

/** A function that gives any county's current hours, or without a county the province's, for callers that do not know it yet. */
export async function readCalendars({ from }: { from: Instant }): Promise<(countyId?: string) => Calendar> {
  const hours = dayRecordFrom(await query("sk >= :date", localDate(from)));
  return (countyId) => calendarOf(hours, countyId);
}

/**
 * The calendars that move deadlines after a change. `whole`: all current hours. `soFar`: without the later changes that
 * deadlines do not follow yet, since the events of those changes name a reason of their own.
 */
export async function readCalendarsFor(change: HoursChange, { from }: { from: Instant }) {
  const hours = dayRecordFrom(await query("sk >= :date", localDate(from)));
  const isNotFollowedYet = (other: HoursChange) =>
    other.pending?.pagesScanned === 0 && other.pending.before && changeOrder(other) > changeOrder(change);
  const overrides = hours.changes.flatMap(
    (other) => (isNotFollowedYet(other) ? other.pending?.before?.override : other.override) ?? [],
  );
  return {
    whole: (countyId: string) => calendarOf(hours, countyId),
    soFar: (countyId: string) => calendarOf({ officeHours, overrides }, countyId),
  };
}

const changeOrder = (change: HoursChange) => `${change.setAt} ${hoursKey(change)}`;

/** The hours of one day in the whole province, with the changes that admins made to them. */
export async function readDayHours(date: string): Promise<DayRecord> {
  return dayRecordFrom(await query("begins_with(sk, :date)", date));
}

function dayRecordFrom(changes: HoursChange[]): DayRecord {
  return { officeHours, changes, overrides: changes.flatMap(({ override }) => override ?? []) };
}

const attempts = 3;

type HoursChangeRequest = HoursScope & {
  now: Instant;
  by: PrincipalOf<"admin">;
  /** Decides the new override from the current hours; undefined removes the override. */
  decide: (hours: CurrentHours) => DayOverride | undefined;
};

/** Changes the hours of a day; deadlines follow later (`functions/hours/pending-hours.job.ts`). Writes nothing if the hours stay the same. */
export function changeHours({ date, countyId, now, by, decide }: HoursChangeRequest): Promise<DayRecord> {
  return retryOnConflict(attempts, async () => {
    const hours = await readDayHours(date);
    const earlier = hours.changes.find((change) => change.countyId === countyId);
    const override = decide(hours);
    if (isSameOverride(earlier?.override, override)) return hours;
    const change: HoursChange = {
      date,
      countyId,
      override,
      version: (earlier?.version ?? 0) + 1,
      setAt: now,
      reason: override?.reason ?? earlier?.reason ?? "",
      clientId: by.clientId,
      person: by.person,
      pending: earlier?.pending
        ? { since: earlier.pending.since, dueAt: now, pagesScanned: 0 }
        : { since: now, dueAt: now, pagesScanned: 0, before: { override: earlier?.override } },
    };
    const condition = earlier ? unchangedSince(earlier.version) : ifNew;
    if (await writeTransaction([putWrite(hoursChangeItem(change), condition), auditWrite(auditOf(change))]))
      return conflict;
    return dayRecordFrom([...hours.changes.filter((one) => one !== earlier), change]);
  });
}

/** The audit entry of a change. An override that an admin removed on its own day is stored with the time of its end (`until`). */
function auditOf({ date, countyId, override, setAt: at, clientId, person }: HoursChange): AuditEntry {
  const auditFields = { at, clientId, person, date, countyId };
  if (!override || override.until) return { type: "office-hours-reverted", ...auditFields };
  return { type: "office-hours-set", ...auditFields, intervals: override.intervals, reason: override.reason };
}

/** A change as it is stored; in the index `due` while it is pending. */
function hoursChangeItem(change: HoursChange): Record<string, unknown> {
  const due = change.pending && { due: pendingHoursKey, dueAt: change.pending.dueAt };
  return { ...change, pk: partitions.hours, sk: hoursKey(change), ...due };
}

/** Reads consistently: a filing must use all hours that were set before it. */
async function query(condition: string, date: string): Promise<HoursChange[]> {
  const items = await readAll({
    KeyConditionExpression: `pk = :hours AND ${condition}`,
    ExpressionAttributeValues: { ":hours": partitions.hours, ":date": date },
  });
  return items.map((item) => parseItem(HoursChange, item));
}

export type PendingHoursChange = HoursChange & { pending: NonNullable<HoursChange["pending"]> };
/** When a change took effect, and how far the scan of complaints has come. */
export type PendingPosition = Omit<PendingHoursChange["pending"], "pagesScanned">;

/** The whole change is parsed: if it cannot be read, it is logged here and skipped. */
const DueHoursChange = HoursChange.extend({ dueAt: Instant }).transform(({ date, countyId, dueAt }) => ({
  date,
  countyId,
  dueAt,
}));

/** The changes of hours that deadlines must still follow, the earliest due first. */
export function listPendingHoursChanges() {
  return listPending({ dueKey: pendingHoursKey, schema: DueHoursChange, failure: logEvents.deadlinesNotMoved });
}

/** The change as it stands now; undefined if all deadlines have followed it. */
export async function readPendingHoursChange(scope: HoursScope): Promise<PendingHoursChange | undefined> {
  const item = await readItem({ pk: partitions.hours, sk: hoursKey(scope) });
  const { pending, ...change } = parseItem(HoursChange, item);
  return pending && { ...change, pending };
}

/** Saves how far a scan has come, or without `next` that it has ended. False if an admin or another run was faster. */
export function savePendingPosition(
  { pending: { pagesScanned }, ...change }: PendingHoursChange,
  next: PendingPosition | undefined,
): Promise<boolean> {
  const sinceRead = {
    ConditionExpression: "version = :version AND pending.pagesScanned = :read",
    ExpressionAttributeValues: { ":version": change.version, ":read": pagesScanned },
  };
  return putOnce(
    sinceRead,
    hoursChangeItem({ ...change, pending: next && { ...next, pagesScanned: pagesScanned + 1 } }),
  );
}
