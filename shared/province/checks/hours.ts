import * as z from "zod";
import { LocalDate } from "#shared/time/calendar.ts";
import { addDays, firstDay, monthFrom, monthOfDay } from "#shared/time/period.ts";
import type { ProvinceFault } from "./fault-texts.ts";
import { repeatedValueFaults } from "./names.ts";

/** Holidays that have the same date in every Iranian year: the month, its name, and the days. */
const everyYear = [
  { month: 1, name: "Farvardin", days: [1, 2, 3, 4, 12, 13] },
  { month: 3, name: "Khordad", days: [14, 15] },
  { month: 11, name: "Bahman", days: [22] },
  { month: 12, name: "Esfand", days: [29] },
];

/** The fixed holidays between two days, both included, the earliest first. */
export function fixedHolidays({ from, to }: { from: string; to: string }): { date: string; iranian: string }[] {
  const years = { first: yearOf(from), last: yearOf(to) };
  return Array.from({ length: years.last - years.first + 1 }, (_, n) => years.first + n)
    .flatMap((year) =>
      everyYear.flatMap(({ month, name, days }) => {
        const first = firstDay(monthFrom(year, month));
        return days.map((day) => ({ date: addDays(first, day - 1), iranian: `${day} ${name} ${year}` }));
      }),
    )
    .filter(({ date }) => from <= date && date <= to);
}

const yearOf = (date: string) => Number(monthOfDay(date).split("-")[0]);

const text = z.string().catch("");
const datedList = z.array(z.object({ date: text })).catch([]);
const ranges = z.array(z.object({ id: text, from: text, to: text, weekly: z.unknown() })).catch([]);

/** The parts of the national calendar that are compared, read leniently. */
const Calendar = z.object({ national: ranges, holidays: datedList, holidaysUntil: text });
const Hours = z.object({
  officeHours: z.object({ provincial: ranges, holidays: datedList, removedHolidays: z.array(text).catch([]) }),
});

/** Faults between parts of the national calendar. */
export function calendarConsistencyFaults(content: unknown): ProvinceFault[] {
  const { data } = Calendar.safeParse(content);
  if (!data) return [];
  const { national, holidays, holidaysUntil } = data;
  const dates = holidays.map(({ date }, n) => ({ path: ["holidays", n, "date"], value: date }));
  const late = dates.filter(({ value }) => holidaysUntil && value > holidaysUntil);
  return [
    ...repeatedValueFaults(dates),
    ...missingHolidays(data),
    ...late.map(({ path }) => ({
      path,
      message: `is later than holidaysUntil, ${holidaysUntil}: move that on as well`,
    })),
    ...national.flatMap(({ from }, n) => gapFaults(from, { n, end: national[n - 1]?.to })),
    ...closedWeekFaults(["national"], national),
  ];
}

/** Faults between a province's hours and the national calendar. */
export function provincialHoursFaults(content: unknown, calendar: unknown): ProvinceFault[] {
  const { data } = Hours.safeParse(content);
  if (!data) return [];
  const { provincial } = data.officeHours;
  return [...holidayFaults(data.officeHours, calendar), ...closedWeekFaults(["officeHours", "provincial"], provincial)];
}

/** Without a readable calendar there is nothing to compare, and `calendarFaults` reports the calendar's own faults. */
function holidayFaults(
  { holidays, removedHolidays }: z.infer<typeof Hours>["officeHours"],
  calendar: unknown,
): ProvinceFault[] {
  const { data } = Calendar.safeParse(calendar);
  if (!data) return [];
  const national = new Set(data.holidays.map(({ date }) => date));
  return [
    ...holidays.flatMap(({ date }, n) => {
      if (!national.has(date) || removedHolidays.includes(date)) return [];
      return [
        { path: ["officeHours", "holidays", n, "date"], message: `${date} is a national holiday already: take it out` },
      ];
    }),
    ...removedHolidays.flatMap((date, n) => {
      if (!date || national.has(date)) return [];
      return [{ path: ["officeHours", "removedHolidays", n], message: `${date} is no national holiday: take it out` }];
    }),
  ];
}

/** Up to `holidaysUntil`, a calendar must have at least the fixed holidays of each year. */
function missingHolidays({ national, holidays, holidaysUntil }: z.infer<typeof Calendar>): ProvinceFault[] {
  const span = { from: national[0]?.from ?? "", to: holidaysUntil };
  if (!isDay(span.from) || !isDay(span.to)) return [];
  const listed = new Set(holidays.map(({ date }) => date));
  const missing = fixedHolidays(span).filter(({ date }) => !listed.has(date));
  const [first] = missing;
  if (!first) return [];
  const message = `lacks ${missing.length} of the holidays that every year has up to holidaysUntil, ${holidaysUntil}; the first is ${first.date}, ${first.iranian}: add them, or move holidaysUntil back`;
  return [{ path: ["holidays"], message }];
}

function isDay(text: string): boolean {
  return LocalDate.safeParse(text).success;
}

function gapFaults(from: string, { n, end }: { n: number; end: string | undefined }): ProvinceFault[] {
  const day = 24 * 60 * 60_000;
  if (!end || !(Date.parse(from) - Date.parse(end) > day)) return [];
  return [{ path: ["national", n, "from"], message: `nothing is said of the days after ${end}: begin on the next` }];
}

/** Weekly hours that open on no day: deadlines counted in office hours would never come. */
function closedWeekFaults(path: ProvinceFault["path"], ranges: { weekly?: unknown }[]): ProvinceFault[] {
  return ranges.flatMap(({ weekly }, n) => {
    const days = typeof weekly === "object" && weekly !== null ? Object.values(weekly) : [];
    if (days.length === 0 || days.some((day) => !Array.isArray(day) || day.length > 0)) return [];
    return [
      { path: [...path, n, "weekly"], message: "opens on no day of the week: close single days by overrides instead" },
    ];
  });
}
