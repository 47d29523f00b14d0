import { describe, expect, test } from "vitest";
import { callProbability } from "#shared/domain/statistics/call-probability.ts";
import { partsShown } from "#shared/domain/statistics/cell.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { type Partition, partitions } from "#shared/domain/statistics/partition.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { mulberry32, weighted } from "../../infra/demo/year/chance.ts";
import type { Chance } from "../support/chance.ts";

/** How likely a silent citizen agrees to be called, by whether it was solved. */
type Mood = { solved: number; unsolved: number };

const quarterly = 400;
/** Of the silent fewer think that it was solved than of those who say so at once. */
const solvedOfSilent = 0.35;

/** The share that truly went well in a year, and the middle of the band that the public reads. */
function aYear(chance: Chance, agrees: Mood): { truth: number; low: number; mid: number; high: number } {
  const quarters = Array.from({ length: 4 }, () => aQuarter(chance, agrees));
  const whole = cellOf(quarters.flatMap(({ classes }) => classes));
  const probability = callProbability(quarterly);
  const called = { cell: whole, quarters: quarters.map(({ classes }) => ({ cell: cellOf(classes), probability })) };
  const { goodLow = 0, goodMid = Number.NaN, goodHigh = 0 } = figuresOf(whole, { called: [called] });
  const well = quarters.reduce((sum, one) => sum + one.well, 0);
  return { truth: well / (4 * quarterly), low: goodLow, mid: goodMid, high: goodHigh };
}

type Class = [partition: Partition, name: string, key: number];

function aQuarter(chance: Chance, agrees: Mood): { classes: Class[]; well: number } {
  const classes: Class[] = [];
  let well = 0;
  for (let n = 0; n < quarterly; n++) {
    const key = Math.floor(chance() * 256);
    const outcome = weighted(chance, { D: 0.05, N: 0.05, L: 0.1, U: 0.45, G: 0.35 });
    classes.push(["outcome", outcome, key]);
    const isSolved = outcome === "G" || (outcome === "U" && chance() < solvedOfSilent);
    if (isSolved) well++;
    const isCalled =
      outcome === "U" && chance() < callProbability(quarterly) && chance() < agrees[isSolved ? "solved" : "unsolved"];
    if (isCalled) classes.push(["called-silent-solved", isSolved ? "yes" : "no", key]);
  }
  return { classes, well };
}

function cellOf(classes: readonly Class[]): PublishedCell {
  const parts = (["outcome", "called-silent-solved"] as const).map((partition) => {
    const tallies = partitions[partition].map((name) => {
      const keys = classes.filter(([one, of]) => one === partition && of === name).map(([, , key]) => key);
      return [name as string, { n: keys.length, k: keys.reduce((sum, key) => (sum + key) % 256, 0) }] as const;
    });
    return [partition, partsShown(tallies)] as const;
  });
  return {
    cell: "all",
    all: classes.filter(([partition]) => partition === "outcome").length,
    parts: Object.fromEntries(parts),
  };
}

/** By how much the middle is above the truth, on average over many years; and the halfway point of the band beside it. */
function biasOf(agrees: Mood): { mid: number; halfway: number } {
  const chance = mulberry32(20);
  const years = Array.from({ length: 100 }, () => aYear(chance, agrees)).filter(({ mid }) => !Number.isNaN(mid));
  const mean = (of: (year: (typeof years)[number]) => number) =>
    years.reduce((sum, one) => sum + of(one), 0) / years.length;
  return {
    mid: mean(({ mid, truth }) => mid - truth),
    halfway: mean(({ low, high, truth }) => (low + high) / 2 - truth),
  };
}

describe("the middle of the band, where the silent are unhappier than the rest", () => {
  const alike = biasOf({ solved: 0.3, unsolved: 0.3 });
  const byMood = [biasOf({ solved: 0.36, unsolved: 0.24 }), biasOf({ solved: 0.24, unsolved: 0.36 })];

  test("would be seven points too high halfway, which is why nobody is told that", () => {
    expect(alike.halfway).toBeCloseTo(0.0675, 2);
  });

  test("is right where three in ten agree to be called, whatever they think", () => {
    expect(Math.abs(alike.mid)).toBeLessThan(0.01);
  });

  test("is four points off where who is content agrees more often, or less: that no weight can mend", () => {
    expect(byMood.map(({ mid }) => Math.round(mid * 100))).toEqual([4, -4]);
  });
});
