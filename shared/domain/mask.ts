import { bareDigits, type Identity, readNationalId, readPhone } from "./citizen.ts";
import type { MaskedTexts } from "./event.ts";
import { digest } from "./identifier.ts";
import { comparableName } from "./text.ts";

/** What stands where a name or number was. */
const blank = "█████";

/** Runs of digits in any script with the separators people put between them. */
const numbers = /[+\p{Nd}][\p{Nd}\s\p{P}\p{Cf}]{6,}\p{Nd}/gu;
/** What such a run is made of: digits, a gap, digits, and so on. */
const pieces = /[+\p{Nd}]+|[\s\p{P}\p{Cf}]+/gu;
/** An international number has at most fifteen digits, whatever gaps are between them. */
const mostGroups = 16;
const words = /[\p{L}\p{M}\u200c]{2,}/gu;
const addresses = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\w/g;

/** Whether a word in comparable form, or the end of a number, is of what the citizen gave. */
export type IsGiven = (token: string) => boolean;

/** What a text is searched for: the words of the name, and the ends of the numbers, which stay however they are begun. */
export function givenTokens({ name, phone, nationalId, email }: Identity): string[] {
  const named = (name?.match(words) ?? []).flatMap(spellings).filter((word) => word.length > 1);
  const numbered = [phone, nationalId].flatMap((number) => (number ? numberTokens(number) : []));
  return [...named, ...numbered, ...(email ? [email.toLowerCase()] : [])];
}

/** A phone is known by its last eight digits whatever stands before them, an id also without its leading zeros. */
function numberTokens(number: string): string[] {
  const digits = bareDigits(number).replace(/\D/g, "");
  return digits.length < 8 ? [] : [digits.slice(-8), digits.replace(/^0+/, "")];
}

/** The digest by which what was given is known again where it may not be itself. */
export function identityMark(maskKey: string, token: string): string {
  return digest(maskKey, "given", token).slice(0, 16);
}

/** The text with the citizen's name and whatever is a valid national id or phone number blanked; undefined if nothing was. */
export function maskText(text: string, isGiven: IsGiven): string | undefined {
  const masked = text
    .replace(addresses, (address) => (isGiven(address.toLowerCase()) ? blank : address))
    .replace(numbers, (run) => blankPersonal(run, isGiven))
    .replace(words, (word) => (spellings(word).some(isGiven) ? blank : word));
  return masked === text ? undefined : masked;
}

/** Those texts of an event that had to be masked; undefined if none had. */
export function maskTexts({ actions, ...texts }: MaskedTexts, isGiven: IsGiven): MaskedTexts | undefined {
  const masked = Object.entries(texts).flatMap(([name, text]) => {
    const blanked = text === undefined ? undefined : maskText(text, isGiven);
    return blanked === undefined ? [] : [[name, blanked] as const];
  });
  const promised = actions?.map((action) => ({ ...action, text: maskText(action.text, isGiven) ?? action.text }));
  const isPromiseMasked = promised?.some(({ text }, n) => text !== actions?.[n]?.text);
  if (masked.length === 0 && !isPromiseMasked) return undefined;
  return { ...Object.fromEntries(masked), ...(isPromiseMasked && { actions: promised }) };
}

/** The word, and its parts where a joiner holds it together: a suffix is joined so, and a double name as often spaced. */
function spellings(word: string): string[] {
  return [...new Set([word, ...word.split("\u200c")].map(comparableName))];
}

/** Two numbers written side by side are one run, so each stretch of it is judged. */
function blankPersonal(run: string, isGiven: IsGiven): string {
  const parts = run.match(pieces) ?? [];
  let read = "";
  for (let from = 0; from < parts.length; ) {
    const end = personalEnd(parts, { from, isGiven });
    read += end ? blank : parts[from];
    from = end ?? from + 1;
  }
  return read;
}

type Search = { from: number; isGiven: IsGiven };

/** Where a personal number ends that begins at this part; a national id before a phone that would run into the next number. */
function personalEnd(parts: string[], { from, isGiven }: Search): number | undefined {
  // Digits stand at even places: neither end of a stretch is a gap.
  if (from % 2 === 1) return undefined;
  const ends = Array.from({ length: mostGroups }, (_, n) => from + 1 + 2 * n).filter((end) => end <= parts.length);
  const stretch = (end: number) => parts.slice(from, end).join("");
  const nationalId = ends.find((end) => readNationalId(stretch(end)) !== undefined);
  const phone = ends.findLast((end) => readPhone(stretch(end)) !== undefined);
  return nationalId ?? phone ?? ends.find((end) => numberTokens(stretch(end)).some(isGiven));
}
