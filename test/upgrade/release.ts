import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The code of a commit in a folder of its own, with the packages that are installed here. */
export function checkOut(ref: string, folder: string): string {
  unpack(ref, { from: root, into: folder });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** What a folder of a repository held in a commit, in a folder of its own. */
export function unpack(ref: string, { from, into }: { from: string; into: string }): string {
  mkdirSync(into, { recursive: true });
  const archive = execFileSync("git", ["archive", ref], { cwd: from, maxBuffer: 2 ** 30 });
  execFileSync("tar", ["-x", "-C", into], { input: archive });
  return into;
}

/** A commit's short id and what its message says first. */
export function nameOf(ref: string): string {
  return execFileSync("git", ["log", "-1", "--format=%h %s", ref], { cwd: root, encoding: "utf8" }).trim();
}
