import { describe, expect, test } from "vitest";
import { secondsLeftOfDay } from "#shared/time/local-time.ts";
import { tehranTime } from "#shared/wording/tehran-time.ts";

describe("a time is written as people in Iran read it", () => {
  test.each([
    ["on a morning in autumn", "2026-11-24T06:10:00.000Z", "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۰۹:۴۰ به وقت تهران"],
    ["a minute before midnight in Tehran", "2026-11-24T20:29:59.000Z", "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۲۳:۵۹ به وقت تهران"],
    ["at midnight in Tehran", "2026-11-24T20:30:00.000Z", "چهارشنبه ۴ آذر ۱۴۰۵، ساعت ۰۰:۰۰ به وقت تهران"],
    ["on the last evening of the year", "2026-03-20T20:29:00.000Z", "جمعه ۲۹ اسفند ۱۴۰۴، ساعت ۲۳:۵۹ به وقت تهران"],
    ["at Nowruz", "2026-03-20T20:30:00.000Z", "شنبه ۱ فروردین ۱۴۰۵، ساعت ۰۰:۰۰ به وقت تهران"],
    ["on the leap day that ends 1403", "2025-03-20T08:30:00.000Z", "پنجشنبه ۳۰ اسفند ۱۴۰۳، ساعت ۱۲:۰۰ به وقت تهران"],
  ])("%s", (_, instant, written) => {
    expect(tehranTime(instant, "fa")).toBe(written);
  });

  test("in English by the Gregorian calendar, in Tehran's time", () => {
    expect(tehranTime("2026-11-24T20:30:00.000Z", "en")).toBe("Wednesday, 25 November 2026, 00:00 Tehran time");
  });
});

test.each([
  ["2026-11-28T20:30:00.000Z", 86_400],
  ["2026-11-28T20:29:59.000Z", 1],
  ["2026-11-29T08:00:30.500Z", 12 * 3_600 + 30 * 60 - 30],
])("at %s %i seconds are left of the day in Tehran", (instant, seconds) => {
  expect(secondsLeftOfDay(instant)).toBe(seconds);
});
