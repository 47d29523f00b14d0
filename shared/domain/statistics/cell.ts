import * as z from "zod";
import { mac } from "../digest.ts";

/** How many complaints are in a cell, and the sum of their record keys modulo 256. Tallies are joined by adding both. */
export type Tally = { n: number; k: number };

/** What the public reads of a count: no less than five, and off by two at the most. */
export type Shown = number | "<5";

/** Fewer complaints than this are not told from none. */
const fewest = 5;
const keys = 256;
/** Of fewer it is not told which class most of them are in: of five that would be what each of them said. */
const fewestLed = 20;

/** How often each deviation stands among the 256; it is the cell's own, so asking twice or in parts averages nothing out. */
const deviations = [
  [-2, 16],
  [-1, 63],
  [0, 98],
  [1, 63],
  [2, 16],
].flatMap(([deviation = 0, times = 0]) => Array.from({ length: times }, () => deviation));

/** A complaint's record key, 0 to 255. It is never shown, or the deviations could be undone. */
export function recordKey(pepper: string, id: string): number {
  return mac(pepper, "statistics", id)[0] ?? 0;
}

export const noTally: Tally = { n: 0, k: 0 };

export function add(one: Tally, other: Tally): Tally {
  return { n: one.n + other.n, k: (one.k + other.k) % keys };
}

/** What is left of a tally without some that are in it and disjoint. */
export function without(whole: Tally, some: readonly Tally[]): Tally {
  const { n, k } = some.reduce(add, noTally);
  return { n: whole.n - n, k: (whole.k - k + keys) % keys };
}

/** The count as it is published. */
export function shown({ n, k }: Tally): Shown {
  const told = n + (deviations[(167 * k + 89 * n) % keys] ?? 0);
  return n < fewest || told < fewest ? "<5" : told;
}

/** From so many on is told what waits on a day, and reports of retaliation. */
const fewestOfMany = 10;
export const ShownOfMany = z.union([z.int(), z.literal("<10")]);

/** The count where fewer than ten are not told from none. */
export function shownOfMany(tally: Tally): z.infer<typeof ShownOfMany> {
  const told = shown(tally);
  return told === "<5" || told < fewestOfMany ? "<10" : told;
}

/**
 * Classes that are told as one, since some of them alone could not be. `mostly`: the one beside which the others are few,
 * or an agency that answers nothing would look like one that answers everything.
 */
export type Part<C extends string> = { classes: C[]; shown: Shown; mostly?: C };

/**
 * The parts of a partition as they are published: a part that cannot be shown joins the next one until the joined part
 * can be, and the last one the one before. One part that says `<5` is left where all together are too few.
 */
export function partsShown<C extends string>(partition: readonly (readonly [C, Tally])[]): Part<C>[] {
  const groups: Group<C>[] = [];
  for (const [name, tally] of partition) {
    const last = groups.at(-1);
    // What makes a part large enough to be shown is the last class that joins it.
    if (last && shown(last.tally) === "<5") join(last, { classes: [name], tally, mostly: name });
    else groups.push({ classes: [name], tally, mostly: name });
  }
  for (let last = groups.at(-1); groups.length > 1 && last && shown(last.tally) === "<5"; last = groups.at(-1)) {
    groups.pop();
    const before = groups.at(-1);
    if (before) join(before, { ...last, mostly: before.mostly });
  }
  return groups.map(({ classes, tally, mostly }) => {
    const told = shown(tally);
    const isLed = classes.length > 1 && told !== "<5" && told >= fewestLed;
    return { classes, shown: told, ...(isLed && { mostly }) };
  });
}

type Group<C> = { classes: C[]; tally: Tally; mostly: C };

function join<C>(group: Group<C>, other: Group<C>): void {
  group.classes.push(...other.classes);
  group.mostly = other.mostly;
  group.tally = add(group.tally, other.tally);
}
