import { expect, test } from "vitest";
import { ownFigures } from "#shared/domain/statistics/own-figures.ts";
import { type Counted, count, countRetaliation, noTallies } from "#shared/domain/statistics/tallies.ts";
import { counted } from "../support/a-count.ts";
import * as s from "../support/a-story.ts";

const one: Counted = {
  recordKey: 7,
  place: { agency: "gas", category: "postponed-without-reason", county: "qazvin", cause: "conduct" },
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

/** Exactly what water knows of these, and by category. */
function ofWater(stories: readonly s.Story[]) {
  const tallies = noTallies();
  for (const story of stories) count(tallies, counted(story));
  return { own: ownFigures(tallies, "water"), tallies };
}

const on = (day: number) => `2026-11-${day}T06:00:00.000Z`;
const kept = s.expired(s.answered(s.aStory(), on(27)), "2026-12-06T06:00:00.000Z");
const passed = s.passedOn(s.aStory(), "2026-11-25T20:00:00.000Z", "town-hall");
const late = s.answered(passed, on(28), { finding: "undetermined" });

test.each([
  ["answered and withdrawn", "L", s.withdrawn(late, on(29))],
  ["answered, climbed and decided", "L", s.decided(s.climbed(late, on(29)), on(30), { upholdsAnswer: true })],
  ["never answered", "N", s.climbed(passed, on(28))],
])("of what it passed on late and a peer %s, an agency is told exactly the outcome alone", (_, outcome, one) => {
  const { own, tallies } = ofWater([one]);
  const alone = { all: 1, [`outcome:${outcome}`]: 1, "passed-on:passed-on": 1 };
  expect(own).toEqual({ all: alone, categories: { "postponed-without-reason": alone } });
  // What is published counts it as before.
  expect(tallies.tables.agency?.water).toMatchObject({ all: [1, 7], "extended:not-extended": [1, 7] });
});

test("of what it kept, and of what was passed on to it, an agency is told all", () => {
  const given = s.passedOn(s.aStory({ agencyId: "town-hall" }), "2026-11-24T20:00:00.000Z", "water");
  const answered = s.answered(given, on(28), { finding: "founded" });
  const { own } = ofWater([kept, answered, s.withdrawn(late, on(29))]);
  expect(own.all).toMatchObject({
    all: 3,
    "outcome:L": 3,
    "level:0": 2,
    "finding:founded": 2,
    "closure:unconfirmed": 1,
  });
  expect(own.all["closure:withdrawn"] ?? own.all["finding:undetermined"]).toBeUndefined();
});
