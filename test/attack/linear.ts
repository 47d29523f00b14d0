import highsModule, { type ModelData } from "highs";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { nestingOf } from "./nesting.ts";
import { type Cell, cellsOf, hiddenOf, isShown, sumsOf } from "./tables.ts";
import type { World } from "./world.ts";

// Its types are those of a CommonJS module, though Node is given its ES module.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** Between which numbers a hidden cell must be, of those with somebody in it. */
export type Bounds = { cell: Cell; least: number; most: number };

/** Of every cell at least and at most so many: off by two where it is shown; six are told as fewer than five at the most. */
function boundsOf({ told }: Cell): [number, number] {
  if (typeof told === "number") return [Math.max(5, told - 2), told + 2];
  return told === "<5" ? [0, 6] : [5, Number.POSITIVE_INFINITY];
}

type Row = { entries: [column: number, factor: number][]; least: number; most: number };

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

function modelOf(world: World, cells: readonly Cell[], infinity: number): ModelData {
  const rows = rowsOf(world, cells);
  const finite = (value: number) => (value === Number.POSITIVE_INFINITY ? infinity : value);
  const starts = [0];
  for (const { entries } of rows) starts.push((starts.at(-1) ?? 0) + entries.length);
  const entries = rows.flatMap((row) => row.entries);
  return {
    numCols: cells.length,
    numRows: rows.length,
    colCost: cells.map(() => 0),
    colLower: cells.map((cell) => boundsOf(cell)[0]),
    colUpper: cells.map((cell) => finite(boundsOf(cell)[1])),
    rowLower: rows.map(({ least }) => least),
    rowUpper: rows.map(({ most }) => finite(most)),
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

/** Linear programming over everything that is published: the least and the most that may be in each hidden cell. */
export async function linear(
  world: World,
  published: readonly PublishedPeriod[],
  { every = 1 } = {},
): Promise<Bounds[]> {
  const cells = cellsOf(world, published);
  const highs = await loadHighs();
  return highs.withModel((model) => {
    model.passModel(modelOf(world, cells, highs.infinity));
    const { minimize, maximize } = highs.constants.objectiveSense;
    const at = (sense: typeof minimize | typeof maximize) => {
      model.changeObjectiveSense(sense);
      const { modelStatus } = model.run();
      const isSolved = modelStatus === highs.constants.modelStatus.optimal;
      if (isSolved) return model.getObjectiveValue();
      return sense === minimize ? 0 : Number.POSITIVE_INFINITY;
    };
    return hiddenOf(cells)
      .filter((_, n) => n % every === 0)
      .map((cell) => {
        const column = cells.indexOf(cell);
        model.changeColCost(column, 1);
        const [least, most] = [Math.ceil(at(minimize) - 1e-6), Math.floor(at(maximize) + 1e-6)];
        model.changeColCost(column, 0);
        return { cell, least, most };
      });
  });
}
