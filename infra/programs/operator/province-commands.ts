import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { toDotPath } from "zod/v4/core";
import {
  listOfProvinces,
  provinceFile,
  provinceIds,
  provinceIdsAmong,
  provincesFolder,
  readProvince,
  releaseFile,
} from "#infra/provinces/province-files.ts";
import { describeEffects } from "#shared/province/changes/effects.ts";
import { PermanentFields, readParts, removalFaults } from "#shared/province/changes/release.ts";
import { calendarWarning, type ProvinceFault, restoreWarning } from "#shared/province/checks/province-faults.ts";
import { calendarPathOf, readContent } from "#shared/province/province-file.ts";
import { NationalCalendar, type Province, ProvinceFile } from "#shared/province/schema.ts";
import { Slug } from "#shared/vocabulary.ts";
import { commitOf, namesAt, textAt } from "./git.ts";

const newProvinceTemplate = join(import.meta.dirname, "new-province.json");

const ownProvincesFolder = join(import.meta.dirname, "../../provinces");
/**
 * Files that a provinces folder needs besides province files: the national calendar, and the schemas that `$schema` names.
 */
const filesBesideProvinces = ["calendar/national.json", "schema/calendar.json", "schema/province.json"];

/**
 * Writes a province file with comments and blanks for a new province to fill in. Copies missing calendar and schema files
 * into the folder. Throws if the file exists. Returns the exit code.
 */
export function writeProvince(id: string): number {
  if (!Slug.safeParse(id).success)
    throw new Error(`"${id}" is no id: lower-case letters, digits and single hyphens, like zanjan.`);
  const file = provinceFile(id);
  if (existsSync(file)) throw new Error(`${file} is there already; nothing was written.`);
  const lacking = filesBesideProvinces.filter((name) => !existsSync(join(provincesFolder, name)));
  for (const name of lacking) cpSync(join(ownProvincesFolder, name), join(provincesFolder, name));
  if (lacking.length > 0)
    process.stdout.write(`Copied what ${provincesFolder} lacked from infra/provinces: ${lacking.join(", ")}.\n`);
  writeFileSync(file, readFileSync(newProvinceTemplate, "utf8").replaceAll("<province>", id));
  process.stdout.write(`Wrote ${file}. Fill in its blanks; npm run province -- check ${id} names what is left.\n`);
  return 0;
}

/**
 * Compares a province's file with the file at a git ref. `text` lists the effects of the changes; `refused` is true if a
 * change would lose something. The file at the ref may have an older schema: parts that cannot be read are listed.
 */
function compareWith(ref: string, later: Province): { text: string; refused: boolean } {
  const file = provinceFile(later.id);
  const commit = commitOf(ref, dirname(file));
  const title = `${later.id} against ${ref} (commit ${commit.slice(0, 8)})`;
  const content = contentAt(commit, file);
  if (content === undefined) return { text: `${title}: its file was not there yet, all of it is new.`, refused: false };
  const { effects, unread } = describeEffects({ content, calendar: contentAt(commit, calendarPathOf(file)) }, later);
  const lost = [...removedFileFaults(commit, file), ...lossFaults(content, { later, ref })];
  const lines = [
    ...effects.map(lineOf),
    ...section(
      "Not compared, since it was of another form or not there:",
      unread.map((part) => `  ${part}`),
    ),
    ...section("Refused, since something would be lost:", lost.map(lineOf)),
  ];
  const text = lines.length === 0 ? `${title}: nothing changes.` : [`${title}:`, ...lines].join("\n");
  return { text, refused: lost.length > 0 };
}

/**
 * Returns a refusal for each province that had a file at the ref and has none now: its stacks would stay without an owner.
 */
function removedProvinces(ref: string): { text: string; refused: boolean }[] {
  const existing = provinceIds();
  const before = namesAt(commitOf(ref, provincesFolder), provincesFolder);
  const gone = provinceIdsAmong(before).filter((id) => !existing.includes(id));
  const why = "its stacks would stay, and nothing would name them. Another id is another province";
  return gone.map((id) => ({ text: `${id} stood in ${ref} and has no file any more: ${why}.`, refused: true }));
}

function contentAt(commit: string, file: string): unknown {
  const text = textAt(commit, file);
  const { content, faults = [] } = text === undefined ? {} : readContent(text);
  if (faults.length > 0)
    throw new Error(`${file} is no JSON in commit ${commit.slice(0, 8)}, so nothing can be compared: ${faults[0]}`);
  return content;
}

/** Everything in the file at the ref counts as released, because the operator wants to deploy over that version. */
function lossFaults(content: unknown, { later, ref }: { later: Province; ref: string }): ProvinceFault[] {
  const { read: lasting, unread } = readParts(PermanentFields, { content, otherwise: PermanentFields.parse(later) });
  const unknown = unread.map((part) => ({
    path: [part],
    message: `cannot be read as it was in ${ref}, so nobody can say what would be lost`,
  }));
  return [...unknown, ...removalFaults(later, { permanentFields: lasting, releasePhrase: `stands in ${ref}` })];
}

function removedFileFaults(commit: string, file: string): ProvinceFault[] {
  const list = releaseFile(file);
  if (existsSync(list) || textAt(commit, list) === undefined) return [];
  return [{ path: [], message: `the list of its last release is gone: git checkout ${commit.slice(0, 8)} -- ${list}` }];
}

const section = (heading: string, lines: string[]) => (lines.length > 0 ? [heading, ...lines] : []);

function lineOf({ path, message }: ProvinceFault): string {
  return `  ${toDotPath(path) || "(top)"}: ${message}`;
}

/** The result for one province. */
type Verdict = { text: string; refused: boolean };

type CheckOptions = {
  /** Provinces to check; if empty, all. */
  ids: string[];
  /** A git ref to compare each file with. */
  against: string | undefined;
  now: string;
};

/**
 * Prints every fault of the provinces' files. Refuses what a synthesis only warns about. With `against`, also compares each
 * file with the file at that git ref, and refuses changes that would lose something. Returns 1 if anything is refused, else
 * 0.
 */
export function checkProvinces({ ids, ...options }: CheckOptions): number {
  const checked = ids.length > 0 ? ids : provinceIds();
  const gone = ids.length === 0 && options.against !== undefined ? removedProvinces(options.against) : [];
  if (checked.length + gone.length === 0) throw new Error(`Nothing was checked: ${listOfProvinces([])}.`);
  const verdicts = [...checked.flatMap((id) => verdictsOn(id, options)), ...gone];
  process.stdout.write(`${verdicts.map(({ text }) => text).join("\n")}\n`);
  return verdicts.some(({ refused }) => refused) ? 1 : 0;
}

function verdictsOn(id: string, { against, now }: Omit<CheckOptions, "ids">): Verdict[] {
  const province = readOrRefuse(id);
  if ("refused" in province) return [province];
  const warnings = [calendarWarning(province, now), restoreWarning(province, now)].filter((one) => one !== undefined);
  const own =
    warnings.length > 0
      ? { text: warnings.map((one) => `${id}: ${one}`).join("\n"), refused: true }
      : { text: `${id}: nothing is wrong.${missingPlaceHint(province)}${restoredTableHint(province)}`, refused: false };
  return against === undefined ? [own] : [own, compareWith(against, province)];
}

/** If the file names an account and region, CDK refuses all others. If not, CDK deploys with any credentials. */
function missingPlaceHint({ account, region }: Province): string {
  const missing = [...(account ? [] : ["account"]), ...(region ? [] : ["region"])].join(" and ");
  return missing && ` It names no ${missing}: a deployment goes to the account of its credentials.`;
}

/** A stack does not add indexes to a table that it did not create; `npm run restore` does. */
function restoredTableHint({ tables: { complaints, identities } }: Province): string {
  if (!complaints) return "";
  return ` Its complaints are in a restored table: before each deployment of a release, npm run restore -- ${complaints.name} ${identities ?? "IDENTITIES"}.`;
}

function readOrRefuse(id: string): Province | Verdict {
  try {
    return readProvince(id);
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), refused: true };
  }
}

const schemaFolder = join(ownProvincesFolder, "schema");
const schemas: Record<string, z.ZodType> = { "province.json": ProvinceFile, "calendar.json": NationalCalendar };

/** Writes the JSON Schemas that `$schema` names in province files and calendars, for editors. Returns the exit code. */
export function writeSchemas(): number {
  for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(schemaFolder, name), text);
  return 0;
}

/** Returns the text of each JSON Schema by its file name. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(jsonSchemaOf(schema), null, 2)}\n`]),
  );
}

function jsonSchemaOf(schema: z.ZodType): unknown {
  const made = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    reused: "ref",
    override: ({ jsonSchema }) => allowComments(jsonSchema),
  });
  return { ...made, properties: { $schema: { type: "string" }, ...made.properties } };
}

/** In an object with fixed fields, also allows fields whose names begin with `//`: they are comments. */
function allowComments(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.type !== "object") return;
  if (schema.additionalProperties === false) schema.patternProperties = { "^//": { type: "string" } };
}
