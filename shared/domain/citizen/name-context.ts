import { comparableName } from "../text.ts";
import type { Span } from "./span.ts";

/** Before a name these make it a place's, which everybody writes. */
const places =
  /^(?:خیاب[او]ن|بلوار|مید[او]ن|کوچه|کوی|بزرگراه|جاده|چهارراه|پل|فلکه|روستا|شهرک?|محله|امامزاده|مسجد|بیمارستان|دانشگاه|مدرسه|دبستان|دبیرستان|پارک|فصل)ی?$/;
const honours = /^(?:شهید|شهدای?|امام|ایتالله)$/;
const idioms = /^(?:امیدخدا|یاریخدا|دمسحر)$/;

/** Whether the name that stands here is a street's or a village's, or a part of an idiom. */
export function isNameOfPlace(text: string, { from, to }: Span): boolean {
  const [word, next = ""] = neighbours(text.slice(from, to + 30));
  const [before = "", further = ""] = neighbours(text.slice(Math.max(0, from - 40), from)).toReversed();
  const place = honours.test(before) ? further : before;
  return (
    places.test(place) || /^اباد(?!\p{L})/u.test(next) || [before + word, word + next].some((both) => idioms.test(both))
  );
}

/** Words with only spaces between them, in comparable form; where a sentence ends there is none. */
function neighbours(text: string): string[] {
  const words = text.trim().split(/[ \u00a0]+/);
  return words.map((word) => (/[.-]/.test(word) ? "" : comparableName(word)));
}
