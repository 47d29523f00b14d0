import * as z from "zod";
import type { PrincipalOf } from "../domain/complaint/principal.ts";
import { Instant, LocalDate } from "../domain/time/calendar.ts";
import { localDate } from "../domain/time/local-time.ts";
import {
  type Calendar,
  type CurrentHours,
  calendarOf,
  DayOverride,
  type HoursScope,
  isSameOverride,
} from "../domain/time/office-hours.ts";
import type { AuditEntry } from "../domain/views/audit.ts";
import { officeHours } from "../province/slices.static.ts";
import { hoursKey, partitions, pendingHoursKey } from "../runtime/keys.ts";
import { logEvents } from "../runtime/log-events.ts";
import { auditWrite } from "./audit.ts";
import { listPending } from "./due.ts";
import { parseItem } from "./readable.ts";
import { readAll, readItem } from "./table.ts";
import {
  conflict,
  ifNew,
  putIfConditionHolds,
  putWrite,
  retryOnConflict,
  unchangedSince,
  writeTransaction,
} from "./transaction.ts";

/** How far a round through the open complaints has come. */
const HoursScan = z.object({
  /** When this round began. Only one that began once the hours had settled is one of the last two (`positionAfterRound`). */
  startedAt: Instant,
  moved: z.int(),
  failed: z.int(),
  /** The agency and the position in its inbox to go on from; absent at the start. */
  agencyId: z.string().optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});
export type HoursScan = z.infer<typeof HoursScan>;

/** The last change an admin made to a day of a county or the province, and whether deadlines have yet to follow. */
export const HoursChange = z.object({
  date: LocalDate,
  countyId: z.string().optional(),
  /** The override that holds now; none where it was taken back. */
  override: DayOverride.optional(),
  reason: z.string(),
  version: z.int(),
  setAt: Instant,
  client: z.string(),
  person: z.string(),
  /**
   * Absent once deadlines have followed. `since`: when this change acts from, or the earliest one that deadlines have
   * not followed yet. `turn`: how many pages were walked since the change was made. `quiet`: whether the round before found
   * nothing to move. `before`: the override that deadlines have followed so far; absent where some may have followed
   * another one since.
   */
  pending: z
    .object({
      since: Instant,
      dueAt: Instant,
      turn: z.int(),
      walk: HoursScan.optional(),
      quiet: z.literal(true).optional(),
      before: z.object({ override: DayOverride.optional() }).optional(),
    })
    .optional(),
});
export type HoursChange = z.infer<typeof HoursChange>;

/** The hours as they are now, and the changes that made them so. */
export type DayRecord = CurrentHours & { changes: HoursChange[] };

/** The county's hours as they are now, for days from that of an instant on. */
export async function readCalendar({ countyId, from }: { countyId: string; from: Instant }): Promise<Calendar> {
  return (await readCalendars({ from }))(countyId);
}

/** The same for any county, for callers that learn only later which one. */
export async function readCalendars({ from }: { from: Instant }): Promise<(countyId: string) => Calendar> {
  const hours = dayRecordFrom(await query("sk >= :date", localDate(from)));
  return (countyId) => calendarOf(hours, countyId);
}

/**
 * The calendars by which deadlines follow a change. `whole`: by the hours as they are now. `soFar`: without what was changed
 * after it and is not being followed yet, since that has a reason of its own.
 */
export async function readCalendarsFor(change: HoursChange, { from }: { from: Instant }) {
  const hours = dayRecordFrom(await query("sk >= :date", localDate(from)));
  const isYetToCome = (one: HoursChange) =>
    one.pending?.turn === 0 && one.pending.before && changeOrder(one) > changeOrder(change);
  const set = hours.changes.flatMap((one) => (isYetToCome(one) ? one.pending?.before?.override : one.override) ?? []);
  return {
    whole: (countyId: string) => calendarOf(hours, countyId),
    soFar: (countyId: string) => calendarOf({ officeHours, overrides: set }, countyId),
  };
}

const changeOrder = (change: HoursChange) => `${change.setAt} ${hoursKey(change)}`;

/** The hours of one day in the whole province, with every change that was made to them. */
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
  /** The override that is to hold, from the hours that hold now. */
  decide: (hours: CurrentHours) => DayOverride | undefined;
};

/** Changes the hours of a day; deadlines follow later (functions/hours). Writes nothing where nothing changes. */
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
      client: by.clientId,
      person: by.person,
      pending: earlier?.pending
        ? { since: earlier.pending.since, dueAt: now, turn: 0 }
        : { since: now, dueAt: now, turn: 0, before: { override: earlier?.override } },
    };
    const condition = earlier ? unchangedSince(earlier.version) : ifNew;
    if (await writeTransaction([putWrite(hoursChangeItem(change), condition), auditWrite(auditOf(change))]))
      return conflict;
    return dayRecordFrom([...hours.changes.filter((one) => one !== earlier), change]);
  });
}

/** What is left of hours that were taken back on the very day says until when it held. */
function auditOf({ date, countyId, override, setAt: at, client, person }: HoursChange): AuditEntry {
  const auditFields = { at, client, person, date, countyId };
  if (!override || override.until) return { type: "office-hours-taken-back", ...auditFields };
  return { type: "office-hours-set", ...auditFields, intervals: override.intervals, reason: override.reason };
}

/** A change as it is stored; in the index `due` while it is pending. */
export function hoursChangeItem(change: HoursChange): Record<string, unknown> {
  const due = change.pending && { due: pendingHoursKey, dueAt: change.pending.dueAt };
  return { ...change, pk: partitions.hours, sk: hoursKey(change), ...due };
}

/** Reads consistently: a filing must know of hours that were set before it. */
async function query(condition: string, date: string): Promise<HoursChange[]> {
  const items = await readAll({
    KeyConditionExpression: `pk = :hours AND ${condition}`,
    ExpressionAttributeValues: { ":hours": partitions.hours, ":date": date },
  });
  return items.map((item) => parseItem(HoursChange, item));
}

export type PendingHoursChange = HoursChange & { pending: NonNullable<HoursChange["pending"]> };
/** Since when a change acts, and how far its walk has come. */
export type PendingPosition = Omit<PendingHoursChange["pending"], "turn">;

/** Parsed whole, so that a change that could not be followed is logged here and left out. */
const DueHoursChange = HoursChange.extend({ dueAt: Instant }).transform(({ date, countyId, dueAt }) => ({
  date,
  countyId,
  dueAt,
}));

/** The changes of hours that deadlines have yet to follow, soonest due first. */
export function listPendingHoursChanges() {
  return listPending({ dueKey: pendingHoursKey, schema: DueHoursChange, failure: logEvents.deadlinesNotMoved });
}

/** The change as it stands now; undefined where the deadlines have followed it. */
export async function readPendingHoursChange(scope: HoursScope): Promise<PendingHoursChange | undefined> {
  const item = await readItem({ pk: partitions.hours, sk: hoursKey(scope) });
  const { pending, ...change } = parseItem(HoursChange, item);
  return pending && { ...change, pending };
}

/** Saves how far a walk has come, or that it has ended; false where an admin or another run was faster. */
export function savePendingPosition(
  { pending: { turn }, ...change }: PendingHoursChange,
  next: PendingPosition | undefined,
): Promise<boolean> {
  const sinceRead = {
    ConditionExpression: "version = :version AND pending.turn = :turn",
    ExpressionAttributeValues: { ":version": change.version, ":turn": turn },
  };
  return putIfConditionHolds(sinceRead, hoursChangeItem({ ...change, pending: next && { ...next, turn: turn + 1 } }));
}
