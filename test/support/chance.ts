/** Numbers from 0 to 1 by chance, the same ones for the same seed (Tommy Ettinger's mulberry32). */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the names, each as often as its weight says. */
export function drawn<T extends string>(chance: Chance, weights: Partial<Record<T, number>>): T {
  const entries = Object.entries(weights) as [T, number][];
  let left = chance() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const last = entries.at(-1);
  if (!last) throw new Error("nothing to draw from");
  return last[0];
}

/** How many of what happens so often on average (Knuth; by the normal distribution where they are many). */
export function poisson(chance: Chance, mean: number): number {
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = chance(); product > floor; product *= chance()) count++;
  return count;
}

function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** How likely exactly so many are of what happens so often on average. */
export function poissonAt(count: number, mean: number): number {
  if (mean === 0) return count === 0 ? 1 : 0;
  let logarithm = -mean + count * Math.log(mean);
  for (let n = 2; n <= count; n++) logarithm -= Math.log(n);
  return Math.exp(logarithm);
}
