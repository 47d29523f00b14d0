import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { findJava } from "#infra/programs/local-cloud/dynamodb/engine.ts";
import { startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { isPlainFailure } from "#infra/programs/local-cloud/machine/errors.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { type Fixture, synthesizeFixture } from "./fixture-app.ts";

let folder: string;
let fixture: Fixture;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-failures-"));
  fixture = synthesizeFixture(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (state: string, port = 0) => startLocalCloud({ ...fixture, state, port });

async function failureOf(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(() => undefined).catch((thrown: unknown) => thrown);
  expect(isPlainFailure(error), String(error)).toBe(true);
  return isPlainFailure(error) ? error.message : "";
}

test.each([
  ["secrets.json", "{ not json"],
  ["clock.json", '{"offset":"soon"}'],
  ["access-key.json", '{"secretAccessKey":""}'],
  ["client-key.json", "[]"],
  ["token-key.json", ""],
  ["queues/fauxqs.db", "this is no database, whatever it once was".repeat(100)],
  ["dynamodb/shared-local-instance.db", "this is no database, whatever it once was".repeat(100)],
])("a state folder whose %s is corrupt is refused in one line that says what to do", async (file, content) => {
  const state = join(folder, `corrupt-${file.replace("/", "-")}`);
  mkdirSync(join(state, file, ".."), { recursive: true });
  writeFileSync(join(state, file), content);
  const message = await failureOf(start(state));
  expect(message).toMatch(/^The state in .* cannot be used \(.+\): move it away or delete it/);
  expect(message).not.toContain("\n");
});

test("a table of an earlier shape is said to be one", async () => {
  const state = join(folder, "reshaped");
  await (await start(state)).stop();
  const template = join(fixture.assembly, "Tiny-Data.template.json");
  const { default: original } = await import(template, { with: { type: "json" } });
  writeFileSync(template, JSON.stringify(original).replaceAll('"sk"', '"sort"'));
  try {
    expect(await failureOf(start(state))).toMatch(/table tiny has other keys or indexes/);
  } finally {
    writeFileSync(template, JSON.stringify(original));
  }
});

function aFile(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, "");
  return file;
}

test("a state folder that is a file is refused", async () => {
  expect(await failureOf(start(aFile("a-file")))).toMatch(/cannot be used as the state folder/);
});

const stateModule = new URL("../../infra/programs/local-cloud/machine/state-folder.ts", import.meta.url).href;

/** A process that opens the folder as a cloud does, and then does nothing more. */
async function anOwnerOf(state: string): Promise<ChildProcess> {
  const program = `import(${JSON.stringify(stateModule)}).then(({ openStateFolder }) => {
    openStateFolder(${JSON.stringify(state)});
    process.send("open");
    setTimeout(() => {}, 60_000);
  })`;
  const owner = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  onTestFinished(() => void owner.kill("SIGKILL"));
  await once(owner, "message");
  return owner;
}

test("a state folder is refused while its owner runs, and taken over once that was killed", async () => {
  const state = join(folder, "taken");
  const owner = await anOwnerOf(state);
  const refusal = `A local cloud is already running (process ${owner.pid}, state in ${state})`;
  expect(await failureOf(start(state))).toContain(refusal);
  expect(ownerIn(state)).toBe(owner.pid);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  openStateFolder(state);
  expect(ownerIn(state)).toBe(process.pid);
});

test("a state folder whose owner was killed is taken over, also if another program now has its number", async () => {
  const state = join(folder, "reused");
  const owner = await anOwnerOf(state);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
  onTestFinished(() => void other.kill("SIGKILL"));
  await once(other, "spawn");
  const record = JSON.parse(readFileSync(join(state, "owner.json"), "utf8"));
  writeFileSync(join(state, "owner.json"), JSON.stringify({ ...record, pid: other.pid }));
  openStateFolder(state);
  expect(ownerIn(state)).toBe(process.pid);
});

function ownerIn(state: string): number {
  return JSON.parse(readFileSync(join(state, "owner.json"), "utf8")).pid;
}

test("npm start on a taken port ends with status 1 and one line, before it does anything else", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const port = typeof address === "object" ? address?.port : 0;
  const state = join(folder, "unused");
  const { status, said } = await run({ PORT: String(port), FOAD_STATE_FOLDER: state });
  blocker.close();
  expect({ status, said }).toEqual({
    status: 1,
    said: expect.stringMatching(new RegExp(`^Port ${port} is in use: .*PORT`)),
  });
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(() => rmSync(state)).toThrow(/ENOENT/);
});

/** A disk without space, as Linux has one to try: what is written to it is refused with ENOSPC. */
function aFullFolder(name: string, file: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  symlinkSync("/dev/full", join(place, file));
  return place;
}

test.each([
  ["is a file", () => aFile("the-state"), /\(EEXIST\): it is a file: move it away/],
  ["lies below a file", () => join(aFile("above"), "state"), /\(ENOTDIR\): a file stands where a folder should/],
  ["is full", () => aFullFolder("full", "trial.draft"), /\(ENOSPC\): no space is left there: free some/],
  ["may not be written", () => "/sys/foad", /\((EACCES|EPERM|EROFS)\): .*(permissions|writable)/],
])("npm start with a state folder that %s ends with one line", async (_, place, why) => {
  const state = place();
  const { status, said } = await run({ PORT: "23170", FOAD_STATE_FOLDER: state });
  expect(said).toMatch(why);
  expect(said).toMatch(/ cannot be used as the state folder .*, or name another folder in FOAD_STATE_FOLDER\.\n$/);
  expect(said.startsWith(state)).toBe(true);
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(status).toBe(1);
});

test("a disk that fills up while the cloud starts is named", async () => {
  const state = aFullFolder("filling", "client-key.json.draft");
  expect(await failureOf(start(state))).toMatch(/^\/.*filling cannot be used .* \(ENOSPC\): no space is left there/);
});

test("npm start with a PORT that is none says so", async () => {
  expect(await run({ PORT: "eighty" })).toEqual({
    status: 1,
    said: 'PORT must be a number from 1 to 65499, not "eighty".\n',
  });
});

test("without any Java the line names what to install, and Java is looked for where it may be", async () => {
  const state = openStateFolder(join(folder, "no-java"));
  const nowhere = { PATH: folder };
  const offline = () => Promise.reject(new Error("getaddrinfo ENOTFOUND"));
  const message = await failureOf(findJava({ state, say: () => {}, env: nowhere, fetch: offline }));
  expect(message).toMatch(/needs Java 17 or newer.*JAVA_HOME/);
  const old = fakeJava(join(folder, "old"), "11.0.2");
  const recent = fakeJava(join(folder, "recent"), "21.0.1");
  const env = { JAVA_HOME: old, PATH: join(recent, "bin") };
  expect(await findJava({ state, say: () => {}, env, fetch: offline })).toBe(join(recent, "bin", "java"));
  const fetched = async (place: string) => void fakeJava(join(place, "jre", "jdk-17"), "17.0.9");
  expect(await findJava({ state, say: () => {}, env: nowhere, fetch: fetched })).toBe(
    state.path("java", "jre", "jdk-17", "bin", "java"),
  );
});

function fakeJava(home: string, version: string): string {
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "bin", "java"), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, { mode: 0o755 });
  return home;
}

async function run(env: Record<string, string>): Promise<{ status: number; said: string }> {
  const file = fileURLToPath(new URL("../../infra/programs/local-cloud/run.ts", import.meta.url));
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  const [status] = await once(child, "close");
  return { status, said: Buffer.concat(said).toString() };
}
