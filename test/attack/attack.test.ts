import { describe, expect, test } from "vitest";
import { isOpinion, type Measure, partitionNames } from "#shared/domain/statistics/partition.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedCell, PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { type Counted, countRetaliation } from "#shared/domain/statistics/tallies.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { answering } from "./answering.ts";
import { joined } from "./classes.ts";
import { crossed, crossings } from "./crossing.ts";
import { addedUp } from "./found.ts";
import { leftOut } from "./leaving-out.ts";
import { linear } from "./linear.ts";
import { watched } from "./live.ts";
import { overlapped } from "./overlapping.ts";
import { isPossible } from "./possible.ts";
import { publishedOf, tallied } from "./publishing.ts";
import { ofOneCounty, small, spread, weighed } from "./small-world.ts";
import { type Cell, cellsOf, hiddenOf } from "./tables.ts";
import { aWorld, type Filed, type Shape, shapes, type World } from "./world.ts";

describe.each(shapes.map((shape): [string, Shape] => [shape.name, small(shape)]))("agencies: %s", (_, shape) => {
  const world = aWorld(shape, 7);
  const published = publishedOf(world);

  test("linear programming finds no hidden cell's number, nor two that it must be one of", async () => {
    const cells = cellsOf(world, published);
    expect(hiddenOf(cells).length).toBeGreaterThan(10);
    expect(isPossible(world, cells)).toBe(true);
    expect(await linear(world, cells)).toEqual([]);
  });

  test("who weighs all that is published is sure, and right, of one in a hundred hidden cells at the most", () => {
    // Who knows beside it which agency serves one county alone is tried below.
    const { hidden, named } = weighed({ ...world, onlyCounties: {} }, published);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });
});

test("linear programming finds the number of an agency that is held back where all others say the least that they can", async () => {
  const world = aWorld({ ...small(spread), agencies: 2, months: 1 }, 7);
  const told: Record<string, Pick<Cell, "told" | "truth" | "wholes">> = {
    all: { told: 23, truth: 25, wholes: [] },
    "agency-1": { told: 22, truth: 20, wholes: [] },
    "agency-2": { told: "held-back", truth: 5, wholes: [] },
  };
  const cells = cellsOf(world, publishedOf(world)).flatMap((cell) => {
    const as = told[cell.key];
    return as ? [{ ...cell, ...as }] : [];
  });
  expect(isPossible(world, cells)).toBe(true);
  const found = await linear(world, cells);
  expect(found.map(({ cell, least, most }) => [cell.key, least, most])).toEqual([["agency-2", 5, 5]]);
});

test("who knows too which agency serves one county alone is sure of no more than one in a hundred, where two have a county", () => {
  const world = aWorld({ ...small(ofOneCounty), agencies: 12 }, 7);
  const { hidden, named } = weighed(world, publishedOf(world));
  expect(named).toBeLessThanOrEqual(hidden / 100);
});

describe("who reads beside the counts what else is told", () => {
  const world = aWorld({ ...small(spread), agencies: 8, months: 6, perMonth: 160 }, 7);
  const published = publishedOf(world);

  test.each(crossings)("is sure of one in a hundred at the most of those whom %s and %s tell apart", (...pair) => {
    const { hidden, named } = crossed(world, published, { pair, every: 5 });
    expect(hidden).toBeGreaterThan(100);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });

  test("is sure of one in a hundred at the most of those few whom a partition leaves out", () => {
    const many = aWorld({ ...small(spread), agencies: 14, months: 6, perMonth: 160 }, 7);
    const { hidden, named } = addedUp(leftOut(many, publishedOf(many), 4));
    expect(hidden).toBeGreaterThan(50);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });

  test("is sure of one in a hundred at the most of those groups of the called of which nothing is told", () => {
    const called = aWorld({ ...small(spread), agencies: 14, months: 12, perMonth: 160, agreeing: 0.6 }, 7);
    const { hidden, named } = addedUp(answering(called, publishedOf(called)));
    expect(hidden).toBeGreaterThan(30);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });

  test("is sure of one in a hundred quarters at the most that four quarters have more than the four before", () => {
    const longer = aWorld({ ...small(spread), agencies: 8, months: 15 }, 7);
    const { hidden, named } = overlapped(longer, publishedOf(longer));
    expect(hidden).toBeGreaterThan(20);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });

  test("is sure of one in a hundred classes at the most that are told as one", () => {
    const { hidden, named } = joined(world, published, "outcome", 40);
    expect(hidden).toBeGreaterThan(10);
    expect(named).toBeLessThanOrEqual(hidden / 100);
  });
});

test("who reads month after month how many are overdue is sure of none of whom he knows when their time was up", () => {
  // Four in five are late, and few come and go: what moves by one would be seen.
  const found = watched({ late: 0.8, more: 0.2, closed: 1 / 80, every: 30, complaints: 60 }, mulberry32(5));
  expect(found.hidden).toBeGreaterThan(40);
  expect(found.named).toBe(0);
  const daily = watched({ late: 0.8, more: 0.2, closed: 1 / 80, every: 1, complaints: 60 }, mulberry32(5));
  expect(daily.named).toBeGreaterThan(0);
});

describe("who asks for the same twice or in parts", () => {
  const world = aWorld({ ...small(spread), months: 12, perMonth: 60 }, 3);
  const published = publishedOf(world);

  test("gets the same bytes, whenever it is computed and whatever was filed since", () => {
    expect(JSON.stringify(publishedOf(world))).toBe(JSON.stringify(published));
    const months = world.months.slice(0, 6);
    expect(publishedOf({ ...world, months })).toEqual(
      published.filter(({ period }) => isBefore(period.name, "1404-07")),
    );
  });

  test("gets of a year what its four quarters tell, and of who never was answered one number on all clocks", () => {
    const tables = (kind: string) => published.find(({ period }) => period.kind === kind)?.tables;
    expect(tables("year")?.agency).toEqual(tables("four-quarters")?.agency);
    const alone = (cell: PublishedCell, partition: "outcome" | "time-office" | "time-elapsed", name: string) =>
      cell.parts?.[partition]?.find(({ classes }) => classes.join() === name)?.shown;
    for (const cell of published.flatMap(({ tables }) => Object.values(tables).flat())) {
      const told = [
        alone(cell, "outcome", "N"),
        alone(cell, "time-office", "unanswered"),
        alone(cell, "time-elapsed", "unanswered"),
      ];
      expect(new Set(told.filter((one) => one !== undefined)).size).toBeLessThanOrEqual(1);
    }
  });

  test("does not learn a shown cell's number by averaging what its partitions add up to", () => {
    const guesses = cellsOf(world, published)
      .filter(({ told, wholes }) => typeof told === "number" && wholes.length > 1)
      .map(({ told, wholes, truth }) => Math.round(averageOf(Number(told), wholes)) === truth);
    expect(guesses.length).toBeGreaterThan(100);
    expect(guesses.filter((isRight) => isRight).length / guesses.length).toBeLessThan(0.7);
  });
});

/** Each sum counts by how little it is perturbed: a part of it by one complaint or so. */
function averageOf(own: number, wholes: readonly number[][]): number {
  const told = [[own], ...wholes].map((parts) => ({
    sum: parts.reduce((total, one) => total + one, 0),
    weight: 1 / parts.length,
  }));
  const weight = told.reduce((total, one) => total + one.weight, 0);
  return told.reduce((total, one) => total + one.sum * one.weight, 0) / weight;
}

describe("an agency that knows its own exact counts", () => {
  const world = aWorld(small(spread), 5);

  /** The world in which the first complaint of its second month counts in more classes. */
  function withMeasures(more: Measure[]): World {
    const changed = (one: Counted): Counted => ({
      ...one,
      measures: [...one.measures.filter((measure) => !isSaid(measure)), ...more],
    });
    const [, month = ""] = world.months;
    const all = (world.filed.get(month) ?? []).map((one, n): Filed => {
      return n > 0 ? one : { early: changed(one.early), late: changed(one.late) };
    });
    return { ...world, filed: new Map([...world.filed, [month, all]]) };
  }
  const isSaid = (measure: Measure) => partitionNames.some((name) => isOpinion(name) && measure.startsWith(`${name}:`));
  const none = publishedOf(withMeasures([]));

  test.each([
    ["an opinion", ["solved:no", "handling:1", "pressed:pressed"], /^(solved|handling|pressed)$/],
    [
      "what somebody said who was called",
      [
        "called-outcome:answered",
        "called-silent-solved:no",
        "called-silent-handling:1",
        "called-silent-pressed:not-pressed",
      ],
      /^called-(outcome|silent-)/,
    ],
  ] as [string, Measure[], RegExp][])(
    "reads the same but for the opinions of a quarter, with %s and without",
    (_, more, partition) => {
      const withIt = publishedOf(withMeasures(more));
      for (const [n, { period, tables }] of withIt.entries()) {
        const other = none[n]?.tables;
        if (period.kind === "month") expect(tables).toEqual(other);
        expect(withoutParts(tables, partition)).toEqual(withoutParts(other, partition));
      }
    },
  );

  test("reads the same with a report of retaliation and without, but for a year's count of the province", () => {
    const cohorts = (reports: number) => {
      const tallies = tallied((world.filed.get("1404-01") ?? []).map(({ early }) => early));
      for (let n = 0; n < reports; n++) countRetaliation(tallies, n);
      return new Map([["1404-01", tallies]]);
    };
    const told = (reports: number) =>
      publish({
        closing: "1404-01",
        cohorts: cohorts(reports),
        earlier: [],
        values: world.values,
        agencies: [],
        retirable: {},
      });
    expect(told(30).map(({ tables }) => tables)).toEqual(told(0).map(({ tables }) => tables));
  });
});

function withoutParts(tables: PublishedPeriod["tables"] | undefined, partition: RegExp): unknown {
  return JSON.parse(JSON.stringify(tables, (key, value) => (partition.test(key) ? undefined : value)));
}

const isBefore = (name: string, month: string) =>
  name.includes("Q") ? name <= "1404-Q2" : name < month && name.length > 4;
