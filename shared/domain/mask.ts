import { readNationalId, readPhone } from "./citizen.ts";
import { digest } from "./identifier.ts";
import { comparableName } from "./text.ts";

/** What stands where a name or number was. */
const blank = "█████";

/** Runs of digits in any script with the separators people put between them. */
const numbers = /[+\d۰-۹٠-٩][\d۰-۹٠-٩\s\-().\u200c]{6,}[\d۰-۹٠-٩]/g;
/** What such a run is made of: digits, a gap, digits, and so on. */
const pieces = /[+\d۰-۹٠-٩]+|[\s\-().\u200c]+/g;
/** An international number has at most fifteen digits, whatever gaps are between them. */
const mostGroups = 16;
const words = /[\p{L}\p{M}\u200c]{2,}/gu;

/** Whether a word, in comparable form, belongs to the citizen's name. */
export type IsNameWord = (comparable: string) => boolean;

/** The words of a name that a text is searched for, in comparable form. */
export function nameWords(name: string | undefined): string[] {
  return (name?.match(words) ?? []).flatMap(spellings).filter((word) => word.length > 1);
}

/** The digest by which a word of the name is known again where the name itself may not be. */
export function nameMark(pepper: string, word: string): string {
  return digest(pepper, "name", word).slice(0, 16);
}

/** The text with the citizen's name and whatever is a valid national id or phone number blanked; undefined if nothing was. */
export function maskText(text: string, isNameWord: IsNameWord): string | undefined {
  const masked = text
    .replace(numbers, blankPersonal)
    .replace(words, (word) => (spellings(word).some(isNameWord) ? blank : word));
  return masked === text ? undefined : masked;
}

/** Those fields that had to be masked. */
export function maskFields(
  fields: Record<string, string | undefined>,
  isNameWord: IsNameWord,
): Record<string, string> | undefined {
  const masked = Object.entries(fields).flatMap(([field, text]) => {
    const blanked = text === undefined ? undefined : maskText(text, isNameWord);
    return blanked === undefined ? [] : [[field, blanked] as const];
  });
  return masked.length === 0 ? undefined : Object.fromEntries(masked);
}

/** The word, and its parts where a joiner holds it together: a suffix is joined so, and a double name as often spaced. */
function spellings(word: string): string[] {
  return [...new Set([word, ...word.split("\u200c")].map(comparableName))];
}

/** Two numbers written side by side are one run, so each stretch of it is judged. */
function blankPersonal(run: string): string {
  const parts = run.match(pieces) ?? [];
  let read = "";
  for (let from = 0; from < parts.length; ) {
    const end = personalEnd(parts, from);
    read += end ? blank : parts[from];
    from = end ?? from + 1;
  }
  return read;
}

/** Where a personal number ends that begins at this part; a national id before a phone that would run into the next number. */
function personalEnd(parts: string[], from: number): number | undefined {
  // Digits stand at even places: neither end of a stretch is a gap.
  if (from % 2 === 1) return undefined;
  const ends = Array.from({ length: mostGroups }, (_, n) => from + 1 + 2 * n).filter((end) => end <= parts.length);
  const stretch = (end: number) => parts.slice(from, end).join("");
  const nationalId = ends.find((end) => readNationalId(stretch(end)) !== undefined);
  return nationalId ?? ends.findLast((end) => readPhone(stretch(end)) !== undefined);
}
