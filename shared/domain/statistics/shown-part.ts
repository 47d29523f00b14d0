import type { Partition } from "./partition.ts";
import type { PublishedCell } from "./published.ts";

/** So many complaints in these classes, as the public reads it. */
export type ShownPart = { classes: readonly string[]; shown: number };

/** From so many complaints on something is said of a share; of what people say, and of medians, from fewer. */
export const fewestFor = { rates: 20, opinions: 10, medians: 10 } as const;

/** The parts of a partition that can be read; none where too few are in all of them. */
export function shownParts({ parts }: Pick<PublishedCell, "parts">, partition: Partition): ShownPart[] {
  return (parts?.[partition] ?? []).flatMap(({ classes, shown }) => (shown === "<5" ? [] : [{ classes, shown }]));
}

export function sumOf(parts: readonly ShownPart[]): number {
  return parts.reduce((sum, { shown }) => sum + shown, 0);
}

/** How many are in a class; undefined where it is told together with others. */
export function aloneIn(parts: readonly ShownPart[], name: string): number | undefined {
  return parts.find(({ classes }) => classes.length === 1 && classes[0] === name)?.shown;
}

/** A class's share of its partition; undefined where that cannot be said. */
export function shareIn(parts: readonly ShownPart[], name: string, fewest: number): number | undefined {
  const [one, all] = [aloneIn(parts, name), sumOf(parts)];
  return one === undefined || all < fewest ? undefined : rounded(one / all);
}

/** To three decimals: more would look as if the counts were exact. */
export const rounded = (number: number) => Math.round(number * 1_000) / 1_000;
