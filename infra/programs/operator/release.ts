import { writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { provinceFile, provinceIds, readProvince, releaseFile } from "#infra/provinces/province-files.ts";
import { releaseOf } from "#shared/province/changes/release.ts";
import { restoreWarning } from "#shared/province/checks/province-faults.ts";
import { localDate } from "#shared/time/local-time.ts";
import { commitOf, uncommitted } from "./git.ts";
import { commandLine } from "./program.ts";

const program = { usage: "npm run release -- <id>", undone: "Nothing was released" };

/**
 * `npm run release -- PROVINCE`: writes the province's release list for the checked-out commit. The list names everything that
 * may never be removed from the province file again. Then commit the list and deploy. The program refuses a province file
 * with uncommitted changes or faults.
 */
process.exitCode = main();

function main(): number {
  try {
    const [id, ...more] = commandLine(program, {}).positionals;
    if (id === undefined || more.length > 0)
      throw new Error(`Which province? ${program.usage}, one of: ${provinceIds().join(", ")}.`);
    process.stdout.write(`${release(id, new Date().toISOString())}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

function release(id: string, now: string): string {
  const file = provinceFile(id);
  const folder = dirname(file);
  const province = readProvince(id);
  const warning = restoreWarning(province, now);
  if (warning) throw new Error(`${warning} Once released it could not be taken out.`);
  const changes = uncommitted(folder);
  if (changes)
    throw new Error(
      `A release is a commit, and this is in none:\n${changes}\nCommit it or take it away, then release.`,
    );
  const commit = commitOf("HEAD", folder);
  const list = releaseFile(file);
  const released = releaseOf(province, { commit, releasedOn: localDate(now) });
  writeFileSync(list, `${JSON.stringify(released, null, 2)}\n`);
  return `${id} is released as commit ${commit.slice(0, 8)}. Commit ${basename(list)}, and deploy.`;
}
