import { digitsArToEn, digitsEnToFa } from "@persian-tools/persian-tools";
import * as z from "zod";

/** Arabic letters that keyboards and phones mix into Persian, with the Persian letter that the writer means. */
const persianLetters: Record<string, string> = { ي: "ی", ى: "ی", ك: "ک", ە: "ه" };

/**
 * Characters that no reader sees, so that a text can hide something with them: control characters except tab and line feed,
 * zero-width marks except the two joiners, direction marks, tags, noncharacters. The Arabic number signs (U+0600 to U+0605,
 * U+06DD) are visible, so they are not in this set.
 */
export const invisibleCharacters =
  /(?!\t|\n|\u200c|\u200d|[\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/gu;

/** The line ends of all systems. */
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Characters that are letters in Unicode but look blank (Hangul fillers). */
const blankCharacters = /[\u115f\u1160\u3164\uffa0]/g;

/** The normal form of a written text: NFC, Persian letters and digits, no invisible characters, no space around it. */
export function normalizeText(text: string): string {
  return (
    text
      .replace(lineEnds, "\n")
      .replace(blankCharacters, " ")
      // A zero-width space and a zero-width non-joiner separate words in the same way.
      .replaceAll("\u200b", "\u200c")
      .replace(invisibleCharacters, "")
      // After the invisible characters: they can separate a letter from its mark.
      .normalize("NFC")
      .replace(/[يىكە]/g, (letter) => persianLetters[letter] ?? letter)
      .replace(/[٠-٩]/g, (digit) => digitsEnToFa(digitsArToEn(digit)))
      .trim()
  );
}

/** Decimal digits of any script as `0` to `9`, for texts that code compares. */
export function latinDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, latinDigit);
}

/** Unicode has the digits of each script in a row, from zero to nine. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let firstOfRow = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(firstOfRow - 1))) firstOfRow--;
  return `${(code - firstOfRow) % 10}`;
}

/**
 * Only the letters and digits of a typed code or number, with digits of any script as Latin digits. Spaces, punctuation and
 * marks are removed, also the kashida, the minus sign and the keycap mark of emoji.
 */
export const withoutSeparators = (typed: string) =>
  latinDigits(normalizeText(typed).normalize("NFKC")).replace(/[\s\p{P}\p{Cf}\p{M}\u0640\u2212]/gu, "");

/** The form of a name for comparing: no spaces, joiners or marks, and one spelling of each letter. */
export function comparableName(name: string): string {
  // NFKD separates hamza and madda from their letters, so they are removed like other marks. It also turns presentation
  // forms into plain letters.
  const bare = name.normalize("NFKD").replace(/[\s\p{Cf}\u0640\p{Mn}.-]/gu, "");
  return normalizeText(bare).toLowerCase().replace(/[ةہھ]/g, "ه");
}

/** Characters that print nothing but stay in a text: joiners inside words, Hangul fillers, the empty Braille cell. */
const charactersWithoutInk = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The part of a stored text that a reader sees. The least length of a text counts its characters. */
export const visibleText = (stored: string) => stored.replace(charactersWithoutInk, "").trim();

type Length = { min?: number; max: number };

/**
 * The schema of a written text. Parsing brings the text into the form that is stored (`form`). The stored text has at most
 * `max` characters (Unicode code points), and at least `min` visible characters.
 */
export function text({ min = 1, max, form = normalizeText }: Length & { form?: (written: string) => string }) {
  const length = (value: string) => [...value].length;
  return z
    .string()
    .refine((value) => value.isWellFormed(), { params: { rule: "not-unicode" }, abort: true })
    .overwrite(form)
    .refine((value) => length(visibleText(value)) >= min, { params: { rule: "min-characters", limit: min } })
    .refine((value) => length(value) <= max, { params: { rule: "max-characters", limit: max } })
    .meta({ minLength: min, maxLength: max });
}

const oneLine = (written: string) => normalizeText(written).replace(/[\t\n]+/g, " ");

/** A text of one line, such as a name. */
export const singleLineText = (length: Length) => text({ ...length, form: oneLine });
