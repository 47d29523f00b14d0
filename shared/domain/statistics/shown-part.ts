import type { Partition } from "./partition.ts";
import type { PublishedCell } from "./published.ts";
import { sum } from "./sum.ts";

/** So many complaints in these classes, as the public reads it. */
export type ShownPart = { classes: readonly string[]; shown: number; mostly?: string | undefined };

/** From so many complaints on something is said of a share; of what people say, and of medians, from fewer. */
export const fewestFor = { rates: 20, opinions: 10, medians: 10 } as const;

/** The parts of a partition that can be read; none where too few are in all of them. */
export function shownParts({ parts }: Pick<PublishedCell, "parts">, partition: Partition): ShownPart[] {
  return (parts?.[partition] ?? []).flatMap(({ shown, ...part }) => (shown === "<5" ? [] : [{ ...part, shown }]));
}

export function sumOf(parts: readonly ShownPart[]): number {
  return sum(parts.map(({ shown }) => shown));
}

/** How many are in a class; undefined where it is told together with others. */
export function aloneIn(parts: readonly ShownPart[], name: string): number | undefined {
  return parts.find(({ classes }) => classes.length === 1 && classes[0] === name)?.shown;
}

/** What is too few to be shown is no more than this: six, told as two fewer. */
export const mostHidden = 6;

export type Range = { least: number; most: number };

/** Between which numbers a class is, where it is told together with others; undefined where nothing can be read. */
export function rangeIn(parts: readonly ShownPart[], name: string): Range | undefined {
  const part = parts.find(({ classes }) => classes.includes(name));
  if (!part) return undefined;
  const { classes, shown, mostly } = part;
  if (classes.length === 1) return { least: shown, most: shown };
  if (mostly === undefined) return { least: 0, most: shown };
  if (mostly !== name) return { least: 0, most: Math.min(mostHidden, shown) };
  // Those before it were few together, and those behind it.
  const sides = [classes[0] !== name, classes.at(-1) !== name].filter((hasSome) => hasSome).length;
  return { least: Math.max(0, shown - sides * mostHidden), most: shown };
}

/** The same as shares of the partition. */
export function shareRangeIn(parts: readonly ShownPart[], name: string, fewest: number): Range | undefined {
  const [range, all] = [rangeIn(parts, name), sumOf(parts)];
  return range && all >= fewest ? { least: range.least / all, most: range.most / all } : undefined;
}

/** A class's share of its partition; undefined where that cannot be said. */
export function shareIn(parts: readonly ShownPart[], name: string, fewest: number): number | undefined {
  const [one, all] = [aloneIn(parts, name), sumOf(parts)];
  return one === undefined || all < fewest ? undefined : rounded(one / all);
}

/** To three decimals: more would look as if the counts were exact. */
export const rounded = (number: number) => Math.round(number * 1_000) / 1_000;
