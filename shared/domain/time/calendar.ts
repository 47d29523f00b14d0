import * as z from "zod";
import { timeZone } from "./local-time.ts";

/** Refuses years of the Jalali calendar, such as 1405, which would be taken for the Middle Ages. */
export const isGregorian = (dateOrInstant: string) => dateOrInstant >= "2000";

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

const areInOrder = (all: Interval[]) => all.every(({ from }, n) => n === 0 || (all[n - 1]?.to ?? "") <= from);

/** The intervals of one day, in order and apart; none means closed. */
export const Intervals = z.array(Interval).refine(areInOrder, { params: { rule: "not-in-order" } });

export const weekdays = ["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"] as const;
export type Weekday = (typeof weekdays)[number];

const Provenance = {
  source: z.array(z.string()).min(1),
  /** Whether the hours come from a source; `uncertain` names what was assumed. */
  certain: z.boolean(),
  uncertain: z.array(z.string()).optional(),
  note: z.string().optional(),
};

/** One weekly pattern and the inclusive dates it holds for. */
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

/** Other hours for one day, in one county or (without `countyId`) the whole province, as an admin sets them. */
export const HoursOverride = z.strictObject({
  date: LocalDate,
  countyId: z.string().optional(),
  /** None means closed. */
  intervals: Intervals,
  reason: z.string().min(1),
});
export type HoursOverride = z.infer<typeof HoursOverride>;

/** The same in the province file, with its source. */
const SourcedHoursOverride = z.strictObject({ ...HoursOverride.shape, ...Provenance });

const inOrder = (ranges: { from: string; to: string }[]) =>
  ranges.every(({ from }, n) => n === 0 || (ranges[n - 1]?.to ?? "") < from);

/** When the offices of a province are open. A provincial range goes before a national one on the days it covers. */
export const OfficeHours = z.strictObject({
  timeZone: z.literal(timeZone),
  national: z
    .array(WeeklyRange)
    .min(1)
    .refine(inOrder, { params: { rule: "not-in-order" } }),
  provincial: z.array(WeeklyRange).refine(inOrder, { params: { rule: "not-in-order" } }),
  holidays: z.array(Holiday),
  /** The last day up to which the holidays are known. */
  holidaysUntil: LocalDate,
  overrides: z.array(SourcedHoursOverride),
});
export type OfficeHours = z.infer<typeof OfficeHours>;

/** The hours that the office clock counts by, without their sources. */
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

/** UTC with milliseconds and `Z`, so that instants compare and sort as text. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** An instant as a caller sends it, in any precision, read into the form of `Instant`. */
export const SentInstant = z.iso
  .datetime()
  .refine(isGregorian, { params: { rule: "not-gregorian" } })
  .transform((instant) => new Date(instant).toISOString());
