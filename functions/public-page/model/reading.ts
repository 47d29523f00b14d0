import type { DerivedCell, PublishedTable } from "#functions/figures/table-figures.ts";
import type { Table } from "#functions/figures/tables.ts";
import { isRetired } from "#shared/province/retirement.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Period } from "#shared/time/period.ts";
import type { LocalizedText } from "#shared/vocabulary.ts";
import type { DerivedTable } from "./material.ts";
import { type OutcomeSummary, summarize } from "./summary.ts";

/** The last closed period of a kind; undefined if none is closed. */
function lastOf<P extends Period>(closed: readonly P[], kind: Period["kind"]): P | undefined {
  return closed.findLast((period) => period.kind === kind);
}

/** The month that headlines show; undefined before one is closed. */
export function lastMonth<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "month");
}

/** The period that lists show: the last four quarters, or the last quarter until four quarters are closed. */
export function longestPeriodOf<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "four-quarters") ?? lastOf(closed, "quarter");
}

export function quartersOf(closed: readonly Period[]): Period[] {
  return closed.filter(({ kind }) => kind === "quarter").slice(-4);
}

/** How many periods of four quarters are read, the last included, to find agencies whose class changed. */
const fourQuarterPeriods = 5;

/** All tables that the pages show. */
export function tablesOfPages(closed: readonly Period[]): PublishedTable[] {
  const longest = longestPeriodOf(closed);
  const listTables: Table[] = ["total", "agency", "category", "cause", "county"];
  const agencyTables: Table[] = longest?.kind === "four-quarters" ? ["agency-category"] : [];
  const needed: PublishedTable[] = [
    ...closed.filter(({ kind }) => kind !== "four-quarters").map((period) => ({ period, table: "total" as const })),
    ...(longest ? [...listTables, ...agencyTables].map((table) => ({ period: longest, table })) : []),
    ...[...quartersOf(closed), ...closed.filter(({ kind }) => kind === "four-quarters").slice(-fourQuarterPeriods)].map(
      (period) => ({ period, table: "agency" as const }),
    ),
  ];
  return [...new Map(needed.map((one) => [tableName(one), one])).values()];
}

const tableName = ({ period, table }: PublishedTable) => `${period.kind} ${period.name} ${table}`;

/** The cells of a table; none if it was not published. */
type ReadCells = (period: Period | undefined, table: Table) => readonly DerivedCell[];

export function cellReader(tables: readonly DerivedTable[]): ReadCells {
  const byName = new Map(tables.map((one) => [tableName(one), one.cells]));
  return (period, table) => (period && byName.get(tableName({ period, table }))) ?? [];
}

export function cellIn(cells: readonly DerivedCell[], key: string): DerivedCell | undefined {
  return cells.find(({ cell }) => cell.cell === key);
}

/** `count`: the published count; 0 means 0 to 4 complaints. */
export type ListRow = { id: string; name: LocalizedText; count: number; summary: OutcomeSummary };

type Named = { id: string; name: LocalizedText; retiredFrom?: string | undefined };
type ListInput = { cells: readonly DerivedCell[]; now: Instant; keyOf?: (id: string) => string };

/** One row for each entry of the province file, most complaints first. A retired entry is listed only if it has complaints. */
export function listRows(named: readonly Named[], { cells, now, keyOf = (id) => id }: ListInput): ListRow[] {
  const rows = named.flatMap((one) => {
    const derived = cellIn(cells, keyOf(one.id));
    const count = derived?.cell.count ?? 0;
    if (isRetired(one, now) && count === 0) return [];
    return [{ id: one.id, name: one.name, count, summary: summarize(derived) }];
  });
  return rows.toSorted((one, other) => other.count - one.count);
}
