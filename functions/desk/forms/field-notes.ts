import type { FieldError } from "../session/api.ts";
import { filled, type Localized } from "../words/format.ts";
import { inputWords } from "../words/words-of-inputs.ts";
import type { Values } from "./drafts.ts";

type Options = [value: string, label: string][];
/** `noun`: the name of the field inside a sentence, where the label says more. */
export type Common = { name: string; label: string; noun?: string; isOptional?: boolean; hint?: string };
/** Sends a chosen file. Returns its id once it was checked and kept. */
export type SendFile = (file: File) => Promise<string>;
/**
 * A field of a form. `code`: a code of letters and digits, which no browser keeps. `files`: each file is sent as soon as it is chosen.
 * `rows`: as many rows as the person adds, each with its own fields. */
export type Field = Common &
  (
    | { kind: "line" | "area" | "date" | "instant" | "time" | "check"; max?: number }
    | { kind: "code"; max?: number }
    | { kind: "files"; most: number; accept: readonly string[]; sendFile: SendFile }
    | { kind: "select" | "choice"; options: Options }
    | { kind: "several"; options: Options }
    | { kind: "rows"; add: string; addMore: string; fields: (Common & { kind: "line" | "date" })[] }
  );

/** The note for an empty or incomplete field. */
const requests: Partial<Record<Field["kind"], Localized>> = {
  line: inputWords.writeIt,
  area: inputWords.writeIt,
  choice: inputWords.chooseOne,
  select: inputWords.chooseOne,
  several: inputWords.chooseOne,
  date: inputWords.completeIt,
  instant: inputWords.completeIt,
  time: inputWords.completeIt,
  rows: inputWords.writeRows,
  code: inputWords.writeIt,
  files: inputWords.chooseFile,
};
/** Codes of the server whose words would name values, forms and lengths of the API. */
const incomplete = [
  "missing",
  "empty",
  "min-characters",
  "one-of",
  "not-a-date",
  "not-an-instant",
  "not-a-time-of-day",
];

/** The faults of a field, each once. */
export const notesOn = (errors: FieldError[], field: Field, value: Values[string] | undefined): string[] => [
  ...new Set(errors.map((error) => noteOn(error, field, value))),
];

/** The correction of a wrong field, in words for the person. */
function noteOn({ path, code, message }: FieldError, field: Field, value: Values[string] | undefined): string {
  const { kind, name } = field;
  const part = kind === "rows" ? field.fields.find((one) => path.endsWith(`.${one.name}`)) : undefined;
  const what = nounOf(part ?? field);
  const isEmpty = value === undefined || String(value).trim() === "";
  const isText = kind === "line" || kind === "area" || kind === "code";
  const isIncomplete = !isText && (part !== undefined || path === name) && incomplete.includes(code);
  const request = requests[kind];
  if (request && (isEmpty || isIncomplete)) return filled(request, { what });
  const isNamed = kind !== "check" && (part !== undefined || path === name);
  return isNamed ? filled(inputWords.correctIt, { what, message }) : message;
}

/** The name of a field inside a sentence. */
function nounOf({ label, noun = label }: Common): string {
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}
