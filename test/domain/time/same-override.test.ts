import { expect, test } from "vitest";
import { type DayOverride, isSameOverride } from "#shared/hours/office-hours.ts";

const morning = [{ from: "08:00", to: "10:00" }];
const one: DayOverride = { date: "2026-11-24", intervals: morning, reason: "برف" };
const lifted = { ...one, until: "09:00" };

test.each<[string, DayOverride | undefined, DayOverride | undefined, boolean]>([
  ["that are both not there", undefined, undefined, true],
  ["of which one is not there", one, undefined, false],
  ["of which the other is not there", undefined, one, false],
  ["of the same hours and reason", one, { ...one, intervals: [{ from: "08:00", to: "10:00" }] }, true],
  ["of other hours", one, { ...one, intervals: [...morning, { from: "11:00", to: "12:00" }] }, false],
  ["for another reason", one, { ...one, reason: "آلودگی هوا" }, false],
  ["of which one was taken back", one, lifted, false],
  ["that were taken back at the same time", lifted, { ...lifted }, true],
])("two overrides of a day %s say the same or not", (_, first, second, same) => {
  expect(isSameOverride(first, second)).toBe(same);
});
