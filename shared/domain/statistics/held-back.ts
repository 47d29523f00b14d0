import { type CountiesOfFew, countiesOfMany } from "./county-of-few.ts";
import { placeNow, type Successors } from "./joined-agency.ts";
import { type OnlyCounties, saysMore, withOnlyCounty } from "./only-county.ts";
import { monthsOf, type Period } from "./period.ts";
import { type PublishedPeriod, tablesOf } from "./published.ts";
import { type CellKey, cellKey, placeOf, Table } from "./table.ts";
import { type Tallies, tallyIn } from "./tallies.ts";

/** Who serves which counties in a period. */
export type Served = { onlyCounties: OnlyCounties; few: CountiesOfFew };
type Counted = { period: Period; tallies: Tallies } & Served;
type Cell = { period: Period; table: Table; cell: CellKey };
type Held = {
  counted: readonly Counted[];
  earlier: readonly (PublishedPeriod & Served)[];
  cellsOf: (table: Table, onlyCounties: OnlyCounties) => CellKey[];
  successors: Successors;
};

/** Fewer complaints than this between two cells would be known by subtraction, none included: one more would be named. */
const fewest = 5;
const name = ({ period, table, cell }: Cell) => `${period.kind} ${period.name} ${table} ${cell}`;

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
  return tablesOf(period).flatMap((table) => cellsOf(table, onlyCounties).map((cell) => ({ period, table, cell })));
}

function shownCells({ period, tables }: PublishedPeriod): Cell[] {
  return Table.options.flatMap((table) =>
    (tables[table] ?? []).flatMap(({ cell, all }) => (typeof all === "number" ? [{ period, table, cell }] : [])),
  );
}

type Large = Cell & { tallies: Tallies };

/** A period that holds another, with the counties of it that may hold back an agency of the other which is in no other one. */
type Larger = Counted & { counties: OnlyCounties };
type Holding = { larger: readonly Larger[]; successors: Successors };

/** The cells that hold a cell, in periods that hold its own: by the same values or fewer. */
function holdersIn({ larger, successors }: Holding, { period, table, cell }: Cell): Large[] {
  return larger.flatMap((large) => {
    const place = placeNow(withOnlyCounty(placeOf(table, cell), large.counties), successors);
    const isSame = large.period.kind === period.kind;
    return tablesOf(large.period)
      .filter((other) => !(isSame && other === table) && saysMore(other, place, large.onlyCounties))
      .flatMap((other) => {
        const key = cellKey(other, place);
        return key === undefined ? [] : [{ period: large.period, tallies: large.tallies, table: other, cell: key }];
      });
  });
}

/** Four quarters that are a year are the same figures twice: neither holds the other. */
function holds(large: Period, small: Period): boolean {
  const [months, others] = [monthsOf(large), monthsOf(small)];
  if (months.length === others.length && large.kind !== small.kind) return false;
  return others.every((month) => months.includes(month));
}

function isNear(small: Counted, { table, cell }: Cell, large: Large): boolean {
  const inSmall = tallyIn(small.tallies, { table, cell, measure: "all" });
  const inLarge = tallyIn(large.tallies, { table: large.table, cell: large.cell, measure: "all" });
  return inLarge.n - inSmall.n < fewest;
}
