import { expect, test } from "vitest";
import { Duration } from "#shared/hours/deadline-policy.ts";
import { addMilliseconds, milliseconds, secondsOf, sumOfDurations } from "#shared/time/duration.ts";

const minute = 60_000;

test.each([
  ["PT1M", minute],
  ["PT3H", 180 * minute],
  ["PT1H30M", 90 * minute],
  ["P1D", 1_440 * minute],
  ["P10DT2H5M", (14_400 + 125) * minute],
  ["P1DT1M", 1_441 * minute],
  ["PT0M", 0],
])("%s is %i milliseconds", (duration, length) => {
  expect(milliseconds(duration)).toBe(length);
});

test.each(["", "P", "PT", "P1DT", "P1M", "P1W", "PT1S", "PT1.5H", "-PT1H", "1H", " PT1H", "PT1H "])(
  "%j is no duration",
  (written) => {
    expect(Duration.safeParse(written).success).toBe(false);
  },
);

test.each([
  ["PT3H", "PT3H", "PT6H"],
  ["PT1H30M", "PT45M", "PT2H15M"],
  ["P1D", "PT1M", "PT24H1M"],
  ["PT30M", "PT30M", "PT1H"],
])("%s and %s are %s", (one, other, both) => {
  expect(sumOfDurations(one, other)).toBe(both);
});

test("a second that has begun is not counted", () => {
  expect(["1970-01-01T00:01:00.000Z", "1970-01-01T00:00:59.999Z"].map(secondsOf)).toEqual([60, 59]);
});

test("an instant later or earlier is told in UTC with milliseconds", () => {
  expect(addMilliseconds("2026-11-24T23:59:59.999Z", 1)).toBe("2026-11-25T00:00:00.000Z");
  expect(addMilliseconds("2026-11-24T00:00:00.000Z", -1)).toBe("2026-11-23T23:59:59.999Z");
});
