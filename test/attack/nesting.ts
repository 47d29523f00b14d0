import { type CountiesOfFew, countiesServedByFew } from "#shared/domain/statistics/county-of-few.ts";
import { dimensionsOf, type Place, Table } from "#shared/domain/statistics/table.ts";
import { placeAt } from "./joining.ts";
import { type Cell, isShown, keyOf } from "./tables.ts";
import type { World } from "./world.ts";

/** What is known of which cell holds which. */
export type Nesting = {
  /** Published on the same day, and holding it. */
  holders: Map<Cell, Cell[]>;
  /** Published on an earlier day, shown, and within it. */
  within: Map<Cell, Cell[]>;
};

export function nestingOf(cells: readonly Cell[], world: World): Nesting {
  const byPlace = Map.groupBy(cells, ({ table, key, closing }) => `${table} ${key} ${closing}`);
  const days = [...new Set(cells.map(({ closing }) => closing))].map((closing) => ({ closing, joins: world.joins }));
  const fewIn = fewsOf(world);
  const nesting: Nesting = { holders: new Map(), within: new Map() };
  for (const small of cells)
    for (const day of days.filter(({ closing }) => closing >= small.closing)) {
      const there = placeAt(small.place, day);
      for (const table of Table.options.filter((one) => isWithin(there, one)))
        for (const large of byPlace.get(`${table} ${keyOf(table, there)} ${day.closing}`) ?? [])
          if (mayHold(table, there, fewIn(large))) place(nesting, small, large);
    }
  return nesting;
}

/** The counties that few agencies serve from the beginning of a cell's period on. */
function fewsOf({ agencies }: World): (cell: Cell) => CountiesOfFew {
  const known = new Map<string, CountiesOfFew>();
  return ({ months }) => {
    const [first = ""] = [...months].sort();
    const few = known.get(first) ?? countiesServedByFew(agencies, first);
    known.set(first, few);
    return few;
  };
}

const isWithin = (place: Place, table: Table) => dimensionsOf[table].every((dimension) => dimension in place);

/** Where a county is told of only beside all its agencies it holds none of them back. */
function mayHold(table: Table, place: Place, few: CountiesOfFew): boolean {
  const isSum = place.agency !== undefined && place.county !== undefined && place.county in few;
  return !(isSum && dimensionsOf[table].includes("county"));
}

function place({ holders, within }: Nesting, small: Cell, large: Cell): void {
  if (small === large || !small.months.isSubsetOf(large.months)) return;
  if (small.closing === large.closing) holders.set(small, [...(holders.get(small) ?? []), large]);
  else if (isShown(small)) within.set(large, [...(within.get(large) ?? []), small]);
}
