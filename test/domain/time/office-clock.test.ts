import { describe, expect, test } from "vitest";
import type { DeadlinePolicy } from "#shared/hours/deadline-policy.ts";
import { deadlineAfter, explainDeadline } from "#shared/hours/office-clock.ts";
import type { Calendar } from "#shared/hours/office-hours.ts";
import { aCalendar } from "../../support/a-calendar.ts";

/** The instant of a wall time in Qazvin since 2022, `2026-11-24 08:00`. */
const at = (wallTime: string) => new Date(`${wallTime.replace(" ", "T")}+03:30`).toISOString();
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
const office = (duration: string): DeadlinePolicy => ({ clock: "office-hours", duration });
const never = { saturday: [], sunday: [], monday: [], tuesday: [], wednesday: [], thursday: [], friday: [] };
const elapsed = (duration: string): DeadlinePolicy => ({ clock: "elapsed", duration });

function explained(start: string, policy: DeadlinePolicy, calendar: Calendar) {
  return explainDeadline({ start, until: deadlineAfter({ start, policy, calendar }), policy, calendar });
}

const en = expect.any(String);

describe("a deadline in office hours, Saturday to Wednesday from 08:00 to 13:00", () => {
  test.each([
    ["filed on Thursday", "2026-11-26 10:00", "PT1H", "2026-11-28 09:00"],
    ["filed on Friday night", "2026-11-27 23:59", "PT1H", "2026-11-28 09:00"],
    ["filed on Saturday before dawn, Friday by UTC", "2026-11-28 02:00", "PT1H", "2026-11-28 09:00"],
    ["filed before the office opens", "2026-11-24 06:00", "PT1H", "2026-11-24 09:00"],
    ["filed as the office opens", "2026-11-24 08:00", "PT1H", "2026-11-24 09:00"],
    ["filed one minute before closing", "2026-11-24 12:59", "PT1H", "2026-11-25 08:59"],
    ["filed one millisecond before closing", "2026-11-24 12:59:59.999", "PT1H", "2026-11-25 08:59:59.999"],
    ["filed at closing time", "2026-11-24 13:00", "PT1H", "2026-11-25 09:00"],
    ["running out exactly at closing time", "2026-11-24 10:00", "PT3H", "2026-11-24 13:00"],
    ["running out exactly at closing time after a whole day", "2026-11-24 06:00", "PT5H", "2026-11-24 13:00"],
    ["running out one minute after closing", "2026-11-24 10:00", "PT3H1M", "2026-11-25 08:01"],
    ["of a day's length, which is 24 hours", "2026-11-21 08:00", "P1D", "2026-11-25 12:00"],
    ["of no length, while the office is closed", "2026-11-26 10:00", "PT0M", "2026-11-26 10:00"],
  ])("%s", (_, start, duration, due) => {
    expect(deadlineAfter({ start: at(start), policy: office(duration), calendar: aCalendar() })).toBe(at(due));
  });
});

describe("Nowruz", () => {
  const filed = at("2026-03-19 10:00");

  test("48 elapsed hours end two days later, holidays or not", () => {
    const due = deadlineAfter({ start: filed, policy: elapsed("PT48H"), calendar: aCalendar() });
    expect(due).toBe(at("2026-03-21 10:00"));
    expect(explained(filed, elapsed("PT48H"), aCalendar())).toEqual({
      counted: [{ from: filed, to: due }],
      skipped: [],
    });
  });

  test("three office hours end when the office has been open for three hours, and each day skipped says why", () => {
    expect(explained(filed, office("PT3H"), aCalendar())).toEqual({
      counted: [span("2026-03-25 08:00", "2026-03-25 11:00")],
      skipped: [
        { date: "2026-03-19", dayType: "weekend" },
        { date: "2026-03-20", dayType: "holiday", reason: { fa: "روز ملی شدن صنعت نفت", en } },
        { date: "2026-03-21", dayType: "holiday", reason: { fa: "آغاز نوروز، عید سعید فطر", en } },
        { date: "2026-03-22", dayType: "holiday", reason: { fa: "عید نوروز، تعطیل به مناسبت عید سعید فطر", en } },
        { date: "2026-03-23", dayType: "holiday", reason: { fa: "عید نوروز", en } },
        { date: "2026-03-24", dayType: "holiday", reason: { fa: "عید نوروز", en } },
      ],
    });
  });
});

describe("a county closed at 10:30 the same morning, with a complaint that has 20 minutes left", () => {
  const snow = { date: "2026-11-24", intervals: [{ from: "08:00", to: "10:30" }], reason: "برف" };
  const filed = at("2026-11-24 09:50");
  const due = (calendar: Calendar) => deadlineAfter({ start: filed, policy: office("PT1H"), calendar });

  test("the 20 minutes are counted the next morning", () => {
    const calendar = aCalendar({ live: [{ ...snow, countyId: "qazvin" }] });
    expect(due(calendar)).toBe(at("2026-11-25 08:20"));
    expect(explained(filed, office("PT1H"), calendar)).toEqual({
      counted: [span("2026-11-24 09:50", "2026-11-24 10:30"), span("2026-11-25 08:00", "2026-11-25 08:20")],
      skipped: [],
    });
  });

  test("another county's clock goes on", () => {
    expect(due(aCalendar({ countyId: "takestan", live: [{ ...snow, countyId: "qazvin" }] }))).toBe(
      at("2026-11-24 10:50"),
    );
  });

  test("with the override removed again the deadline is the old one", () => {
    expect(due(aCalendar({ live: [] }))).toBe(at("2026-11-24 10:50"));
  });

  test("a complaint filed after the early closing is told of the day and its reason", () => {
    expect(explained(at("2026-11-24 11:00"), office("PT1H"), aCalendar({ live: [snow] })).skipped).toEqual([
      { date: "2026-11-24", dayType: "outside-hours", reason: { fa: "برف" } },
    ]);
  });
});

describe("hours that change", () => {
  test("a day closed by an override is skipped with its reason", () => {
    const calendar = aCalendar({ live: [{ date: "2026-11-24", intervals: [], reason: "آلودگی هوا" }] });
    expect(explained(at("2026-11-24 09:00"), office("PT1H"), calendar)).toEqual({
      counted: [span("2026-11-25 08:00", "2026-11-25 09:00")],
      skipped: [{ date: "2026-11-24", dayType: "closed", reason: { fa: "آلودگی هوا" } }],
    });
  });

  test("the national hours, from 07–13 to 08–13, in the middle of a running clock", () => {
    expect(explained(at("2026-09-22 12:30"), office("PT3H"), aCalendar())).toEqual({
      counted: [span("2026-09-22 12:30", "2026-09-22 13:00"), span("2026-09-23 08:00", "2026-09-23 10:30")],
      skipped: [],
    });
  });

  test("the province's own range goes before the national one on the days it covers", () => {
    const due = (start: string) => deadlineAfter({ start: at(start), policy: office("PT1H"), calendar: aCalendar() });
    expect(due("2025-10-06 14:00")).toBe(at("2025-10-06 15:00"));
    expect(due("2025-12-21 14:00")).toBe(at("2025-12-21 15:00"));
    expect(due("2025-12-22 13:30")).toBe(at("2025-12-23 08:30"));
  });

  test("several intervals a day are counted one after the other, and the pause is not", () => {
    const intervals = [
      { from: "08:00", to: "10:00" },
      { from: "11:00", to: "13:00" },
    ];
    const calendar = aCalendar({ live: [{ date: "2026-11-24", intervals, reason: "برق" }] });
    const due = (duration: string) =>
      deadlineAfter({ start: at("2026-11-24 09:30"), policy: office(duration), calendar });
    expect(due("PT30M")).toBe(at("2026-11-24 10:00"));
    expect(due("PT31M")).toBe(at("2026-11-24 11:01"));
    expect(due("PT3H")).toBe(at("2026-11-25 08:30"));
  });

  test("after the last range its hours go on, so that a deadline always exists", () => {
    const due = deadlineAfter({ start: at("2029-06-04 20:00"), policy: office("PT1H"), calendar: aCalendar() });
    expect(due).toBe(at("2029-06-05 09:00"));
  });

  test("the office opens by the wall clock on both sides of a change to summer time", () => {
    const due = (start: string) => deadlineAfter({ start, policy: office("PT1H"), calendar: aCalendar() });
    expect(due("2022-03-20T20:00:00.000Z")).toBe("2022-03-21T05:30:00.000Z");
    expect(due("2022-03-21T20:00:00.000Z")).toBe("2022-03-22T04:30:00.000Z");
  });

  const year = { id: "a year", from: "2026-03-21", to: "2027-03-20", source: ["made up"], certain: true };

  test("a calendar that stays closed for more than 400 days is an error, not an endless search", () => {
    const due = (date: string) => {
      const reopens = { date, intervals: [{ from: "08:00", to: "13:00" }], reason: "بازگشایی" };
      const calendar = aCalendar({ national: [{ ...year, weekly: never }], live: [reopens] });
      return deadlineAfter({ start: at("2026-11-24 08:00"), policy: office("PT1H"), calendar });
    };
    expect(due("2027-12-29")).toBe(at("2027-12-29 09:00"));
    expect(() => due("2027-12-30")).toThrow(
      "the offices of qazvin are closed for 400 days on end after 2026-11-24T04:30:00.000Z",
    );
  });

  test("a clock runs for more than 400 days where the offices open on each of them", () => {
    const day = [{ from: "08:00", to: "13:00" }];
    const weekly = {
      saturday: day,
      sunday: day,
      monday: day,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
    };
    const calendar = aCalendar({ national: [{ ...year, weekly }], provincial: [], holidays: [], overrides: [] });
    const due = deadlineAfter({ start: at("2026-01-01 08:00"), policy: office("PT2500H"), calendar });
    expect(due).toBe(at("2027-05-15 13:00"));
  });
});

describe("an explanation", () => {
  const tuesday = { date: "2026-11-24", dayType: "outside-hours" };

  test.each([
    ["of a clock started at closing time skips the day", "2026-11-24 13:00", [tuesday]],
    ["of a clock started after closing skips the day", "2026-11-24 20:00", [tuesday]],
    ["of a clock started in the night, the day before by UTC, skips nothing", "2026-11-25 02:00", []],
  ])("%s", (_, start, skipped) => {
    const counted = [span("2026-11-25 08:00", "2026-11-25 09:00")];
    expect(explained(at(start), office("PT1H"), aCalendar())).toEqual({ counted, skipped });
  });

  test.each([
    [
      "counts only what has passed, and skips a day still to open",
      "2026-11-25 07:00",
      [{ ...tuesday, date: "2026-11-25" }],
    ],
    ["says nothing of a day that has not begun", "2026-11-25 00:00", []],
  ])("before the deadline %s", (_, until, skipped) => {
    const running = { start: at("2026-11-24 12:30"), policy: office("PT3H"), calendar: aCalendar() };
    const counted = [span("2026-11-24 12:30", "2026-11-24 13:00")];
    expect(explainDeadline({ ...running, until: at(until) })).toEqual({ counted, skipped });
  });
});
