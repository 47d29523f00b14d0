import { describe, expect, test } from "vitest";
import type { WaitingStatistics } from "#functions/figures/waiting.ts";
import { addMonths, firstDay } from "#shared/time/period.ts";
import { aMaterial } from "./a-material.ts";
import { wordsOf } from "./page-text.ts";

type Row = WaitingStatistics["province"];
const row = (overdue: Row["overdue"], notYetDue: Row["notYetDue"]): Row => ({ overdue, notYetDue });

/** A page on which the last of some counts is shown, each of another month. */
function pageOf(counts: readonly Row[], path = "/en", agencies: WaitingStatistics["agencies"] = {}): string {
  const past = counts.slice(0, -1).map((province, n) => ({ date: firstDay(addMonths("1404-01", n)), province }));
  const count = { province: counts.at(-1) ?? row("<20", "<20"), agencies };
  return wordsOf(
    aMaterial([], { waiting: { date: "2026-11-22", countedAt: "2026-11-22T02:30:00.000Z", count, past } }),
    path,
  );
}

describe("how many complaints wait for an answer", () => {
  test.each<[Row, string, string]>([
    [
      row(40, 110),
      "About 40 complaints are past their deadline.About 110 others still have time. Counted on 1 Azar, 06:00.",
      "مهلتِ حدود ۴۰ شکایت گذشته است.حدود ۱۱۰ شکایت دیگر هنوز مهلت دارد. شمارش ۱ آذر، ساعت ۰۶:۰۰.",
    ],
    [
      row("<20", 20),
      "Fewer than 20 complaints are past their deadline.About 20 others still have time.",
      "مهلتِ کمتر از ۲۰ شکایت گذشته است.حدود ۲۰ شکایت دیگر هنوز مهلت دارد.",
    ],
    [
      row(1_250, "<20"),
      "About 1,250 complaints are past their deadline.Fewer than 20 others still have time.",
      "مهلتِ حدود ۱٬۲۵۰ شکایت گذشته است.کمتر از ۲۰ شکایت دیگر هنوز مهلت دارد.",
    ],
  ])("%j", (province, en, fa) => {
    expect(pageOf([province])).toContain(en);
    expect(pageOf([province], "/")).toContain(fa);
  });

  test("is said of an agency by its own row, and not counted if it has none", () => {
    const agencies = { "agency-2": row(30, "<20") };
    expect(pageOf([row(40, 110)], "/en/agencies/agency-2", agencies)).toContain(
      "About 30 complaints are past their deadline.Fewer than 20 others still have time. Counted on 1 Azar, 06:00.",
    );
    expect(pageOf([row(40, 110)], "/en/agencies/agency-3", agencies)).toContain("Not counted yet.");
  });

  test("is said to be counted on the first morning of a month before there is a count", () => {
    const page = wordsOf(aMaterial([], { waiting: undefined }));
    expect(page).toContain("Not counted yet.It is counted on the first morning of every Iranian month.");
  });
});

describe("what waits, beside the months before", () => {
  const months = Array.from({ length: 13 }, (_, n) => row(40 + 10 * (n % 2), 100 + 10 * (n % 3)));

  test.each<[string, Row[], string, string]>([
    [
      "both numbers are as usual",
      [...months, row(40, 110)],
      "Month by month, past their deadline and still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته و هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "many more are late",
      [...months, row(90, 110)],
      "Month by month, past their deadline: a real change, for the worse (about 40 before); still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته: تغییر واقعی، رو به بدتر (پیش از آن حدود ۴۰)؛ هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "fewer than 20 are late",
      [...months, row("<20", 110)],
      "Month by month, still in time: within the usual.",
      "ماه به ماه، هنوز در مهلت: در محدودهٔ معمول.",
    ],
    [
      "nothing moved but by one step of rounding",
      [...Array.from({ length: 23 }, () => row(40, 110)), row(50, 110)],
      "Month by month, past their deadline and still in time: within the usual.",
      "ماه به ماه، مهلت‌گذشته و هنوز در مهلت: در محدودهٔ معمول.",
    ],
  ])("where %s", (_, counts, en, fa) => {
    expect(pageOf(counts)).toContain(en);
    expect(pageOf(counts, "/")).toContain(fa);
  });

  test("is not said before there are twelve counts", () => {
    expect(pageOf(months.slice(0, 11))).not.toContain("Month by month,");
  });
});
