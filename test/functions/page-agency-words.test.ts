import { expect, test } from "vitest";
import { textOf } from "#shared/domain/telling/html.ts";
import type { AgencyRow } from "../../functions/page/model/agencies.ts";
import { agencyAnswer } from "../../functions/page/words/agency.ts";

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
