/** The point below which Beta(a, b) lies with a probability; 0 or 1 where all of it is there. */
export function betaQuantile(probability: number, { a, b }: { a: number; b: number }): number {
  if (a <= 0) return 0;
  if (b <= 0) return 1;
  let [low, high] = [0, 1];
  // Halved so often, the two are as near as numbers can be.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (betaBelow(middle, { a, b }) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularized incomplete beta function I_x(a, b). */
export function betaBelow(x: number, { a, b }: { a: number; b: number }): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on one side of the mean; the other is told by symmetry.
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, { a, b })) / a
    : 1 - (front * fraction(1 - x, { a: b, b: a })) / b;
}

const tiny = 1e-300;
const apartFromZero = (number: number) => (Math.abs(number) < tiny ? tiny : number);

/** The continued fraction of the incomplete beta function, by Lentz's method (Numerical Recipes, 6.4). */
function fraction(x: number, { a, b }: { a: number; b: number }): number {
  let c = 1;
  let d = 1 / apartFromZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 1_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    const before = result;
    for (const term of [even, odd]) {
      d = 1 / apartFromZero(1 + term * d);
      c = apartFromZero(1 + term / c);
      result *= c * d;
    }
    if (Math.abs(result - before) < 1e-14 * result) break;
  }
  return result;
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function, by Lanczos's approximation; its argument is above 0. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x - 1 + 7.5;
  const series = lanczos.reduce((sum, term, n) => sum + term / (x + n), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series);
}
