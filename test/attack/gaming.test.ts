import { describe, expect, test } from "vitest";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { flagsOf } from "#shared/domain/statistics/flags.ts";
import { monthNamed } from "#shared/domain/statistics/iranian-month.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { standingsOf } from "#shared/domain/statistics/standing.ts";
import { noTallies } from "#shared/domain/statistics/tallies.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { agencyIds, aYearOf, type Ways, wayOf } from "./agencies.ts";
import { tallied } from "./publishing.ts";

type Year = { cells: readonly PublishedCell[]; province: PublishedCell };

/** Four quarters of a province as the public reads them. */
function aPublishedYear(seed: number, agencies: readonly string[], waysOf = wayOf): Year {
  const chance = mulberry32(seed);
  const all = agencies.flatMap((agencyId) => {
    const others = agencies.filter((one) => one.startsWith("honest-large") && one !== agencyId);
    return aYearOf(waysOf(agencyId), { agencyId, others, chance });
  });
  const months = Array.from({ length: 12 }, (_, n) => monthNamed(1404, n + 1));
  // Which month each falls into plays no part in the sum of four quarters.
  const cohorts = new Map(months.map((month, n) => [month, n === 0 ? tallied(all) : noTallies()]));
  const values = { agency: agencies, category: ["postponed-without-reason"], county: ["qazvin"], cause: [] };
  const published = publish({
    closing: "1404-12",
    cohorts,
    earlier: [],
    values,
    agencies: [],
    retirable: {},
  });
  const tables = published.find(({ period }) => period.kind === "four-quarters")?.tables;
  const [province] = tables?.total ?? [];
  if (!province) throw new Error("no province");
  return { cells: tables?.agency ?? [], province };
}

/** How one agency stands among honest ones alone: a group is not half of those who play. */
function standingOf(agencyId: string, { cells, province }: Year) {
  const group = cells.filter(({ cell }) => cell === agencyId || /^honest-large-\d/.test(cell));
  return standingsOf({ cells: group, province, groupOf: () => "offices" }).get(agencyId);
}

const years = [1, 2].map((seed) => aPublishedYear(seed, agencyIds));
const told = (agencyId: string) =>
  years.map((year) => {
    const cell = year.cells.find((one) => one.cell === agencyId);
    return { class: standingOf(agencyId, year)?.class, flags: cell ? flagsOf(cell, year.province) : [] };
  });

describe("an agency ends in the class that it deserves", () => {
  test.each([
    ["fast-clicker", "clearly-worse", []],
    ["silent-closer", "clearly-worse", []],
    ["undetermined-to-all", "clearly-worse", []],
    ["late-transferrer", "clearly-worse", ["passed-on"]],
    ["acceptance-presser", "watch", []],
    ["withdrawal-presser", "as-expected", ["withdrawn"]],
    ["self-filer", "as-expected", ["quick-acceptance"]],
    ["extender", "as-expected", ["extended"]],
    ["honest-small", "too-few", []],
  ])("%s: %s, and what stands out is %j", (agencyId, name, flags) => {
    expect(told(agencyId)).toEqual(years.map(() => ({ class: name, flags })));
  });

  test("of one that a rival's front end files against, that stands apart and takes nothing from it", () => {
    for (const year of years) {
      const { parts = {} } = year.cells.find((one) => one.cell === "filed-against") ?? {};
      const apart = parts.outcome?.find(({ classes }) => classes.includes("apart"));
      expect(apart).toMatchObject({ classes: ["pending", "apart"] });
      expect(Math.abs(Number(apart?.shown) - 240)).toBeLessThan(10);
      expect(standingOf("filed-against", year)?.funnelDistance).toBeLessThan(3.09);
    }
  });

  test("no rate is more than the whole, and parts add up to what is shown but for what perturbs them", () => {
    for (const { cells } of years)
      for (const { all, parts = {} } of cells) {
        const outcomes = (parts.outcome ?? []).map(({ shown }) => Number(shown));
        const sum = outcomes.reduce((total, one) => total + one, 0);
        if (outcomes.length > 0) expect(Math.abs(sum - Number(all))).toBeLessThanOrEqual(2 * (outcomes.length + 1));
      }
    const shares = years.flatMap((year) => year.cells.flatMap((cell) => Object.entries(figuresOf(cell))));
    for (const [name, value] of shares)
      if (/^good|Share$|^office\w+h$|^elapsed\w+h$/.test(name) && value !== undefined)
        expect(value).toBeLessThanOrEqual(1);
  });
});

describe("an agency that serves best of all keeps its class", () => {
  const honest = agencyIds.filter((id) => /^honest-large-\d/.test(id));
  // The last one, so that what is filed about it moves no other one's chances.
  const own = honest.at(-1) ?? "";
  const best: Ways = { complaints: 480, served: { well: 0.98, badly: 0.02, late: 0, never: 0 } };
  const stands = (way: Partial<Ways>) => {
    const year = aPublishedYear(1, honest, (id) => (id === own ? { ...best, ...way } : wayOf(id)));
    const cell = year.cells.find((one) => one.cell === own);
    return { class: standingOf(own, year)?.class, flags: cell ? flagsOf(cell, year.province) : [] };
  };

  test.each([
    ["nobody files about it but its own citizens", {}],
    ["a rival's front end files sixty about it", { rivals: 60 }],
    ["a rival's front end files six hundred about it", { rivals: 600 }],
    ["a rival's front end accepts a hundred at once", { rivals: 100, rivalsDo: "accept" }],
    ["a rival's front end withdraws a hundred", { rivals: 100, rivalsDo: "withdraw" }],
  ] satisfies [string, Partial<Ways>][])("where %s", (_, way: Partial<Ways>) => {
    expect(stands(way)).toEqual({ class: "clearly-better", flags: [] });
  });
});

describe("honest agencies that differ by chance alone", () => {
  const alike = agencyIds.filter((id) => /^honest-large-\d/.test(id)).slice(0, 7);
  const seeds = Array.from({ length: 20 }, (_, n) => n + 1);
  const classes = seeds.map((seed) => {
    const year = aPublishedYear(seed, alike, (id) => ({ ...wayOf(id), complaints: 80 }));
    return alike.map((id) => standingOf(id, year)?.class);
  });

  test("are as expected but for one of twenty, and never clearly better or worse", () => {
    const odd = classes.flat().filter((name) => name !== "as-expected");
    expect(new Set(odd)).toEqual(new Set(["watch"]));
    expect(odd.length / classes.flat().length).toBeLessThanOrEqual(0.05);
    expect(classes.filter(([first]) => first === "watch").length).toBeLessThanOrEqual(1);
  });
});
