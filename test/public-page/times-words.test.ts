import { describe, expect, test } from "vitest";
import type { Figures } from "#functions/figures/figures.ts";
import { shareInStrokes } from "#functions/public-page/model/charts.ts";
import { provinceView } from "#functions/public-page/model/page-views.ts";
import { timesText } from "#functions/public-page/words/lists-and-times.ts";
import { textOf } from "#shared/wording/html.ts";
import { aMaterial } from "./a-material.ts";
import { aPublishedWorld } from "./a-published-world.ts";
import { pageOf, wordsOf } from "./page-text.ts";

const says = (times: Pick<Figures, "officeHoursMedian" | "officeHoursP90">, language: "fa" | "en") =>
  textOf(timesText(times, language));

test.each([
  ["PT1H", "۱ ساعت", "1 hour"],
  ["PT3H", "۳ ساعت", "3 hours"],
  ["PT24H", "۲۴ ساعت", "24 hours"],
  ["PT48H", "۴۸ ساعت", "48 hours"],
] as const)("%s of office time is said in hours, never in days, which are no working days", (time, fa, en) => {
  expect(says({ officeHoursMedian: time, officeHoursP90: time }, "fa")).toBe(
    `دست‌کم نیمی از شکایت‌ها ظرف ${fa} کاری پاسخ گرفت. نُه‌دهم ظرف ${fa} کاری.`,
  );
  expect(says({ officeHoursMedian: time, officeHoursP90: time }, "en")).toBe(
    `At least half were answered within ${en} of office time. Nine of ten within ${en}.`,
  );
});

test.each<[string, Pick<Figures, "officeHoursMedian" | "officeHoursP90">, string, string]>([
  [
    "half is within an edge, and nine of ten are not",
    { officeHoursMedian: "PT24H", officeHoursP90: "longer" },
    "At least half were answered within 24 hours of office time. More than one of ten waited longer than 48 hours, or were never answered.",
    "دست‌کم نیمی از شکایت‌ها ظرف ۲۴ ساعت کاری پاسخ گرفت. بیش از یک‌دهم بیش از ۴۸ ساعت کاری منتظر ماند یا پاسخ نگرفت.",
  ],
  [
    "more than one of ten was never answered",
    { officeHoursMedian: "PT3H", officeHoursP90: "unanswered" },
    "At least half were answered within 3 hours of office time. For nine of ten no time can be said: more than one of ten was never answered.",
    "دست‌کم نیمی از شکایت‌ها ظرف ۳ ساعت کاری پاسخ گرفت. برای نُه‌دهم زمانی نمی‌توان گفت: بیش از یک‌دهم هرگز پاسخ نگرفت.",
  ],
  [
    "half is beyond the last edge",
    { officeHoursMedian: "longer", officeHoursP90: "longer" },
    "More than half waited longer than 48 hours of office time, or were never answered.",
    "بیش از نیمی از شکایت‌ها بیش از ۴۸ ساعت کاری منتظر ماند یا پاسخ نگرفت.",
  ],
  [
    "half is beyond the last edge, and more than one of ten was never answered",
    { officeHoursMedian: "longer", officeHoursP90: "unanswered" },
    "More than half waited longer than 48 hours of office time, or were never answered. For nine of ten no time can be said: more than one of ten was never answered.",
    "بیش از نیمی از شکایت‌ها بیش از ۴۸ ساعت کاری منتظر ماند یا پاسخ نگرفت. برای نُه‌دهم زمانی نمی‌توان گفت: بیش از یک‌دهم هرگز پاسخ نگرفت.",
  ],
  [
    "more than half were never answered",
    { officeHoursMedian: "unanswered", officeHoursP90: "unanswered" },
    "More than half were never answered.",
    "بیش از نیمی از شکایت‌ها هرگز پاسخ نگرفت.",
  ],
  [
    "there are too few complaints",
    {},
    "There are too few complaints to say the time to answer.",
    "برای گفتن زمان پاسخ، شکایت‌ها کم است.",
  ],
])("where %s", (_, times, en, fa) => {
  expect([says(times, "en"), says(times, "fa")]).toEqual([en, fa]);
});

describe("the share answered within 24 office hours", () => {
  const material = aMaterial(aPublishedWorld());
  const quarters = material.tables.filter(({ period, table }) => period.kind === "quarter" && table === "total");

  test("goes by quarters, since a month has its outcome alone", () => {
    const { officeHoursWithin24h: course } = provinceView(material).months;
    expect(course.values.map(({ at, value }) => [at, value])).toEqual(
      quarters.map(({ period, cells }) => [period.name, cells[0]?.figures.officeHoursWithin24h]),
    );
    expect(course.values.map(({ at }) => at)).toEqual([
      "1404-Q1",
      "1404-Q2",
      "1404-Q3",
      "1404-Q4",
      "1405-Q1",
      "1405-Q2",
    ]);
  });

  test("stands under the times of four quarters, and cannot be judged before the twelfth quarter", () => {
    const last = quarters.at(-1)?.cells[0]?.figures.officeHoursWithin24h ?? expect.unreachable();
    expect(wordsOf(material)).toMatch(
      new RegExp(
        `Quarter by quarter Answered by 24 office hours, of 100 ${shareInStrokes(last).strokes} .*? cannot be said yet`,
      ),
    );
    const [, others = ""] = /<ul class="series">([\s\S]*?)<\/ul>/.exec(pageOf(material)) ?? [];
    expect(others).toContain("Unanswered, of 100");
    expect(others).not.toContain("24 office hours");
  });

  test("is a dash for a quarter that has too few complaints", () => {
    const few = aMaterial(aPublishedWorld({ months: 3, perMonth: 5 }));
    expect(wordsOf(few)).toContain("Answered by 24 office hours, of 100 –");
  });
});
