import { isRetiredOn, type Offered } from "../time/retirement.ts";
import { agenciesOf, type CountiesOfFew, withoutSums } from "./county-of-few.ts";
import { firstDay, type IranianMonth } from "./iranian-month.ts";
import type { IsNew } from "./newcomer.ts";
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
 * The tables of a period in which no cell is the only one that nothing tells of among those that add up to a told one, or the
 * others would tell of it: the smallest of them is held back too.
 */
export function withoutOnlyHidden(tables: PublishedTables, known: Known): PublishedTables {
  const beside = besideOnlyHidden(tables, known);
  // A county of few goes with its agency.
  return beside ? withoutOnlyHidden(withoutSums(heldBackIn(tables, beside), known.few), known) : tables;
}

type At = { table: Table; cell: string };
/** Whether everybody knows that nobody is in a cell. */
type IsEmpty = (at: At) => boolean;
type Known = { isEmpty: IsEmpty; isNew: IsNew; few: CountiesOfFew };

/** What had been retired by the beginning of a month takes nothing any more. */
export function emptySince(month: IranianMonth, retirable: Retirable): IsEmpty {
  const began = firstDay(month);
  const isRetired = ([dimension, value]: [string, string]) =>
    retirable[dimension as Dimension]?.some((one) => one.id === value && isRetiredOn(one, began)) ?? false;
  return ({ table, cell }) => Object.entries(placeOf(table, cell)).some(isRetired);
}

function besideOnlyHidden(tables: PublishedTables, { isEmpty, isNew, few }: Known): At | undefined {
  const cellsOf = (table: Table) =>
    (tables[table] ?? []).map(({ cell, all }) => ({ cell, tellers: tellersOf({ table, cell, all }, { tables, few }) }));
  for (const [table, wholes] of wholesOf) {
    const parts = cellsOf(table).filter(({ cell }) => !isEmpty({ table, cell }));
    for (const whole of wholes) {
      const told = new Set(
        cellsOf(whole)
          .filter(isTold)
          .map(({ cell }) => cell),
      );
      for (const [key, line] of Map.groupBy(parts, ({ cell }) => cellKey(whole, placeOf(table, cell)) ?? "")) {
        const hides = line.filter(isTold).flatMap(({ tellers }) => tellers);
        const hidden = line.filter((one) => !isTold(one));
        // One that may not have been there yet hides no other one, nor does a county that only such an agency hides.
        const sure = hidden.filter(({ cell, tellers }) => ![{ table, cell }, ...tellers].some(isNew));
        const isAlone = hidden.length > 0 && sure.length < 2;
        if (told.has(key) && isAlone && hides.length > 0) return firstToHide(hides, table);
      }
    }
  }
  return undefined;
}

type Told = At & Pick<PublishedCell, "all">;

/** What tells of a cell: its agencies, whose sum it is, whether it is told or not; or itself. */
function tellersOf(at: Told, beside: Parameters<typeof agenciesOf>[1]): Told[] {
  const agencies = agenciesOf(at, beside);
  return agencies.length > 0 ? agencies : [at];
}

const isTold = ({ tellers }: { tellers: Told[] }) => tellers.every(({ all }) => typeof all === "number");

/** The smallest of a table; of the agencies that tell of its other cells only where there is no other. */
function firstToHide(hides: readonly Told[], table: Table): At | undefined {
  const ofTable = hides.filter((one) => one.table === table);
  return (ofTable.length > 0 ? ofTable : hides).toSorted(bySize)[0];
}

const bySize = (one: Told, other: Told) => Number(one.all) - Number(other.all) || one.cell.localeCompare(other.cell);

function heldBackIn(tables: PublishedTables, { table, cell }: At): PublishedTables {
  const cells = tables[table]?.map((one): PublishedCell => (one.cell === cell ? { cell, all: "held-back" } : one));
  return { ...tables, [table]: cells };
}
