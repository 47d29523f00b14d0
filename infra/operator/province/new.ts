import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { provinceFile } from "#infra/settings.ts";
import { Slug } from "#shared/domain/vocabulary.ts";

const skeleton = join(import.meta.dirname, "skeleton.json");

/** Writes a commented file for a new province, whose blanks are for the province to fill. */
export function writeProvince(id: string): number {
  if (!Slug.safeParse(id).success)
    throw new Error(`"${id}" is no id: lower-case letters, digits and single hyphens, like zanjan.`);
  const file = provinceFile(id);
  if (existsSync(file)) throw new Error(`${file} is there already; nothing was written.`);
  writeFileSync(file, readFileSync(skeleton, "utf8").replaceAll("<province>", id));
  process.stdout.write(`Wrote ${file}. Fill in its blanks; npm run province -- check ${id} names what is left.\n`);
  return 0;
}
