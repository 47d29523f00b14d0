import highsModule from "highs";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { isPossible, modelOf } from "./possible.ts";
import { type Cell, hiddenOf } from "./tables.ts";
import type { World } from "./world.ts";

// Its types are those of a CommonJS module, though Node is given its ES module.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** A hidden cell, and between which numbers it was seen to be. */
type Seen = { cell: Cell; column: number; least: number; most: number };

/**
 * Linear programming over everything that is published: the hidden cells that can only be one number or two. A solution says of
 * all cells at once what they may be, and who may be two numbers and one between them is asked for no more.
 */
export async function linear(
  world: World,
  cells: readonly Cell[],
  onLeft: (cells: number) => void = () => undefined,
): Promise<Seen[]> {
  if (!isPossible(world, cells)) throw new Error("what is true is not among what the attacker holds for possible");
  const highs = await loadHighs();
  return highs.withModel((model) => {
    model.passModel(modelOf(world, cells, highs.infinity));
    const columns = new Map(cells.map((cell, n) => [cell, n]));
    // What is true is possible.
    const hidden = hiddenOf(cells).map(
      (cell): Seen => ({ cell, column: columns.get(cell) ?? 0, least: cell.truth, most: cell.truth }),
    );
    const look = (towards: readonly [one: Seen, cost: number][]) => {
      const costs = new Float64Array(cells.length);
      for (const [{ column }, cost] of towards) costs[column] = cost;
      model.changeColsCost({ kind: "range", from: 0, to: cells.length - 1 }, costs);
      for (const sense of Object.values(highs.constants.objectiveSense)) {
        model.changeObjectiveSense(sense);
        if (model.run().modelStatus !== highs.constants.modelStatus.optimal) throw new Error("nothing is possible");
        const { colValue } = model.getSolution();
        for (const one of hidden) widen(one, colValue[one.column] ?? one.least);
      }
    };
    const narrow = lookAtAll(hidden, look, onLeft);
    for (const one of narrow) if (isNarrow(one)) look([[one, 1]]);
    return narrow.filter(isNarrow);
  });
}

/** All at once, each up or down by chance, until that finds nobody wider any more. */
function lookAtAll(
  hidden: readonly Seen[],
  look: (towards: readonly [Seen, number][]) => void,
  onLeft: (cells: number) => void,
): Seen[] {
  const chance = mulberry32(1);
  let [narrow, before] = [hidden.filter(isNarrow), Number.POSITIVE_INFINITY];
  while (narrow.length > 0 && narrow.length < before) {
    onLeft(narrow.length);
    look(narrow.map((one) => [one, chance() < 0.5 ? -1 : 1]));
    [narrow, before] = [narrow.filter(isNarrow), narrow.length];
  }
  return narrow;
}

function widen(one: Seen, value: number): void {
  // Solutions are exact to a millionth.
  one.least = Math.min(one.least, Math.ceil(value - 1e-6));
  one.most = Math.max(one.most, Math.floor(value + 1e-6));
}

const isNarrow = ({ least, most }: Seen) => most - least <= 1;
