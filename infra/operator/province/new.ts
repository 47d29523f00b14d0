import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { provinceFile, provincesFolder } from "#infra/settings.ts";
import { Slug } from "#shared/domain/vocabulary.ts";

const skeleton = join(import.meta.dirname, "skeleton.json");

const ours = join(import.meta.dirname, "../../provinces");
/** What stands beside the files of provinces: the calendar that all share, and what `$schema` names. */
const beside = ["calendar/national.json", "schema/calendar.json", "schema/province.json"];

/** Writes a commented file for a new province, whose blanks are for the province to fill. */
export function writeProvince(id: string): number {
  if (!Slug.safeParse(id).success)
    throw new Error(`"${id}" is no id: lower-case letters, digits and single hyphens, like zanjan.`);
  const file = provinceFile(id);
  if (existsSync(file)) throw new Error(`${file} is there already; nothing was written.`);
  const lacking = beside.filter((name) => !existsSync(join(provincesFolder, name)));
  for (const name of lacking) cpSync(join(ours, name), join(provincesFolder, name));
  if (lacking.length > 0)
    process.stdout.write(`Copied what ${provincesFolder} lacked from infra/provinces: ${lacking.join(", ")}.\n`);
  writeFileSync(file, readFileSync(skeleton, "utf8").replaceAll("<province>", id));
  process.stdout.write(`Wrote ${file}. Fill in its blanks; npm run province -- check ${id} names what is left.\n`);
  return 0;
}
