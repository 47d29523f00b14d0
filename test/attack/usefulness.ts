import { bandOf, judgedParts } from "#shared/domain/statistics/band.ts";
import { breakdowns } from "#shared/domain/statistics/breakdown.ts";
import { type Class, standingsOf } from "#shared/domain/statistics/comparison.ts";
import { type Counts, countIn } from "#shared/domain/statistics/counts.ts";
import type { PublishedCell, PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { sayable, withInterval } from "#shared/domain/statistics/share.ts";
import { sum } from "#shared/domain/statistics/sum.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import { aWorld, countsIn, publishedOf, type Shape } from "./world.ts";

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
    const parts = judgedParts(cell);
    const n = sum(Object.values(parts ?? {}));
    return [parts?.confirmed ?? 0, (parts?.confirmed ?? 0) + (parts?.silent ?? 0)].every((count) => {
      const p = count / n;
      return n > 0 && sayable(withInterval({ p, n, variance: (p * (1 - p)) / n }));
    });
  };
  return (tables.agency ?? []).filter(isSaid).length;
}

const bandsIn = ({ tables }: PublishedPeriod) =>
  (tables.agency ?? []).map(bandOf).filter(({ low, high }) => low && high).length;
const classedIn = (classes: ReadonlyMap<string, Class>) =>
  [...classes.values()].filter((name) => name !== "too-few").length;

function classesOf({ tables }: PublishedPeriod): Map<string, Class> {
  const [province] = tables.total ?? [];
  if (!province) return new Map();
  const standings = standingsOf({ cells: tables.agency ?? [], province });
  return new Map([...standings].map(([id, standing]) => [id, standing.class]));
}

/** The same cells with their true counts. */
export function exactOf({ period, tables }: PublishedPeriod, counts: Counts): PublishedPeriod {
  const exactCell = (table: Table, cell: PublishedCell): PublishedCell => {
    const names = Object.keys(cell.breakdowns ?? {}) as (keyof typeof breakdowns)[];
    const exact = names.map((name) => {
      const count = (one: string) => countIn(counts, { table, cell: cell.cell, measure: `${name}:${one}` });
      return [name, Object.fromEntries(breakdowns[name].map((one) => [one, count(one)]))] as const;
    });
    const count = countIn(counts, { table, cell: cell.cell, measure: "all" });
    return { ...cell, count, ...(exact.length > 0 && { breakdowns: Object.fromEntries(exact) }) };
  };
  const all = Object.entries(tables).map(([table, cells]) => [
    table,
    cells.map((cell) => exactCell(table as Table, cell)),
  ]);
  return { period, tables: Object.fromEntries(all) };
}
