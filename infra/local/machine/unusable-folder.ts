import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainFailure, systemCode } from "./plain-failure.ts";

/** A folder that this program writes, and the variable by which another is named. */
export type Place = { folder: string; serves: string; variable: "FOAD_STATE" | "CDK_OUTDIR" };

export const statePlace = (folder: string): Place => ({ folder, serves: "the state folder", variable: "FOAD_STATE" });

/** What is wrong with a folder by the system's code, and what to do about it. */
const reasons: Record<string, string> = {
  ENOSPC: "no space is left there: free some",
  EDQUOT: "no space is left to you there: free some",
  EROFS: "it may only be read: make it writable",
  EACCES: "you may not write there: mend its permissions",
  EPERM: "you may not write there: mend its permissions",
  ENOTDIR: "a file stands where a folder should: move it away",
  EEXIST: "it is a file: move it away",
};

/** What could not be written, in one line that says what to do. */
export function unusableFolder({ folder, serves, variable }: Place, cause: unknown): Error {
  const code = systemCode(cause) ?? String(cause);
  const why = reasons[code] ?? "make it a folder you may write";
  return plainFailure(
    `${folder} cannot be used as ${serves} (${code}): ${why}, or name another folder in ${variable}.`,
    cause,
  );
}

const trial = "trial.draft";

/** Makes the folder, and throws where nothing can be written in it. */
export function refuseUnwritable(place: Place): void {
  const file = join(place.folder, trial);
  try {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 });
    // More than a file system keeps beside the file's name, or a full one would take it.
    writeFileSync(file, Buffer.alloc(65_536));
    rmSync(file);
  } catch (cause) {
    throw unusableFolder(place, cause);
  }
}
