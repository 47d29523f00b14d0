import * as z from "zod";
import type { Reply } from "#functions/pipelines/reply.ts";
import { Fault } from "#shared/domain/fault.ts";
import { Interval, LocalDate } from "#shared/domain/time/calendar.ts";
import { calendarOf } from "#shared/domain/time/hours-change.ts";
import { openHours } from "#shared/domain/time/open-hours.ts";
import { directory } from "#shared/province/slices.static.ts";
import type { DayRecord } from "#shared/store/hours/office-hours.ts";

export const DayPath = z.object({ date: LocalDate });

const Hours = z.object({
  intervals: z.array(Interval),
  why: z.enum(["open", "weekend", "holiday", "closed"]),
  reason: z.string().optional(),
  reasonEn: z.string().optional(),
});

/** The office hours of a day. `counties` has only those with hours of their own; all others have the province's. */
export const DayHours = z
  .object({
    date: LocalDate,
    province: Hours,
    counties: z.array(Hours.extend({ countyId: z.string() })),
    /** Whether deadlines have yet to follow a change of these hours. */
    moving: z.boolean(),
  })
  .meta({ id: "DayHours" });

export function dayReply(date: string, { changes, ...hours }: DayRecord): Reply {
  const ownHours = [...hours.set, ...hours.officeHours.overrides].filter((override) => override.date === date);
  const body: z.infer<typeof DayHours> = {
    date,
    province: openHours(calendarOf(hours), date),
    counties: directory.counties
      .filter(({ id }) => ownHours.some(({ countyId }) => countyId === id))
      .map(({ id }) => ({ countyId: id, ...openHours(calendarOf(hours, id), date) })),
    moving: changes.some(({ pending }) => pending),
  };
  return { status: 200, body };
}

export function mustBeCounty(countyId: string | undefined): void {
  const known = countyId === undefined || directory.counties.some(({ id }) => id === countyId);
  if (!known) throw new Fault("unknown-county", { says: { countyId } });
}
