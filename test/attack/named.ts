import { type Belief, beliefsByRound } from "./belief.ts";
import type { Knowledge, Quantity } from "./knowledge.ts";

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
