import type { SpokenNumber } from "./number-words.ts";
import type { Span } from "./span.ts";

/** What a number is written with, whoever's it is: spaces, punctuation, kashidas, bullets. */
const signs = /[\s\p{P}\p{Cf}\p{M}\u0640\u2212\u25a0-\u25ff]/gu;
/** Who reads a number out also says something between its groups. */
const longestRemark = 16;
/** The longest personal number is a Sheba's; each of its digits may stand alone. */
const mostDigits = 24;

/**
 * Digits that stand together, or a number in words. It follows the one before it near, if only signs of one number are
 * between them, and far, if there are any signs, "و" (and) or a remark.
 */
export type Group = Span & { digits: string; isSpoken: boolean; follows?: "near" | "far" | undefined };
/** Groups that may be one number, with their digits in either order: from right to left, people type them in both. */
export type Stretch = Span & {
  text: string;
  first: string;
  last: string;
  /** Where the last group begins. */
  lastFrom: number;
  count: number;
  digits: string;
  reversed: string;
  isNear: boolean;
  isSpoken: boolean;
};

type Read = { inDigits: Group[]; inWords: SpokenNumber[] };

/** The groups of a text in their order. */
export function groupsOf(text: string, { inDigits, inWords }: Read): Group[] {
  const spoken = inWords.map(({ from, to, digits }) => ({ from, to, digits, isSpoken: true }));
  const groups = [...inDigits, ...spoken].sort((a, b) => a.from - b.from);
  return groups.map((group, n) => ({ ...group, follows: followsHow(text, group, groups[n - 1]) }));
}

function followsHow(text: string, group: Group, before: Group | undefined): Group["follows"] {
  if (!before) return undefined;
  const gap = text.slice(before.to, group.from).replace(signs, "");
  if (gap === "" || (gap === "و" && (before.isSpoken || group.isSpoken))) return "near";
  const isReadOut = before.isSpoken && group.isSpoken && group.from - before.to < longestRemark;
  return isReadOut || /^(?:[^\p{L}\p{N}]|و)*$/u.test(gap) ? "far" : undefined;
}

/** All that begin with this group, the shortest first. */
export function stretchesFrom(groups: Group[], { at, text }: { at: number; text: string }): Stretch[] {
  const stretches: Stretch[] = [];
  for (let n = at; n < groups.length; n++) {
    const [group, before] = [groups[n], stretches.at(-1)];
    if (!group || (before && (!group.follows || before.digits.length >= mostDigits))) break;
    stretches.push(before ? longer(before, group) : alone(text, group));
  }
  return stretches;
}

function alone(text: string, { from, to, digits, isSpoken }: Group): Stretch {
  return {
    text,
    from,
    to,
    first: digits,
    last: digits,
    lastFrom: from,
    count: 1,
    digits,
    reversed: digits,
    isNear: true,
    isSpoken,
  };
}

function longer(before: Stretch, group: Group): Stretch {
  return {
    ...before,
    to: group.to,
    last: group.digits,
    lastFrom: group.from,
    count: before.count + 1,
    digits: before.digits + group.digits,
    reversed: group.digits + before.reversed,
    isNear: before.isNear && group.follows === "near",
    isSpoken: before.isSpoken && group.isSpoken,
  };
}
