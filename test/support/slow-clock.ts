import type { Calendar } from "#shared/hours/office-hours.ts";

type Minutes = { first: number; open: Uint8Array };
type HoursOfDay = { from: string; to: string }[];

const dayMinutes = 1440;
const dayNumber = (date: string) => Date.parse(date) / 86_400_000;
const offsets = new Intl.DateTimeFormat("en", { timeZone: "Asia/Tehran", timeZoneName: "longOffset" });

/**
 * The oracle of the office clock: one byte for each UTC minute of the days asked for, 1 where the office is open.
 * It shares no code with the clock. Where the clock looks for the rule that wins, this one paints the rules over each
 * other, weakest first.
 */
export function openMinutes({ calendar, firstDay, days }: { calendar: Calendar; firstDay: number; days: number }) {
  const hours = minutesByDay({ calendar, firstDay: firstDay - 1, days: days + 2 });
  const local = new Uint8Array(hours.length * dayMinutes);
  hours.forEach((intervals, day) => {
    for (const { from, to } of intervals) local.fill(1, day * dayMinutes + minute(from), day * dayMinutes + minute(to));
  });
  return inUtc({ local, firstDay, days });
}

/** Walks minute by minute to the end of the minute in which nothing is left, and back to the millisecond. */
export function slowDeadline(minutes: Minutes, { start, minutes: owed }: { start: number; minutes: number }): number {
  let now = start;
  let left = owed * 60_000;
  while (left > 0) {
    const current = Math.floor(now / 60_000);
    const next = (current + 1) * 60_000;
    if (isOpen(minutes, current)) left -= next - now;
    now = next;
  }
  return now + left;
}

/** How many open minutes lie between two instants, parts of a minute included. */
export function slowMinutesBetween(minutes: Minutes, { from, to }: { from: number; to: number }): number {
  let count = 0;
  for (let current = Math.floor(from / 60_000); current * 60_000 < to; current++) {
    if (isOpen(minutes, current)) count += Math.min(to, (current + 1) * 60_000) - Math.max(from, current * 60_000);
  }
  return count / 60_000;
}

function isOpen({ first, open }: Minutes, current: number): boolean {
  const byte = open[current - first];
  if (byte === undefined) throw new Error("the walk left the table of minutes");
  return byte === 1;
}

function minutesByDay({ calendar, firstDay, days }: { calendar: Calendar; firstDay: number; days: number }) {
  const { national, provincial, holidays, overrides } = calendar.officeHours;
  const live = calendar.live ?? [];
  const painted: HoursOfDay[] = Array.from({ length: days }, () => []);
  const paint = (day: number, hours: HoursOfDay) => {
    if (day >= firstDay && day < firstDay + days) painted[day - firstDay] = hours;
  };
  const end = firstDay + days;
  national.forEach(({ from, weekly }, n) => {
    // Each range is painted to the end of time, and the first one backwards too; the next one covers it.
    for (let day = n === 0 ? firstDay : dayNumber(from); day < end; day++) paint(day, onWeekday(weekly, day));
  });
  for (const { from, to, weekly } of provincial) {
    for (let day = dayNumber(from); day <= dayNumber(to); day++) paint(day, onWeekday(weekly, day));
  }
  for (const { date } of holidays) paint(dayNumber(date), []);
  const scopes = [undefined, calendar.countyId];
  for (const scope of scopes) {
    for (const one of [...overrides, ...live]) if (one.countyId === scope) paint(dayNumber(one.date), one.intervals);
  }
  return painted;
}

/** Day 0 was a Thursday. */
function onWeekday(weekly: Record<string, HoursOfDay>, day: number): HoursOfDay {
  const names = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"];
  return weekly[names[day % 7] ?? ""] ?? [];
}

/** `local` begins a day before `firstDay`. */
function inUtc({ local, firstDay, days }: { local: Uint8Array; firstDay: number; days: number }): Minutes {
  const first = firstDay * dayMinutes;
  const open = new Uint8Array(days * dayMinutes);
  for (let day = 0; day < days; day++) {
    const today = offsetAt(first + day * dayMinutes);
    const changes = today !== offsetAt(first + (day + 1) * dayMinutes);
    for (let n = 0; n < dayMinutes; n++) {
      const at = day * dayMinutes + n;
      open[at] = local[at + dayMinutes + (changes ? offsetAt(first + at) : today)] ?? 0;
    }
  }
  return { first, open };
}

/** Minutes ahead of UTC. */
function offsetAt(utcMinute: number): number {
  const [, hours, minutes] = /GMT\+(\d\d):(\d\d)/.exec(offsets.format(utcMinute * 60_000)) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
