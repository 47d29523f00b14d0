import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { commitOf, repositoryOf } from "#infra/programs/operator/git.ts";
import { releaseFile } from "#infra/provinces/province-files.ts";
import { unpack } from "../release.ts";

type Wanted = {
  /** Whose file is looked for, and the folder in which it lies today. */
  province: string;
  folder: string;
  /** The code's repository, and a folder into which a release of it was unpacked. */
  code: { root: string; release: string };
  /** A folder that is not there yet. */
  into: string;
};
type Found = { folder: string; from: string };

/**
 * The folder of province files that a release was deployed with, and what is to be told of it. Where git knows no older
 * file it is today's.
 */
export function provincesAt(wanted: Wanted): { folder: string; told: string } {
  const { province, folder } = wanted;
  const name = `${province}.json`;
  const found = olderFolder(wanted);
  if (!found || !existsSync(join(found.folder, name)))
    return { folder, told: `git knows no older ${name}: today's is on both sides, and only the code is compared` };
  const differs = [name, "calendar/national.json"].some((file) => textOf(found.folder, file) !== textOf(folder, file));
  const told = differs
    ? `${name} and the calendar are those of ${found.from}`
    : `${name} and the calendar are the same on both sides: only the code is compared`;
  return { folder: found.folder, told };
}

/** In the code's own repository the release has them; in another the commit that was released last, or HEAD. */
function olderFolder({ province, folder, code, into }: Wanted): Found | undefined {
  const repository = repositoryOf(folder);
  if (repository === undefined) return undefined;
  if (repository === realpathSync(code.root))
    return { folder: join(code.release, relative(repository, realpathSync(folder))), from: "that release" };
  const commit = lastCommit(province, folder);
  if (commit === undefined) return undefined;
  return { folder: unpack(commit, { from: folder, into }), from: `commit ${commit.slice(0, 8)} of their repository` };
}

function lastCommit(province: string, folder: string): string | undefined {
  const list = releaseFile(join(folder, `${province}.json`));
  const released = existsSync(list) ? String(JSON.parse(readFileSync(list, "utf8")).commit) : "HEAD";
  for (const ref of [released, "HEAD"])
    try {
      return commitOf(ref, folder);
    } catch {
      // A list that came from another repository names none of this one, and a new repository has no HEAD.
    }
  return undefined;
}

const textOf = (folder: string, file: string) =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
