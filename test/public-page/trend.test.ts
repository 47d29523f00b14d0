import { describe, expect, test } from "vitest";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { svgOf } from "#functions/public-page/drawings/pen.ts";
import { seriesDrawing } from "#functions/public-page/drawings/small-charts.ts";
import { monthsChart } from "#functions/public-page/html/months-section.ts";
import { monthsView } from "#functions/public-page/model/months.ts";
import { judgeSeries } from "#functions/public-page/model/verdict.ts";
import { ruleOf, trendAnswer } from "#functions/public-page/words/trend.ts";
import { addMonths } from "#shared/time/period.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { derived } from "./page-text.ts";

/** From 1404-01 on; so many of a thousand were confirmed. A month that is undefined has its count alone. */
function viewOf(confirmed: readonly (number | undefined)[]) {
  const cellOf = (good: number | undefined): PublishedCell =>
    good === undefined
      ? { cell: "", count: 15 }
      : aPublishedCell({ outcome: { overturned: 400, silent: 600 - good, confirmed: good } });
  const months = confirmed.map((good, n) => ({ name: addMonths("1404-01", n), cell: derived(cellOf(good)) }));
  return monthsView({ months, quarters: [], times: undefined });
}

const widths = [1100, 350];
const courseOfMonths = (values: readonly (number | undefined)[]) =>
  judgeSeries(values.map((value, n) => ({ at: addMonths("1404-01", n), value })));
const verdictOf = (values: readonly (number | undefined)[]) => {
  const { verdict } = courseOfMonths(values);
  return verdict.state === "changed" ? verdict : expect.unreachable();
};

describe("whether it has got better", () => {
  const flat = [0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32, 0.3, 0.32];
  test.each<[string, (number | undefined)[], string, string]>([
    [
      "no month had enough complaints",
      [],
      "It cannot be said yet. No month has had enough complaints yet; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. هیچ ماهی هنوز شکایتِ کافی نداشته است؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "one month had",
      [0.3],
      "It cannot be said yet. One month has figures; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. از یک ماه عدد داریم؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "four had",
      [0.3, 0.3, 0.2, 0.3],
      "It cannot be said yet. Four months have figures; we judge from the twelfth on.",
      "هنوز نمی‌توان گفت. از چهار ماه عدد داریم؛ از دوازدهمین ماه داوری می‌کنیم.",
    ],
    [
      "nothing changes",
      flat,
      "There is no real change. The confirmed share is within the usual: 26 to 36 of 100.",
      "تغییر واقعی ندارد. سهم تأییدشده در محدودهٔ معمول است: ۲۶ تا ۳۶ از ۱۰۰.",
    ],
    [
      "the last month has too few complaints",
      [...flat, undefined],
      "It cannot be said this month. This month has too few complaints.",
      "این ماه نمی‌توان گفت. شکایت‌های این ماه برای داوری کم است.",
    ],
    [
      "the last is far above",
      [...flat, 0.6],
      "Yes, and the change is real. The confirmed share: above the usual (mean 33, 60 in Khordad).",
      "بله، و این تغییر واقعی است. سهم تأییدشده: بالاتر از محدودهٔ معمول (میانگین ۳۳، ۶۰ در خرداد).",
    ],
    [
      "eight stay below",
      [...flat, 0.29, 0.28, 0.29, 0.28, 0.29, 0.28, 0.29, 0.28],
      "No, it got worse, and the change is real. The confirmed share: eight months in a row below the mean (mean 30, 28 in Dey).",
      "نه، بدتر شده و این تغییر واقعی است. سهم تأییدشده: هشت ماه پیاپی پایین‌تر از میانگین (میانگین ۳۰، ۲۸ در دی).",
    ],
  ])("where %s", (_, values, en, fa) => {
    const text = (language: "fa" | "en") => {
      const { heading, text } = trendAnswer(courseOfMonths(values).verdict, language);
      return `${textOf(heading)} ${textOf(text)}`;
    };
    expect([text("en"), text("fa")]).toEqual([en, fa]);
  });

  test("a row of steps is said from where the first of them started", () => {
    const values = [50, 50, 49, 51, 50, 50, 30, 31, 32, 33, 34, 35, 36].map((value) => value / 100);
    const { signal, before } = verdictOf(values);
    const first = { "seven-rising-or-falling": 0.3, "seven-on-one-side-of-mean": 0.5 }[signal as string];
    expect(before?.value).toBe(first);
  });
});

describe("where a month of a row has too few complaints", () => {
  const before = [400, 450, 420, 380, 440, 410, 430];
  const confirmed = [...before, 520, 550, 530, 560, 540, undefined, 570, 550];

  test("the row is said to be of the months with figures", () => {
    const { title } = monthsChart(viewOf(confirmed), { language: "en", width: 1100 });
    expect(title).toBe(
      "Yes, and the change is real. The confirmed share: seven months with figures in a row above the mean (mean 48, 55 in Khordad).",
    );
    const persian = monthsChart(viewOf(confirmed), { language: "fa", width: 1100 }).title;
    expect(persian).toContain("هفت ماهِ دارای عددِ پیاپی بالاتر از میانگین");
  });

  test.each(widths)("its columns and its bracket begin with its first month, on %i pixels", (width) => {
    const { drawing } = monthsChart(viewOf(confirmed), { language: "en", width });
    const starts = (role: string) =>
      [...drawing.content.matchAll(new RegExp(`<path class="${role}"[^>]* d="M([\\d.]+) `, "g"))].map(([, x]) =>
        Number(x),
      );
    const [accents, greys] = [starts("accent"), starts("grey")];
    expect([accents.length, greys.length]).toEqual([7, 7]);
    const bracket = Number(/<path class="ink-line" d="M([\d.]+) /.exec(drawing.content)?.[1]);
    const [first = 0, second = 0] = accents;
    expect(Math.abs(bracket - first)).toBeLessThan((second - first) / 2);
  });

  test("the small line has its dots on what belongs to the row", () => {
    const values = [2, 1, 3, 1, 2, 2, 9, 9, 9, undefined, 9, 9, undefined, 9, 9];
    const signals = values.map((_, n) => (n === 14 ? ["seven-on-one-side-of-mean" as const] : []));
    const svg = svgOf(seriesDrawing({ values, signals }, { language: "en", width: 150, title: "" }));
    const dots = [...svg.matchAll(/<circle class="accent" cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(dots).toEqual([6, 7, 8, 10, 11, 13, 14].map((n) => 5 + n * 10));
  });

  test.each<[string, (number | undefined)[], string, string]>([
    ["outside-limits", [...before, ...before, undefined, 900], "above the usual", "بالاتر از محدودهٔ معمول"],
    [
      "seven-rising-or-falling",
      [40, 60, 40, 60, 40, 60, 40, 60, 47, 48, undefined, 49, 50, 51, 52, 53],
      "seven months with figures in a row rising",
      "هفت ماهِ دارای عددِ پیاپی رو به بالا",
    ],
    [
      "two-of-three-near-limit",
      [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51, 56, undefined, 50, 56],
      "two of three months far above the mean",
      "دو ماه از سه ماه بسیار بالاتر از میانگین",
    ],
  ])("%s is said without the month that has none", (signal, values, en, fa) => {
    const verdict = verdictOf(values);
    expect(verdict.signal).toBe(signal);
    expect([ruleOf(verdict, "en"), ruleOf(verdict, "fa")]).toEqual([en, fa]);
  });

  test("one before the row changes no word of it", () => {
    const verdict = verdictOf([40, 45, 42, 38, 44, 41, undefined, 52, 55, 53, 56, 54, 57, 55]);
    expect(ruleOf(verdict, "en")).toBe("seven months in a row above the mean");
  });
});

test("no value at the mean is part of a row beside it", () => {
  const seven = (value: number) => Array.from({ length: 7 }, () => value);
  const verdict = verdictOf([0.5, 0.3, 0.5, 0.3, 0.5, 0.3, ...seven(0.3), 0.4, ...seven(0.5)]);
  expect([verdict.signal, verdict.run]).toEqual(["seven-on-one-side-of-mean", 7]);
});

test("a row that began before the chart marks all of its columns", () => {
  const long = [
    ...Array.from({ length: 22 }, (_, n) => 200 + 200 * (n % 2)),
    ...Array.from({ length: 19 }, (_, n) => 500 + 10 * (n % 2)),
  ];
  const { drawing } = monthsChart(viewOf(long), { language: "en", width: 1100 });
  expect(drawing.content.match(/<path class="accent"/g)).toHaveLength(18);
  expect(drawing.content).not.toContain('<path class="grey"');
});
