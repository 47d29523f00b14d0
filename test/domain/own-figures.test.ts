import { expect, test } from "vitest";
import { ownFigures } from "#shared/domain/statistics/own-figures.ts";
import { type Counted, count, countRetaliation, noTallies } from "#shared/domain/statistics/tallies.ts";

const one: Counted = {
  recordKey: 7,
  place: { agency: "gas", category: "delay", county: "qazvin", cause: "conduct" },
  measures: ["outcome:G", "finding:founded", "closure:confirmed"],
  holders: [{ agencyId: "gas", passedOn: false }],
};
const opinion: Counted["measures"] = ["solved:no", "handling:1", "pressed:pressed", "called-silent-solved:no"];

/** What the agency is told of its own work, byte for byte. */
function told(measures: Counted["measures"], retaliations: number): string {
  const tallies = noTallies();
  count(tallies, { ...one, measures });
  for (let n = 0; n < retaliations; n++) countRetaliation(tallies, 200);
  return JSON.stringify(ownFigures(tallies, "gas"));
}

test("what an agency is told of its own work is the same whether or not there was an opinion, a call or a report", () => {
  const plain = told(one.measures, 0);
  expect(plain).toContain('"outcome:G":1');
  expect(told([...one.measures, ...opinion], 0)).toBe(plain);
  expect(told(one.measures, 3)).toBe(plain);
});
