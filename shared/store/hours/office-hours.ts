import * as z from "zod";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { AuditEntry } from "#shared/domain/telling/audit.ts";
import { LocalDate } from "#shared/domain/time/calendar.ts";
import { calendarOf, DayOverride, type Hours, type Scope, sameOverride } from "#shared/domain/time/hours-change.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { localDate } from "#shared/domain/time/local-time.ts";
import type { Calendar } from "#shared/domain/time/open-hours.ts";
import { officeHours } from "#shared/province/slices.static.ts";
import { hoursKey, partitions, pendingHoursKey } from "#shared/runtime/keys.ts";
import { putAudit } from "../events/audit.ts";
import { readAll } from "../items.ts";
import { readable } from "../readable.ts";
import { ifNew, overtaken, putting, unchangedSince, unlessOvertaken, writeTogether } from "../transaction.ts";

/** How far a round through the open complaints has come. */
const HoursWalk = z.object({
  /** When this round began. Only one that began once the hours had settled is one of the last two (`roundEnded`). */
  startedAt: Instant,
  moved: z.int(),
  failed: z.int(),
  /** The agency and the position in its inbox to go on from; absent at the start. */
  agencyId: z.string().optional(),
  from: z.record(z.string(), z.unknown()).optional(),
});
export type HoursWalk = z.infer<typeof HoursWalk>;

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
      walk: HoursWalk.optional(),
      quiet: z.literal(true).optional(),
      before: z.object({ override: DayOverride.optional() }).optional(),
    })
    .optional(),
});
export type HoursChange = z.infer<typeof HoursChange>;

/** The hours as they are now, and the changes that made them so. */
export type DayRecord = Hours & { changes: HoursChange[] };

/** The county's hours as they are now, for days from that of an instant on. */
export async function readCalendar({ countyId, from }: { countyId: string; from: Instant }): Promise<Calendar> {
  return (await readCalendars({ from }))(countyId);
}

/** The same for any county, for callers that learn only later which one. */
export async function readCalendars({ from }: { from: Instant }): Promise<(countyId: string) => Calendar> {
  const hours = hoursFrom(await query("sk >= :date", localDate(from)));
  return (countyId) => calendarOf(hours, countyId);
}

/**
 * The calendars by which deadlines follow a change. `whole`: by the hours as they are now. `soFar`: without what was changed
 * after it and is not being followed yet, since that has a reason of its own.
 */
export async function readCalendarsFor(change: HoursChange, { from }: { from: Instant }) {
  const hours = hoursFrom(await query("sk >= :date", localDate(from)));
  const isYetToCome = (one: HoursChange) =>
    one.pending?.turn === 0 && one.pending.before && orderOf(one) > orderOf(change);
  const set = hours.changes.flatMap((one) => (isYetToCome(one) ? one.pending?.before?.override : one.override) ?? []);
  return {
    whole: (countyId: string) => calendarOf(hours, countyId),
    soFar: (countyId: string) => calendarOf({ officeHours, set }, countyId),
  };
}

const orderOf = (change: HoursChange) => `${change.setAt} ${hoursKey(change)}`;

/** The hours of one day in the whole province, with every change that was made to them. */
export async function readDay(date: string): Promise<DayRecord> {
  return hoursFrom(await query("begins_with(sk, :date)", date));
}

function hoursFrom(changes: HoursChange[]): DayRecord {
  return { officeHours, changes, set: changes.flatMap(({ override }) => override ?? []) };
}

const attempts = 3;

type Changing = Scope & {
  now: Instant;
  by: PrincipalOf<"admin">;
  /** The override that is to hold, from the hours that hold now. */
  decide: (hours: Hours) => DayOverride | undefined;
};

/** Changes the hours of a day; deadlines follow later (functions/hours). Writes nothing where nothing changes. */
export function changeHours({ date, countyId, now, by, decide }: Changing): Promise<DayRecord> {
  return unlessOvertaken(attempts, async () => {
    const hours = await readDay(date);
    const earlier = hours.changes.find((change) => change.countyId === countyId);
    const override = decide(hours);
    if (sameOverride(earlier?.override, override)) return hours;
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
    if (await writeTogether([putting(itemOf(change), condition), putAudit(auditOf(change))])) return overtaken;
    return hoursFrom([...hours.changes.filter((one) => one !== earlier), change]);
  });
}

/** What is left of hours that were taken back on the very day says until when it held. */
function auditOf({ date, countyId, override, setAt: at, client, person }: HoursChange): AuditEntry {
  const said = { at, client, person, date, countyId };
  if (!override || override.until) return { type: "office-hours-taken-back", ...said };
  return { type: "office-hours-set", ...said, intervals: override.intervals, reason: override.reason };
}

/** A change as it is stored; in the index `due` while it is pending. */
export function itemOf(change: HoursChange): Record<string, unknown> {
  const due = change.pending && { due: pendingHoursKey, dueAt: change.pending.dueAt };
  return { ...change, pk: partitions.hours, sk: hoursKey(change), ...due };
}

/** Reads consistently: a filing must know of hours that were set before it. */
async function query(condition: string, date: string): Promise<HoursChange[]> {
  const items = await readAll({
    KeyConditionExpression: `pk = :hours AND ${condition}`,
    ExpressionAttributeValues: { ":hours": partitions.hours, ":date": date },
  });
  return items.map((item) => readable(HoursChange, item));
}
