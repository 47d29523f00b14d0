import { type CountiesOfFew, countiesServedByFew } from "#shared/domain/statistics/county-of-few.ts";
import { firstMonthFor } from "#shared/domain/statistics/publication.ts";
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
  const fews = new Map(days.map(({ closing }) => [closing, fewOn(closing, world)]));
  const nesting: Nesting = { holders: new Map(), within: new Map() };
  for (const small of cells)
    for (const day of days.filter(({ closing }) => closing >= small.closing)) {
      const there = placeAt(small.place, day);
      for (const table of Table.options.filter((one) => mayHold(one, there, fews.get(day.closing) ?? {})))
        for (const large of byPlace.get(`${table} ${keyOf(table, there)} ${day.closing}`) ?? [])
          place(nesting, small, large);
    }
  return nesting;
}

/** The counties that few agencies serve in all that is computed when a month closes. */
function fewOn(closing: string, { agencies, months: [first = ""] }: World): CountiesOfFew {
  return countiesServedByFew(agencies, [firstMonthFor(closing), first].sort().at(-1) ?? first);
}

/** Where a county is told of only beside all its agencies it holds none of them back. */
function mayHold(table: Table, place: Place, few: CountiesOfFew): boolean {
  const isSum = place.agency !== undefined && place.county !== undefined && place.county in few;
  return dimensionsOf[table].every((dimension) => dimension in place && !(isSum && dimension === "county"));
}

function place({ holders, within }: Nesting, small: Cell, large: Cell): void {
  if (small === large || !small.months.isSubsetOf(large.months)) return;
  if (small.closing === large.closing) holders.set(small, [...(holders.get(small) ?? []), large]);
  else if (isShown(small)) within.set(large, [...(within.get(large) ?? []), small]);
}
