import { timetableOf } from "#shared/domain/time/calendar.ts";
import { deadlineAfter } from "#shared/domain/time/office-clock.ts";
import { openHours } from "#shared/domain/time/open-hours.ts";
import type { Policy } from "#shared/domain/time/policy.ts";
import type { Province } from "#shared/province/province.ts";

const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** People complain and agencies act by the hour: an advance of the clock costs the same for one act and for ten. */
export const grid = hour;

/** When offices are open; every instant is epoch ms. */
export type Hours = {
  /** When so long has passed on the policy's clock. */
  due(from: number, policy: Policy): number;
  /** When so many minutes of office hours have passed. */
  worked(from: number, minutes: number): number;
  /** When the offices open on the day of Tehran that begins at `midnight`, and for how long they are open; never opened: undefined. */
  opening(midnight: number): { from: number; to: number } | undefined;
};

export function hoursOf({ officeHours }: Pick<Province, "officeHours">): Hours {
  const calendar = { officeHours: timetableOf(officeHours), countyId: "" };
  const due: Hours["due"] = (from, policy) =>
    Date.parse(deadlineAfter({ start: new Date(from).toISOString(), policy, calendar }));
  return {
    due,
    worked: (from, minutes) =>
      onGrid(due(from, { clock: "office-hours", duration: `PT${Math.max(Math.round(minutes), 1)}M` })),
    opening(midnight) {
      // Noon, since a day of Tehran begins in the evening before it in UTC.
      const { intervals } = openHours(calendar, new Date(midnight + day / 2).toISOString().slice(0, 10));
      const [first, last] = [intervals[0], intervals.at(-1)];
      return first && last && { from: midnight + sinceMidnight(first.from), to: midnight + sinceMidnight(last.to) };
    },
  };
}

/** The call centre calls once a day, at half past ten in the morning of Tehran. */
const calls = 7 * hour;
export const nextCalls = (instant: number) => Math.ceil((instant - calls) / day) * day + calls;

/** After half past one in Tehran citizens act at half past five and half past nine, and then in the morning. */
const afternoon = 10 * hour;
const pauses = [0, 4, 8, 18].map((hours) => hours * hour);
export function atLeisure(instant: number): number {
  const since = (instant - afternoon) % day;
  return instant - since + (pauses.find((pause) => pause >= since) ?? since);
}

/** The next instant on the grid. */
export const onGrid = (instant: number) => Math.ceil(instant / grid) * grid;
/** The last instant on the grid before a deadline. */
export const before = (deadline: number) => (Math.ceil(deadline / grid) - 1) * grid;

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * hour + minutes * minute;
}
