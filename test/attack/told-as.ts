import type { Tally } from "#shared/domain/statistics/cell.ts";
import { keys } from "./fourier.ts";

/** How likely so many complaints are told as this, over all sums that their keys may have. */
export function likelihoodOfTold<T>(tell: (tally: Tally) => T): (n: number, told: T) => number {
  const known = new Map<string, number>();
  return (n, told) => {
    const name = `${n} ${told}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const chance = Array.from({ length: keys }, (_, k) => tell({ n, k })).filter((one) => one === told).length / keys;
    known.set(name, chance);
    return chance;
  };
}
