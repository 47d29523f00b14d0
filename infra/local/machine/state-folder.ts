import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { isRunning } from "./live-process.ts";
import { plainFailure, systemCode } from "./plain-failure.ts";

export type StateFolder = ReturnType<typeof openFolder>;

const ownerFile = "owner.json";
const Owner = z.object({ pid: z.int(), command: z.string() });

/** Opens the folder in which the local cloud keeps everything between two starts, for one process at a time. */
export function openStateFolder(place: string): StateFolder {
  const root = resolve(place);
  const folder = openFolder(root);
  const owner = folder.read(ownerFile, Owner);
  if (owner && owner.pid !== process.pid && isRunning(owner))
    throw plainFailure(
      `Another local cloud (process ${owner.pid}) uses ${root}: stop it, or set FOAD_STATE to another folder.`,
    );
  folder.write(ownerFile, { pid: process.pid, command: process.argv[1] ?? "node" });
  return folder;
}

function openFolder(root: string) {
  const path = (...parts: string[]) => join(root, ...parts);
  makeFolder(root);
  return {
    root,
    path,
    corrupt: (what: string, cause: unknown) => corrupt({ root, what, cause }),
    folder(name: string): string {
      mkdirSync(path(name), { recursive: true });
      return path(name);
    },
    read<S extends z.ZodType>(file: string, schema: S): z.infer<S> | undefined {
      const text = readIfThere(path(file));
      if (text === undefined) return undefined;
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw corrupt({ root, what: file, cause: parsed.error });
      return parsed.data;
    },
    write: (file: string, content: unknown) => writeWhole(path(file), content),
    remove: (file: string) => rmSync(path(file), { force: true }),
    /** Lets another process have the folder. */
    release: () => rmSync(path(ownerFile), { force: true }),
  };
}

function corrupt({ root, what, cause }: { root: string; what: string; cause: unknown }): Error {
  return plainFailure(
    `The state in ${root} cannot be used (${what}): move it away or delete it, then start again. It holds every local complaint.`,
    cause,
  );
}

/** Whole or not at all, whenever the process dies; only the person who started it may read. */
function writeWhole(file: string, content: unknown): void {
  writeFileSync(`${file}.draft`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

function makeFolder(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw plainFailure(
      `${root} cannot be used as the state folder (${systemCode(cause)}): make it a folder you may write, or set FOAD_STATE.`,
      cause,
    );
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw plainFailure(`${file} cannot be read (${systemCode(error)}): mend its permissions, or delete it.`, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
