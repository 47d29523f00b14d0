/** Numbers from 0 to 1 by chance, the same ones for the same seed (`mulberry32`). */
export type RandomNumbers = () => number;

/** How many of what happens so often on average (Knuth; by the normal distribution where they are many). */
export function poissonSample(chance: RandomNumbers, mean: number): number {
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = chance(); product > floor; product *= chance()) count++;
  return count;
}

function normal(chance: RandomNumbers): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** How likely exactly so many are of what happens so often on average. */
export function poissonProbability(count: number, mean: number): number {
  if (mean === 0) return count === 0 ? 1 : 0;
  let logarithm = -mean + count * Math.log(mean);
  for (let n = 2; n <= count; n++) logarithm -= Math.log(n);
  return Math.exp(logarithm);
}
