import type { ContentCounts } from "./findings.ts";

/** What pdf.js tells of an annotation, as far as it concerns fields of forms. */
export type Field = {
  fieldType?: string | null;
  fieldValue?: unknown;
  options?: { displayValue?: string; exportValue?: string }[];
  combo?: boolean;
  password?: boolean;
  pushButton?: boolean;
};

/** What the look that the file has for a field draws: its objects, and its letters. */
export type Look = { content: ContentCounts; text: string };

/** More lines than a border, a ground and the bars between single letters have. */
const mostPaths = 64;

/** The values of a form field. A button that is off has none. */
export function valuesOf({ fieldType, fieldValue }: Field): string[] {
  const empty = fieldType === "Btn" ? ["", "Off"] : [""];
  return [fieldValue].flat().filter((value): value is string => typeof value === "string" && !empty.includes(value));
}

/** Whether a field has a value, or a list of choices. */
export function hasSomethingToShow(field: Field): boolean {
  return valuesOf(field).length > 0 || (!field.combo && (field.options ?? []).length > 0);
}

/**
 * Whether the look of a field shows something else than its value. Firefox draws texts, choices and boxes by their values, and Chrome
 * draws the look. Signatures and buttons to press are drawn by their looks everywhere.
 */
export function showsAnotherValue(field: Field, { content, text }: Look): boolean {
  const { fieldType, pushButton, password, combo, options = [] } = field;
  if (!fieldType || fieldType === "Sig" || pushButton) return false;
  if (content.picture + content.shading > 0 || content.path > mostPaths) return true;
  const shown = lettersOf(text);
  // A box that is ticked has one sign in it.
  if (fieldType === "Btn") return shown.length > 1;
  const values = valuesOf(field);
  if (password) return values.length > 0;
  const isList = fieldType === "Ch" && !combo;
  if (isList) return !isWithin(shown, lettersOf(options.map(({ displayValue = "" }) => displayValue).join()));
  const named = values.map((value) => options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value);
  const expected = lettersOf(named.join());
  return shown.join() !== expected.join() && !isFormattedNumber(shown, expected);
}

/**
 * The letters and digits of a text, sorted: a look has them in the order of drawing, which is not that of reading in Persian, and in the
 * forms that join letters.
 */
function lettersOf(text: string): string[] {
  return (text.normalize("NFKC").match(/[\p{L}\p{N}]/gu) ?? []).sort();
}

/** Whether a look is a number with a currency, and with more decimals or leading zeros than its value. */
function isFormattedNumber(shown: string[], expected: string[]): boolean {
  const isNumber = expected.length > 0 && expected.every((letter) => /\p{N}/u.test(letter));
  const letters = shown.filter((letter) => /\p{L}/u.test(letter));
  return (
    isNumber && letters.length <= 5 && shown.length - letters.length <= expected.length + 4 && isWithin(expected, shown)
  );
}

/** Whether all letters are among the others, each as often. */
function isWithin(letters: string[], others: string[]): boolean {
  const left = [...others];
  return letters.every((letter) => {
    const at = left.indexOf(letter);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
