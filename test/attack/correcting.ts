import { shown } from "#shared/domain/statistics/cell.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { poissonAt } from "../support/chance.ts";
import { type Found, found, surest } from "./found.ts";
import { type Cell, cellsOf, isShown, sumsOf } from "./tables.ts";
import { likelihoodOfTold } from "./told-as.ts";
import type { World } from "./world.ts";

/** More than so many more or fewer in one cell of a quarter are not looked for. */
const widest = 60;

/**
 * Who subtracts a quarter's causes from those of its months, which were published before some were corrected. Hidden: by how
 * many, one to four, a cause has more or fewer than its months had. Every possibility is weighed, and he knows how many come
 * and go usually.
 */
export function corrections(world: World, published: readonly PublishedPeriod[]): Found {
  const sums = sumsOf(world, cellsOf(world, published)).filter(
    ({ whole, parts, by }) =>
      by === "time" && whole.table === "cause" && whole.kind === "quarter" && [whole, ...parts].every(isShown),
  );
  const moves = movesIn(world);
  const areFew = (by: number) => by !== 0 && Math.abs(by) < 5;
  return found(
    sums.map(({ whole, parts }) => {
      const truth = whole.truth - parts.reduce((sum, part) => sum + part.truth, 0);
      const { n, sure } = surestChange({ whole, parts, usual: usualIn(whole, moves) });
      return { n, sure, isSomebody: areFew(n), truth, isHidden: areFew(truth) };
    }),
  );
}

type Moves = { come: number; go: number };

/** Of each cause how many come to it, and leave it, for one that has it in the end. */
function movesIn({ filed }: World): Map<string, Moves> {
  const all = [...filed.values()].flat().map(({ early, late }) => [early.place.cause, late.place.cause]);
  const moved = all.filter(([before, after]) => before !== after);
  const ends = Map.groupBy(all, ([, after]) => after ?? "");
  return new Map(
    [...ends].map(([cause, { length }]) => {
      const come = moved.filter(([, after]) => after === cause).length / length;
      return [cause, { come, go: moved.filter(([before]) => before === cause).length / length }];
    }),
  );
}

/** The last of a quarter's months is counted on the same day as the quarter. */
function usualIn({ place, truth }: Cell, moves: ReadonlyMap<string, Moves>): Moves {
  const { come, go } = moves.get(place.cause ?? "") ?? { come: 0, go: 0 };
  return { come: (2 / 3) * truth * come, go: (2 / 3) * truth * go };
}

type Weighing = { whole: Cell; parts: readonly Cell[]; usual: Moves };

function surestChange({ whole, parts, usual }: Weighing) {
  const sums = parts.map(numbersOf).reduce(convolved);
  const belief = likelihoods(usual).map((chanceOf, n) => {
    const by = n - widest;
    const fitting = [...sums].reduce((all, [sum, weight]) => all + weight * toldAs(sum + by, whole.told), 0);
    return [by, fitting * chanceOf] as const;
  });
  return surest(belief);
}

type Numbers = ReadonlyMap<number, number>;

/** What may be behind a number that is told. */
function numbersOf({ told }: Cell): Numbers {
  return new Map([-2, -1, 0, 1, 2].map((off) => [Number(told) + off, toldAs(Number(told) + off, told)]));
}

function convolved(one: Numbers, other: Numbers): Numbers {
  const all = new Map<number, number>();
  for (const [a, weight] of one)
    for (const [b, otherWeight] of other) all.set(a + b, (all.get(a + b) ?? 0) + weight * otherWeight);
  return all;
}

/** How likely each change is, from the most that go to the most that come. */
function likelihoods({ come, go }: Moves): number[] {
  const [coming, going] = [come, go].map((mean) => Array.from({ length: 2 * widest }, (_, n) => poissonAt(n, mean)));
  return Array.from({ length: 2 * widest + 1 }, (_, n) =>
    (going ?? []).reduce((sum, chanceOf, gone) => sum + chanceOf * (coming?.[gone + n - widest] ?? 0), 0),
  );
}

const toldAs = likelihoodOfTold<Cell["told"]>(shown);
