import { expect, test } from "vitest";
import { type Complaint, isDueSoon } from "#shared/complaints/complaint.ts";
import { soonUntilBy } from "#shared/complaints/due-soon.ts";
import { matchesFilter } from "#shared/complaints/filter.ts";
import { aCalendar } from "../../support/a-calendar.ts";
import { aComplaint } from "../../support/a-complaint.ts";

/** A Wednesday in Tehran, half past twelve: the offices close at 13:00 and open again on Saturday at seven. */
const now = "2026-07-22T09:00:00.000Z";
const open = [{ from: "07:00", to: "13:00" }];
const week = { saturday: open, sunday: open, monday: open, tuesday: open, wednesday: open, thursday: [], friday: [] };
const range = { id: "summer", from: "2026-06-01", to: "2026-09-01", weekly: week, source: ["made up"], certain: true };
const summer = aCalendar({ provincial: [range], overrides: [], holidays: [] });
const soonUntil = soonUntilBy({ now, calendarOf: () => summer });
const soon = "2026-07-25T05:00:00.000Z";

test("a step is due soon within the next two office hours, of which one and a half may be on Saturday", () => {
  expect(soonUntil("qazvin")).toBe(soon);
});

test.each<[string, Partial<Complaint>, boolean]>([
  ["at the end of the two office hours", { acknowledgeBy: soon }, true],
  ["a moment later", { acknowledgeBy: "2026-07-25T05:00:00.001Z" }, false],
  ["now, which is late", { acknowledgeBy: now }, false],
  ["a moment from now", { acknowledgeBy: "2026-07-22T09:00:00.001Z" }, true],
  ["from an inspector", { status: "disputed", reviewBy: soon }, true],
  ["from the citizen", { status: "answered", confirmBy: soon }, false],
])("of a complaint whose next step is due %s, numbers and lists say the same", (_, fields, isSoon) => {
  const complaint = aComplaint(fields);
  expect(isDueSoon(complaint, { now, soonUntil })).toBe(isSoon);
  for (const dueSoon of [true, false])
    expect(matchesFilter(complaint, { dueSoon }, { now, soonUntil })).toBe(dueSoon === isSoon);
});

test("a list by it that does not know the office hours fails, and shows nothing wrong", () => {
  const complaint = aComplaint({ acknowledgeBy: soon });
  expect(() => matchesFilter(complaint, { dueSoon: true }, { now })).toThrow("office hours");
  expect(matchesFilter(complaint, {}, { now })).toBe(true);
});
