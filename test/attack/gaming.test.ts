import { describe, expect, test } from "vitest";
import { compareAgencies, flagsOf } from "#functions/figures/comparison.ts";
import { figuresOf } from "#functions/figures/figures.ts";
import { type PublishedCell, publish } from "#functions/figures/publication.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { comparisonLimits } from "#shared/policy-numbers.ts";
import { type Agency, agencies, complaintsOf, honest } from "./agencies.ts";
import { honestAgencies } from "./usefulness.ts";
import { countsOf } from "./world.ts";

type Year = { cells: readonly PublishedCell[]; province: PublishedCell };

const honestIds = Array.from({ length: 15 }, (_, n) => `honest-${n + 1}`);
const isHonest = (id: string) => honestIds.includes(id);

/** Four quarters of a province as the public reads them. */
function aPublishedYear(seed: number, all: Record<string, Agency>): Year {
  const chance = mulberry32(seed);
  const peers = Object.keys(all);
  const complaints = Object.entries(all).flatMap(([agencyId, agency]) => {
    const others = peers.filter((one) => isHonest(one) && one !== agencyId);
    return complaintsOf(agency, { agencyId, others, peers, chance });
  });
  const ids = { agency: peers, category: ["postponed-without-reason"], county: ["qazvin"], cause: [] };
  const period = { kind: "four-quarters" as const, name: "1404-Q4" };
  const serving = new Map(peers.map((id) => [id, new Set(ids.county)]));
  const publishing = { key: `year ${seed}`, ids, serving, peerGroupOf: () => "offices" };
  const { tables } = publish({ period, counts: countsOf(complaints) }, publishing);
  const [province] = tables.total ?? [];
  if (!province) throw new Error("no province");
  return { cells: tables.agency ?? [], province };
}

/** How an agency stands among honest ones alone: a peer group is not half of those who play tricks. */
function standingIn({ cells, province }: Year, id: string) {
  const cell = cells.find((one) => one.cell === id);
  const group = cells.filter((one) => one === cell || isHonest(one.cell));
  const standing = compareAgencies({ cells: group, province }).get(id);
  return {
    class: standing?.comparisonClass,
    flags: cell ? flagsOf(cell, province) : [],
    distance: standing?.comparisonDistance,
  };
}

const withHonest = (more: Record<string, Agency>) => ({
  ...more,
  ...Object.fromEntries(honestIds.map((id) => [id, honest])),
});
const years = [1, 2].map((seed) => aPublishedYear(seed, withHonest(agencies)));

test.each([
  ["never-answering", "clearly-worse", []],
  ["silent-closer", "clearly-worse", []],
  ["undetermined-to-all", "clearly-worse", []],
  ["late-transferrer", "clearly-worse", ["transferred-out"]],
  ["withdrawal-presser", "as-expected", ["withdrawn", "pressured"]],
  ["acceptance-presser", "as-expected", ["pressured"]],
  ["self-filer", "as-expected", ["quick-acceptance"]],
  ["extender", "as-expected", ["extended"]],
  ["honest-small", "too-few-complaints", []],
])("an agency ends in the class that it deserves: %s is %s, with the flags %j", (id, name, flags) => {
  expect(years.map((year) => standingIn(year, id))).toMatchObject(years.map(() => ({ class: name, flags })));
});

test("the acceptance presser and the self-filer would be clearly better without their flags", () => {
  for (const id of ["acceptance-presser", "self-filer"])
    for (const year of years) expect(standingIn(year, id).distance).toBeGreaterThan(comparisonLimits.clear);
});

test("complaints that a rival's front end files are excluded, and take nothing from the agency", () => {
  for (const year of years) {
    const { breakdowns } = year.cells.find(({ cell }) => cell === "filed-against") ?? {};
    expect(Math.abs((breakdowns?.outcome?.excluded ?? 0) - 240)).toBeLessThan(5);
    expect(standingIn(year, "filed-against")).toMatchObject({ class: "as-expected", flags: [] });
  }
});

test("no share is more than the whole, and the parts of a whole breakdown add up to the count but for rounding", () => {
  for (const { cells, province } of years)
    for (const cell of [...cells, province]) {
      const outcomes = Object.values(cell.breakdowns?.outcome ?? {});
      const all = outcomes.reduce((total, one) => total + one, 0);
      if (outcomes.length > 0) expect(Math.abs(all - cell.count)).toBeLessThanOrEqual(4 * (outcomes.length + 1));
      for (const [name, value] of Object.entries(figuresOf(cell)))
        if (/^good|Share$|Within\d+h$/.test(name)) expect(value).toBeLessThanOrEqual(1);
    }
});

describe("an agency that serves best of all keeps its class", () => {
  const best: Agency = { complaints: 480, served: { well: 0.98, badly: 0.02, late: 0, never: 0 } };

  test.each([
    ["only its own citizens file about it", {}],
    ["a rival's front end files sixty complaints about it", { rivals: 60 }],
    ["a rival's front end files six hundred complaints about it", { rivals: 600 }],
    ["a rival's front end accepts a hundred at once", { rivals: 100, rivalsDo: "accept" }],
    ["a rival's front end withdraws a hundred", { rivals: 100, rivalsDo: "withdraw" }],
  ] satisfies [string, Partial<Agency>][])("where %s", (_, tricks: Partial<Agency>) => {
    const year = aPublishedYear(1, withHonest({ best: { ...best, ...tricks } }));
    expect(standingIn(year, "best")).toMatchObject({ class: "clearly-better", flags: [] });
  });

  test("but not where fewer than twenty citizens could be called", () => {
    const year = aPublishedYear(1, withHonest({ best: { ...best, phones: 0.02 } }));
    expect(standingIn(year, "best")).toMatchObject({ class: "as-expected", flags: [] });
  });
});

test.each([
  { from: 20, to: 39, worlds: 60 },
  { from: 40, to: 99, worlds: 30 },
  { from: 100, to: 300, worlds: 24 },
])(
  "of honest agencies that differ by chance alone, with $from to $to complaints, at most 1 % are flagged or clearly different",
  (size) => {
    const { agencies: all, better, worse, flagged } = honestAgencies({ ...size, seed: 1 });
    expect(all).toBeGreaterThan(250);
    expect(better / all).toBeLessThanOrEqual(0.01);
    expect(worse / all).toBeLessThanOrEqual(0.01);
    expect(flagged / all).toBeLessThanOrEqual(0.01);
  },
);
