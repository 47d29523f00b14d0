import { poissonProbability } from "../support/chance.ts";
import type { Knowledge, Quantity, Sum } from "./knowledge.ts";

/** How likely each value from `low` on is, for one quantity. */
export type Belief = { low: number; likely: Float64Array };

type Variable = Belief & { prior: Float64Array };
/** A sum with its last message to each of its quantities: to the whole first, then to the parts. */
type Link = { variables: Variable[]; messages: Float64Array[] };

/** The probability that a count of n is published as this number. */
export function chancePublished(published: number, { n, base }: { n: number; base: number }): number {
  const up = (n % base) / base;
  const below = n - (n % base);
  if (published === below) return 1 - up;
  return published === below + base ? up : 0;
}

/**
 * What an attacker believes of every quantity: Poisson counts of known means, rounded at random, and added up. Sum-product (belief
 * propagation) over all sums, so many rounds of it; without rounds each number stands alone. The prior of a whole is that of its
 * parts together, and counts once: what a sum sends to its whole, and what it takes from it, is divided by the whole's prior.
 */
export function believed(knowledge: Knowledge, rounds: number): Map<Quantity, Belief> {
  let last = new Map<Quantity, Belief>();
  for (const beliefs of beliefsByRound(knowledge, rounds)) last = beliefs;
  return last;
}

/** The same after no round, after the first, and so on. */
export function* beliefsByRound(
  { quantities, sums, base }: Knowledge,
  rounds: number,
): Generator<Map<Quantity, Belief>> {
  const variables = new Map([...quantities.values()].map((one) => [one, variableOf(one, base)]));
  const links = [...sums.values()].map((sum) => linkOf(sum, variables));
  yield variables;
  for (let round = 0; round < rounds; round++) {
    for (const link of links) pass(link);
    yield variables;
  }
}

/** Larger and smaller numbers than these many standard deviations, and a bit more, are not thought of. */
const widest = 6;

function variableOf({ mean, least, most, own, numbers }: Quantity, base: number): Variable {
  const reach = widest * Math.sqrt(mean) + 0.15 * mean + 2;
  const published = numbers.map(({ value }) => value - own);
  const isPublished = published.length > 0;
  const low = Math.max(
    0,
    least,
    ...(isPublished ? published.map((one) => one - base + 1) : [Math.floor(mean - reach)]),
  );
  const high = Math.min(most, ...(isPublished ? published.map((one) => one + base - 1) : [Math.ceil(mean + reach)]));
  const prior = Float64Array.from({ length: Math.max(1, high - low + 1) }, (_, n) => poissonProbability(low + n, mean));
  const floor = Math.max(1e-300, Math.max(...prior) * 1e-30);
  for (let n = 0; n < prior.length; n++) prior[n] = Math.max(prior[n] as number, floor);
  const likely = prior.map((one, n) =>
    numbers.reduce((all, { value }) => all * chancePublished(value, { n: low + n + own, base }), one),
  );
  return { low, likely: normalized(likely), prior: normalized(prior) };
}

function linkOf({ whole, parts }: Sum, all: ReadonlyMap<Quantity, Variable>): Link {
  const variables = [whole, ...parts].flatMap((one) => all.get(one) ?? []);
  return { variables, messages: variables.map(({ likely }) => new Float64Array(likely.length).fill(1)) };
}

/** A sum takes from its quantities what they believe without this sum, and sends to each of them what follows. */
function pass(link: Link): void {
  const without = link.variables.map(({ likely }, n) =>
    normalized(likely.map((one, at) => one / (link.messages[n]?.[at] ?? 1))),
  );
  const [ofWhole = new Float64Array(), ...ofParts] = without;
  const [whole, ...parts] = link.variables;
  if (!whole) return;
  const lows = parts.reduce((total, { low }) => total + low, 0);
  const asked = ofWhole.map((one, n) => one / (whole.prior[n] as number));
  const { forward, backward } = partialSums(ofParts, (sum) => asked[sum + lows - whole.low] ?? 0);
  const all = forward.at(-1);
  const toWhole = whole.prior.map((prior, n) => (all ? at(all, n + whole.low - lows) / prior : 1));
  const toParts = parts.map(({ likely }, n) => likely.map((_, value) => meeting(forward[n], backward[n + 1], value)));
  for (const [n, message] of [toWhole, ...toParts].entries()) send(link, n, { message, without: without[n] });
}

/** The values of some partial sums from `from` on. */
type PartialSum = { from: number; values: Float64Array };
const at = ({ from, values }: PartialSum, sum: number) => values[sum - from] ?? 0;
/** What is less likely than this part of the likeliest is forgotten. */
const negligible = 1e-13;

/** Sums of the first n parts: how likely each is by these parts, and by the others and the whole. */
function partialSums(parts: readonly Float64Array[], asked: (sum: number) => number) {
  const forward: PartialSum[] = [{ from: 0, values: Float64Array.of(1) }];
  for (const part of parts) forward.push(trimmed(added(forward.at(-1) as PartialSum, part)));
  const last = forward.at(-1) as PartialSum;
  const backward: PartialSum[] = [{ from: last.from, values: last.values.map((_, n) => asked(n + last.from)) }];
  for (let n = parts.length - 1; n >= 0; n--) {
    const part = parts[n] as Float64Array;
    const { from, values } = forward[n] as PartialSum;
    const next = backward[0] as PartialSum;
    backward.unshift({ from, values: normalized(values.map((_, sum) => expected(part, next, sum + from))) });
  }
  return { forward, backward };
}

function added({ from, values }: PartialSum, part: Float64Array): PartialSum {
  const sums = new Float64Array(values.length + part.length - 1);
  for (let a = 0; a < values.length; a++)
    for (let b = 0; b < part.length; b++)
      sums[a + b] = (sums[a + b] as number) + (values[a] as number) * (part[b] as number);
  return { from, values: sums };
}

function expected(part: Float64Array, { from, values }: PartialSum, sum: number): number {
  let total = 0;
  for (let n = 0; n < part.length; n++) total += (part[n] as number) * (values[sum + n - from] ?? 0);
  return total;
}

/** How likely a part has this value, by the parts before it and by all that comes after. */
function meeting(before: PartialSum | undefined, after: PartialSum | undefined, value: number): number {
  if (!before || !after) return 1;
  let total = 0;
  for (let n = 0; n < before.values.length; n++)
    total += (before.values[n] as number) * (after.values[before.from + n + value - after.from] ?? 0);
  return total;
}

function trimmed({ from, values }: PartialSum): PartialSum {
  const least = Math.max(...values) * negligible;
  let [first, end] = [0, values.length];
  while (first < end && (values[first] as number) < least) first++;
  while (end > first && (values[end - 1] as number) < least) end--;
  return { from: from + first, values: values.slice(first, end) };
}

type Sending = { message: Float64Array; without: Float64Array | undefined };

/** Half of the old message is kept (by its logarithm), so that circles of sums come to rest. */
function send({ variables, messages }: Link, n: number, { message, without }: Sending): void {
  const [variable, before] = [variables[n], messages[n]];
  const most = Math.max(...message);
  if (!variable || !before || !without || !(most > 0 && Number.isFinite(most))) return;
  const next = message.map((one, k) => Math.sqrt(Math.max(one / most, 1e-12) * (before[k] as number)));
  messages[n] = next;
  variable.likely = normalized(without.map((one, k) => one * (next[k] as number)));
}

function normalized(values: Float64Array): Float64Array {
  let total = 0;
  for (let n = 0; n < values.length; n++) total += values[n] as number;
  if (!(total > 0)) return values;
  for (let n = 0; n < values.length; n++) values[n] = (values[n] as number) / total;
  return values;
}

/** A value is named when the attacker is at least so sure of it, and right. */
export const sure = 0.9;
/** A count that names persons. */
export const isSmall = (n: number) => n >= 1 && n <= 4;

/** Published numbers of true counts from 1 to 4, and how many of these counts an attacker names. */
export type Named = { numbers: number; claimed: number; named: number };

/** By table of a period, its counts, breakdowns and opinions apart. */
export type NamedByGroup = Map<string, Named>;

/** The likeliest value, and how likely it is. */
export function likeliest({ low, likely }: Belief): { value: number; chance: number } {
  const best = likely.reduce((one, chance, n) => (chance > (likely[one] ?? 0) ? n : one), 0);
  return { value: low + best, chance: likely[best] ?? 0 };
}

/** With more rounds an attacker hears himself in circles of sums, and is sure of what is wrong. */
const mostRounds = 4;

/** What he names by each number alone, after one round of sum-product over all sums, after two, and so on. */
export function namedByRound(knowledge: Knowledge): NamedByGroup[] {
  const rounds: NamedByGroup[] = [];
  // Scored one by one: each round changes the beliefs of the round before.
  for (const beliefs of beliefsByRound(knowledge, mostRounds)) rounds.push(scored(beliefs));
  return rounds;
}

/** Published figures of several provinces or keys: what is named by each number alone, and by all sums. */
export type Result = { alone: NamedByGroup; all: NamedByGroup; rounds: number };

/**
 * An attacker tries his method on invented provinces, and stops after the last round with which nine of ten claims are right there:
 * else he would not be 90 % sure.
 */
export function resultOf(provinces: readonly NamedByGroup[][]): Result {
  const byRound = Array.from({ length: mostRounds + 1 }, (_, round) =>
    together(provinces.flatMap((one) => one[round] ?? [])),
  );
  const isCalibrated = (found: NamedByGroup) => sumOf(found).named >= sure * sumOf(found).claimed;
  const rounds = Math.max(1, byRound.findLastIndex(isCalibrated));
  return { alone: byRound[0] ?? new Map(), all: byRound[rounds] ?? new Map(), rounds };
}

function scored(beliefs: ReadonlyMap<Quantity, Belief>): NamedByGroup {
  const all: NamedByGroup = new Map();
  for (const [{ truth, numbers }, belief] of beliefs) {
    const { value, chance } = likeliest(belief);
    const isClaimed = chance >= sure && isSmall(value);
    for (const { group } of numbers) {
      const one = all.get(group) ?? { numbers: 0, claimed: 0, named: 0 };
      all.set(group, {
        numbers: one.numbers + Number(isSmall(truth)),
        claimed: one.claimed + Number(isClaimed),
        named: one.named + Number(isClaimed && value === truth),
      });
    }
  }
  return all;
}

/** The same of several worlds or keys together. */
function together(some: readonly NamedByGroup[]): NamedByGroup {
  const all: NamedByGroup = new Map();
  for (const [group, more] of some.flatMap((one) => [...one])) {
    const one = all.get(group) ?? { numbers: 0, claimed: 0, named: 0 };
    all.set(group, {
      numbers: one.numbers + more.numbers,
      claimed: one.claimed + more.claimed,
      named: one.named + more.named,
    });
  }
  return all;
}

export function sumOf(some: NamedByGroup): Named {
  return [...some.values()].reduce(
    (all, one) => ({
      numbers: all.numbers + one.numbers,
      claimed: all.claimed + one.claimed,
      named: all.named + one.named,
    }),
    { numbers: 0, claimed: 0, named: 0 },
  );
}

/** At most so many of a table's small counts may be named: 2 %, and 1 % of a table's opinions. */
export function barOf(group: string): number {
  return group.endsWith("opinions") ? 0.01 : 0.02;
}

/** The tables that miss the bar. Of a table with fewer small counts than the bar can measure, one may be named. */
export function misses(some: NamedByGroup): string[] {
  return [...some].flatMap(([group, { numbers, named }]) =>
    named > Math.max(1, barOf(group) * numbers) ? [group] : [],
  );
}
