import { type CountiesOfFew, countiesOfMany } from "./county-of-few.ts";
import { placeNow, type Successors } from "./joined-agency.ts";
import { type OnlyCounties, saysMore, withOnlyCounty } from "./only-county.ts";
import type { Measure } from "./partition.ts";
import { monthsOf, type Period } from "./period.ts";
import { type PublishedPeriod, tablesOf } from "./published.ts";
import { type CellKey, cellKey, dimensionsOf, placeOf, Table } from "./table.ts";
import { type Tallies, tallyIn } from "./tallies.ts";

/** Who serves which counties in a period. */
export type Served = { onlyCounties: OnlyCounties; few: CountiesOfFew };
type Counted = { period: Period; tallies: Tallies } & Served;
/** `held`: all that its agency ever held, of which it is told what it passed on, whoever has it in its cells. */
type Cell = { period: Period; table: Table; cell: CellKey; held?: boolean };
type Held = {
  counted: readonly Counted[];
  earlier: readonly (PublishedPeriod & Served)[];
  cellsOf: (table: Table, onlyCounties: OnlyCounties) => CellKey[];
  successors: Successors;
};

/** Fewer complaints than this between two cells would be known by subtraction, none included: one more would be named. */
const fewest = 5;
const name = ({ period, table, cell, held = false }: Cell) => `${period.kind} ${period.name} ${table} ${cell} ${held}`;

/**
 * Which cells are held back, since another holds one of them with fewer than five complaints more: of two that are
 * computed on one day the smaller, of two of different days the later, where the earlier one is shown.
 */
export function heldBack({ counted, earlier, cellsOf, successors }: Held): (cell: Cell) => boolean {
  const smaller = counted.flatMap((small) => {
    const nearTo = nearIn(small);
    return cellsIn(small, cellsOf).filter((cell) => nearTo(cell).length > 0);
  });
  const later = earlier.flatMap((small) => shownCells(small).flatMap(nearIn(small)));
  const held = new Set([...smaller, ...later].map(name));
  return (cell) => held.has(name(cell));

  function nearIn(small: Counted): (cell: Cell) => Large[] {
    const larger = counted
      .filter(({ period }) => holds(period, small.period))
      .map((large) => ({ ...large, counties: countiesOfMany(small.onlyCounties, large.few) }));
    return (cell) => holdersIn({ larger, successors }, cell).filter((large) => isNear(small, cell, large));
  }
}

function cellsIn({ period, onlyCounties }: Counted, cellsOf: Held["cellsOf"]): Cell[] {
  return tablesOf(period).flatMap((table) =>
    cellsOf(table, onlyCounties).flatMap((cell) => {
      const one = { period, table, cell };
      return table === "agency" ? [one, { ...one, held: true }] : [one];
    }),
  );
}

function shownCells({ period, tables }: PublishedPeriod): Cell[] {
  return Table.options.flatMap((table) =>
    (tables[table] ?? []).flatMap(({ cell, all, parts }) => [
      ...(typeof all === "number" ? [{ period, table, cell }] : []),
      ...(table === "agency" && parts?.["passed-on"] ? [{ period, table, cell, held: true }] : []),
    ]),
  );
}

type Large = Cell & { tallies: Tallies };

/** A period that holds another, with the counties of it that may hold back an agency of the other which is in no other one. */
type Larger = Counted & { counties: OnlyCounties };
type Holding = { larger: readonly Larger[]; successors: Successors };

/** The cells that hold a cell, in periods that hold its own: by the same values or fewer. */
function holdersIn({ larger, successors }: Holding, { period, table, cell, held }: Cell): Large[] {
  return larger.flatMap((large) => {
    const place = placeNow(withOnlyCounty(placeOf(table, cell), large.counties), successors);
    const isSame = large.period.kind === period.kind;
    return tablesOf(large.period)
      .filter((other) => !(isSame && other === table) && saysMore(other, place, large.onlyCounties))
      .flatMap((other) => {
        const key = cellKey(other, place);
        const one = { period: large.period, tallies: large.tallies, table: other };
        return key === undefined ? [] : holding(other, held).map((ofAll) => ({ ...one, cell: key, held: ofAll }));
      });
  });
}

/** Which of a table's cells holds one: what an agency ever held is no part of what stands with it, but the other way round. */
function holding(table: Table, held = false): boolean[] {
  if (table === "agency") return held ? [true] : [false, true];
  return held && dimensionsOf[table].includes("agency") ? [] : [false];
}

/** Four quarters that are a year are the same figures twice: neither holds the other. */
function holds(large: Period, small: Period): boolean {
  const [months, others] = [monthsOf(large), monthsOf(small)];
  if (months.length === others.length && large.kind !== small.kind) return false;
  return others.every((month) => months.includes(month));
}

function isNear(small: Counted, cell: Cell, large: Large): boolean {
  const [inSmall, inLarge] = [sizeIn(small.tallies, cell), sizeIn(large.tallies, large)];
  // Of fewer nothing is told that an agency ever held.
  if (large.held && inLarge < fewest) return false;
  return inLarge - inSmall < fewest;
}

function sizeIn(tallies: Tallies, { table, cell, held }: Cell): number {
  const measures: Measure[] = held ? ["passed-on:passed-on", "passed-on:kept"] : ["all"];
  return measures.reduce((size, measure) => size + tallyIn(tallies, { table, cell, measure }).n, 0);
}
