import { existsSync, globSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { toDotPath } from "zod/v4/core";
import type { Province } from "#shared/province/province.ts";
import { calendarFaults, type ProvinceFault, provinceFaults } from "#shared/province/province-faults.ts";
import { calendarBeside, provinceOf, readFile } from "#shared/province/province-folder.ts";
import { entranceFaults } from "./entrance-faults.ts";
import { foreignTokenFaults } from "./foreign-tokens.ts";
import { identityFaults, type Neighbour } from "./province-identity.ts";
import { wallFaults } from "./province-walls.ts";
import { releaseFaults } from "./releases.ts";

const root = join(import.meta.dirname, "..");
/** `FOAD_PROVINCES` names another folder of the same kind, such as a province's own repository. */
export const provincesFolder = process.env.FOAD_PROVINCES || join(import.meta.dirname, "provinces");

/** The one region that is named: CloudFront takes certificates and web ACLs from there alone, and few others know budgets. */
export const edgeRegion = "us-east-1";

/** The provinces that have a file. */
export function provinceIds(folder = provincesFolder): string[] {
  return idsAmong(globSync("*.json", { cwd: folder })).sort();
}

/** The provinces that files of these names are of; a second dot marks what is no province of its own. */
export function idsAmong(names: string[]): string[] {
  return names.filter((name) => /^[^.]+\.json$/.test(name)).map((name) => basename(name, ".json"));
}

/** The path of a province's file. */
export function provinceFile(id: string): string {
  return join(provincesFolder, `${id}.json`);
}

/** Reads and checks a province's file and its calendar; throws one error that names every fault of both with its path. */
export function readProvince(id: string): Province {
  const there = mustBeThere(id, provincesFolder);
  const path = provinceFile(id);
  const others = there
    .filter((other) => other !== id)
    .map((other) => ({ id: other, ...readFile(provinceFile(other)) }));
  const { content, calendar } = mustBeSound(path, (read) => [
    ...fileFaults({ id, ...read, others }),
    ...releaseFaults(read.content, { file: path }),
  ]);
  return provinceOf(content, calendar);
}

/**
 * Throws one plain error where a program could not go by the file that it was given. Asks only what the file and its
 * calendar say: what other files say, or a release's list, must hold up nobody who mends or restores.
 */
export function refuseUnusable(path: string): void {
  mustBeThere(basename(path, ".json"), dirname(path), " Name it in FOAD_PROVINCE");
  mustBeSound(path, ({ content, calendar }) => provinceFaults(content, calendar));
}

function mustBeThere(id: string, folder: string, advice = ""): string[] {
  const there = provinceIds(folder);
  if (!there.includes(id))
    throw new Error(`There is no province "${id}" in ${shown(folder)}: ${named(there)}.${advice}`);
  return there;
}

type Read = { content: unknown; calendar: unknown };

function mustBeSound(path: string, faultsIn: (read: Read) => (ProvinceFault | string)[]): Read {
  const { content, faults } = readFile(path);
  const read = { content, calendar: readFile(calendarBeside(path)).content };
  const all = [...listed(path, faults ?? faultsIn(read)), ...listedOfCalendar(calendarBeside(path))];
  if (all.length > 0) throw new Error(all.join("\n"));
  return read;
}

type Filed = { id: string; content: unknown; calendar: unknown; others: Neighbour[] };

/** Everything that is wrong with the content of the province file that is named after `id`. */
export function fileFaults({ id, content, calendar, others }: Filed): ProvinceFault[] {
  return [
    ...provinceFaults(content, calendar),
    ...wallFaults(content),
    ...identityFaults(content, { file: id, others }),
    ...foreignTokenFaults(content, others),
    ...entranceFaults(content, { edgeRegion }),
  ];
}

/** Which provinces there are, for whoever named none of them. */
export function named(ids: string[]): string {
  if (ids.length > 0) return `there ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}`;
  return "no file is there; npm run province -- new <id> writes one";
}

function listedOfCalendar(path: string): string[] {
  if (!existsSync(path)) return listed(path, ["is missing: copy infra/provinces/calendar/national.json there"]);
  const { content, faults } = readFile(path);
  return listed(path, faults ?? calendarFaults(content));
}

/** A heading and a line for each fault; nothing where there is none. */
function listed(path: string, faults: (ProvinceFault | string)[]): string[] {
  if (faults.length === 0) return [];
  const lines = faults.map((fault) =>
    typeof fault === "string" ? `  ${fault}` : `  ${toDotPath(fault.path) || "(top)"}: ${fault.message}`,
  );
  return [`${shown(path)} is not valid:`, ...lines];
}

function shown(path: string): string {
  const inside = relative(root, path);
  return inside.startsWith("..") ? path : inside;
}
