import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";

/** What git prints, without the last line break; throws an error with git's own words where it fails. */
function git(args: string[], folder: string): string {
  try {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: [...stdio],
      maxBuffer: 64 * 1024 * 1024,
    }).trimEnd();
  } catch (cause) {
    const output = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
    throw new Error(output || "git could not be run.", { cause });
  }
}

/** The top folder of the repository that a folder lies in; undefined where there is none. */
export function repositoryOf(folder: string): string | undefined {
  try {
    return git(["rev-parse", "--show-toplevel"], folder);
  } catch (error) {
    if (error instanceof Error && error.message.includes("not a git repository")) return undefined;
    throw error;
  }
}

function demandRepository(folder: string): void {
  if (repositoryOf(folder) !== undefined) return;
  throw new Error(
    `${folder} lies in no git repository, so nothing in it is released or compared: git init there, and commit the provinces' files.`,
  );
}

/** The commit that a name stands for: a branch, a tag, `HEAD~3`. */
export function commitOf(ref: string, folder: string): string {
  demandRepository(folder);
  try {
    return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], folder);
  } catch (cause) {
    throw new Error(`git knows no commit by the name "${ref}".`, { cause });
  }
}

/** A file's text in a commit; undefined where it was not there yet. */
export function textAt(commit: string, file: string): string | undefined {
  const folder = dirname(file);
  const there = git(["ls-tree", "--name-only", commit, "--", basename(file)], folder);
  return there === "" ? undefined : git(["show", `${commit}:./${basename(file)}`], folder);
}

/** The names of what stood in a folder in a commit. */
export function namesAt(commit: string, folder: string): string[] {
  return git(["ls-tree", "--name-only", commit], folder).split("\n");
}

/** What is not committed, a line each. */
export function uncommitted(folder: string): string {
  demandRepository(folder);
  return git(["status", "--porcelain"], folder);
}
