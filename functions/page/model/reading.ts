import type { Period } from "#shared/domain/statistics/period.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import type { DerivedCell, PublishedTable } from "#shared/domain/statistics/table-figures.ts";
import type { DerivedTable } from "../material.ts";

/** The last closed period of a kind; undefined where none is closed. */
function lastOf<P extends Period>(closed: readonly P[], kind: Period["kind"]): P | undefined {
  return closed.findLast((period) => period.kind === kind);
}

/** The month of the headline. */
export function lastMonth<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "month");
}

/** The period that lists are made of: the last four quarters, or the last quarter until four are closed. */
export function wholeOf<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "four-quarters") ?? lastOf(closed, "quarter");
}

export function quartersOf(closed: readonly Period[]): Period[] {
  return closed.filter(({ kind }) => kind === "quarter").slice(-4);
}

/** So many periods of four quarters, the last one too, are read to find the agencies whose class changed. */
const windows = 5;

/** Every table that the pages are made of. */
export function tablesOfPages(closed: readonly Period[]): PublishedTable[] {
  const whole = wholeOf(closed);
  const inWhole: Table[] = ["total", "agency", "category", "cause", "county"];
  const pairs: Table[] = whole?.kind === "four-quarters" ? ["agency-category"] : [];
  const asked: PublishedTable[] = [
    ...closed.filter(({ kind }) => kind !== "four-quarters").map((period) => ({ period, table: "total" as const })),
    ...(whole ? [...inWhole, ...pairs].map((table) => ({ period: whole, table })) : []),
    ...[...quartersOf(closed), ...closed.filter(({ kind }) => kind === "four-quarters").slice(-windows)].map(
      (period) => ({ period, table: "agency" as const }),
    ),
  ];
  return [...new Map(asked.map((one) => [named(one), one])).values()];
}

const named = ({ period, table }: PublishedTable) => `${period.kind} ${period.name} ${table}`;

/** The cells of a table; none where it was not published. */
export type Reading = (period: Period | undefined, table: Table) => readonly DerivedCell[];

export function readingOf(tables: readonly DerivedTable[]): Reading {
  const byName = new Map(tables.map((one) => [named(one), one.cells]));
  return (period, table) => (period && byName.get(named({ period, table }))) ?? [];
}

export function cellIn(cells: readonly DerivedCell[], key: string): DerivedCell | undefined {
  return cells.find(({ cell }) => cell.cell === key);
}
