import { isRetiredOn, type Offered } from "../time/retirement.ts";
import { firstDay, type IranianMonth } from "./iranian-month.ts";
import type { OnlyCounties } from "./only-county.ts";
import type { PublishedCell, PublishedTables } from "./published.ts";
import { type CellKey, cellKey, placeOf, type Table } from "./table.ts";

/** The agencies of each county that no more than three serve, none of which serves another one: the county is their sum. */
export type CountiesOfFew = Readonly<Record<string, readonly string[]>>;

const most = 3;

/** `isNew`: perhaps it was not there yet in what closes. */
export type Serving = Offered & { countyIds: readonly string[]; isNew?: boolean };

/** The agencies, each with the counties that had not retired by the beginning of a month; with all, where none is left. */
export function servingSince(
  agencies: readonly Serving[],
  { month, counties }: { month: IranianMonth; counties: readonly Offered[] },
): Serving[] {
  const began = firstDay(month);
  const gone = counties.filter((one) => isRetiredOn(one, began)).map(({ id }) => id);
  return agencies.map((agency) => {
    const left = agency.countyIds.filter((id) => !gone.includes(id));
    return { ...agency, countyIds: left.length > 0 ? left : agency.countyIds };
  });
}

/**
 * As counted from the beginning of a month on. Who had retired by then is known to have no complaint, so it neither makes
 * an agency more nor has a part; who retires later has some. Who may have come later makes no agency more, and is asked for a part.
 */
export function countiesServedByFew(agencies: readonly Serving[], since: IranianMonth): CountiesOfFew {
  const began = firstDay(since);
  const serving = new Map<string, Serving[]>();
  for (const agency of agencies.filter((one) => !isRetiredOn(one, began)))
    for (const countyId of agency.countyIds) serving.set(countyId, [...(serving.get(countyId) ?? []), agency]);
  const few = [...serving].filter(([, all]) => {
    const sure = all.filter(({ isNew }) => !isNew);
    return sure.length <= most && sure.every(({ countyIds }) => countyIds.length === 1);
  });
  return Object.fromEntries(few.map(([countyId, all]) => [countyId, all.map(({ id }) => id)]));
}

/** What holds agencies back: not a county of few, which is not told where one of its agencies is not. */
export function countiesOfMany(onlyCounties: OnlyCounties, few: CountiesOfFew): OnlyCounties {
  return Object.fromEntries(Object.entries(onlyCounties).filter(([, countyId]) => !(countyId in few)));
}

/** The table in which the agencies stand that a table's counties are the sums of. */
const tableOfParts: Partial<Record<Table, Table>> = { county: "agency", "category-county": "agency-category" };

type Beside = { tables: PublishedTables; few: CountiesOfFew };
type Told = { table: Table; cell: CellKey; all: PublishedCell["all"] };

/** The cells of the agencies that a cell is the sum of; none where it is no county's of few. */
export function agenciesOf({ table, cell }: Omit<Told, "all">, { tables, few }: Beside): Told[] {
  const [place, ofParts] = [placeOf(table, cell), tableOfParts[table]];
  const agencies = few[place.county ?? ""];
  if (!ofParts || !agencies) return [];
  const keys = agencies.map((agency) => cellKey(ofParts, { ...place, agency }));
  const parts = tables[ofParts]?.filter((part) => keys.includes(part.cell)) ?? [];
  return parts.map((part) => ({ table: ofParts, cell: part.cell, all: part.all }));
}

/**
 * Whether a cell is the sum of agencies' cells of which at least one has no number: beside the others it would tell of that
 * one. What is a single agency's is the same figure twice.
 */
export function isSumOfHidden(at: Omit<Told, "all">, beside: Beside): boolean {
  return agenciesOf(at, beside).some(({ all }) => typeof all !== "number");
}

/** The tables without the sums that would tell of a hidden part. */
export function withoutSums(tables: PublishedTables, few: CountiesOfFew): PublishedTables {
  const told = (table: Table, one: PublishedCell): PublishedCell =>
    typeof one.all === "number" && isSumOfHidden({ table, cell: one.cell }, { tables, few })
      ? { cell: one.cell, all: "held-back" }
      : one;
  const all = Object.entries(tables) as [Table, PublishedCell[]][];
  return Object.fromEntries(all.map(([table, cells]) => [table, cells.map((cell) => told(table, cell))]));
}
