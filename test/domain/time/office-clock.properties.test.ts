import { randomInt } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { deadlineAfter, explainDeadline } from "#shared/hours/office-clock.ts";
import type { Calendar } from "#shared/hours/office-hours.ts";
import { anyCalendar, counties, eventfulDays, isoDate, minutesUpTo } from "../../support/a-calendar.ts";
import { openMinutes, slowDeadline, slowMinutesBetween } from "../../support/slow-clock.ts";
import { isDeep } from "../../support/trial-size.ts";

const seed = Number(process.env.FOAD_TEST_SEED ?? randomInt(2 ** 31));
process.stdout.write(`office clock: FOAD_TEST_SEED=${seed}\n`);
const [numRuns, calendarsWalked] = isDeep ? [100, 200] : [40, 20];
// A law that fails is shrunk until the limit, and then told; without one the test's own timeout would hide it.
fc.configureGlobal({ seed, numRuns, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true });
afterAll(() => fc.resetConfigureGlobal());

const dayLength = 86_400_000;
/** Enough for the longest duration below at two hours a week. */
const oracleDays = eventfulDays + 17 * 7;
const iso = (at: number) => new Date(at).toISOString();
const officeHours = (minutes: number): DeadlinePolicy => ({ clock: "office-hours", duration: `PT${minutes}M` });
const deadline = (calendar: Calendar, start: string, minutes: number) =>
  deadlineAfter({ start, policy: officeHours(minutes), calendar });

const anyDuration = minutesUpTo(30 * 60);
/** Milliseconds into the eventful days. */
const anyOffset = fc.oneof(
  fc.nat({ max: (eventfulDays - 10) * dayLength }),
  minutesUpTo((eventfulDays - 10) * 1440).map((minutes) => minutes * 60_000),
);
const anyClock = fc
  .record({ drawn: anyCalendar, offset: anyOffset, minutes: anyDuration })
  .map(({ drawn, offset, minutes }) => ({ ...drawn, start: iso(drawn.firstDay * dayLength + offset), minutes }));

const lengthOf = (spans: { from: string; to: string }[]) =>
  spans.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0) / 60_000;

test(`${calendarsWalked} random calendars × 200 starts × durations: clock and oracle agree to the minute`, () => {
  const starts = fc.array(fc.record({ offset: anyOffset, minutes: anyDuration }), { minLength: 200, maxLength: 200 });
  fc.assert(
    fc.property(anyCalendar, starts, ({ calendar, firstDay }, drawn) => {
      const oracle = openMinutes({ calendar, firstDay, days: oracleDays });
      for (const { offset, minutes } of drawn) {
        const start = firstDay * dayLength + offset;
        const slow = slowDeadline(oracle, { start, minutes });
        expect(deadline(calendar, iso(start), minutes), `${minutes} min after ${iso(start)}`).toBe(iso(slow));
      }
    }),
    // Two hundred starts are too many to shrink.
    { numRuns: calendarsWalked, endOnFailure: true, interruptAfterTimeLimit: 100_000 },
  );
});

test("a deadline is never early and never late: the explanation up to it sums to the duration, a millisecond before to less", () => {
  fc.assert(
    fc.property(anyClock, ({ calendar, start, minutes }) => {
      const policy = officeHours(minutes);
      const until = deadlineAfter({ start, policy, calendar });
      const before = iso(Date.parse(until) - 1);
      expect(lengthOf(explainDeadline({ start, until, policy, calendar }).counted)).toBe(minutes);
      fc.pre(minutes > 0);
      expect(lengthOf(explainDeadline({ start, until: before, policy, calendar }).counted)).toBeLessThan(minutes);
    }),
  );
});

test("an explanation counts only minutes in which the oracle is open, and skips only days that gave none", () => {
  fc.assert(
    fc.property(anyClock, fc.nat({ max: 20 * dayLength }), ({ calendar, firstDay, start }, length) => {
      const oracle = openMinutes({ calendar, firstDay, days: oracleDays });
      const [from, to] = [Date.parse(start), Date.parse(start) + length];
      const { counted, skipped } = explainDeadline({ start, until: iso(to), policy: officeHours(1), calendar });
      const open = (span: { from: number; to: number }) => slowMinutesBetween(oracle, span);
      expect(lengthOf(counted)).toBeCloseTo(open({ from, to }), 6);
      for (const span of counted)
        expect(lengthOf([span])).toBeCloseTo(open({ from: Date.parse(span.from), to: Date.parse(span.to) }), 6);
      const dates = [...counted.map((span) => tehranDate(span.from)), ...skipped.map(({ date }) => date)];
      const all = new Set(length === 0 ? [] : datesBetween(tehranDate(start), tehranDate(iso(to - 1))));
      expect(new Set(dates)).toEqual(all);
      expect(skipped.length + new Set(counted.map((span) => tehranDate(span.from))).size).toBe(all.size);
    }),
  );
});

test("a later start never has an earlier deadline", () => {
  fc.assert(
    fc.property(anyClock, fc.nat({ max: 3 * dayLength }), ({ calendar, start, minutes }, later) => {
      const afterwards = iso(Date.parse(start) + later);
      expect(deadline(calendar, afterwards, minutes) >= deadline(calendar, start, minutes)).toBe(true);
    }),
  );
});

test("a longer duration never has an earlier deadline", () => {
  fc.assert(
    fc.property(anyClock, anyDuration, ({ calendar, start, minutes }, more) => {
      expect(deadline(calendar, start, minutes + more) >= deadline(calendar, start, minutes)).toBe(true);
    }),
  );
});

test("a duration counted in two parts ends where the whole does", () => {
  fc.assert(
    fc.property(anyClock, anyDuration, ({ calendar, start, minutes }, more) => {
      const firstPart = deadline(calendar, start, minutes);
      expect(deadline(calendar, firstPart, more)).toBe(deadline(calendar, start, minutes + more));
    }),
  );
});

test("a duration that runs out at closing time ends at closing time, never the next morning", () => {
  fc.assert(
    fc.property(anyClock, fc.nat({ max: 9 }), ({ calendar, start }, n) => {
      const onTheMinute = iso(Math.floor(Date.parse(start) / 60_000) * 60_000);
      const until = iso(Date.parse(onTheMinute) + 14 * dayLength);
      const { counted } = explainDeadline({ start: onTheMinute, until, policy: officeHours(1), calendar });
      const closing = counted[n];
      fc.pre(closing !== undefined && closing.to < until);
      expect(deadline(calendar, onTheMinute, lengthOf(counted.slice(0, n + 1)))).toBe(closing.to);
    }),
  );
});

test("an override of another county, or of a day the clock does not reach, changes nothing", () => {
  fc.assert(
    fc.property(anyClock, anyOffset, ({ calendar, firstDay, start, minutes }, offset) => {
      const explained = (calendar: Calendar) => {
        const until = deadline(calendar, start, minutes);
        return { until, ...explainDeadline({ start, until, policy: officeHours(minutes), calendar }) };
      };
      const date = isoDate(firstDay + Math.floor(offset / dayLength));
      const now = explained(calendar);
      const touched = tehranDate(start) <= date && date <= tehranDate(now.until);
      const [elsewhere] = counties.filter((countyId) => countyId !== calendar.countyId);
      const override = { date, countyId: touched ? elsewhere : calendar.countyId, intervals: [], reason: "snow" };
      expect(explained({ ...calendar, live: [override, ...(calendar.live ?? [])] })).toEqual(now);
    }),
  );
});

test("an elapsed clock counts every minute, whatever the calendar says", () => {
  fc.assert(
    fc.property(anyClock, ({ calendar, start, minutes }) => {
      const policy: DeadlinePolicy = { clock: "elapsed", duration: `PT${minutes}M` };
      const until = deadlineAfter({ start, policy, calendar });
      expect(Date.parse(until) - Date.parse(start)).toBe(minutes * 60_000);
      const counted = minutes === 0 ? [] : [{ from: start, to: until }];
      expect(explainDeadline({ start, until, policy, calendar })).toEqual({ counted, skipped: [] });
    }),
  );
});

const tehran = new Intl.DateTimeFormat("sv", { timeZone: "Asia/Tehran" });

function tehranDate(instant: string): string {
  return tehran.format(new Date(instant));
}

function datesBetween(first: string, last: string): string[] {
  const length = (Date.parse(last) - Date.parse(first)) / dayLength + 1;
  return Array.from({ length }, (_, n) => isoDate(Date.parse(first) / dayLength + n));
}
