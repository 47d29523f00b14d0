import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { choosePorts, refuseTakenPorts } from "#infra/programs/local-cloud/machine/ports.ts";
import { patience } from "./patience.ts";

const root = join(import.meta.dirname, "../..");
/** What a killed cloud started has this long to notice and end. */
const grace = 5_000;

/** What `npm start` runs, in a process of its own that can be killed and started again over the same state. */
export type Restartable = {
  state: string;
  endpoints(): Endpoints;
  /** Resolves with the milliseconds it took until it said that it is ready. */
  start(): Promise<number>;
  /** SIGKILL to the process alone; resolves with what it left running beyond the grace, which should be nothing. */
  kill(): Promise<string[]>;
  /** As Ctrl-C does; resolves with what is still running after it. */
  stop(): Promise<string[]>;
};

/** `code`: the folder of the code that runs, this repository's where it is left out. */
type Start = { folder: string; port: number; code?: string };

/** Everything it starts names `folder` on its command line, by which it is known again. */
export function aRestartable({ folder, port, code = root }: Start): Restartable {
  const state = join(folder, "state");
  const env = { ...process.env, FOAD_STATE_FOLDER: state, CDK_OUTDIR: join(folder, "assembly"), PORT: String(port) };
  let running: ChildProcess | undefined;
  return {
    state,
    endpoints: () => JSON.parse(readFileSync(join(state, "endpoints.json"), "utf8")),
    async start() {
      const began = performance.now();
      running = spawn(process.execPath, ["infra/programs/local-cloud/run.ts"], {
        cwd: code,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      await untilReady(running, createWriteStream(join(folder, "npm-start.log"), { flags: "a" }));
      return performance.now() - began;
    },
    async kill() {
      const before = naming(folder);
      await end(running, "SIGKILL");
      return remaining(before);
    },
    async stop() {
      await end(running, "SIGTERM");
      return remaining(naming(folder));
    },
  };
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** What it says is kept for whoever looks into a failure. */
async function untilReady(child: ChildProcess, log: Writable): Promise<void> {
  let said = "";
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        said += chunk;
        log.write(chunk);
        if (/ s {2}ready\n/.test(said)) resolve();
      });
  });
  child.once("close", () => log.end());
  const ended = once(child, "exit").then(() => Promise.reject(new Error(`it did not start:\n${said}`)));
  const late = sleep(patience, undefined, { ref: false }).then(() => Promise.reject(new Error(`not ready:\n${said}`)));
  for (const failure of [ended, late]) failure.catch(() => {});
  await Promise.race([ready, ended, late]);
}

/** Those of the processes that are there after the grace; resolves as soon as none is. */
async function remaining(lines: string[]): Promise<string[]> {
  let left = lines;
  for (const end = Date.now() + grace; left.length > 0 && Date.now() < end; await sleep(50)) {
    const all = new Set(allProcesses());
    left = left.filter((line) => all.has(line));
  }
  return left;
}

const naming = (folder: string) => allProcesses().filter((line) => line.includes(folder));

/** Every process of the machine as `<pid> <command line>`. */
function allProcesses(): string[] {
  if (process.platform !== "linux")
    return execFileSync("ps", ["-ww", "-axo", "pid=,args="], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim());
  return readdirSync("/proc").flatMap((pid) => (/^\d+$/.test(pid) ? [`${pid} ${commandLine(pid)}`] : []));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** The first of eight free ports in a row, below those that systems hand out by themselves. */
export async function freePortRow(): Promise<number> {
  const first = 20_000 + Math.floor(Math.random() * 12_000);
  try {
    await refuseTakenPorts(await choosePorts(first));
    return first;
  } catch {
    return freePortRow();
  }
}
