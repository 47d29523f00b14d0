import { digitsArToEn, digitsEnToFa, digitsFaToEn } from "@persian-tools/persian-tools";
import * as z from "zod";

/** Arabic letters that keyboards and phones mix into Persian, and the Persian letter that is meant. */
const letters: Record<string, string> = { ي: "ی", ى: "ی", ك: "ک", ە: "ه" };

/** Invisible marks that change the order in which a reader sees the text. */
const bidiOverrides = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text a person wrote, in one form: NFC, Persian letters and digits, no hidden reordering, no space around it. */
export function normalizeText(text: string): string {
  return text
    .normalize("NFC")
    .replace(bidiOverrides, "")
    .replace(/[يىكە]/g, (letter) => letters[letter] ?? letter)
    .replace(/[٠-٩]/g, (digit) => digitsEnToFa(digitsArToEn(digit)))
    .replace(/\r\n?/g, "\n")
    .trim();
}

/** Persian and Arabic digits as `0` to `9`, for texts that code compares. */
export function latinDigits(text: string): string {
  return digitsArToEn(digitsFaToEn(text));
}

/** A name in the form in which names are compared: no spaces, joiners or marks, and one spelling of each letter. */
export function comparableName(name: string): string {
  // NFKD makes hamza and madda marks of their own, which go with the others, and presentation forms plain letters.
  const bare = name.normalize("NFKD").replace(/[\s\p{Cf}\u0640\p{Mn}.-]/gu, "");
  return normalizeText(bare).toLowerCase().replace(/[ةہھ]/g, "ه");
}

/** Everything below space except tab and line feed, and delete. */
function hasControls(text: string): boolean {
  return [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code === 127 || (code < 32 && character !== "\t" && character !== "\n" && character !== "\r");
  });
}

/** Written text of `min` to `max` characters (code points, counted after normalization). */
export function text({ min = 1, max }: { min?: number; max: number }) {
  const length = (value: string) => [...value].length;
  return z
    .string()
    .refine((value) => value.isWellFormed(), { params: { rule: "well-formed" }, abort: true })
    .refine((value) => !hasControls(value), { params: { rule: "no-controls" }, abort: true })
    .overwrite(normalizeText)
    .refine((value) => length(value) >= min, { params: { rule: "min-characters", limit: min } })
    .refine((value) => length(value) <= max, { params: { rule: "max-characters", limit: max } })
    .meta({ minLength: min, maxLength: max });
}
