import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { jsonFaults } from "./json.ts";
import { NationalCalendar, officeHoursOf } from "./national-calendar.ts";
import { type Province, ProvinceFile } from "./province.ts";

/** The national calendar stands beside the provinces' files. */
export const calendarBeside = (provinceFile: string) => join(dirname(provinceFile), "calendar", "national.json");

/** A file as it is written: its content, or why it has none. */
type Written = { content: unknown; faults?: undefined } | { content?: undefined; faults: string[] };

/** Reads a file of JSON; what cannot be read is told, not thrown. */
export function readFile(path: string): Written {
  try {
    return readContent(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)));
  } catch (error) {
    if (error instanceof TypeError) return { faults: ["is not in UTF-8: save it so"] };
    const why = existsSync(path) ? `cannot be read: ${error instanceof Error ? error.message : error}` : "is missing";
    return { faults: [why] };
  }
}

/**
 * The content of a text of JSON, without what is for its editor alone: `$schema`, and comments, which are fields whose
 * names begin with `//`.
 */
export function readContent(text: string): Written {
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

/** A province from what its file and the national calendar say; throws where they are faulty. */
export function provinceOf(content: unknown, calendar: unknown): Province {
  const { officeHours, ...file } = ProvinceFile.parse(content);
  return { ...file, officeHours: officeHoursOf(NationalCalendar.parse(calendar), officeHours) };
}

/** A province from its file, which was checked before; throws where a file is missing or is no JSON. */
export function loadProvince(file: string): Province {
  return provinceOf(contentOf(file), contentOf(calendarBeside(file)));
}

function contentOf(file: string): unknown {
  const { content, faults } = readFile(file);
  if (faults) throw new Error(`${file}: ${faults.join("; ")}`);
  return content;
}
