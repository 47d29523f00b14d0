import { describe, expect, test } from "vitest";
import { publish } from "#functions/figures/publication.ts";
import { believed, chancePublished, misses, namedByRound, resultOf, sumOf } from "../attack/belief.ts";
import { byThree, issuesOf, withIssues, withOutages } from "../attack/issues.ts";
import { type Knowledge, knowledgeOf, type Quantity } from "../attack/knowledge.ts";
import { determined } from "../attack/linear.ts";
import { askedByAgency, askedByNeighbour } from "../attack/persons.ts";
import { exactOf } from "../attack/usefulness.ts";
import { namedWaiting } from "../attack/waiting.ts";
import { aWorld, type Publisher, publishedOf, type Shape } from "../attack/world.ts";
import { poissonProbability } from "../support/chance.ts";

const spread: Shape = { name: "spread", agencies: 6, countiesEach: 6, perMonth: 30, months: 15 };
const key = "the statistics key of a test";
const world = aWorld(spread, 1);
const knowledge = knowledgeOf(world, publishedOf(world, key));
const year = aWorld({ ...spread, agencies: 3, perMonth: 8, months: 12 }, 1);
const quarter = aWorld({ ...spread, agencies: 3, perMonth: 20, months: 3 }, 1);

const namedIn = (known: Knowledge) => resultOf([namedByRound(known)]).all;

/** In one small world a single name is over a table's bar, and a key may be unlucky: six worlds are counted together. */
function namedInSix(shape: Shape) {
  const namedInWorld = (seed: number) => {
    const one = aWorld(shape, seed);
    return namedByRound(knowledgeOf(one, publishedOf(one, `${key} ${seed}`)));
  };
  return resultOf([1, 2, 3, 4, 5, 6].map(namedInWorld)).all;
}

/** Publishes true counts. */
const unrounded: Publisher = (counted, publishing) => exactOf(publish(counted, publishing), counted.counts);

test("who weighs all that is published names no more than the bar in any table", () => {
  const found = namedInSix(spread);
  const { numbers, named } = sumOf(found);
  expect(numbers).toBeGreaterThan(6 * 700);
  expect(named).toBeLessThanOrEqual(numbers / 100);
  expect(misses(found)).toEqual([]);
});

test("nor does he where each agency is in one county", () => {
  expect(misses(namedInSix({ ...spread, countiesEach: 1 }))).toEqual([]);
});

test("nor a filer who knows 4 to 10 complaints of his own at each agency in each category", () => {
  const found = namedInSix({ ...spread, own: [4, 10] });
  expect(sumOf(found).numbers).toBeGreaterThan(6 * 700);
  expect(misses(found)).toEqual([]);
});

/** A world with outages, and what is known of it without the public issues and with them. */
function withPublicIssues(shape: Shape, seed: number) {
  const { world, dated } = withOutages(aWorld(shape, seed), { seed, perMonth: 1 });
  const published = publishedOf(world, `${key} ${seed}`);
  const known = knowledgeOf(world, published);
  const issues = issuesOf(world, { dated, rule: byThree });
  return { issues, known, wiser: withIssues(known, { world, published, issues }) };
}

describe("who also reads the public issues", () => {
  const worlds = [1, 2, 3, 4, 5, 6].map((seed) => withPublicIssues(spread, seed));

  test("knows of some counts that they are not smaller, and is never wrong", () => {
    expect(worlds.flatMap(({ issues }) => issues).length).toBeGreaterThan(30);
    const quantities = worlds.flatMap(({ wiser }) => [...wiser.quantities.values()]);
    expect(quantities.filter(({ least }) => least === 3).length).toBeGreaterThan(30);
    expect(quantities.filter(({ least, truth }) => least > truth)).toEqual([]);
  });

  test("names no more than the bar in any table", () => {
    const found = resultOf(worlds.map(({ wiser }) => namedByRound(wiser))).all;
    expect(sumOf(found).numbers).toBeGreaterThan(6 * 700);
    expect(misses(found)).toEqual([]);
  });

  test("determines no small count by linear programming", async () => {
    const { issues, wiser } = withPublicIssues({ ...spread, agencies: 3, perMonth: 20, months: 3 }, 1);
    expect(issues.length).toBeGreaterThan(1);
    expect(await determined(wiser)).toEqual([]);
  });
});

test("a neighbour of a complainant, and an agency that wants an opinion, name at most one in a hundred", () => {
  for (const { asked, named } of [askedByNeighbour(world, knowledge), askedByAgency(world, knowledge)]) {
    expect(asked).toBeGreaterThan(300);
    expect(named).toBeLessThanOrEqual(asked / 100);
  }
});

test("a nearly empty backlog is not named", () => {
  const means = [0.05, 0.1, 0.3, 0.5, 1, 2];
  const found = namedWaiting(
    means.map((mean) => ({ mean, own: 0 })),
    { months: 100, key },
  );
  expect(found.numbers).toBeGreaterThan(100);
  expect(found.named).toBeLessThanOrEqual(found.numbers / 50);
});

test("linear programming determines no small count", async () => {
  expect(await determined(knowledgeOf(quarter, publishedOf(quarter, key)))).toEqual([]);
});

test("the attack names nearly everything that is published unrounded, and linear programming determines it", async () => {
  const known = knowledgeOf(quarter, publishedOf(quarter, key, unrounded), 1);
  const { numbers, named } = sumOf(namedIn(known));
  expect(named).toBe(numbers);
  expect((await determined(known)).length).toBeGreaterThan(20);
});

test("the attack names far more than the bar where each period is published anew ten times, each time rounded anew", () => {
  const tenTimes = (draw: number) =>
    Array.from({ length: 10 }, (_, n) => publishedOf(year, `${key} ${draw} ${n}`)).flat();
  const { numbers, named } = sumOf(resultOf([1, 2, 3].map((n) => namedByRound(knowledgeOf(year, tenTimes(n))))).all);
  expect(named).toBeGreaterThan(numbers / 10);
});

test("what is believed of the parts of a sum is what Bayes' rule says, value by value", () => {
  const quantity = (name: string, mean: number, value: number): Quantity => {
    const numbers = [{ value, group: "quarter agency: counts" }];
    return { name, truth: 1, own: 0, mean, least: 0, most: Number.POSITIVE_INFINITY, numbers };
  };
  const [whole, one, other] = [quantity("whole", 3, 5), quantity("one", 1, 0), quantity("other", 2, 5)];
  const quantities = new Map([whole, one, other].map((each) => [each.name, each]));
  const sums = new Map([["sum", { whole, parts: [one, other] }]]);
  const { likely } = believed({ quantities, sums, base: 5 }, 40).get(one) ?? expect.unreachable();
  const published = (n: number, value: number) => chancePublished(value, { n, base: 5 });
  const weights = [0, 1, 2, 3, 4].map((a) =>
    Array.from({ length: 10 }, (_, b) => {
      return (
        poissonProbability(a, 1) * published(a, 0) * poissonProbability(b, 2) * published(b, 5) * published(a + b, 5)
      );
    }).reduce((all, weight) => all + weight, 0),
  );
  const total = weights.reduce((all, weight) => all + weight, 0);
  for (const [n, weight] of weights.entries()) expect(likely[n]).toBeCloseTo(weight / total, 6);
});
