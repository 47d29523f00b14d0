/**
 * The probability that a Poisson variable is `count` or more. `expected`: its mean, above 0. The terms are added from the small
 * end, so that a small probability is exact.
 */
export function probabilityOfAtLeast(count: number, expected: number): number {
  if (count <= expected) return 1 - sumOfTerms(expected, { from: 0, until: count });
  return sumOfTerms(expected, { from: count, until: Number.POSITIVE_INFINITY });
}

/** The sum of the terms e^-m m^n / n! from `from` to below `until`. Behind the mean it ends when the terms no longer matter. */
function sumOfTerms(mean: number, { from, until }: { from: number; until: number }): number {
  // By logarithms: of a large mean, e^-m is below the smallest number.
  let logarithm = -mean;
  for (let n = 1; n <= from; n++) logarithm += Math.log(mean / n);
  let sum = 0;
  for (let n = from; n < until; n++) {
    const term = Math.exp(logarithm);
    sum += term;
    if (n > mean && term < sum * 1e-12) break;
    logarithm += Math.log(mean / (n + 1));
  }
  return sum;
}
