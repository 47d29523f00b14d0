import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { isRunning, ProcessRecord, recordOfThisProcess } from "./live-process.ts";
import { parseJson } from "./parse-json.ts";
import { plainFailure, systemCode } from "./plain-failure.ts";
import { refuseUnwritable, statePlace, unusableFolder } from "./unusable-folder.ts";

export type StateFolder = ReturnType<typeof openFolder>;

const ownerFile = "owner.json";
/** Lists every address; it is there only while a cloud runs and is ready. */
export const endpointsFile = "endpoints.json";
/** By what an operator's own program finds the tables and secrets, as a function does; there while the cloud runs. */
export const operatorFile = "operator.env";
const Endpoints = z.object({ api: z.string() });

/** Opens the folder in which the local cloud keeps everything between two starts, for one process at a time. */
export function openStateFolder(root: string): StateFolder {
  refuseFolderInUse(root);
  refuseUnwritable(statePlace(root));
  const folder = openFolder(root);
  folder.write(ownerFile, recordOfThisProcess());
  return folder;
}

/** Throws if another running process has the folder open; one that crashed has not. Changes nothing. */
export function refuseFolderInUse(root: string): void {
  const folder = openFolder(root);
  const owner = folder.read(ownerFile, ProcessRecord);
  if (!owner || owner.pid === process.pid || !isRunning(owner)) return;
  throw plainFailure(
    `A local cloud is already running (process ${owner.pid}, state in ${folder.root}); ${addressesIn(folder)}. Stop it first, or start this one with another FOAD_STATE and PORT.`,
  );
}

function addressesIn(folder: StateFolder): string {
  const file = folder.path(endpointsFile);
  try {
    const { api } = folder.read(endpointsFile, Endpoints) ?? {};
    if (api) return `its API is ${api}, and ${file} has every other address`;
  } catch {
    // It cannot be read: then where it is must do.
  }
  return `its addresses are in ${file} as soon as it is ready`;
}

function openFolder(place: string) {
  const root = resolve(place);
  const path = (...parts: string[]) => join(root, ...parts);
  const writing = <T>(write: () => T): T => {
    try {
      return write();
    } catch (cause) {
      throw unusableFolder(statePlace(root), cause);
    }
  };
  return {
    root,
    path,
    corrupt: (what: string, cause: unknown) => corrupt({ root, what, cause }),
    folder(name: string): string {
      writing(() => mkdirSync(path(name), { recursive: true }));
      return path(name);
    },
    read<S extends z.ZodType>(file: string, schema: S): z.infer<S> | undefined {
      const text = readIfThere(path(file));
      if (text === undefined) return undefined;
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw corrupt({ root, what: file, cause: parsed.error });
      return parsed.data;
    },
    write: (file: string, content: unknown) =>
      writing(() => writeWhole(path(file), `${JSON.stringify(content, null, 2)}\n`)),
    /** Writes variables as `node --env-file` reads them. */
    writeVariables: (file: string, variables: Record<string, string>) =>
      writing(() => writeWhole(path(file), linesOf(variables))),
    remove: (file: string) => rmSync(path(file), { force: true }),
    /** Lets another process open the folder. */
    release: () => rmSync(path(ownerFile), { force: true }),
  };
}

function linesOf(variables: Record<string, string>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join("");
}

function corrupt({ root, what, cause }: { root: string; what: string; cause: unknown }): Error {
  return plainFailure(
    `The state in ${root} cannot be used (${what}): move it away or delete it, then start again. It holds every local complaint.`,
    cause,
  );
}

/** Writes the file whole or not at all, whenever the process dies; only its owner may read it. */
function writeWhole(file: string, content: string): void {
  writeFileSync(`${file}.draft`, content, { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return undefined;
    throw plainFailure(`${file} cannot be read (${systemCode(error)}): mend its permissions, or delete it.`, error);
  }
}
