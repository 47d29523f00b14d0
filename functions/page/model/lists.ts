import type { DerivedCell } from "#shared/domain/statistics/table-figures.ts";
import type { Instant } from "#shared/domain/time/instant.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import type { Text } from "#shared/domain/vocabulary.ts";
import { type Glance, glanceOf } from "./glance.ts";
import { cellIn } from "./reading.ts";

/** `count`: as published; 0 is 0 to 4 complaints. */
export type ListRow = { id: string; name: Text; count: number; glance: Glance };

type Named = { id: string; name: Text; retiredFrom?: string | undefined };
type Listed = { cells: readonly DerivedCell[]; now: Instant; keyOf?: (id: string) => string };

/** One row for each name of the province file, the most complaints first; retired ones only as long as they have some. */
export function listOf(named: readonly Named[], { cells, now, keyOf = (id) => id }: Listed): ListRow[] {
  const rows = named.flatMap((one) => {
    const derived = cellIn(cells, keyOf(one.id));
    const count = derived?.cell.count ?? 0;
    if (isRetired(one, now) && count === 0) return [];
    return [{ id: one.id, name: one.name, count, glance: glanceOf(derived) }];
  });
  return rows.toSorted((one, other) => other.count - one.count);
}
