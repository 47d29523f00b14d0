import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { plainFailure } from "../machine/plain-failure.ts";
import type { StateFolder } from "../machine/state-folder.ts";

const oldest = 17;

type Options = {
  state: StateFolder;
  say: (line: string) => void;
  env?: Record<string, string | undefined>;
  /** Fetches a Java runtime into the folder; npm `njre` by default. */
  fetch?: (folder: string) => Promise<void>;
};

/**
 * The path of a Java 17 or newer: that of JAVA_HOME, one on the PATH,
 * one fetched at an earlier start, or one fetched now.
 */
export async function findJava({ state, say, env = process.env, fetch = fetchRuntime }: Options): Promise<string> {
  const installed = await firstFit([
    ...(env.JAVA_HOME ? [join(env.JAVA_HOME, "bin", "java")] : []),
    ...onPath(env.PATH),
  ]);
  if (installed) return installed;
  const folder = state.path("java");
  const fetched = await firstFit(await fetchedIn(folder));
  if (fetched) return fetched;
  say(`no Java ${oldest} found: fetching one into ${folder}, once`);
  await mkdir(folder, { recursive: true });
  await fetch(folder).catch((cause: unknown) => {
    throw absent(cause);
  });
  const fresh = await firstFit(await fetchedIn(folder));
  if (!fresh) throw absent(undefined);
  return fresh;
}

function absent(cause: unknown): Error {
  return plainFailure(
    `DynamoDB Local needs Java ${oldest} or newer; none was found and none could be fetched: install one (Debian and Ubuntu: apt install openjdk-${oldest}-jre-headless; macOS: brew install openjdk) or point JAVA_HOME at it.`,
    cause,
  );
}

async function fetchRuntime(folder: string): Promise<void> {
  const njre: { install(version: number, options: { installPath: string }): Promise<string> } = createRequire(
    import.meta.url,
  )("njre");
  // njre unpacks beside the path it is given.
  await njre.install(oldest, { installPath: join(folder, "anchor") });
}

function onPath(path = ""): string[] {
  return path
    .split(process.platform === "win32" ? ";" : ":")
    .filter(Boolean)
    .map((folder) => join(folder, process.platform === "win32" ? "java.exe" : "java"));
}

async function fetchedIn(folder: string): Promise<string[]> {
  const releases = await readdir(join(folder, "jre")).catch(() => []);
  return releases.flatMap((release) => [
    join(folder, "jre", release, "bin", "java"),
    join(folder, "jre", release, "Contents", "Home", "bin", "java"),
  ]);
}

async function firstFit(candidates: string[]): Promise<string | undefined> {
  for (const java of candidates) if (existsSync(java) && (await major(java)) >= oldest) return java;
  return undefined;
}

async function major(java: string): Promise<number> {
  const { stderr } = await promisify(execFile)(java, ["-version"]).catch(() => ({ stderr: "" }));
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}
