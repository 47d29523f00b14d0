import { describe, expect, test } from "vitest";
import { signalSide, trendOf } from "#functions/figures/trend.ts";
import {
  addMonths,
  closedPeriods,
  closesOn,
  daysOf,
  firstDay,
  iranianMonth,
  isPeriod,
  lastDay,
  monthsOf,
  periodsClosingWith,
} from "#shared/time/period.ts";

describe("the Iranian month", () => {
  test.each([
    ["a moment before Nowruz in Tehran", "2026-03-20T20:29:59.999Z", "1404-12"],
    ["at Nowruz", "2026-03-20T20:30:00.000Z", "1405-01"],
    ["on a leap year's last day", "2025-03-20T12:00:00.000Z", "1403-12"],
    ["in autumn", "2026-11-25T08:00:00.000Z", "1405-09"],
  ])("%s", (_, instant, month) => {
    expect(iranianMonth(instant)).toBe(month);
  });

  // Month starts as Iran's official calendar has them.
  test.each([
    ["1403-12", "2025-02-19", "2025-03-20"],
    ["1404-01", "2025-03-21", "2025-04-20"],
    ["1404-07", "2025-09-23", "2025-10-22"],
    ["1404-12", "2026-02-20", "2026-03-20"],
    ["1405-09", "2026-11-22", "2026-12-21"],
    ["1408-12", "2030-02-19", "2030-03-20"],
  ])("%s lasts from %s to %s", (month, first, last) => {
    expect([firstDay(month), lastDay(month)]).toEqual([first, last]);
  });

  test("follows the one before without a gap, for a century", () => {
    for (let month = "1350-01"; month < "1450-01"; month = addMonths(month, 1)) {
      const nextDay = new Date(Date.parse(lastDay(month)) + 24 * 60 * 60_000).toISOString().slice(0, 10);
      expect(nextDay, month).toBe(firstDay(addMonths(month, 1)));
      expect(addMonths(addMonths(month, 17), -17)).toBe(month);
    }
  });
});

describe("a period", () => {
  const autumn = ["1405-07", "1405-08", "1405-09"];
  test("has the months of its name", () => {
    expect(monthsOf({ kind: "quarter", name: "1405-Q3" })).toEqual(autumn);
    expect(monthsOf({ kind: "four-quarters", name: "1405-Q3" }).at(0)).toBe("1404-10");
    expect(monthsOf({ kind: "four-quarters", name: "1405-Q3" }).at(-1)).toBe("1405-09");
    expect(monthsOf({ kind: "four-quarters", name: "1405-Q3" })).toHaveLength(12);
    // The four quarters of a year's last quarter are that year.
    expect(daysOf({ kind: "four-quarters", name: "1405-Q4" })).toEqual({ first: "2026-03-21", last: "2027-03-20" });
  });

  test.each([
    ["month", "1405-13"],
    ["month", "1405-9"],
    ["quarter", "1405-Q5"],
    ["four-quarters", "1405"],
    ["four-quarters", "1405-01"],
  ] as const)("is no %s where it is named %s", (kind, name) => {
    expect(isPeriod({ kind, name })).toBe(false);
  });

  test("closes 15 days after its end, by the day in Tehran", () => {
    const mehr = { kind: "month", name: "1405-07" } as const;
    expect(closesOn(mehr)).toBe("2026-11-06");
    const closed = (now: string) => closedPeriods({ since: "1405-07", now }).map(({ name }) => name);
    expect(closed("2026-11-05T20:29:00.000Z")).toEqual([]);
    expect(closed("2026-11-05T20:30:00.000Z")).toEqual(["1405-07"]);
  });

  test("that a month ends closes with it, the shorter one first, if it begins no earlier than anything was filed", () => {
    const kinds = (month: string, since: string) => periodsClosingWith(month, since).map(({ kind }) => kind);
    expect(kinds("1405-08", "1404-01")).toEqual(["month"]);
    expect(kinds("1405-09", "1404-01")).toEqual(["month", "quarter", "four-quarters"]);
    expect(kinds("1405-09", "1404-11")).toEqual(["month", "quarter"]);
    expect(kinds("1405-09", "1405-08")).toEqual(["month"]);
  });

  test("that begins before anything was filed is none", () => {
    const closed = closedPeriods({ since: "1404-02", now: "2026-11-25T08:00:00.000Z" });
    const named = (kind: string) => closed.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(named("quarter")).toEqual(["1404-Q2", "1404-Q3", "1404-Q4", "1405-Q1", "1405-Q2"]);
    expect(named("four-quarters")).toEqual(["1405-Q1", "1405-Q2"]);
    expect(named("month")).toHaveLength(18);
  });
});

describe("the province's trend", () => {
  const steady = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51];

  test("has limits from twelve values on", () => {
    expect(trendOf(steady.slice(1))).toBeUndefined();
    const { mean = 0, upper = 0, lower = 0, signals = [] } = trendOf(steady) ?? {};
    expect(mean).toBeCloseTo(603 / 12, 10);
    expect(upper - mean).toBeCloseTo(2.66 * (21 / 11), 10);
    expect(mean - lower).toBeCloseTo(upper - mean, 10);
    expect(signals.flat()).toEqual([]);
  });

  test.each([
    ["a value outside", [...steady, 90], "outside-limits"],
    [
      "seven above the mean",
      [...steady.map(() => 40), ...Array.from({ length: 7 }, () => 44)],
      "seven-on-one-side-of-mean",
    ],
    ["seven rising", [...steady, 44, 46, 48, 50, 52, 54, 56], "seven-rising-or-falling"],
    ["two of three far out", [...steady, 56, 50, 56], "two-of-three-near-limit"],
  ])("%s is a signal", (_, values, signal) => {
    expect(trendOf(values)?.signals.at(-1)).toContain(signal);
  });

  test("a value at the mean completes nothing, whatever two before it did", () => {
    expect(trendOf([...steady, 56, 56, 51])?.signals.slice(-2)).toEqual([["two-of-three-near-limit"], []]);
  });

  test("two far below are down, however far above the third one is", () => {
    const values = [...Array.from({ length: 18 }, (_, n) => 50 + (n % 3)), 85, 40, 39];
    const trend = trendOf(values);
    expect(trend?.signals.at(-1)).toEqual(["two-of-three-near-limit"]);
    expect(trend && signalSide("two-of-three-near-limit", values, trend)).toBe("down");
  });
});
