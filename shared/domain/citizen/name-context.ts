import { comparableName } from "../text.ts";
import type { Span } from "./span.ts";

/** Before a name these make it a place's, which everybody writes. */
const places =
  /^(?:خیاب[او]ن|بلوار|مید[او]ن|کوچه|کوی|بزرگراه|جاده|چهارراه|پل|فلکه|روستا|شهرک?|محله|امامزاده|مسجد|بیمارستان|دانشگاه|مدرسه|دبستان|دبیرستان|پارک|فصل)ی?$/;
const honours = /^(?:شهید|شهدای?|امام|ایتالله)$/;
const saints = /^(?:امام|حضرت)$/;
const idioms = /^(?:امیدخدا|یاریخدا|دمسحر)$/;

/** Whether the name that stands here is a street's, a village's or a saint's, or a part of an idiom. */
export function isNameOfPlace(text: string, { from, to }: Span): boolean {
  const [word, next = ""] = wordsOf(text.slice(from, to + 30).split(apart)[0]);
  const [before = "", further = ""] = wordsOf(
    text
      .slice(Math.max(0, from - 40), from)
      .split(apart)
      .at(-1),
  ).toReversed();
  const place = honours.test(before) ? further : before;
  return (
    places.test(place) ||
    saints.test(before) ||
    /^اباد(?!\p{L})/u.test(next) ||
    [before + word, word + next].some((both) => idioms.test(both))
  );
}

/** Beyond a line, a comma or the end of a sentence a word says nothing of the name. */
const apart = /[^\p{L}\p{M}\p{Nd}\p{Cf} \u00a0]/u;

/** In comparable form. */
function wordsOf(text = ""): string[] {
  const words = text.trim().split(/[ \u00a0]+/);
  return words.map(comparableName);
}
