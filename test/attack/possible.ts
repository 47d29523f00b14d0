import type { ModelData } from "highs";
import { nestingOf } from "./nesting.ts";
import { type Cell, isShown, sumsOf } from "./tables.ts";
import type { World } from "./world.ts";

type Bounds = { least: number; most: number };
/** Of cells, by their place among all, so many times each: between which numbers the sum is. */
type Row = Bounds & { entries: [column: number, factor: number][] };

/** More than any cell has. */
const mostInAny = 1e6;

/** Of every cell at least and at most so many: off by two where it is shown; six are told as fewer than five at the most. */
function boundsOf({ told, wholes }: Cell): Bounds {
  if (told === "<5") return { least: 0, most: 6 };
  if (told === "held-back") return { least: 5, most: mostInAny };
  // It is told again by every partition of it.
  const all = [[told], ...wholes].map(boundsOfSum);
  return { least: Math.max(...all.map(({ least }) => least)), most: Math.min(...all.map(({ most }) => most)) };
}

function boundsOfSum(parts: readonly number[]): Bounds {
  const sumOf = (by: (told: number) => number) => parts.reduce((sum, told) => sum + by(told), 0);
  return { least: sumOf((told) => Math.max(5, told - 2)), most: sumOf((told) => told + 2) };
}

/** What adds up, and that of two shown cells the larger has at least five complaints more. */
function rowsOf(world: World, cells: readonly Cell[]): Row[] {
  const columns = new Map(cells.map((cell, n) => [cell, n]));
  const column = (cell: Cell) => columns.get(cell) ?? 0;
  const sums = sumsOf(world, cells).map(({ whole, parts, open }): Row => {
    const entries = parts.map((part): [number, number] => [column(part), -1]);
    return { entries: [[column(whole), 1], ...entries], least: 0, most: open ? Number.POSITIVE_INFINITY : 0 };
  });
  const far = [...nestingOf(cells, world).holders].flatMap(([small, holders]) =>
    holders
      .filter((large) => isShown(small) && isShown(large))
      .map((large): Row => {
        const entries: Row["entries"] = [
          [column(large), 1],
          [column(small), -1],
        ];
        return { entries, least: 5, most: Number.POSITIVE_INFINITY };
      }),
  );
  return [...sums, ...far];
}

/** Whether what is true is among what an attacker holds for possible: else he is none. */
export function isPossible(world: World, cells: readonly Cell[]): boolean {
  const isWithin = (value: number, { least, most }: Bounds) => least <= value && value <= most;
  const sumOf = ({ entries }: Row) =>
    entries.reduce((sum, [column, factor]) => sum + factor * (cells[column]?.truth ?? 0), 0);
  return (
    cells.every((cell) => isWithin(cell.truth, boundsOf(cell))) &&
    rowsOf(world, cells).every((row) => isWithin(sumOf(row), row))
  );
}

/** All that is possible of cells, one column each, as a linear program without an objective. */
export function modelOf(world: World, cells: readonly Cell[], infinity: number): ModelData {
  const rows = rowsOf(world, cells);
  const columns = cells.map(boundsOf);
  const starts = [0];
  for (const { entries } of rows) starts.push((starts.at(-1) ?? 0) + entries.length);
  const entries = rows.flatMap((row) => row.entries);
  return {
    numCols: cells.length,
    numRows: rows.length,
    colCost: cells.map(() => 0),
    colLower: columns.map(({ least }) => least),
    colUpper: columns.map(({ most }) => most),
    rowLower: rows.map(({ least }) => least),
    rowUpper: rows.map(({ most }) => (most === Number.POSITIVE_INFINITY ? infinity : most)),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: cells.length,
      starts,
      indices: entries.map(([column]) => column),
      values: entries.map(([, factor]) => factor),
    },
  };
}
