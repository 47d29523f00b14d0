import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { aPortForCloud } from "../support/free-ports.ts";
import { patience } from "../support/patience.ts";
import { provideAssembly } from "../support/synthesized.ts";

/** What `npm start` runs, as a person runs it: the real stacks, in folders of their own, synthesized before of the same sources. */
let folder: string;
const running: ChildProcess[] = [];
const root = join(import.meta.dirname, "../..");
/** A busy machine takes its time over a start. */
vi.setConfig({ testTimeout: 3 * patience });
/** Two clouds beside each other have no port in common. */
let port: number;
let otherPort: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-run-"));
  provideAssembly(join(folder, "cdk.out"));
  port = await aPortForCloud();
  do otherPort = await aPortForCloud();
  while (Math.abs(otherPort - port) < 100);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** By the relative path that npm gives to Node: so the operating system lists it too. */
function start({ at = port, assembly = "cdk.out" } = {}) {
  const env = {
    ...process.env,
    PORT: String(at),
    // Relative, as people write folders.
    FOAD_STATE_FOLDER: relative(root, state()),
    CDK_OUTDIR: relative(root, join(folder, assembly)),
  };
  const child = spawn(process.execPath, ["infra/programs/local-cloud/run.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  const says = (text: string, timeout: number) => expect.poll(() => said, { timeout, interval: 50 }).toContain(text);
  return { child, says, said: () => said };
}

const state = (...file: string[]) => join(folder, "state", ...file);

const left = () =>
  execFileSync("ps", ["-ww", "-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(folder));

test("it says what runs and how to use it, serves on loopback alone, and Ctrl-C leaves nothing running", async () => {
  const { child, says, said } = start();
  await says("FOAD 128 is running", patience);
  await says(`FOAD_STATE_FOLDER='${state()}' npm run demo\n`, 1_000);
  expect(said()).not.toMatch(/undefined|Warning/);
  const { api } = JSON.parse(readFileSync(state("endpoints.json"), "utf8"));
  expect((await fetch(`${api}/v1/catalog`)).status).toBe(200);
  const docs = said().match(/http:\S+\/v1\/docs/)?.[0] ?? "";
  for (const [lang, dir] of Object.entries({ fa: "rtl", en: "ltr" }))
    expect(await bodyOf(`${docs}?language=${lang}`)).toContain(`<html lang="${lang}" dir="${dir}">`);
  expect(await bodyOf(said().match(/files +(http:\S+)/)?.[1] ?? "")).toContain("<Code>AccessDenied</Code>");
  for (const address of outsideAddresses())
    await expect(fetch(`http://${address}:${port}/v1/catalog`), address).rejects.toThrow();
  expect(left().length).toBeGreaterThan(1);
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(left()).toEqual([]);
  expect(existsSync(state("endpoints.json"))).toBe(false);
});

test("a second start over the same state says in one line that one is running, and leaves it alone", async () => {
  const first = start();
  await first.says("FOAD 128 is running", patience);
  const { api } = JSON.parse(readFileSync(state("endpoints.json"), "utf8"));
  const files = [state("owner.json"), state("endpoints.json"), join(folder, "cdk.out", "manifest.json")];
  const before = files.map(fingerprint);
  const second = start({ at: otherPort });
  expect(await once(second.child, "close", { signal: AbortSignal.timeout(patience) })).toEqual([1, null]);
  const where = `process ${first.child.pid}, state in ${state()}`;
  expect(second.said()).toBe(
    `A local cloud is already running (${where}); its API is ${api}, and ${state("endpoints.json")} has every other address. Stop it first, or start this one with another FOAD_STATE_FOLDER and PORT.\n`,
  );
  expect(files.map(fingerprint)).toEqual(before);
  expect((await fetch(`${api}/v1/catalog`)).status).toBe(200);
  expect(JSON.parse(readFileSync(state("owner.json"), "utf8"))).toMatchObject({ pid: first.child.pid });
  first.child.kill("SIGTERM");
  expect(await once(first.child, "exit")).toEqual([0, null]);
});

test("after kill -9 it starts again over the same state", async () => {
  const first = start();
  await first.says("FOAD 128 is running", patience);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  expect(existsSync(state("owner.json"))).toBe(true);
  await expect.poll(left, { timeout: patience }).toEqual([]);
  const second = start();
  await second.says("FOAD 128 is running", patience);
  second.child.kill("SIGTERM");
  expect(await once(second.child, "exit")).toEqual([0, null]);
});

test("the complaint that its screen tells one to copy is filed, and is in the agency's queue", async () => {
  const { child, says, said } = start();
  await says("FOAD 128 is running", patience);
  // A person looks when the event has come; a script is to wait for it.
  const script = said()
    .slice(said().indexOf("TOKEN="), said().indexOf("In a second terminal"))
    .replace(/^and see.*$/m, "")
    .replace('{"QueueUrl":', '{"WaitTimeSeconds": 20, "QueueUrl":');
  const answers = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  const { id, secret } = JSON.parse(answers.slice(0, answers.indexOf('{"Messages"')));
  expect({ id, secret }).toEqual({ id: expect.stringMatching(/^QZ-/), secret: expect.stringMatching(/^.{4}-.{4}$/) });
  const { Messages } = JSON.parse(answers.slice(answers.indexOf('{"Messages"')));
  expect(Messages.map(({ Body }: { Body: string }) => JSON.parse(Body).subject)).toContain(id);
  child.kill("SIGTERM");
  await once(child, "exit");
});

test("asked to stop while it still synthesizes, it leaves nothing running", async () => {
  const { child, says } = start({ assembly: "not-yet-made" });
  await says("synthesizing", patience);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await expect.poll(left, { timeout: patience }).toEqual([]);
});

function fingerprint(file: string) {
  const { ino, mtimeMs } = statSync(file);
  return { file, ino, mtimeMs };
}

async function bodyOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

function outsideAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === "IPv4" && !internal).map(({ address }) => address),
  );
}
