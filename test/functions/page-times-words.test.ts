import { expect, test } from "vitest";
import { timesSay } from "#functions/page/words/answering.ts";
import type { Figures } from "#shared/domain/statistics/figures.ts";
import { textOf } from "#shared/domain/telling/html.ts";

const says = (times: Pick<Figures, "officeMedian" | "officeP90">, language: "fa" | "en") =>
  textOf(timesSay(times as Figures, language));

test.each([
  ["PT15M", "۱۵ دقیقه", "15 minutes"],
  ["PT1H", "۱ ساعت", "1 hour"],
  ["PT72H", "۷۲ ساعت", "72 hours"],
  ["P5D", "۱۲۰ ساعت", "120 hours"],
  ["P10D", "۲۴۰ ساعت", "240 hours"],
  ["P20D", "۴۸۰ ساعت", "480 hours"],
] as const)(
  "%s of office time is told in the time that counts, never in days, which are no working days",
  (time, fa, en) => {
    expect(says({ officeMedian: time, officeP90: time }, "fa")).toBe(
      `نیمی از شکایت‌ها ظرف ${fa} کاری پاسخ گرفت. نُه‌دهم ظرف ${fa} کاری.`,
    );
    expect(says({ officeMedian: time, officeP90: time }, "en")).toBe(
      `Half were answered within ${en} of office time. Nine of ten within ${en}.`,
    );
  },
);

test("what took longer than all bins is told in office hours too", () => {
  expect(says({ officeMedian: "longer" }, "fa")).toBe("نیمی از شکایت‌ها بیش از ۴۸۰ ساعت کاری منتظر ماند.");
  expect(says({ officeMedian: "longer" }, "en")).toBe("Half waited longer than 480 hours of office time.");
});
