import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { plainFailure, systemCode } from "./errors.ts";
import { parseJson } from "./http-server.ts";

/**
 * A process as a file records it. The pid alone is not enough: after the process has ended, another one may get the same
 * pid.
 */
const ProcessRecord = z.object({
  pid: z.int(),
  /** The command line as the operating system reports it, or a part of it that no other process has. */
  command: z.string().min(1),
});
type ProcessRecord = z.infer<typeof ProcessRecord>;

function recordOfThisProcess(): ProcessRecord {
  const { pid, argv } = process;
  return { pid, command: commandLine(pid) || argv.join(" ") };
}

function isRunning({ pid, command }: ProcessRecord): boolean {
  return commandLine(pid).includes(command);
}

/** In ms. Longer than engine-keeper.ts needs to end its engine. */
const gracePeriod = 1_000;

/**
 * Waits until the recorded process has ended. Kills it if it does not end by itself within the grace period. Never kills
 * another process that has the same pid by now.
 */
export async function endProcess(record: ProcessRecord): Promise<void> {
  for (const end = Date.now() + gracePeriod; isRunning(record) && Date.now() < end; ) await sleep(10);
  if (!isRunning(record)) return;
  process.kill(record.pid, "SIGKILL");
  while (isRunning(record)) await sleep(10);
}

/** The command line of a process as the operating system reports it; empty if there is no such process. */
function commandLine(pid: number): string {
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
      : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}

/**
 * A folder that this program writes, its purpose for messages, and the environment variable that may name another folder.
 */
export type Place = { folder: string; serves: string; variable: "FOAD_STATE_FOLDER" | "CDK_OUTDIR" };

export const statePlace = (folder: string): Place => ({
  folder,
  serves: "the state folder",
  variable: "FOAD_STATE_FOLDER",
});

/** The problem with a folder and the advice, by the code of the system's error. */
const reasons: Record<string, string> = {
  ENOSPC: "no space is left there: free some",
  EDQUOT: "no space is left to you there: free some",
  EROFS: "it may only be read: make it writable",
  EACCES: "you may not write there: mend its permissions",
  EPERM: "you may not write there: mend its permissions",
  ENOTDIR: "a file stands where a folder should: move it away",
  EEXIST: "it is a file: move it away",
};

/** Returns an error of one line that says why a folder cannot be used, and what to do. */
export function unusableFolder({ folder, serves, variable }: Place, cause: unknown): Error {
  const code = systemCode(cause) ?? String(cause);
  const why = reasons[code] ?? "make it a folder you may write";
  return plainFailure(
    `${folder} cannot be used as ${serves} (${code}): ${why}, or name another folder in ${variable}.`,
    cause,
  );
}

const trial = "trial.draft";

/** Creates the folder. Throws an error with advice if nothing can be written in it. */
export function refuseUnwritable(place: Place): void {
  const file = join(place.folder, trial);
  try {
    mkdirSync(place.folder, { recursive: true, mode: 0o700 });
    // Large enough to need disk blocks: a full file system could still store a tiny file in its metadata.
    writeFileSync(file, Buffer.alloc(65_536));
    rmSync(file);
  } catch (cause) {
    throw unusableFolder(place, cause);
  }
}

export type StateFolder = ReturnType<typeof openFolder>;

const ownerFile = "owner.json";
/** The file with every address. It exists only while a cloud is ready. */
export const endpointsFile = "endpoints.json";
/** The file with environment variables for operator programs. It exists only while a cloud is ready. */
export const operatorFile = "operator.env";
const Endpoints = z.object({ api: z.string() });

/** Opens the folder for everything that the local cloud keeps between two starts. Only one process can have it open. */
export function openStateFolder(root: string): StateFolder {
  refuseFolderInUse(root);
  refuseUnwritable(statePlace(root));
  const folder = openFolder(root);
  folder.write(ownerFile, recordOfThisProcess());
  return folder;
}

/** Throws if another running process has the folder open. A process that crashed does not count. Changes nothing. */
export function refuseFolderInUse(root: string): void {
  const folder = openFolder(root);
  const owner = folder.read(ownerFile, ProcessRecord);
  if (!owner || owner.pid === process.pid || !isRunning(owner)) return;
  throw plainFailure(
    `A local cloud is already running (process ${owner.pid}, state in ${folder.root}); ${addressesIn(folder)}. Stop it first, or start this one with another FOAD_STATE_FOLDER and PORT.`,
  );
}

function addressesIn(folder: StateFolder): string {
  const file = folder.path(endpointsFile);
  try {
    const { api } = folder.read(endpointsFile, Endpoints) ?? {};
    if (api) return `its API is ${api}, and ${file} has every other address`;
  } catch {
    // If the file cannot be read, its path is the best answer.
  }
  return `its addresses are in ${file} as soon as it is ready`;
}

function openFolder(place: string) {
  const root = resolve(place);
  const path = (...parts: string[]) => join(root, ...parts);
  const withAdvice = <T>(write: () => T): T => {
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
      withAdvice(() => mkdirSync(path(name), { recursive: true }));
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
      withAdvice(() => writeWhole(path(file), `${JSON.stringify(content, null, 2)}\n`)),
    /** Writes variables as `node --env-file` reads them. */
    writeVariables: (file: string, variables: Record<string, string>) =>
      withAdvice(() => writeWhole(path(file), linesOf(variables))),
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

/** Writes the whole file or nothing, even if the process is killed. Only the file's owner may read it. */
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
