import { describe, expect, test } from "vitest";
import { isBeyondKnownCalendar, openHours } from "#shared/hours/office-hours.ts";
import { aCalendar } from "../../support/a-calendar.ts";

describe("the hours of one day", () => {
  const date = "2026-03-21";
  const override = (reason: string, countyId?: string) => ({
    date,
    reason,
    intervals: [{ from: "09:00", to: "10:00" }],
    ...(countyId === undefined ? {} : { countyId }),
  });
  const filed = (reason: string, countyId?: string) => ({
    ...override(reason, countyId),
    source: ["test"],
    certain: true,
  });

  test.each([
    ["the admin's for the county", ["county"], ["county", "province"], "live county"],
    [
      "the file's for the county before the admin's for the province",
      ["province"],
      ["county", "province"],
      "file county",
    ],
    ["the admin's for the province", ["province"], ["province"], "live province"],
    ["the file's for the province before a holiday", [], ["province"], "file province"],
  ])("of several overrides the one that holds is %s", (_, live, file, reason) => {
    const countyOf = (scope: string) => (scope === "county" ? "qazvin" : undefined);
    const calendar = aCalendar({
      live: live.map((scope) => override(`live ${scope}`, countyOf(scope))),
      overrides: file.map((scope) => filed(`file ${scope}`, countyOf(scope))),
    });
    expect(openHours(calendar, date)).toEqual({
      dayType: "open",
      reason: { fa: reason },
      intervals: [{ from: "09:00", to: "10:00" }],
    });
  });

  test.each([
    ["a working day is open", "2026-11-24", { dayType: "open", intervals: [{ from: "08:00", to: "13:00" }] }],
    ["a Thursday is the weekend's", "2026-11-26", { dayType: "weekend", intervals: [] }],
    [
      "two holidays on one day are one closed day with both names",
      date,
      { dayType: "holiday", intervals: [], reason: { fa: "آغاز نوروز، عید سعید فطر", en: expect.any(String) } },
    ],
  ])("%s", (_, day, hours) => {
    expect(openHours(aCalendar(), day)).toEqual(hours);
  });

  test("two holidays on one day that are told apart are told together", () => {
    const holiday = (fa: string) => ({ date, name: { fa, en: "holiday" }, source: ["test"], certain: true });
    const calendar = aCalendar({ holidays: [holiday("نوروز"), holiday("عید فطر")] });
    const both = { reason: { fa: "نوروز، عید فطر", en: "holiday, holiday" } };
    expect(openHours(calendar, date)).toEqual({ dayType: "holiday", intervals: [], ...both });
  });

  test("an override without intervals closes the day and says why", () => {
    const live = [{ date: "2026-11-24", intervals: [], reason: "آلودگی هوا" }];
    expect(openHours(aCalendar({ live }), "2026-11-24")).toEqual({
      dayType: "closed",
      intervals: [],
      reason: { fa: "آلودگی هوا" },
    });
  });
});

describe("nobody has said what a day's hours are", () => {
  const snow = { date: "2027-03-22", intervals: [], reason: "برف" };
  test.each([
    ["not on the last day of the last range", "2027-03-20", {}, false],
    ["on the day after it", "2027-03-22", {}, true],
    ["not where an admin has said it", "2027-03-22", { live: [snow] }, false],
    [
      "not where a range of the province goes on",
      "2027-03-22",
      { provincial: [aRange("2027-03-21", "2027-06-21")] },
      false,
    ],
    [
      "in a gap between two ranges",
      "2027-02-01",
      { national: [aRange("2027-01-01", "2027-01-31"), aRange("2027-02-02", "2027-12-31")] },
      true,
    ],
    ["where the holidays are not known up to it", "2027-03-20", { holidaysUntil: "2027-03-19" }, true],
    ["not where they are", "2027-03-20", { holidaysUntil: "2027-03-20" }, false],
  ])("%s", (_, date, hours, assumed) => {
    expect(isBeyondKnownCalendar(aCalendar(hours), date)).toBe(assumed);
  });
});

function aRange(from: string, to: string) {
  const [first] = aCalendar().officeHours.national;
  if (!first) throw new Error("the calendar has no range");
  return { id: from, from, to, weekly: first.weekly, source: ["made up"], certain: true };
}
