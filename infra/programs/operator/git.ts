import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";

/**
 * Runs git in a folder, and returns its output without the last line break. If git fails, throws an error with its message.
 */
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

/** Returns the top folder of the repository that contains `folder`; undefined if no repository does. */
export function repositoryOf(folder: string): string | undefined {
  try {
    return git(["rev-parse", "--show-toplevel"], folder);
  } catch (error) {
    if (error instanceof Error && error.message.includes("not a git repository")) return undefined;
    throw error;
  }
}

function assertInRepository(folder: string): void {
  if (repositoryOf(folder) !== undefined) return;
  throw new Error(
    `${folder} lies in no git repository, so nothing in it is released or compared: git init there, and commit the provinces' files.`,
  );
}

/** Returns the hash of the commit that `ref` names: a branch, a tag, `HEAD~3`. Throws if git does not know it. */
export function commitOf(ref: string, folder: string): string {
  assertInRepository(folder);
  try {
    return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], folder);
  } catch (cause) {
    throw new Error(`git knows no commit by the name "${ref}".`, { cause });
  }
}

/** Returns a file's text in a commit; undefined if the commit does not have the file. */
export function textAt(commit: string, file: string): string | undefined {
  const folder = dirname(file);
  const there = git(["ls-tree", "--name-only", commit, "--", basename(file)], folder);
  return there === "" ? undefined : git(["show", `${commit}:./${basename(file)}`], folder);
}

/** Returns the names of all entries of a folder in a commit. */
export function namesAt(commit: string, folder: string): string[] {
  return git(["ls-tree", "--name-only", commit], folder).split("\n");
}

/**
 * Returns the uncommitted changes, one line for each file as `git status --porcelain` prints it; empty if there are none.
 */
export function uncommitted(folder: string): string {
  assertInRepository(folder);
  return git(["status", "--porcelain"], folder);
}
