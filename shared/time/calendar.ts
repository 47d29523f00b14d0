import * as z from "zod";
import { timeZone } from "./local-time.ts";

/**
 * Returns false for dates in the Iranian calendar, such as 1405-09-01. Read as Gregorian dates they would be centuries
 * ago.
 */
const isGregorian = (dateOrInstant: string) => dateOrInstant >= "2000";

/** A calendar day of Asia/Tehran in the Gregorian calendar, `YYYY-MM-DD`. */
export const LocalDate = z.iso.date().refine(isGregorian, { params: { rule: "not-gregorian" } });
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const LocalTime = z
  .string()
  .refine((time) => timeOfDay.test(time), { params: { rule: "not-a-time-of-day" }, abort: true })
  .meta({ pattern: timeOfDay.source, examples: ["08:00"] });

/** `[from, to)` in the local time of one day. */
export const Interval = z
  .strictObject({ from: LocalTime, to: LocalTime })
  .refine(({ from, to }) => from < to, { params: { rule: "end-before-start" }, path: ["to"] });
export type Interval = z.infer<typeof Interval>;

const areInOrder = (intervals: Interval[]) =>
  intervals.every(({ from }, n) => n === 0 || (intervals[n - 1]?.to ?? "") <= from);

/** The office hours of one day, in order and without overlaps. Without any interval the office is closed. */
export const Intervals = z.array(Interval).refine(areInOrder, { params: { rule: "not-in-order" } });

export const weekdays = ["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"] as const;
export type Weekday = (typeof weekdays)[number];

const Provenance = {
  source: z.array(z.string()).min(1),
  /** Whether a source says these hours. If not, `uncertain` names the assumptions. */
  certain: z.boolean(),
  uncertain: z.array(z.string()).optional(),
  note: z.string().optional(),
};

/** A weekly pattern of office hours, for the days from `from` to `to`, both included. */
export const WeeklyRange = z
  .strictObject({
    id: z.string(),
    from: LocalDate,
    to: LocalDate,
    weekly: z.record(z.enum(weekdays), Intervals),
    ...Provenance,
  })
  .refine(({ from, to }) => from <= to, { params: { rule: "end-before-start" }, path: ["to"] });
export type WeeklyRange = z.infer<typeof WeeklyRange>;

const Holiday = z.strictObject({
  date: LocalDate,
  name: z.strictObject({ fa: z.string().min(1), en: z.string().min(1) }),
  ...Provenance,
});
type Holiday = z.infer<typeof Holiday>;

/** Different hours for one day, set by an admin, in one county or (without `countyId`) in the whole province. */
export const HoursOverride = z.strictObject({
  date: LocalDate,
  countyId: z.string().optional(),
  /** Without any interval the offices are closed. */
  intervals: Intervals,
  reason: z.string().min(1),
});
export type HoursOverride = z.infer<typeof HoursOverride>;

/** An override in the province file, with its source. */
const SourcedHoursOverride = z.strictObject({ ...HoursOverride.shape, ...Provenance });

const areRangesInOrder = (ranges: { from: string; to: string }[]) =>
  ranges.every(({ from }, n) => n === 0 || (ranges[n - 1]?.to ?? "") < from);

/** The office hours of a province. On the days of a provincial range, that range holds instead of the national one. */
export const OfficeHours = z.strictObject({
  timeZone: z.literal(timeZone),
  national: z
    .array(WeeklyRange)
    .min(1)
    .refine(areRangesInOrder, { params: { rule: "not-in-order" } }),
  provincial: z.array(WeeklyRange).refine(areRangesInOrder, { params: { rule: "not-in-order" } }),
  holidays: z.array(Holiday),
  /** The last day up to which the holidays are known. */
  holidaysUntil: LocalDate,
  overrides: z.array(SourcedHoursOverride),
});
export type OfficeHours = z.infer<typeof OfficeHours>;

/** The office hours without their sources. The office clock counts by these. */
export type Timetable = {
  timeZone: OfficeHours["timeZone"];
  national: Pick<WeeklyRange, "from" | "to" | "weekly">[];
  provincial: Pick<WeeklyRange, "from" | "to" | "weekly">[];
  holidays: Pick<Holiday, "date" | "name">[];
  holidaysUntil: string;
  overrides: HoursOverride[];
};

export function timetableOf(hours: OfficeHours): Timetable {
  const range = ({ from, to, weekly }: WeeklyRange) => ({ from, to, weekly });
  return {
    timeZone: hours.timeZone,
    national: hours.national.map(range),
    provincial: hours.provincial.map(range),
    holidays: hours.holidays.map(({ date, name }) => ({ date, name })),
    holidaysUntil: hours.holidaysUntil,
    overrides: hours.overrides.map(({ date, countyId, intervals, reason }) => ({ date, countyId, intervals, reason })),
  };
}

/** An instant in UTC with milliseconds and `Z`. In this form the text order of instants is their order in time. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** An instant in UTC from a caller, in any precision. It is converted to the form of `Instant`. */
export const SentInstant = z.iso
  .datetime()
  .refine(isGregorian, { params: { rule: "not-gregorian" } })
  .transform((instant) => new Date(instant).toISOString());
