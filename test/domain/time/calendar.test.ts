import { describe, expect, test } from "vitest";
import { Interval, LocalDate, OfficeHours, SentInstant, timetableOf, WeeklyRange } from "#shared/time/calendar.ts";
import { someOfficeHours } from "../../support/a-province.ts";

const hours = someOfficeHours();
const day = [{ from: "08:00", to: "13:00" }];
const workingDays = { saturday: day, sunday: day, monday: day, tuesday: day, wednesday: day };
const weekly = { ...workingDays, thursday: [], friday: [] };
const provenance = { source: ["made up"], certain: true };
const override = { date: "2026-11-24", intervals: day, reason: "برف", ...provenance };

/** What is wrong with the hours of a province, a line for each fault. */
const faultsOf = (fields: Partial<OfficeHours>) =>
  (OfficeHours.safeParse({ ...hours, ...fields }).error?.issues ?? []).map((issue) =>
    issue.code === "custom" ? issue.params?.rule : issue.code,
  );
const ranges = (...dates: [string, string][]) =>
  dates.map(([from, to]) => ({ id: from, from, to, weekly, ...provenance }));

describe("a date or an instant", () => {
  test.each(["1405-09-03", "0999-01-01", "1999-12-31"])("%s, of another calendar or age, is refused", (date) => {
    const issues = [{ params: { rule: "not-gregorian" } }];
    expect(LocalDate.safeParse(date).error?.issues).toMatchObject(issues);
    expect(SentInstant.safeParse(`${date}T08:00:00Z`).error?.issues).toMatchObject(issues);
  });

  test("of this century is taken, and an instant is read with milliseconds", () => {
    expect(LocalDate.parse("2000-01-01")).toBe("2000-01-01");
    expect(SentInstant.parse("2026-11-24T08:00:00Z")).toBe("2026-11-24T08:00:00.000Z");
  });
});

describe("an interval", () => {
  test.each([
    ["that ends as it begins", "08:00", "08:00"],
    ["that ends before it begins", "13:00", "08:00"],
    ["that ends as the day does", "08:00", "24:00"],
    ["without its zero", "8:00", "13:00"],
    ["with seconds", "08:00", "13:00:00"],
  ])("%s is refused", (_, from, to) => {
    expect(Interval.safeParse({ from, to }).success).toBe(false);
  });
});

describe("the intervals of a day", () => {
  const later = { from: "13:00", to: "15:00" };

  test("may follow each other without a pause", () => {
    expect(faultsOf({ overrides: [{ ...override, intervals: [...day, later] }] })).toEqual([]);
  });

  test.each([
    ["that overlap", [...day, { from: "12:59", to: "15:00" }]],
    ["that are out of order", [later, ...day]],
    ["of which the third overlaps", [...day, later, { from: "14:00", to: "16:00" }]],
  ])("%s are refused", (_, intervals) => {
    expect(faultsOf({ overrides: [{ ...override, intervals }] })).toEqual(["not-in-order"]);
  });
});

describe("ranges of dates", () => {
  test("may be of one day each, and follow each other", () => {
    const days = ranges(["2026-01-01", "2026-01-01"], ["2026-01-02", "2026-12-31"]);
    expect(faultsOf({ national: days, provincial: days })).toEqual([]);
  });

  test("that end before they begin are refused", () => {
    const [backwards] = ranges(["2026-01-02", "2026-01-01"]);
    expect(WeeklyRange.safeParse(backwards).success).toBe(false);
  });

  test.each([
    ["that share a day", ranges(["2026-01-01", "2026-01-02"], ["2026-01-02", "2026-12-31"])],
    ["that are out of order", ranges(["2026-02-01", "2026-12-31"], ["2026-01-01", "2026-01-31"])],
  ])("%s are refused, the nation's and the province's own", (_, dates) => {
    const fault = "not-in-order";
    expect(faultsOf({ national: dates, provincial: dates })).toEqual([fault, fault]);
  });
});

test("the clock counts with the hours alone, without where they are from", () => {
  const told = { ...provenance, uncertain: ["the end"], note: "a canary" };
  const name = { fa: "تعطیل", en: "holiday" };
  const spring = { from: "2026-03-21", to: "2026-06-21", weekly };
  const autumn = { from: "2026-09-23", to: "2026-12-21", weekly };
  const lifted = { date: "2026-11-24", countyId: "avaj", intervals: day, reason: "برف" };
  const timetable = timetableOf({
    ...hours,
    national: [{ ...spring, ...told, id: "spring" }],
    provincial: [{ ...autumn, ...told, id: "autumn" }],
    holidays: [{ date: "2026-03-21", name, ...told }],
    overrides: [{ ...lifted, ...told }],
  });
  expect(timetable).toEqual({
    timeZone: "Asia/Tehran",
    national: [spring],
    provincial: [autumn],
    holidays: [{ date: "2026-03-21", name }],
    holidaysUntil: "2026-12-31",
    overrides: [lifted],
  });
});
