import { describe, expect, test } from "vitest";
import { seriesDrawing } from "#functions/page/drawings/series.ts";
import { monthsChart } from "#functions/page/html/months-section.ts";
import { monthsView } from "#functions/page/model/months.ts";
import { courseOf } from "#functions/page/model/verdict.ts";
import { ruleOf } from "#functions/page/words/trend.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";

/** From 1404-01 on; so many of a hundred were confirmed, and where nothing is said it is told together with others. */
function viewOf(confirmed: readonly (number | undefined)[]) {
  const cells = confirmed.map((good): PublishedCell => {
    const parts = good === undefined ? { "U+G": 60, D: 40 } : { D: 40, U: 60 - good, G: good };
    const outcome = Object.entries(parts).map(([classes, shown]) => ({ classes: classes.split("+"), shown }));
    return { cell: "all", all: 100, parts: { outcome } };
  });
  return monthsView(
    cells.map((cell, n) => ({ month: monthsLater("1404-01", n), cell: { cell, figures: figuresOf(cell) } })),
  );
}

const widths = [1100, 350];
const verdictOf = (values: readonly (number | undefined)[]) => {
  const { verdict } = courseOf(values.map((value, n) => ({ at: monthsLater("1404-01", n), value })));
  return verdict.state === "changed" ? verdict : expect.unreachable();
};

describe("where a month of a row is not told", () => {
  const before = [40, 45, 42, 38, 44, 41, 43];
  const confirmed = [...before, 52, 55, 53, 56, 54, undefined, 57, 55];

  test("the row is said to be of those that are told", () => {
    const { title } = monthsChart(viewOf(confirmed), { language: "en", width: 1100 });
    expect(title).toBe(
      "Yes, and the change is real. The confirmed share: seven told months in a row above the mean (43 in Mehr, 55 in Khordad).",
    );
    const persian = monthsChart(viewOf(confirmed), { language: "fa", width: 1100 }).title;
    expect(persian).toContain("هفت ماهِ گفته‌شدهٔ پیاپی بالاتر از میانگین");
  });

  test.each(widths)("its columns and its bracket begin with its first month, on %i pixels", (width) => {
    const { drawing } = monthsChart(viewOf(confirmed), { language: "en", width });
    const starts = (role: string) =>
      [...drawing.matchAll(new RegExp(`<path class="${role}"[^>]* d="M([\\d.]+) `, "g"))].map(([, x]) => Number(x));
    const [accents, greys] = [starts("accent"), starts("grey")];
    expect([accents.length, greys.length]).toEqual([7, 7]);
    const bracket = Number(/<path class="ink-line" d="M([\d.]+) /.exec(drawing)?.[1]);
    const [first = 0, second = 0] = accents;
    expect(Math.abs(bracket - first)).toBeLessThan((second - first) / 2);
  });

  test("the small line has its dots on what belongs to the row", () => {
    const values = [2, 1, 3, 1, 2, 2, 9, 9, 9, undefined, 9, 9, undefined, 9, 9];
    const signals = values.map((_, n) => (n === 14 ? ["seven-on-one-side" as const] : []));
    const svg = seriesDrawing({ values, signals }, { language: "en", width: 150, title: "" });
    const dots = [...svg.matchAll(/<circle class="accent" cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(dots).toEqual([6, 7, 8, 10, 11, 13, 14].map((n) => 5 + n * 10));
  });

  test.each<[string, (number | undefined)[], string, string]>([
    ["outside", [...before, ...before, undefined, 90], "above the usual", "بالاتر از محدودهٔ معمول"],
    [
      "seven-in-a-row",
      [40, 60, 40, 60, 40, 60, 40, 60, 47, 48, undefined, 49, 50, 51, 52, 53],
      "seven told months in a row rising",
      "هفت ماهِ گفته‌شدهٔ پیاپی رو به بالا",
    ],
    [
      "two-of-three-far-out",
      [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51, 56, undefined, 50, 56],
      "two of three told months far above the mean",
      "دو ماه از سه ماهِ گفته‌شده بسیار بالاتر از میانگین",
    ],
  ])("%s is said of those that are told", (signal, values, en, fa) => {
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
  expect([verdict.signal, verdict.run]).toEqual(["seven-on-one-side", 7]);
});

test("a row that began before the chart marks all of its columns", () => {
  const long = [
    ...Array.from({ length: 22 }, (_, n) => 20 + 20 * (n % 2)),
    ...Array.from({ length: 19 }, (_, n) => 50 + (n % 2)),
  ];
  const { drawing } = monthsChart(viewOf(long), { language: "en", width: 1100 });
  expect(drawing.match(/<path class="accent"/g)).toHaveLength(18);
  expect(drawing).not.toContain('<path class="grey"');
});
