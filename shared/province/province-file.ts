import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NationalCalendar, officeHoursOf, type Province, ProvinceFile } from "./schema.ts";

/** A fault in a JSON text, with the line and column that an editor shows (from 1). */
type TextFault = { line: number; column: number; message: string };

type Token = { text: string; at: number };
type JsonReading = { text: string; tokens: Token[]; repeated: Token[] };

const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/uy;

/**
 * Finds the first place where a text is not JSON. In valid JSON, it finds all repeated fields: `JSON.parse` silently takes
 * the last of them.
 * The messages of `JSON.parse` itself name no place for half of all mistakes.
 */
export function jsonFaults(text: string): TextFault[] {
  const reading: JsonReading = { text, tokens: [], repeated: [] };
  const faultAt = (at: number, message: string): TextFault => ({ ...lineAndColumn(text, at), message });
  try {
    reading.tokens = tokensOf(text);
    readValue(reading);
    const [extraToken] = reading.tokens;
    if (extraToken) throw misplacedTokenError(extraToken, "nothing more after the last bracket");
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [faultAt(Number(error.cause), error.message)];
  }
  return reading.repeated.map(({ text, at }) =>
    faultAt(at, `${text} is said twice in one object: take one of them out`),
  );
}

function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, token.lastIndex)) {
    token.lastIndex = at;
    const [found] = token.exec(text) ?? [];
    if (found === undefined) throw unreadableTextError(text, at);
    tokens.push({ text: found, at });
  }
  return tokens;
}

/** The position of the first character that is no space, from a position on. */
function skipSpace(text: string, from: number): number {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

function unreadableTextError(text: string, at: number): SyntaxError {
  const [excerpt = ""] = /^\S{1,20}/.exec(text.slice(at)) ?? [];
  const why = excerpt.startsWith('"')
    ? "a text that is not closed by a quote on its line, or has a backslash that means nothing"
    : `${excerpt} is no JSON: texts stand in double quotes, comments in fields whose names begin with //`;
  return new SyntaxError(why, { cause: at });
}

function misplacedTokenError({ text, at }: Token, wanted: string): SyntaxError {
  return new SyntaxError(`${text.slice(0, 40)} stands where ${wanted} should`, { cause: at });
}

/** Takes the next token. Throws if it is not wanted; `wanted` names the expected token in the message. */
function takeToken({ text, tokens }: JsonReading, wanted: string, isWanted: (text: string) => boolean): Token {
  const next = tokens.shift();
  if (!next) throw new SyntaxError(`the text ends where ${wanted} should stand`, { cause: text.trimEnd().length });
  if (!isWanted(next.text)) throw misplacedTokenError(next, wanted);
  return next;
}

function readValue(reading: JsonReading): void {
  const { text } = takeToken(reading, "a value", (text) => !/^[}\],:]$/.test(text));
  if (text === "{") readMembers(reading, { close: "}", names: new Set() });
  if (text === "[") readMembers(reading, { close: "]" });
}

/** Reads the members of an object, if `names` is given, or of a list. */
function readMembers(reading: JsonReading, { close, names }: { close: string; names?: Set<string> }): void {
  if (reading.tokens[0]?.text === close) return void reading.tokens.shift();
  for (;;) {
    if (names) readName(reading, names);
    readValue(reading);
    const { text } = takeToken(reading, `a comma or ${close}`, (text) => text === "," || text === close);
    if (text === close) return;
  }
}

function readName(reading: JsonReading, names: Set<string>): void {
  const name = takeToken(reading, "a field's name in double quotes (is the comma before it one too many?)", isText);
  if (names.has(name.text)) reading.repeated.push(name);
  names.add(name.text);
  takeToken(reading, "a colon", (text) => text === ":");
}

const isText = (text: string) => text.startsWith('"');

/** The national calendar stands beside the provinces' files. */
export const calendarPathOf = (provinceFile: string) => join(dirname(provinceFile), "calendar", "national.json");

/** The content of a file, or the reasons why it cannot be read. */
type FileContent = { content: unknown; faults?: undefined } | { content?: undefined; faults: string[] };

/** Reads a JSON file. Faults are returned, not thrown. */
export function readFile(path: string): FileContent {
  try {
    return readContent(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)));
  } catch (error) {
    if (error instanceof TypeError) return { faults: ["is not in UTF-8: save it so"] };
    const why = existsSync(path) ? `cannot be read: ${error instanceof Error ? error.message : error}` : "is missing";
    return { faults: [why] };
  }
}

/**
 * The content of a JSON text, without the fields that are only for its editor: `$schema`, and comments (fields whose names
 * begin with `//`).
 */
export function readContent(text: string): FileContent {
  const faults = jsonFaults(text);
  if (faults.length > 0)
    return { faults: faults.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`) };
  const content: unknown = JSON.parse(text, (name, value) => (name.startsWith("//") ? undefined : value));
  return { content: withoutSchema(content) };
}

function withoutSchema(content: unknown): unknown {
  if (typeof content !== "object" || content === null || Array.isArray(content)) return content;
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== "$schema"));
}

/** A province from the contents of its file and of the national calendar; throws if one of them has faults. */
export function provinceOf(content: unknown, calendar: unknown): Province {
  const { officeHours, ...file } = ProvinceFile.parse(content);
  return { ...file, officeHours: officeHoursOf(NationalCalendar.parse(calendar), officeHours) };
}

/** A province from the path of its file. Throws if a file is missing, is no JSON or has faults. */
export function loadProvince(file: string): Province {
  return provinceOf(contentOf(file), contentOf(calendarPathOf(file)));
}

function contentOf(file: string): unknown {
  const { content, faults } = readFile(file);
  if (faults) throw new Error(`${file}: ${faults.join("; ")}`);
  return content;
}
