import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { calendarOf, HoursReason, liftHours, openHours, setHours } from "#shared/hours/office-hours.ts";
import { longestHoursReason, mostIntervalsPerDay } from "#shared/policy-numbers.ts";
import { directory } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { Interval, Intervals, LocalDate } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import type { Reply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { changeHours, type DayRecord, readDayHours } from "./office-hours.store.ts";

const DayPath = z.object({ date: LocalDate });

const Hours = z.object({
  intervals: z.array(Interval),
  dayType: z.enum(["open", "weekend", "holiday", "closed"]),
  reason: HoursReason.optional(),
});

/** The office hours of a day. `counties` lists only the counties with hours of their own that day. */
const DayHours = z
  .object({
    date: LocalDate,
    province: Hours,
    counties: z.array(Hours.extend({ countyId: z.string() })),
    /** Whether deadlines are still to be moved after a change of these hours. */
    deadlinesPending: z.boolean(),
  })
  .meta({ id: "DayHours" });

function dayReply(date: string, { changes, ...hours }: DayRecord): Reply {
  const ownHours = [...hours.overrides, ...hours.officeHours.overrides].filter((override) => override.date === date);
  const body: z.infer<typeof DayHours> = {
    date,
    province: openHours(calendarOf(hours), date),
    counties: directory.counties
      .filter(({ id }) => ownHours.some(({ countyId }) => countyId === id))
      .map(({ id }) => ({ countyId: id, ...openHours(calendarOf(hours, id), date) })),
    deadlinesPending: changes.some(({ pending }) => pending),
  };
  return { status: 200, body };
}

function assertKnownCounty(countyId: string | undefined): void {
  const known = countyId === undefined || directory.counties.some(({ id }) => id === countyId);
  if (!known) throw new Fault("unknown-county", { values: { countyId } });
}

/**
 * GET /v1/admin/office-hours/{date}: the hours of a day with their reason, for the province and for each county with hours of
 * its own.
 */
export const readOfficeHours = route({
  caller: "admin",
  summary: { en: "Read the office hours of a day", fa: "مشاهدهٔ ساعت کاری یک روز" },
  path: DayPath,
  answer: { status: 200, schema: DayHours },
  run: async ({ path: { date } }) => dayReply(date, await readDayHours(date)),
});

/** Without `countyId` the hours hold for the whole province, except counties with hours of their own that day. */
const Body = z
  .strictObject({
    countyId: Slug.optional(),
    closed: z.boolean().optional(),
    intervals: Intervals.min(1).max(mostIntervalsPerDay).optional(),
    reason: text({ min: 2, max: longestHoursReason }),
  })
  .refine(({ closed, intervals }) => Boolean(closed) !== Boolean(intervals), {
    params: { rule: "closed-or-intervals" },
    path: ["closed"],
  });

/** PUT /v1/admin/office-hours/{date}: closes a day or sets other hours, from now on. Running deadlines move later. */
export const setOfficeHours = route({
  caller: "admin",
  summary: { en: "Set the office hours of a day, from now on", fa: "تعیین ساعت کاری یک روز، از این لحظه به بعد" },
  path: DayPath,
  body: Body,
  answer: { status: 200, schema: DayHours },
  problems: ["unknown-county"],
  async run({ principal, path: { date }, body: { countyId, intervals = [], reason }, now }) {
    assertKnownCounty(countyId);
    const hours = await changeHours({
      date,
      countyId,
      now,
      by: principal,
      decide: (current) => setHours({ date, countyId, intervals, reason }, { ...current, now }),
    });
    return dayReply(date, hours);
  },
});

const Query = z.strictObject({ countyId: Slug.optional() });

/** DELETE /v1/admin/office-hours/{date}: removes the hours set for a day, from now on. Running deadlines move later. */
export const removeOfficeHours = route({
  caller: "admin",
  summary: {
    en: "Take back what was set for a day, from now on",
    fa: "لغو ساعت کاری تعیین‌شده برای یک روز، از این لحظه به بعد",
  },
  path: DayPath,
  query: Query,
  answer: { status: 200, schema: DayHours },
  problems: ["unknown-county"],
  async run({ principal, path: { date }, query: { countyId }, now }) {
    assertKnownCounty(countyId);
    const hours = await changeHours({
      date,
      countyId,
      now,
      by: principal,
      decide: (current) => liftHours({ date, countyId }, { ...current, now }),
    });
    return dayReply(date, hours);
  },
});
