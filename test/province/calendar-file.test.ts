import { expect, test } from "vitest";
import { toDotPath } from "zod/v4/core";
import { fixedHolidays } from "#shared/province/checks/hours.ts";
import { calendarFaults, calendarWarning } from "#shared/province/checks/province-faults.ts";
import { provinceOf } from "#shared/province/province-file.ts";
import { type Edit, editProvince, written } from "../support/province-files.ts";

const { qazvin, calendar } = written;
const linesAbout = (content: unknown) =>
  calendarFaults(content).map(({ path, message }) => `${toDotPath(path)}: ${message}`);

test.each<[string, Edit, string]>([
  [
    "a week that is left out",
    ["national.3.from", "2025-06-12"],
    "national[3].from: nothing is said of the days after 2025-06-04: begin on the next",
  ],
  ["ranges that overlap", ["national.3.from", "2025-06-04"], "national: must be in order and not overlap"],
  [
    "a holiday twice",
    ["holidays.4.date", "2025-03-21"],
    'holidays[4].date: "2025-03-21" is used twice: change it, or take this one out',
  ],
  [
    "a holiday beyond the days that are known",
    ["holidaysUntil", "2028-03-18"],
    "holidays[78].date: is later than holidaysUntil, 2028-03-18: move that on as well",
  ],
  [
    "no holidays",
    ["holidays", []],
    "holidays: lacks 30 of the holidays that every year has up to holidaysUntil, 2028-03-19; the first is 2025-03-21, 1 Farvardin 1404: add them, or move holidaysUntil back",
  ],
  [
    "days that are said to be known three years on, without their holidays",
    ["holidaysUntil", "2031-03-20"],
    "holidays: lacks 30 of the holidays that every year has up to holidaysUntil, 2031-03-20; the first is 2028-03-20, 1 Farvardin 1407: add them, or move holidaysUntil back",
  ],
  [
    "one holiday that every year has and this one not",
    ["holidays.8.date", "2025-06-03"],
    "holidays: lacks 1 of the holidays that every year has up to holidaysUntil, 2028-03-19; the first is 2025-06-04, 14 Khordad 1404: add them, or move holidaysUntil back",
  ],
  [
    "no day until which holidays are known",
    ["holidaysUntil", undefined],
    "holidaysUntil: is missing: add a text in double quotes",
  ],
])("the national calendar is refused for %s", (_, edit, line) => {
  expect(linesAbout(calendar)).toEqual([]);
  expect(linesAbout(editProvince(calendar, [edit]))).toEqual([line]);
});

test.each<[string, Edit[]]>([
  ["those that are here", []],
  ["none", [["holidays", []]]],
])("a calendar is not told which holidays are missing if their last day cannot be read: it lists %s", (_, edits) => {
  const lines = linesAbout(editProvince(calendar, [...edits, ["holidaysUntil", "soon"]]));
  expect(lines).toEqual([expect.stringMatching(/^holidaysUntil: /)]);
});

test("the holidays that every year has are those that are published, in a leap year too", () => {
  const days = fixedHolidays({ from: "2024-03-20", to: "2026-03-20" }).map(({ date }) => date);
  // 1403 has 366 days: all after 30 Esfand 1403 are a day later than the year before.
  expect(days).toEqual([
    "2024-03-20",
    "2024-03-21",
    "2024-03-22",
    "2024-03-23",
    "2024-03-31",
    "2024-04-01",
    "2024-06-03",
    "2024-06-04",
    "2025-02-10",
    "2025-03-19",
    "2025-03-21",
    "2025-03-22",
    "2025-03-23",
    "2025-03-24",
    "2025-04-01",
    "2025-04-02",
    "2025-06-04",
    "2025-06-05",
    "2026-02-11",
    "2026-03-20",
  ]);
});

test("a province adds its own holidays to the national ones, and takes some out, in the order of their dates", () => {
  const own = { date: "2027-01-05", name: { fa: "برف", en: "Snow" }, source: ["made up"], certain: true };
  const { officeHours } = provinceOf(
    editProvince(qazvin, [
      ["officeHours.holidays", [own]],
      ["officeHours.removedHolidays", ["2027-03-21"]],
    ]),
    calendar,
  );
  const dates = officeHours.holidays.map(({ date }) => date);
  expect(dates).toHaveLength(79);
  expect(dates).toEqual([...dates].sort());
  expect([dates.includes("2027-01-05"), dates.includes("2027-03-21")]).toEqual([true, false]);
});

test.each([
  ["90 days before its last day nothing is said", "2026-12-20T12:00:00.000Z", undefined],
  ["89 days before it is said when it ends", "2026-12-21T12:00:00.000Z", "ends on 2027-03-20"],
  ["on its last day it ends", "2027-03-20T12:00:00.000Z", "ends on 2027-03-20"],
  ["a day later, in Tehran, it has ended", "2027-03-20T21:00:00.000Z", "ended on 2027-03-20"],
])("of the national calendar: %s", (_, now, said) => {
  const warning = calendarWarning(provinceOf(qazvin, calendar), now);
  expect(said === undefined ? warning : warning?.includes(said)).toBe(said === undefined ? undefined : true);
});
