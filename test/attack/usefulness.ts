import {
  type ComparisonClass,
  compareAgencies,
  comparedAgency,
  comparisonClassOf,
  comparisonDistance,
  expectedShareFor,
  flagsOf,
} from "#functions/figures/comparison.ts";
import { type PublishedCell, type PublishedPeriod, publish } from "#functions/figures/publication.ts";
import { judgedCounts, publishableShare, shareBandOf, shareWithInterval, sum } from "#functions/figures/share.ts";
import { breakdowns, type Counts, readCount, type Table } from "#functions/figures/tables.ts";
import { chooseByWeight, mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { aComplaint, aWorld, countsIn, countsOf, ordinaryOutcomes, publishedOf, type Shape } from "./world.ts";

/** From so many to so many complaints in four quarters, in a peer group of this many agencies. */
type Size = { from: number; to: number; worlds: number; seed: number; group?: number };

/** How many honest agencies there are, and how many of them the public takes for something else. */
export type Mistaken = { agencies: number; better: number; worse: number; flagged: number };

/**
 * Agencies that differ by chance alone: how many stand clearly better or worse by the funnel (before the rule that asks for
 * called citizens), and how many are flagged.
 */
export function honestAgencies({ from, to, worlds, seed, group = 12 }: Size): Mistaken {
  const chance = mulberry32(seed);
  const all = { agencies: 0, better: 0, worse: 0, flagged: 0 };
  const agency = Array.from({ length: group }, (_, n) => `agency-${n + 1}`);
  const ids = { agency, category: ["disrespect"], county: ["qazvin"], cause: [] };
  const period = { kind: "four-quarters" as const, name: "1404-Q4" };
  const serving = new Map(agency.map((id) => [id, new Set(ids.county)]));
  for (let n = 0; n < worlds; n++) {
    const complaints = agency.flatMap((id) => {
      const place = { agency: id, category: "disrespect", county: "qazvin" };
      const size = from + Math.floor(chance() * (to - from + 1));
      return Array.from({ length: size }, () =>
        aComplaint({ outcome: chooseByWeight(chance, ordinaryOutcomes), place, chance }),
      );
    });
    const publishing = { key: `honest ${seed} ${n}`, ids, serving, peerGroupOf: () => "offices" };
    const { tables } = publish({ period, counts: countsOf(complaints) }, publishing);
    const [province] = tables.total ?? [];
    const cells = tables.agency ?? [];
    const expected = expectedShareFor("offices", cells);
    for (const cell of cells) {
      const own = comparedAgency(cell);
      if (!own || !expected || !province) continue;
      const name = comparisonClassOf(comparisonDistance(own, expected));
      all.agencies += 1;
      all.better += Number(name === "clearly-better");
      all.worse += Number(name === "clearly-worse");
      all.flagged += Number(flagsOf(cell, province).length > 0);
    }
  }
  return all;
}

/** Means over years of how many agencies have a band and a class, and in how many the class is that of exact counts. */
export type Useful = { band: number; bandOfExact: number; classed: number; classedOfExact: number; sameClass: number };

/** What the public learns of a year, from published numbers and from exact counts. */
export function usefulnessOf(shape: Omit<Shape, "months">, years: number): Useful {
  const all: Useful = { band: 0, bandOfExact: 0, classed: 0, classedOfExact: 0, sameClass: 0 };
  for (let seed = 1; seed <= years; seed++) {
    const world = aWorld({ ...shape, months: 12 }, seed);
    const year = publishedOf(world, `useful ${seed}`).find(({ period }) => period.kind === "four-quarters");
    if (!year) continue;
    const exact = exactOf(year, countsIn(world.others, year.period));
    const [published, counted] = [classesOf(year), classesOf(exact)];
    all.band += bandsIn(year) / years;
    all.bandOfExact += exactBandsIn(exact) / years;
    all.classed += classedIn(published) / years;
    all.classedOfExact += classedIn(counted) / years;
    all.sameClass += [...published].filter(([id, name]) => counted.get(id) === name).length / years;
  }
  return all;
}

/** The band of exact counts has no variance from rounding. */
function exactBandsIn({ tables }: PublishedPeriod): number {
  const isSaid = (cell: PublishedCell) => {
    const parts = judgedCounts(cell);
    const n = sum(Object.values(parts ?? {}));
    return [parts?.confirmed ?? 0, (parts?.confirmed ?? 0) + (parts?.silent ?? 0)].every((count) => {
      const p = count / n;
      return n > 0 && publishableShare(shareWithInterval({ p, n, variance: (p * (1 - p)) / n }));
    });
  };
  return (tables.agency ?? []).filter(isSaid).length;
}

const bandsIn = ({ tables }: PublishedPeriod) =>
  (tables.agency ?? []).map(shareBandOf).filter(({ low, high }) => low && high).length;
const classedIn = (classes: ReadonlyMap<string, ComparisonClass>) =>
  [...classes.values()].filter((name) => name !== "too-few-complaints").length;

function classesOf({ tables }: PublishedPeriod): Map<string, ComparisonClass> {
  const [province] = tables.total ?? [];
  if (!province) return new Map();
  const standings = compareAgencies({ cells: tables.agency ?? [], province });
  return new Map([...standings].map(([id, standing]) => [id, standing.comparisonClass]));
}

/** The same cells with their true counts. */
export function exactOf({ period, tables }: PublishedPeriod, counts: Counts): PublishedPeriod {
  const exactCell = (table: Table, cell: PublishedCell): PublishedCell => {
    const names = Object.keys(cell.breakdowns ?? {}) as (keyof typeof breakdowns)[];
    const exact = names.map((name) => {
      const count = (one: string) => readCount(counts, { table, cell: cell.cell, measure: `${name}:${one}` });
      return [name, Object.fromEntries(breakdowns[name].map((one) => [one, count(one)]))] as const;
    });
    const count = readCount(counts, { table, cell: cell.cell, measure: "all" });
    return { ...cell, count, ...(exact.length > 0 && { breakdowns: Object.fromEntries(exact) }) };
  };
  const all = Object.entries(tables).map(([table, cells]) => [
    table,
    cells.map((cell) => exactCell(table as Table, cell)),
  ]);
  return { period, tables: Object.fromEntries(all) };
}
