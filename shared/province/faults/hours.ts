import * as z from "zod";
import { LocalDate } from "#shared/domain/time/calendar.ts";
import { repeated } from "./duplicates.ts";
import type { ProvinceFault } from "./fault.ts";
import { fixedHolidays } from "./fixed-holidays.ts";

const text = z.string().catch("");
const dated = z.array(z.object({ date: text })).catch([]);
const ranges = z.array(z.object({ id: text, from: text, to: text, weekly: z.unknown() })).catch([]);

/** What is compared of the national calendar, read leniently. */
const Calendar = z.object({ national: ranges, holidays: dated, holidaysUntil: text });
const Hours = z.object({
  officeHours: z.object({ provincial: ranges, holidays: dated, removedHolidays: z.array(text).catch([]) }),
});

/** Faults between parts of the national calendar. */
export function calendarCrossFaults(content: unknown): ProvinceFault[] {
  const { data } = Calendar.safeParse(content);
  if (!data) return [];
  const { national, holidays, holidaysUntil } = data;
  const dates = holidays.map(({ date }, n) => ({ path: ["holidays", n, "date"], value: date }));
  const late = dates.filter(({ value }) => holidaysUntil && value > holidaysUntil);
  return [
    ...repeated(dates),
    ...missingHolidays(data),
    ...late.map(({ path }) => ({
      path,
      message: `is later than holidaysUntil, ${holidaysUntil}: move that on as well`,
    })),
    ...national.flatMap(({ from }, n) => gapBefore(from, { n, end: national[n - 1]?.to })),
    ...national.flatMap(closedWeek(["national"])),
  ];
}

/** Faults between a province's hours and the national calendar. */
export function provincialHoursFaults(content: unknown, calendar: unknown): ProvinceFault[] {
  const { data } = Hours.safeParse(content);
  if (!data) return [];
  const { provincial } = data.officeHours;
  return [
    ...holidayFaults(data.officeHours, calendar),
    ...provincial.flatMap(closedWeek(["officeHours", "provincial"])),
  ];
}

/** None where there is no calendar to compare with: it has a fault of its own. */
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

/** A calendar that says that it knows a year's holidays must at least have those that every year has. */
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

function gapBefore(from: string, { n, end }: { n: number; end: string | undefined }): ProvinceFault[] {
  const day = 24 * 60 * 60_000;
  if (!end || !(Date.parse(from) - Date.parse(end) > day)) return [];
  return [{ path: ["national", n, "from"], message: `nothing is said of the days after ${end}: begin on the next` }];
}

/** Closed days are holidays and overrides: on a pattern without any hours no deadline would ever come. */
const closedWeek =
  (path: ProvinceFault["path"]) =>
  ({ weekly }: { weekly?: unknown }, n: number): ProvinceFault[] => {
    const days = typeof weekly === "object" && weekly !== null ? Object.values(weekly) : [];
    if (days.length === 0 || days.some((day) => !Array.isArray(day) || day.length > 0)) return [];
    return [
      { path: [...path, n, "weekly"], message: "opens on no day of the week: close single days by overrides instead" },
    ];
  };
