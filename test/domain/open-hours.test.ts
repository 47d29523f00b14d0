import { describe, expect, test } from "vitest";
import { openHours } from "#shared/domain/time/open-hours.ts";
import { aCalendar } from "../support/a-calendar.ts";

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
    expect(openHours(calendar, date)).toEqual({ why: "open", reason, intervals: [{ from: "09:00", to: "10:00" }] });
  });

  test.each([
    ["a working day is open", "2026-11-24", { why: "open", intervals: [{ from: "08:00", to: "13:00" }] }],
    ["a Thursday is the weekend's", "2026-11-26", { why: "weekend", intervals: [] }],
    [
      "two holidays on one day are one closed day with both names",
      date,
      { why: "holiday", intervals: [], reason: "آغاز نوروز، عید سعید فطر" },
    ],
  ])("%s", (_, day, hours) => {
    expect(openHours(aCalendar(), day)).toEqual(hours);
  });

  test("two holidays on one day that are told apart are told together", () => {
    const holiday = (fa: string) => ({ date, name: { fa, en: "holiday" }, source: ["test"], certain: true });
    const calendar = aCalendar({ holidays: [holiday("نوروز"), holiday("عید فطر")] });
    expect(openHours(calendar, date)).toEqual({ why: "holiday", intervals: [], reason: "نوروز، عید فطر" });
  });

  test("an override without intervals closes the day and says why", () => {
    const live = [{ date: "2026-11-24", intervals: [], reason: "آلودگی هوا" }];
    expect(openHours(aCalendar({ live }), "2026-11-24")).toEqual({
      why: "closed",
      intervals: [],
      reason: "آلودگی هوا",
    });
  });
});
