import type { PublishedCell, PublishedPeriod } from "./published.ts";

type GroupOf = (agencyId: string) => string | undefined;

/** The period with the peer group that each agency has on the day of publication; only over four quarters are they compared. */
export function withPeers({ period, tallies, tables }: PublishedPeriod, groupOf: GroupOf): PublishedPeriod {
  if (period.kind !== "four-quarters") return { period, tallies, tables };
  const agency = tables.agency?.map((cell) => ({ ...cell, group: groupOf(cell.cell) ?? null }));
  return { period, tallies, tables: { ...tables, agency } };
}

/** The peer groups that a period's agencies were published with; the province file's, where none were kept yet. */
export function peersIn(cells: readonly PublishedCell[], byFile: GroupOf): GroupOf {
  const kept = new Map(cells.map(({ cell, group }) => [cell, group]));
  return (id) => {
    const group = kept.get(id);
    return group === undefined ? byFile(id) : (group ?? undefined);
  };
}
