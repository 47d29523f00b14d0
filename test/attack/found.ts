/**
 * How many of something are hidden though somebody is in them, and of how many an attacker is at least 90 % sure: rightly
 * (`named`), or wrongly, hidden ones in which nobody is among them. Who is sure that nobody is in it names nobody.
 */
export type Found = { hidden: number; named: number; wrong: number };

/** The likeliest count and how sure he is of it; whether so many are anybody, and whether what is true is hidden. */
export type Guess = { n: number; sure: number; isSomebody: boolean; truth: number; isHidden: boolean };

export function found(guesses: Iterable<Guess>): Found {
  const all: Found = { hidden: 0, named: 0, wrong: 0 };
  for (const { n, sure, isSomebody, truth, isHidden } of guesses) {
    if (isHidden) all.hidden += 1;
    if (!isSomebody || !(sure >= 0.9)) continue;
    if (n === truth) all.named += 1;
    else all.wrong += 1;
  }
  return all;
}

export function addedUp(all: readonly Found[]): Found {
  const sum = (name: keyof Found) => all.reduce((total, one) => total + one[name], 0);
  return { hidden: sum("hidden"), named: sum("named"), wrong: sum("wrong") };
}

/** The likeliest of all that are weighed, by how much they weigh, and how sure of it one may be. */
export function surest(weighed: Iterable<readonly [n: number, weight: number]>): { n: number; sure: number } {
  let [best, most, total] = [0, 0, 0];
  for (const [n, weight] of weighed) {
    total += weight;
    if (weight > most) [best, most] = [n, weight];
  }
  return { n: best, sure: total > 0 ? most / total : 0 };
}
