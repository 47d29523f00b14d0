import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Lasting, Release } from "#shared/province/changes/release.ts";
import { removalFaults } from "#shared/province/changes/removals.ts";
import type { Province } from "#shared/province/province.ts";
import type { ProvinceFault } from "#shared/province/province-faults.ts";

const ending = ".released.json";

/** Where the list of a province's last release lies: beside its file, and committed with it. None before the first. */
export function releaseFile(provinceFile: string): string {
  return provinceFile.replace(/\.json$/, ending);
}

/** What a province's file lacks of what was released. `file`: the file's path. */
export function releaseFaults(content: unknown, { file }: { file: string }): ProvinceFault[] {
  const released = releaseFile(file);
  return [...(existsSync(released) ? missing(content, released) : []), ...orphans(dirname(file))];
}

/** Says that a released province has something new that no release lists: deployed so, it could be removed unnoticed. */
export function unreleasedWarning(province: Province, { file }: { file: string }): string | undefined {
  const { data: release } = Release.safeParse(readJson(releaseFile(file)));
  if (!release || removalFaults(release, { lasting: Lasting.parse(province), said: "" }).length === 0) return undefined;
  return `${province.id} has what its last release does not list: npm run release -- ${province.id} before this is deployed.`;
}

function missing(content: unknown, file: string): ProvinceFault[] {
  const { data: release, error } = Release.safeParse(readJson(file));
  if (!release)
    return [
      { path: [], message: `${basename(file)} cannot be read, take it from git again: ${error.issues[0]?.message}` },
    ];
  const said = `was released on ${release.releasedOn} (commit ${release.commit.slice(0, 8)})`;
  return removalFaults(content, { lasting: release, said });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Released provinces whose file is gone: to rename a file makes another province, beside the one that is deployed. */
function orphans(folder: string): ProvinceFault[] {
  const released = globSync(`*${ending}`, { cwd: folder }).map((name) => name.slice(0, -ending.length));
  const orphaned = released.filter((id) => !existsSync(join(folder, `${id}.json`)));
  return orphaned.map((id) => ({
    path: [],
    message: `"${id}" was released and has no file any more: put ${id}.json back; ${id}${ending} goes once its stacks are gone`,
  }));
}
