import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { Environment } from "aws-cdk-lib";
import { toDotPath } from "zod/v4/core";
import { PermanentFields, Release, removalFaults } from "#shared/province/changes/release.ts";
import { domainFaults } from "#shared/province/checks/entrance.ts";
import { type OtherProvince, sharedIssuerFaults, uniquenessFaults } from "#shared/province/checks/neighbours.ts";
import { calendarFaults, type ProvinceFault, provinceFaults } from "#shared/province/checks/province-faults.ts";
import { calendarPathOf, provinceOf, readFile } from "#shared/province/province-file.ts";
import type { Province } from "#shared/province/schema.ts";
import { serviceLimitFaults } from "./service-limits.ts";

const ending = ".released.json";

/** Where the list of a province's last release lies: beside its file, and committed with it. None before the first. */
export function releaseFile(provinceFile: string): string {
  return provinceFile.replace(/\.json$/, ending);
}

/** What a province's file lacks of what was released. `file`: the file's path. */
export function releaseFaults(content: unknown, { file }: { file: string }): ProvinceFault[] {
  const released = releaseFile(file);
  return [...(existsSync(released) ? missing(content, released) : []), ...releasesWithoutProvince(dirname(file))];
}

/** Says that a released province has something new that no release lists: deployed so, it could be removed unnoticed. */
export function unreleasedWarning(province: Province, { file }: { file: string }): string | undefined {
  const { data: release } = Release.safeParse(readJson(releaseFile(file)));
  if (
    !release ||
    removalFaults(release, { permanentFields: PermanentFields.parse(province), releasePhrase: "" }).length === 0
  )
    return undefined;
  return `${province.id} has what its last release does not list: npm run release -- ${province.id} before this is deployed.`;
}

function missing(content: unknown, file: string): ProvinceFault[] {
  const { data: release, error } = Release.safeParse(readJson(file));
  if (!release)
    return [
      { path: [], message: `${basename(file)} cannot be read, take it from git again: ${error.issues[0]?.message}` },
    ];
  const releasePhrase = `was released on ${release.releasedOn} (commit ${release.commit.slice(0, 8)})`;
  return removalFaults(content, { permanentFields: release, releasePhrase });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Released provinces whose file is gone: to rename a file makes another province, beside the one that is deployed. */
function releasesWithoutProvince(folder: string): ProvinceFault[] {
  const released = globSync(`*${ending}`, { cwd: folder }).map((name) => name.slice(0, -ending.length));
  const orphaned = released.filter((id) => !existsSync(join(folder, `${id}.json`)));
  return orphaned.map((id) => ({
    path: [],
    message: `"${id}" was released and has no file any more: put ${id}.json back; ${id}${ending} goes once its stacks are gone`,
  }));
}

const root = join(import.meta.dirname, "..");
/** `FOAD_PROVINCES` names another folder of the same kind, such as a province's own repository. */
export const provincesFolder = process.env.FOAD_PROVINCES || join(import.meta.dirname, "provinces");

/** The one region that is named: CloudFront takes certificates and web ACLs from there alone, and few others know budgets. */
export const edgeRegion = "us-east-1";

/** The provinces that have a file. */
export function provinceIds(folder = provincesFolder): string[] {
  return provinceIdsAmong(globSync("*.json", { cwd: folder })).sort();
}

/** The provinces that files of these names are of; a second dot marks what is no province of its own. */
export function provinceIdsAmong(names: string[]): string[] {
  return names.filter((name) => /^[^.]+\.json$/.test(name)).map((name) => basename(name, ".json"));
}

/** The path of a province's file. */
export function provinceFile(id: string): string {
  return join(provincesFolder, `${id}.json`);
}

/** Reads and checks a province's file and its calendar; throws one error that names every fault of both with its path. */
export function readProvince(id: string): Province {
  const there = assertProvinceExists(id, provincesFolder);
  const path = provinceFile(id);
  const others = there
    .filter((other) => other !== id)
    .map((other) => ({ id: other, ...readFile(provinceFile(other)) }));
  const { content, calendar } = readValidFiles(path, (read) => [
    ...fileFaults({ id, ...read, others }),
    ...releaseFaults(read.content, { file: path }),
  ]);
  return provinceOf(content, calendar);
}

/**
 * Throws one plain error where a program could not go by the file that it was given. Asks only what the file and its
 * calendar say: what other files say, or a release's list, must hold up nobody who mends or restores.
 */
export function assertUsableProvince(path: string): void {
  assertProvinceExists(basename(path, ".json"), dirname(path), " Name it in FOAD_PROVINCE");
  readValidFiles(path, ({ content, calendar }) => provinceFaults(content, calendar));
}

function assertProvinceExists(id: string, folder: string, advice = ""): string[] {
  const there = provinceIds(folder);
  if (!there.includes(id))
    throw new Error(`There is no province "${id}" in ${shownPath(folder)}: ${listOfProvinces(there)}.${advice}`);
  return there;
}

type Read = { content: unknown; calendar: unknown };

function readValidFiles(path: string, faultsIn: (read: Read) => (ProvinceFault | string)[]): Read {
  const { content, faults } = readFile(path);
  const read = { content, calendar: readFile(calendarPathOf(path)).content };
  const all = [...faultLines(path, faults ?? faultsIn(read)), ...calendarFaultLines(calendarPathOf(path))];
  if (all.length > 0) throw new Error(all.join("\n"));
  return read;
}

type ProvinceFiles = { id: string; content: unknown; calendar: unknown; others: OtherProvince[] };

/** Everything that is wrong with the content of the province file that is named after `id`. */
export function fileFaults({ id, content, calendar, others }: ProvinceFiles): ProvinceFault[] {
  return [
    ...provinceFaults(content, calendar),
    ...serviceLimitFaults(content),
    ...uniquenessFaults(content, { file: id, others }),
    ...sharedIssuerFaults(content, others),
    ...domainFaults(content, { edgeRegion }),
  ];
}

/** Which provinces there are, for whoever named none of them. */
export function listOfProvinces(ids: string[]): string {
  if (ids.length > 0) return `there ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}`;
  return "no file is there; npm run province -- new <id> writes one";
}

function calendarFaultLines(path: string): string[] {
  if (!existsSync(path)) return faultLines(path, ["is missing: copy infra/provinces/calendar/national.json there"]);
  const { content, faults } = readFile(path);
  return faultLines(path, faults ?? calendarFaults(content));
}

/** A heading and a line for each fault; nothing where there is none. */
function faultLines(path: string, faults: (ProvinceFault | string)[]): string[] {
  if (faults.length === 0) return [];
  const lines = faults.map((fault) =>
    typeof fault === "string" ? `  ${fault}` : `  ${toDotPath(fault.path) || "(top)"}: ${fault.message}`,
  );
  return [`${shownPath(path)} is not valid:`, ...lines];
}

function shownPath(path: string): string {
  const inside = relative(root, path);
  return inside.startsWith("..") ? path : inside;
}

type Command = {
  /** The arguments after the program's name. */
  args: string[];
  /** All context: what the CDK's command line was given by `-c`, its own, and ours. */
  context: Record<string, unknown>;
};

/** The province that this assembly is for. Ends the program in plain lines where none is named, or its file is at fault. */
export function chosenProvince({ args, context }: Command): Province {
  try {
    refuseArguments(args);
    refuseUnknownContext(Object.keys(context));
    return readProvince(chosenId(context.province));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** Run directly, a program of the CDK is given no context: an ignored `-c` would synthesize another province unnoticed. */
function refuseArguments(args: string[]): void {
  if (args.length === 0) return;
  throw new Error(
    `"${args.join(" ")}" is not read here: -c province=… is for npx cdk synth and npx cdk deploy; this program takes FOAD_PROVINCE.`,
  );
}

/** Ours, and what cdk.json sets; the CDK's own keys have a prefix. */
const known = ["province", "cli-telemetry"];

/** A misspelt key would be ignored, and another province synthesized. */
function refuseUnknownContext(keys: string[]): void {
  const unknown = keys.filter((key) => !known.includes(key) && !/^(@aws-cdk\/|aws:cdk:)/.test(key));
  if (unknown.length === 0) return;
  throw new Error(`The context ${unknown.join(", ")} is not known here: a province is named by -c province=<id>.`);
}

/** By the command line or the environment, or the only one there is. */
function chosenId(given: unknown): string {
  const fromEnvironment = process.env.FOAD_PROVINCE || undefined;
  if (given !== undefined && fromEnvironment !== undefined && given !== fromEnvironment)
    throw new Error(`-c province=${given} and FOAD_PROVINCE=${fromEnvironment} name two provinces: leave one out.`);
  const asked = given === undefined ? fromEnvironment : String(given);
  return givenOrOnlyProvince(asked, "by npx cdk … -c province=<id>, or in FOAD_PROVINCE");
}

/** The province that is named, or the only one there is; throws with `how` one is named where neither says which. */
export function givenOrOnlyProvince(id: string | undefined, how: string): string {
  const there = provinceIds();
  const chosen = id ?? (there.length === 1 ? there[0] : undefined);
  if (chosen === undefined) throw new Error(`Which province? Name it ${how}: ${listOfProvinces(there)}.`);
  return chosen;
}

/** Where a province's stacks go, where its file says so: CDK then refuses every other account. */
export function environmentOf({ account, region }: Province): { env: Environment } {
  return { env: { account, region } };
}
