import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

/** What `npm start` runs, as a person runs it: the real stacks, in folders of their own. */
let folder: string;
let running: ChildProcess | undefined;
const port = 30_000 + (process.pid % 2_000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-run-"));
});
afterEach(() => running?.kill("SIGKILL"));
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

function start() {
  const file = fileURLToPath(new URL("../../infra/local/run.ts", import.meta.url));
  const env = {
    ...process.env,
    PORT: String(port),
    FOAD_STATE: join(folder, "state"),
    CDK_OUTDIR: join(folder, "cdk.out"),
  };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "pipe"] });
  running = child;
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  const says = (text: string, timeout: number) => expect.poll(() => said, { timeout, interval: 50 }).toContain(text);
  return { child, says, said: () => said };
}

const left = () =>
  execFileSync("ps", ["-ww", "-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(folder));

test("it says what runs and how to use it, serves on loopback alone, and Ctrl-C leaves nothing running", async () => {
  const { child, says, said } = start();
  await says("FOAD 128 is running", 60_000);
  await says("npm run demo", 1_000);
  expect(said()).not.toMatch(/undefined|Warning/);
  const { api } = JSON.parse(readFileSync(join(folder, "state", "endpoints.json"), "utf8"));
  expect((await fetch(`${api}/v1/catalog`)).status).toBe(200);
  const docs = said().match(/http:\S+\/v1\/docs/)?.[0] ?? "";
  for (const [lang, dir] of Object.entries({ fa: "rtl", en: "ltr" }))
    expect(await bodyOf(`${docs}?lang=${lang}`)).toContain(`<html lang="${lang}" dir="${dir}">`);
  expect(await bodyOf(said().match(/files +(http:\S+)/)?.[1] ?? "")).toContain("<Code>AccessDenied</Code>");
  for (const address of outsideAddresses())
    await expect(fetch(`http://${address}:${port}/v1/catalog`), address).rejects.toThrow();
  expect(left().length).toBeGreaterThan(1);
  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(left()).toEqual([]);
  expect(existsSync(join(folder, "state", "endpoints.json"))).toBe(false);
}, 90_000);

test("the complaint that its screen tells one to copy is filed, and is in the agency's queue", async () => {
  const { child, says, said } = start();
  await says("FOAD 128 is running", 60_000);
  const script = said()
    .slice(said().indexOf("TOKEN="), said().indexOf("npm run demo"))
    .replace(/^and see.*$/m, "sleep 2");
  const answers = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  const { id, secret } = JSON.parse(answers.slice(0, answers.indexOf("}") + 1));
  expect({ id, secret }).toEqual({ id: expect.stringMatching(/^QZ-/), secret: expect.stringMatching(/^.{4}-.{4}$/) });
  const { Messages } = JSON.parse(answers.slice(answers.indexOf('{"Messages"')));
  expect(Messages.map(({ Body }: { Body: string }) => JSON.parse(Body).subject)).toContain(id);
  child.kill("SIGTERM");
  await once(child, "exit");
}, 90_000);

test("asked to stop while it still synthesizes, it leaves nothing running", async () => {
  const { child, says } = start();
  await says("synthesizing", 10_000);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
}, 30_000);

async function bodyOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

function outsideAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === "IPv4" && !internal).map(({ address }) => address),
  );
}
