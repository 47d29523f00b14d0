/** Random choices that are the same for the same seed. */
export type Chance = {
  /** A number from 0 to below 1. */
  share(): number;
  happens(probability: number): boolean;
  between(from: number, to: number): number;
  oneOf<T>(all: readonly T[]): T;
  /** Chooses one of the names, each with a probability in proportion to its weight. */
  weighted<K extends string>(weights: Partial<Record<K, number>>): K;
};

export function createChance(seed: string): Chance {
  const share = mulberry32(hashOf(seed));
  return {
    share,
    happens: (probability) => share() < probability,
    between: (from, to) => from + share() * (to - from),
    oneOf<T>(all: readonly T[]): T {
      return all[Math.floor(share() * all.length)] as T;
    },
    weighted: (weights) => chooseByWeight(share, weights),
  };
}

/** Chooses one of the names, each with a probability in proportion to its weight. Throws if there are none. */
export function chooseByWeight<K extends string>(share: () => number, weights: Partial<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = share() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const last = entries.at(-1);
  if (!last) throw new Error("nothing to draw from");
  return last[0];
}

/** Returns a generator of numbers from 0 to below 1, the same sequence for the same seed (mulberry32 by Tommy Ettinger). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The FNV-1a hash, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
