import type { Period } from "#shared/domain/statistics/period.ts";
import type { Table } from "#shared/domain/statistics/table.ts";
import type { PublishedTable, ToldCell } from "#shared/domain/statistics/table-figures.ts";
import type { ToldTable } from "../material.ts";

/** The last closed period of a kind; undefined where none is closed. */
function lastOf<P extends Period>(closed: readonly P[], kind: Period["kind"]): P | undefined {
  return closed.findLast((period) => period.kind === kind);
}

/** The month of the headline. */
export function lastMonth<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "month");
}

/** The longest period that lists are made of: four quarters, or what there is until they are closed. */
export function wholeOf<P extends Period>(closed: readonly P[]): P | undefined {
  return lastOf(closed, "four-quarters") ?? lastOf(closed, "quarter") ?? lastOf(closed, "month");
}

export function quartersOf(closed: readonly Period[]): Period[] {
  return closed.filter(({ kind }) => kind === "quarter").slice(-4);
}

/** So many windows of four quarters, the last one too, are read to tell whose class changed. */
const windows = 5;

/** Every table that the pages are made of. */
export function tablesOfPages(closed: readonly Period[]): PublishedTable[] {
  const whole = wholeOf(closed);
  const inWhole: Table[] = ["total", "agency", "category", "cause", "county"];
  const pairs: Table[] = whole && whole.kind !== "month" ? ["agency-category"] : [];
  const asked: PublishedTable[] = [
    ...closed.filter(({ kind }) => kind === "month").map((period) => ({ period, table: "total" as const })),
    ...(whole ? [...inWhole, ...pairs].map((table) => ({ period: whole, table })) : []),
    ...[...quartersOf(closed), ...closed.filter(({ kind }) => kind === "four-quarters").slice(-windows)].map(
      (period) => ({ period, table: "agency" as const }),
    ),
  ];
  return [...new Map(asked.map((one) => [named(one), one])).values()];
}

const named = ({ period, table }: PublishedTable) => `${period.kind} ${period.name} ${table}`;

/** The cells of a table; none where it was not published. */
export type Reading = (period: Period | undefined, table: Table) => readonly ToldCell[];

export function readingOf(tables: readonly ToldTable[]): Reading {
  const byName = new Map(tables.map((one) => [named(one), one.cells]));
  return (period, table) => (period && byName.get(named({ period, table }))) ?? [];
}

export function cellIn(cells: readonly ToldCell[], key: string): ToldCell | undefined {
  return cells.find(({ cell }) => cell.cell === key);
}
