import { isDeepStrictEqual } from "node:util";
import type { ProvinceFault } from "../faults/fault.ts";
import type { Province } from "../province.ts";

/** What a difference between two versions of a province's file does, and where it stands in the later one. */
export type Effect = ProvinceFault;

/** A value before and after. */
export type Pair<T> = { was: T; is: T };
/** What a sentence may need of the later version. */
type Around = Pick<Province, "id" | "ladder">;
/** Says what a change of one value does. */
export type Answer<T> = (pair: Pair<T>, around: Around) => Effect[];

/** One sentence for a value, whatever is in it. */
export function saying<T>(sentence: string | ((pair: Pair<T>, around: Around) => string)): Answer<T> {
  return (pair, around) => [{ path: [], message: typeof sentence === "string" ? sentence : sentence(pair, around) }];
}

/** For what may not change at all: `removalFaults` refuses it, and that is the answer. */
export const refused: Answer<unknown> = () => [];

/** An answer for each field. One that the schema gets later does not compile until it has one. */
export type Answers<T> = { [K in keyof Required<T>]: Answer<T[K]> };

/** The fields of an object, each by itself; one that could not be read in the earlier version is left out. */
export function byField<T extends object>(answers: Answers<T>): Answer<T> {
  return ({ was, is }, around) => {
    const effects: Effect[] = [];
    for (const field in answers)
      effects.push(...under([field], answerTo(answers[field], { was: was[field], is: is[field] }, around)));
    return effects;
  };
}

type Entries<T> = {
  /** What the sentences about one entry begin with, as in `agency "gas": …`. */
  noun: string;
  /** Tells entries apart. */
  key: (entry: T) => string;
  added: (entry: T, around: Around) => string;
  /** Left out where removing one is refused. */
  removed?: (entry: T) => string;
  each: Answer<T>;
};

/** The entries of a list by their keys; their order means nothing. */
export function byEntry<T>({ noun, key, added, removed, each }: Entries<T>): Answer<T[]> {
  const about = (entry: T, effects: Effect[]) =>
    effects.map(({ path, message }) => ({ path, message: `${noun} "${key(entry)}": ${message}` }));
  return ({ was, is }, around) => {
    const before = new Map(was.map((entry) => [key(entry), entry]));
    const now = new Set(is.map(key));
    const gone = removed ? was.filter((entry) => !now.has(key(entry))) : [];
    return [
      ...is.flatMap((entry, n) => {
        const earlier = before.get(key(entry));
        const effects = earlier
          ? answerTo(each, { was: earlier, is: entry }, around)
          : [{ path: [], message: added(entry, around) }];
        return under([n], about(entry, effects));
      }),
      ...gone.flatMap((entry) => about(entry, [{ path: [], message: removed?.(entry) ?? "" }])),
    ];
  };
}

/** A list of plain words. */
export function byWord(words: Pick<Entries<string>, "noun" | "added" | "removed">): Answer<string[]> {
  return byEntry({ ...words, key: (word) => word, each: refused });
}

type Coming<T> = { added: (is: T) => string; removed: (was: T) => string; each: Answer<T> };

/** For a part that may come and go: what both mean, and what a change within it does. */
export function comingAndGoing<T extends object>({ added, removed, each }: Coming<T>): Answer<T | undefined> {
  return ({ was, is }, around) => {
    if (was && is) return each({ was, is }, around);
    if (is) return [{ path: [], message: added(is) }];
    return was ? [{ path: [], message: removed(was) }] : [];
  };
}

/** Nothing where the value is as it was. */
export function answerTo<T>(answer: Answer<T>, pair: Pair<T>, around: Around): Effect[] {
  return isDeepStrictEqual(pair.was, pair.is) ? [] : answer(pair, around);
}

export function under(path: Effect["path"], effects: Effect[]): Effect[] {
  return effects.map((effect) => ({ ...effect, path: [...path, ...effect.path] }));
}
