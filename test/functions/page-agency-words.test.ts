import { expect, test } from "vitest";
import { textOf } from "#shared/domain/telling/html.ts";
import { type AgencyRow, agencyRow } from "../../functions/page/model/agencies.ts";
import { agencyAnswer } from "../../functions/page/words/agency.ts";
import { meanings } from "../../functions/page/words/prose.ts";

const rowOf = (stands: Pick<AgencyRow, "class" | "byFunnel">): AgencyRow => ({
  id: "gas",
  name: { fa: "گاز", en: "Gas" },
  glance: { state: "few" },
  confirmed: undefined,
  flags: [],
  ...stands,
});

const byChance = "by chance or by what they do.";
const seldom = "Chance alone seldom does so.";
const far = "Chance alone does not make such a distance.";

test.each([
  ["as-expected", "as-expected", byChance],
  ["watch", "watch", seldom],
  ["clearly-better", "clearly-better", far],
  ["clearly-worse", "clearly-worse", far],
  ["as-expected", "clearly-better", `${far} But clearly better takes ten called citizens who had accepted`],
  ["watch", "clearly-better", `${far} But citizens who had accepted said, when called, over three times as often`],
  ["watch", "as-expected", `${byChance} But citizens who had accepted said, when called, over three times as often`],
] as const)("an agency that is %s and by its distance %s is told why", (word, byFunnel, says) => {
  const answer = agencyAnswer({ row: rowOf({ class: word, byFunnel }), comparison: "compared" }, "en");
  expect(textOf(answer.says)).toContain(says);
  if (word === byFunnel) expect(textOf(answer.says)).not.toContain("But");
});

test.each<[NonNullable<AgencyRow["class"]>, "better" | "worse", number, string, string | undefined]>([
  // −1.9597, and 1.9597, told as 1.96
  ["as-expected", "worse", 1.96, byChance, undefined],
  ["as-expected", "better", 1.96, byChance, undefined],
  // −3.0897, and 3.0897, told as 3.09
  ["watch", "worse", 3.09, seldom, undefined],
  ["watch", "better", 3.09, seldom, undefined],
  ["as-expected", "better", 3.09, far, "But clearly better takes ten called citizens"],
  ["watch", "better", 3.091, far, "But citizens who had accepted said, when called"],
  ["watch", "worse", 1.959, byChance, "But citizens who had accepted said, when called"],
  ["watch", "worse", 1.96, seldom, undefined],
  ["clearly-worse", "worse", 3.09, far, undefined],
  ["clearly-better", "better", 3.09, far, undefined],
])(
  "one that is %s and %s, %d from what is expected, is told only what calls may have taken",
  (word, side, distance, chance, but) => {
    const figures = { class: word, funnelSide: side, funnelDistance: distance };
    const row = agencyRow(
      { id: "gas", name: { fa: "گاز", en: "Gas" } },
      {
        cells: [{ cell: { cell: "gas", all: "<5" }, figures }],
        expected: undefined,
      },
    );
    const says = textOf(agencyAnswer({ row, comparison: "compared" }, "en").says);
    expect(says).toContain(chance);
    expect(says.slice(says.indexOf(chance) + chance.length).trim()).toMatch(but ? new RegExp(`^${but}`) : /^$/);
  },
);

test("clearly better takes citizens whom somebody called, in Persian too, and not ten who called", () => {
  const row = rowOf({ class: "as-expected", byFunnel: "clearly-better" });
  const { fa } = meanings.find(({ definition }) => definition === "class")?.text ?? expect.unreachable();
  for (const says of [textOf(agencyAnswer({ row, comparison: "compared" }, "fa").says), fa]) {
    expect(says).toContain("گواهی ده شهروند می‌خواهد که پاسخ را پذیرفته بودند و با آنان تماس گرفتیم");
  }
});
