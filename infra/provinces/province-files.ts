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

/**
 * Returns the path of a province's release list, which names everything that its last release published. It stands beside
 * the province file and is committed with it. Before the first release there is none.
 */
export function releaseFile(provinceFile: string): string {
  return provinceFile.replace(/\.json$/, ending);
}

/** Returns a fault for each released entry that the province file no longer has. `file` is the path of the province file. */
function releaseFaults(content: unknown, { file }: { file: string }): ProvinceFault[] {
  const released = releaseFile(file);
  const removed = existsSync(released) ? releasedButRemoved(content, released) : [];
  return [...removed, ...releasesWithoutProvince(dirname(file))];
}

/**
 * Returns a warning if a released province has new entries that its release list does not have. Nothing would notice if such
 * an entry were deployed and later removed.
 */
export function unreleasedWarning(province: Province, { file }: { file: string }): string | undefined {
  const { data: release } = Release.safeParse(readJson(releaseFile(file)));
  if (
    !release ||
    removalFaults(release, { permanentFields: PermanentFields.parse(province), releasePhrase: "" }).length === 0
  )
    return undefined;
  return `${province.id} has what its last release does not list: npm run release -- ${province.id} before this is deployed.`;
}

function releasedButRemoved(content: unknown, listFile: string): ProvinceFault[] {
  const { data: release, error } = Release.safeParse(readJson(listFile));
  if (!release)
    return [
      {
        path: [],
        message: `${basename(listFile)} cannot be read, take it from git again: ${error.issues[0]?.message}`,
      },
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

/** Faults of released provinces whose file is gone. A renamed file would be a second province beside the deployed one. */
function releasesWithoutProvince(folder: string): ProvinceFault[] {
  const released = globSync(`*${ending}`, { cwd: folder }).map((name) => name.slice(0, -ending.length));
  const orphaned = released.filter((id) => !existsSync(join(folder, `${id}.json`)));
  return orphaned.map((id) => ({
    path: [],
    message: `"${id}" was released and has no file any more: put ${id}.json back; ${id}${ending} goes once its stacks are gone`,
  }));
}

const root = join(import.meta.dirname, "../..");
/** The folder of province files. `FOAD_PROVINCE_FOLDER` may name another one, for example in a province's own repository. */
export const provincesFolder = process.env.FOAD_PROVINCE_FOLDER || import.meta.dirname;

/** CloudFront takes certificates and web ACLs only from this region. Budgets exist in few others. */
export const edgeRegion = "us-east-1";

/** Returns the ids of all provinces that have a file in the folder, sorted. */
export function provinceIds(folder = provincesFolder): string[] {
  return provinceIdsAmong(globSync("*.json", { cwd: folder })).sort();
}

/** Returns the province ids among file names. A name with a second dot (`qazvin.released.json`) is no province file. */
export function provinceIdsAmong(names: string[]): string[] {
  return names.filter((name) => /^[^.]+\.json$/.test(name)).map((name) => basename(name, ".json"));
}

export function provinceFile(id: string): string {
  return join(provincesFolder, `${id}.json`);
}

/** Reads and checks a province's file and its calendar. Throws one error that lists every fault of both with its path. */
export function readProvince(id: string): Province {
  const existing = assertProvinceExists(id, provincesFolder);
  const path = provinceFile(id);
  const others = existing
    .filter((other) => other !== id)
    .map((other) => ({ id: other, ...readFile(provinceFile(other)) }));
  const { content, calendar } = readValidFiles(path, (read) => [
    ...fileFaults({ id, ...read, others }),
    ...releaseFaults(read.content, { file: path }),
  ]);
  return provinceOf(content, calendar);
}

/**
 * Throws one error that lists the faults of a province file and its calendar. Other province files and the release list are
 * not checked: their faults must not stop an operator who repairs or restores something.
 */
export function assertUsableProvince(path: string): void {
  assertProvinceExists(basename(path, ".json"), dirname(path), " Name it in FOAD_PROVINCE");
  readValidFiles(path, ({ content, calendar }) => provinceFaults(content, calendar));
}

function assertProvinceExists(id: string, folder: string, advice = ""): string[] {
  const existing = provinceIds(folder);
  if (!existing.includes(id))
    throw new Error(`There is no province "${id}" in ${shownPath(folder)}: ${listOfProvinces(existing)}.${advice}`);
  return existing;
}

type FileContents = { content: unknown; calendar: unknown };

function readValidFiles(path: string, faultsIn: (read: FileContents) => (ProvinceFault | string)[]): FileContents {
  const { content, faults } = readFile(path);
  const read = { content, calendar: readFile(calendarPathOf(path)).content };
  const all = [...faultLines(path, faults ?? faultsIn(read)), ...calendarFaultLines(calendarPathOf(path))];
  if (all.length > 0) throw new Error(all.join("\n"));
  return read;
}

type ProvinceFiles = { id: string; content: unknown; calendar: unknown; others: OtherProvince[] };

/** Returns every fault of the province file `<id>.json`, except those of its release list. */
export function fileFaults({ id, content, calendar, others }: ProvinceFiles): ProvinceFault[] {
  return [
    ...provinceFaults(content, calendar),
    ...serviceLimitFaults(content),
    ...uniquenessFaults(content, { file: id, others }),
    ...sharedIssuerFaults(content, others),
    ...domainFaults(content, { edgeRegion }),
  ];
}

/** Returns a phrase for messages that lists the provinces: "there are alborz, qazvin". */
export function listOfProvinces(ids: string[]): string {
  if (ids.length > 0) return `there ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}`;
  return "no file is there; npm run province -- new <id> writes one";
}

function calendarFaultLines(path: string): string[] {
  if (!existsSync(path)) return faultLines(path, ["is missing: copy infra/provinces/calendar/national.json there"]);
  const { content, faults } = readFile(path);
  return faultLines(path, faults ?? calendarFaults(content));
}

/** A heading and one line for each fault; empty if there are no faults. */
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
  /** The whole context of the CDK app: from `-c`, from cdk.json, from the CDK itself and from infra/assembly.ts. */
  context: Record<string, unknown>;
};

/** Returns the province to synthesize. If none is named or its file has faults, prints them and ends the program with 1. */
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

/** A CDK app that is run directly does not read `-c`. Ignoring the argument would silently synthesize another province. */
function refuseArguments(args: string[]): void {
  if (args.length === 0) return;
  throw new Error(
    `"${args.join(" ")}" is not read here: -c province=… is for npx cdk synth and npx cdk deploy; this program takes FOAD_PROVINCE.`,
  );
}

/** Our own context key and the one in cdk.json. The CDK's own keys have a prefix. */
const knownContextKeys = ["province", "cli-telemetry"];

/** A misspelt key would be ignored, and another province would be synthesized. */
function refuseUnknownContext(keys: string[]): void {
  const unknown = keys.filter((key) => !knownContextKeys.includes(key) && !/^(@aws-cdk\/|aws:cdk:)/.test(key));
  if (unknown.length === 0) return;
  throw new Error(`The context ${unknown.join(", ")} is not known here: a province is named by -c province=<id>.`);
}

/** The province id from `-c province`, from FOAD_PROVINCE, or the only one that exists. */
function chosenId(given: unknown): string {
  const fromEnvironment = process.env.FOAD_PROVINCE || undefined;
  if (given !== undefined && fromEnvironment !== undefined && given !== fromEnvironment)
    throw new Error(`-c province=${given} and FOAD_PROVINCE=${fromEnvironment} name two provinces: leave one out.`);
  const asked = given === undefined ? fromEnvironment : String(given);
  return givenOrOnlyProvince(asked, "by npx cdk … -c province=<id>, or in FOAD_PROVINCE");
}

/** Returns `id`, or the only province that exists. Otherwise throws an error that says `how` to name a province. */
export function givenOrOnlyProvince(id: string | undefined, how: string): string {
  const existing = provinceIds();
  const chosen = id ?? (existing.length === 1 ? existing[0] : undefined);
  if (chosen === undefined) throw new Error(`Which province? Name it ${how}: ${listOfProvinces(existing)}.`);
  return chosen;
}

/** Returns the account and region of a province's stacks. If its file names them, CDK refuses to deploy anywhere else. */
export function environmentOf({ account, region }: Province): { env: Environment } {
  return { env: { account, region } };
}
