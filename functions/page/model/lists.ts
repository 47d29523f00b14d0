import type { ToldCell } from "#shared/domain/statistics/table-figures.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { cellIn } from "./reading.ts";

/** A count as it is told: `few` is fewer than five or none; nothing tells the two apart. */
export type CountTold = number | "few" | "held-back";

export type ListRow = { id: string; name: Text; count: CountTold; glance: Glance };

type Named = { id: string; name: Text; retiredFrom?: string | undefined };
type Listed = { cells: readonly ToldCell[]; now: Instant; keyOf?: (id: string) => string };

/** One row for each that the province names, the most complaints first; those that have no count last, by the file's order. */
export function listOf(named: readonly Named[], { cells, now, keyOf = (id) => id }: Listed): ListRow[] {
  const rows = named.flatMap((one) => {
    const told = cellIn(cells, keyOf(one.id));
    const count = countOf(told);
    if (isRetired(one, now) && typeof count !== "number") return [];
    return [{ id: one.id, name: one.name, count, glance: glanceOf(told) }];
  });
  const size = ({ count }: ListRow) => (typeof count === "number" ? count : -1);
  return rows.toSorted((one, other) => size(other) - size(one));
}

function countOf(told: ToldCell | undefined): CountTold {
  const all = told?.cell.all ?? "<5";
  return all === "<5" ? "few" : all;
}
