import { isRetiredOn, type Offered } from "../time/retirement.ts";
import { firstDay, type IranianMonth } from "./iranian-month.ts";
import type { PublishedCell, PublishedTables } from "./published.ts";
import { cellKey, type Dimension, placeOf, type Table } from "./table.ts";

/** What of a province may have been retired. */
export type Retirable = Partial<Record<Dimension, readonly Offered[]>>;

/** The tables of which a few cells add up to one of another table. Where agencies do, they are many. */
export const wholesOf: readonly (readonly [table: Table, wholes: readonly Table[]])[] = [
  ["category", ["total"]],
  ["county", ["total"]],
  ["category-county", ["category", "county"]],
];

/**
 * The tables of a period in which no cell is the only one without a number among those that add up to a shown one, or the
 * others would tell of it: the smallest of them is held back too.
 */
export function withoutOnlyHidden(tables: PublishedTables, isEmpty: IsEmpty): PublishedTables {
  const beside = besideOnlyHidden(tables, isEmpty);
  return beside ? withoutOnlyHidden(heldBackIn(tables, beside), isEmpty) : tables;
}

type At = { table: Table; cell: string };
/** Whether everybody knows that nobody is in a cell. */
type IsEmpty = (at: At) => boolean;

/** What had been retired by the beginning of a month takes nothing any more. */
export function emptySince(month: IranianMonth, retirable: Retirable): IsEmpty {
  const began = firstDay(month);
  const isRetired = ([dimension, value]: [string, string]) =>
    retirable[dimension as Dimension]?.some((one) => one.id === value && isRetiredOn(one, began)) ?? false;
  return ({ table, cell }) => Object.entries(placeOf(table, cell)).some(isRetired);
}

function besideOnlyHidden(tables: PublishedTables, isEmpty: IsEmpty): At | undefined {
  for (const [table, wholes] of wholesOf) {
    const parts = tables[table]?.filter(({ cell }) => !isEmpty({ table, cell })) ?? [];
    for (const whole of wholes) {
      const told = new Set(tables[whole]?.filter(isShown).map(({ cell }) => cell));
      for (const [key, line] of Map.groupBy(parts, ({ cell }) => cellKey(whole, placeOf(table, cell)) ?? "")) {
        const [smallest] = line.filter(isShown).toSorted(bySize);
        const areHidden = line.filter((one) => !isShown(one)).length;
        if (told.has(key) && areHidden === 1 && smallest) return { table, cell: smallest.cell };
      }
    }
  }
  return undefined;
}

const isShown = ({ all }: PublishedCell) => typeof all === "number";
const bySize = (one: PublishedCell, other: PublishedCell) =>
  Number(one.all) - Number(other.all) || one.cell.localeCompare(other.cell);

function heldBackIn(tables: PublishedTables, { table, cell }: At): PublishedTables {
  const cells = tables[table]?.map((one): PublishedCell => (one.cell === cell ? { cell, all: "held-back" } : one));
  return { ...tables, [table]: cells };
}
