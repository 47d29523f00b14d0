import { shown } from "#shared/domain/statistics/cell.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { poissonAt } from "../support/chance.ts";
import { type Found, found, surest } from "./found.ts";
import { type Cell, cellsOf, isHidden, isShown, usualIn } from "./tables.ts";
import { likelihoodOfTold } from "./told-as.ts";
import type { World } from "./world.ts";

/** Two years of four quarters that have three in common: what the one has more is the quarter that left or the one that came. */
type Pair = { before: Cell; after: Cell; left: Cell; came: Cell };

/**
 * Who subtracts four quarters from the four that end a quarter later. Hidden: a quarter that left, or came, with somebody
 * in it. Every possibility is weighed, and what is usual in a quarter is known.
 */
export function overlapped(world: World, published: readonly PublishedPeriod[]): Found {
  const weighings = pairsOf(cellsOf(world, published)).flatMap(({ before, after, left, came }): Weighing[] => [
    { with: before, without: after, hidden: left, other: came, world },
    { with: after, without: before, hidden: came, other: left, world },
  ]);
  return found(
    weighings
      .filter(({ hidden }) => isHidden(hidden))
      .map((one) => {
        const { truth, own } = one.hidden;
        const { n, sure } = surest(beliefOf(one).entries());
        return { n, sure, isSomebody: n > 0, truth, isHidden: truth > own };
      }),
  );
}

function pairsOf(cells: readonly Cell[]): Pair[] {
  const quarters = new Map(
    cells.filter(({ kind }) => kind === "quarter").map((cell) => [[...cell.months].join() + placeSaid(cell), cell]),
  );
  const quarterAt = (cell: Cell, of: ReadonlySet<string>) => quarters.get([...of].join() + placeSaid(cell));
  const fours = cells.filter((cell) => cell.kind === "four-quarters" && isShown(cell));
  const byPlace = Map.groupBy(fours, placeSaid);
  return [...byPlace.values()].flatMap((all) =>
    all.flatMap((before) =>
      all.flatMap((after) => {
        const [gone, come] = [before.months.difference(after.months), after.months.difference(before.months)];
        if (gone.size !== 3 || before.closing > after.closing) return [];
        const [left, came] = [quarterAt(before, gone), quarterAt(after, come)];
        return left && came ? [{ before, after, left, came }] : [];
      }),
    ),
  );
}

const placeSaid = ({ table, key }: Cell) => ` ${table} ${key}`;

type Weighing = { with: Cell; without: Cell; hidden: Cell; other: Cell; world: World };

/** How likely each number is in the hidden quarter: with three others it is told as four, and these with another quarter too. */
function beliefOf({ with: whole, without, hidden, other, world }: Weighing): number[] {
  const [usual, usualOther] = [hidden, other].map((cell) => usualIn(cell, world));
  const mostOf = ({ told }: Cell) => (typeof told === "number" ? told + 2 : 30);
  return Array.from({ length: 1 + (hidden.told === "<5" ? 6 : Number(whole.told) + 2) }, (_, n) => {
    let weight = 0;
    for (let there = 0; there <= mostOf(other); there++) {
      const known = likelyAt(there, usualOther) * mayBe(there, other);
      for (let common = Math.max(0, Number(whole.told) - 2 - n); common <= Number(whole.told) + 2 - n; common++)
        weight += known * toldAs(common + n, whole.told) * toldAs(common + there, without.told);
    }
    return weight * likelyAt(n, usual) * mayBe(n, hidden);
  });
}

/** Of sums of others nothing is usual. */
const likelyAt = (n: number, usual: number | undefined) => (usual === undefined ? 1 : poissonAt(n, usual));
const mayBe = (n: number, { told }: Cell) => (told === "held-back" ? 1 - toldAs(n, "<5") : toldAs(n, told));

const toldAs = likelihoodOfTold<Cell["told"]>(shown);
