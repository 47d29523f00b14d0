import { describe, expect, test } from "vitest";
import type { ComparisonResult } from "#functions/figures/comparison.ts";
import { type AgencyRow, agencyRow } from "#functions/public-page/model/agencies.ts";
import type { ProvinceView } from "#functions/public-page/model/page-views.ts";
import { agencyAnswer, flagsText } from "#functions/public-page/words/comparing.ts";
import { meanings } from "#functions/public-page/words/labels.ts";
import { textOf } from "#shared/wording/html.ts";
import { aPublishedCell } from "../support/some-counts.ts";
import { derived } from "./page-text.ts";

const gas = { id: "gas", name: { fa: "گاز", en: "Gas" } };
const published = derived(aPublishedCell({ outcome: { late: 50, confirmed: 50 } }, { cell: "gas" }));
const rowOf = (standing: ComparisonResult): AgencyRow =>
  agencyRow(gas, [{ cell: published.cell, figures: { ...published.figures, ...standing } }]);
const says = (row: AgencyRow, comparison: ProvinceView["comparison"] = "compared", language: "fa" | "en" = "en") => {
  const answer = agencyAnswer({ row, comparison }, language);
  return [textOf(answer.heading), textOf(answer.text).trim()].filter(Boolean).join(" ");
};

const byChance = "Such a distance comes about among these peers, by chance or by their work.";
const seldom = "Chance alone seldom does so.";
const far = "Chance alone does not make such a distance.";
const doubted = `${far} But clearly better takes 20 answers of called citizens, and nothing conspicuous.`;

describe("an agency's distance from its peers", () => {
  test.each<[NonNullable<AgencyRow["class"]>, "better" | "worse", number, string]>([
    ["as-expected", "better", 0.4, byChance],
    ["as-expected", "worse", 1.95, byChance],
    ["possibly-different", "worse", 1.96, seldom],
    // 3.0897 is published as 3.09.
    ["possibly-different", "better", 3.09, seldom],
    ["clearly-better", "better", 3.09, far],
    ["clearly-worse", "worse", 3.09, far],
    ["as-expected", "better", 3.09, doubted],
    ["as-expected", "better", 7, doubted],
  ])("where it is %s, on the %s side by %d", (word, comparisonSide, comparisonDistance, distance) => {
    const answer = says(rowOf({ comparisonClass: word, comparisonSide, comparisonDistance }));
    expect(answer.slice(answer.indexOf(";") + 1).trim()).toMatch(new RegExp(`${distance}$`));
    expect(answer.includes("But clearly better")).toBe(distance === doubted);
  });

  test("begins with the confirmed share of the agency", () => {
    expect(
      says(rowOf({ comparisonClass: "possibly-different", comparisonSide: "worse", comparisonDistance: 2 })),
    ).toMatch(/^50 of 100 were confirmed;/);
  });

  test("clearly better takes 20 answers of called citizens and nothing conspicuous, in Persian too", () => {
    const row = rowOf({ comparisonClass: "as-expected", comparisonSide: "better", comparisonDistance: 4 });
    const meaning = meanings.find(({ definition }) => definition === "comparisonClass")?.text ?? expect.unreachable();
    expect(meaning.en).toContain("Clearly better takes 20 answers of called citizens, and nothing conspicuous.");
    for (const persian of [says(row, "compared", "fa"), meaning.fa])
      expect(persian).toMatch(
        /«آشکارا بهتر» دست‌کم ۲۰ پاسخ تلفنی شهروندان می‌خواهد، و اینکه (چیزی|هیچ نشانه‌ای) چشمگیر نباشد/,
      );
  });
});

describe("an agency that is not compared", () => {
  const fewer = (count: number) => agencyRow(gas, [derived({ cell: "gas", count })]);

  test.each<[string, AgencyRow, ProvinceView["comparison"], string]>([
    [
      "before four quarters are closed",
      agencyRow(gas, [published]),
      "too-early",
      "Agencies are held beside their peers once four quarters are closed.",
    ],
    [
      "where too few agencies can be compared",
      agencyRow(gas, [published]),
      "too-few-complaints",
      "It takes five agencies with 20 complaints each in four quarters.",
    ],
    ["with 15 complaints", fewer(15), "compared", "Too few to say."],
    ["with 0 to 4 complaints", fewer(0), "compared", "No data, or fewer than 5; no complaints is no praise."],
  ])("%s is told why", (_, row, comparison, why) => {
    expect(says(row, comparison)).toBe(`It is not compared. ${why}`);
  });

  test.each([
    ["20 judged complaints and no share that can be said", { late: 10, silent: 10 }, undefined],
    ["30 judged complaints", { late: 15, silent: 15 }, "clearly-worse"],
  ])("has a class on the page with %s: %o", (_, outcome, word) => {
    const { cell, figures } = derived(aPublishedCell({ outcome }, { cell: "gas", count: 30 }));
    const row = agencyRow(gas, [
      { cell, figures: { ...figures, comparisonClass: "clearly-worse", comparisonSide: "worse" } },
    ]);
    expect([row.class, row.summary.state]).toEqual([word, word ? "known" : "too-few-complaints"]);
  });
});

test("flags are named, each beside the province's share; none says nothing", () => {
  expect(flagsText([], "en")).toBeUndefined();
  const says = flagsText(["withdrawn", "pressured"], "en");
  expect(says && textOf(says)).toBe(
    "Conspicuous: withdrawals over three times the province’s share, reports of pressure over three times the province’s share.",
  );
});
