import type { SpokenNumber } from "./number-words.ts";
import type { Span } from "./span.ts";

/** What a number is written with, whoever's it is: spaces, punctuation, kashidas, bullets. */
const signs = /[\s\p{P}\p{Cf}\p{M}\u0640\u2212\u25a0-\u25ff]/gu;
/** What ends a number in a list more often than it parts the groups of one. */
const listSigns = /[\n،,؛;:()/]/;
/** Who reads a number out also says something between its groups: so many words and characters. */
const mostRemarks = 3;
const longestRemark = 30;
/** Then, after it, at its end, the rest of it: words that say that the number goes on. */
const goesOn = /^و?(?:(?:بعد|[آا]خر|وسط|ادامه?|بقیه?|دنباله?|ته)(?:ا?شم?|م)?|سپس)$/;
/** The longest personal number is a Sheba's; each of its digits may stand alone. */
const mostDigits = 24;

/**
 * How a group follows the one before it: "close" with signs of one number between them, "near" with signs of a list or a
 * word that the number goes on, "far" with any signs, "و" (and) or a remark.
 */
type Following = "close" | "near" | "far";
/** Digits that stand together, or a number in words; what does not follow the group before it begins a number of its own. */
export type Group = Span & { digits: string; isSpoken: boolean; follows?: Following | undefined };
/** Groups that may be one number, with their digits in either order: from right to left, people type them in both. */
export type Stretch = Span & {
  text: string;
  first: string;
  last: string;
  count: number;
  digits: string;
  reversed: string;
  isClose: boolean;
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

function followsHow(text: string, group: Group, before: Group | undefined): Following | undefined {
  if (!before) return undefined;
  const between = text.slice(before.to, group.from);
  const words = wordsOf(between);
  const isArea = /^0[1-8]\d$/.test(before.digits);
  const remarks = words.filter((word) => word !== "و" && !(isArea && word.startsWith("شمار")));
  if (remarks.length > mostRemarks || (remarks.length > 0 && between.length > longestRemark)) return undefined;
  if (/[^\p{L}]/u.test(between.replace(signs, "")) || !remarks.every((word) => goesOn.test(word))) return "far";
  if (remarks.length === 0 && !words.includes("و")) return listSigns.test(between) ? "near" : "close";
  return remarks.length > 0 || before.isSpoken || group.isSpoken ? "near" : "far";
}

/** Its words without joiners, vowel signs and kashidas. */
function wordsOf(text: string): string[] {
  return text.replace(/[\p{Cf}\p{M}\u0640]/gu, "").match(/\p{L}+/gu) ?? [];
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
    count: 1,
    digits,
    reversed: digits,
    isClose: true,
    isNear: true,
    isSpoken,
  };
}

function longer(before: Stretch, group: Group): Stretch {
  return {
    ...before,
    to: group.to,
    last: group.digits,
    count: before.count + 1,
    digits: before.digits + group.digits,
    reversed: group.digits + before.reversed,
    isClose: before.isClose && group.follows === "close",
    isNear: before.isNear && group.follows !== "far",
    isSpoken: before.isSpoken && group.isSpoken,
  };
}
