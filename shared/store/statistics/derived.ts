import type { Period, PeriodKind } from "#shared/domain/statistics/period.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import {
  type DerivedCell,
  derivedTable,
  type PublishedTable,
  tablesFor,
} from "#shared/domain/statistics/table-figures.ts";
import { type ClosedMonth, readClosed } from "./closed.ts";
import { readTable } from "./editions.ts";

/** From before any month that could be closed until after it. */
const always = { from: "0", to: "9" };

/** Every month that is closed, the earliest first. */
export const readClosedMonths = (): Promise<ClosedMonth[]> => readClosed(always);

/** The closed periods of a kind, the earliest first. */
export function periodsOf(closed: readonly { periods: readonly Period[] }[], kind: PeriodKind): Period[] {
  return closed.flatMap(({ periods }) => periods.filter((period) => period.kind === kind));
}

const nameOf = ({ period: { kind, name }, table }: PublishedTable) => `${kind} ${name} ${table}`;

type Wanted = { closed: readonly ClosedMonth[]; periods: readonly Period[]; table: PublishedTable["table"] };

/** A table of some closed periods with everything derived from its cells; each part of it is read once. */
export async function readDerived({
  closed,
  periods,
  table,
}: Wanted): Promise<{ period: Period; cells: DerivedCell[] }[]> {
  const every = closed.flatMap((month) => month.periods);
  const needed = new Map(
    periods.flatMap((period) => tablesFor({ period, table }, every)).map((one) => [nameOf(one), one]),
  );
  const read = await Promise.all(
    [...needed].map(async ([name, one]): Promise<[string, PublishedCell[]]> => [name, await cellsOf(one, closed)]),
  );
  const cells = new Map(read);
  const published = (at: PublishedTable) => cells.get(nameOf(at));
  return periods.map((period) => ({ period, cells: derivedTable({ period, table, published, closed: every }) }));
}

async function cellsOf({ period, table }: PublishedTable, closed: readonly ClosedMonth[]): Promise<PublishedCell[]> {
  const named = closed.find(({ periods }) =>
    periods.some((one) => one.kind === period.kind && one.name === period.name),
  );
  return named ? readTable({ period, table, edition: named.edition }) : [];
}
