import type { ModelData } from "highs";
import highsModule from "highs";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import type { Knowledge, Quantity } from "./knowledge.ts";

// Its types are those of a CommonJS module, though Node is given its ES module.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** A small count, and between which values a solution was seen. */
type Seen = { quantity: Quantity; column: number; least: number; most: number };

/**
 * Linear programming over everything that is published: the small counts that can have one value only. A solution is a value
 * for all counts at once; a count that has two different ones in two solutions is not determined, and asked for no more.
 */
export async function determined(knowledge: Knowledge): Promise<Quantity[]> {
  const highs = await loadHighs();
  const columns = [...knowledge.quantities.values()];
  return highs.withModel((model) => {
    model.passModel(modelOf(knowledge, columns, highs.infinity));
    // The true values are a solution.
    let open = columns.flatMap((quantity, column): Seen[] => {
      const { truth, numbers } = quantity;
      const isSmall = numbers.length > 0 && truth >= 1 && truth <= 4;
      return isSmall ? [{ quantity, column, least: truth, most: truth }] : [];
    });
    const look = (towards: readonly (readonly [one: Seen, cost: number])[]) => {
      const costs = new Float64Array(columns.length);
      for (const [{ column }, cost] of towards) costs[column] = cost;
      model.changeColsCost({ kind: "range", from: 0, to: columns.length - 1 }, costs);
      for (const sense of Object.values(highs.constants.objectiveSense)) {
        model.changeObjectiveSense(sense);
        if (model.run().modelStatus !== highs.constants.modelStatus.optimal) throw new Error("nothing is possible");
        const { colValue } = model.getSolution();
        for (const one of open) widen(one, colValue[one.column] ?? one.least);
      }
      open = open.filter(({ least, most }) => least === most);
    };
    const chance = mulberry32(1);
    for (let before = Number.POSITIVE_INFINITY; open.length > 0 && open.length < before; ) {
      before = open.length;
      look(open.map((one) => [one, chance() < 0.5 ? -1 : 1]));
    }
    for (const one of [...open]) if (open.includes(one)) look([[one, 1]]);
    return open.map(({ quantity }) => quantity);
  });
}

function widen(one: Seen, value: number): void {
  // Solutions are exact to a millionth.
  one.least = Math.min(one.least, Math.ceil(value - 1e-6));
  one.most = Math.max(one.most, Math.floor(value + 1e-6));
}

/** All that is possible, one column for each quantity, as a linear program without an objective. */
function modelOf({ sums, base }: Knowledge, columns: readonly Quantity[], infinity: number): ModelData {
  const places = new Map(columns.map((quantity, n) => [quantity, n]));
  const rows = [...sums.values()].map(({ whole, parts }) => [whole, ...parts].map((one) => places.get(one) ?? 0));
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length);
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(() => 0),
    colLower: columns.map(({ least, own, numbers }) =>
      Math.max(least, ...numbers.map(({ value }) => value - own - base + 1)),
    ),
    colUpper: columns.map(({ most, own, numbers }) =>
      Math.min(most, infinity, ...numbers.map(({ value }) => value - own + base - 1)),
    ),
    rowLower: rows.map(() => 0),
    rowUpper: rows.map(() => 0),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: rows.flat(),
      values: rows.flatMap((row) => row.map((_, n) => (n === 0 ? 1 : -1))),
    },
  };
}
