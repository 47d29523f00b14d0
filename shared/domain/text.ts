import { digitsArToEn, digitsEnToFa } from "@persian-tools/persian-tools";
import * as z from "zod";

/** Arabic letters that keyboards and phones mix into Persian, and the Persian letter that is meant. */
const letters: Record<string, string> = { ي: "ی", ى: "ی", ك: "ک", ە: "ه" };

/**
 * What no reader sees and a text may hide something in: controls but tab and line feed, marks without width but the two
 * joiners, marks that reorder, tags, noncharacters. The signs before Arabic numbers are seen.
 */
export const invisibleCharacters =
  /(?!\t|\n|\u200c|\u200d|[\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/gu;

/** What ends a line wherever it came from. */
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Letters to Unicode, of which a reader sees a blank. */
const blankCharacters = /[\u115f\u1160\u3164\uffa0]/g;

/** Text a person wrote, in one form: NFC, Persian letters and digits, nothing unseen, no space around it. */
export function normalizeText(text: string): string {
  return (
    text
      .replace(lineEnds, "\n")
      .replace(blankCharacters, " ")
      // Where a word may end without a space, the joiner that keeps two apart says the same.
      .replaceAll("\u200b", "\u200c")
      .replace(invisibleCharacters, "")
      // What stood between a letter and its mark is gone.
      .normalize("NFC")
      .replace(/[يىكە]/g, (letter) => letters[letter] ?? letter)
      .replace(/[٠-٩]/g, (digit) => digitsEnToFa(digitsArToEn(digit)))
      .trim()
  );
}

/** Decimal digits of any script as `0` to `9`, for texts that code compares. */
export function latinDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, latinDigit);
}

/** Unicode has them in runs of ten, each from its zero. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return `${(code - first) % 10}`;
}

/**
 * The letters and digits of a code or a number as it was typed or pasted, digits of any script as Latin ones, without
 * spaces and marks: also a kashida, a minus, an emoji's frame.
 */
export const withoutSeparators = (typed: string) =>
  latinDigits(normalizeText(typed).normalize("NFKC")).replace(/[\s\p{P}\p{Cf}\p{M}\u0640\u2212]/gu, "");

/** A name in the form in which names are compared: no spaces, joiners or marks, and one spelling of each letter. */
export function comparableName(name: string): string {
  // NFKD makes hamza and madda marks of their own, which go with the others, and presentation forms plain letters.
  const bare = name.normalize("NFKD").replace(/[\s\p{Cf}\u0640\p{Mn}.-]/gu, "");
  return normalizeText(bare).toLowerCase().replace(/[ةہھ]/g, "ه");
}

/** What leaves no ink and still is kept, such as joiners inside words, fillers of Hangul and the empty Braille cell. */
const charactersWithoutInk = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

type Length = { min?: number; max: number };

/**
 * Written text in the form in which it is kept, of `min` to `max` characters (code points, counted in that form); `min` of
 * them can be seen.
 */
export function text({ min = 1, max, form = normalizeText }: Length & { form?: (written: string) => string }) {
  const length = (value: string) => [...value].length;
  const seen = (value: string) => value.replace(charactersWithoutInk, "").trim();
  return z
    .string()
    .refine((value) => value.isWellFormed(), { params: { rule: "not-unicode" }, abort: true })
    .overwrite(form)
    .refine((value) => length(seen(value)) >= min, { params: { rule: "min-characters", limit: min } })
    .refine((value) => length(value) <= max, { params: { rule: "max-characters", limit: max } })
    .meta({ minLength: min, maxLength: max });
}

const oneLine = (written: string) => normalizeText(written).replace(/[\t\n]+/g, " ");

/** A text of one line, such as a name. */
export const singleLineText = (length: Length) => text({ ...length, form: oneLine });
