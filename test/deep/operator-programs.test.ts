import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { complaintKey, eventKey, headKey, indexes } from "#shared/runtime/keys.ts";
import type { Receipt } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const provinces = { FOAD_PROVINCE_FILE: join(import.meta.dirname, "../../infra/provinces/qazvin.json") };
const root = join(import.meta.dirname, "../..");
const officer = { name: "مریم کریمی" };

const runHead = (...args: string[]) => run("head", args);

/** Runs an operator's program as its npm script does, on this cloud. */
function run(program: string, args: string[], environment = {}): Promise<{ status: number; said: string }> {
  const env = { ...process.env, FOAD_STATE_FOLDER: cloud.state, ...environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`infra/programs/operator/${program}.ts`, ...args],
      { cwd: root, env },
      (error, out, err) => resolve({ status: error ? Number(error.code) : 0, said: (out + err).trim() }),
    );
  });
}

let receipt: Receipt;
const headOf = () => cloud.tables.complaintItem(complaintKey(receipt.id), headKey);
const isSound = () => `${receipt.id}: the head is what its events make of it.`;

beforeAll(async () => {
  const citizen = { name: "زهرا کریمی", nationalId: "0499370899", shareWithAgency: true };
  receipt = await cloud.file({ citizen, employee: { name: "علی احمدی" }, officeId: "social-security-qazvin-1" });
  const path = `/v1/agency/complaints/${receipt.id}`;
  const as = "agency-social-security";
  await cloud.call({ as, method: "POST", path: `${path}/acknowledgement`, body: { officer } });
  await cloud.call({ as, method: "POST", path: `${path}/messages`, body: { officer, text: "در دست بررسی است" } });
});

test.each(["head", "province", "release", "restore", "restore-files", "rotate-edge", "smoke"])(
  "says how it is run where it is asked, and does nothing: %s",
  async (program) => {
    const command = program === "province" ? ["check", "--help"] : ["--help"];
    expect(await run(program, command)).toEqual({ status: 0, said: expect.stringMatching(/^npm run [a-z:]+ -- .+$/) });
  },
);

describe("the head of a complaint", () => {
  test("is what its events make of it", async () => {
    expect(await runHead(receipt.id)).toEqual({ status: 0, said: isSound() });
  });

  test("that is in doubt is told by the names of its fields, and mended only when asked to", async () => {
    const sound = await headOf();
    const doubtful = { ...sound, status: "closed", identityDigests: [], level: 3 };
    await cloud.tables.putComplaintItem(doubtful);
    const { id } = receipt;
    expect(await runHead(id)).toEqual({
      status: 1,
      said: `${id}: the head differs in identityDigests, level, status. Nothing was written; --write mends it.`,
    });
    expect(await headOf()).toEqual(doubtful);
    expect((await runHead(id, "--write")).status).toBe(0);
    expect(await headOf()).toEqual(sound);
  });

  test.each([
    ["no place in the index of what is due", { due: undefined, dueAt: undefined }, "due, dueAt"],
    ["a time in it that nobody can read", { dueAt: "2026-junk" }, "dueAt"],
    ["an execution in charge that is none", { escalationExecution: 5 }, "escalationExecution"],
  ])("that has %s is mended too", async (_, damage, names) => {
    const sound = await headOf();
    const damaged = Object.entries({ ...sound, ...damage }).filter(([, value]) => value !== undefined);
    await cloud.tables.putComplaintItem(Object.fromEntries(damaged));
    const said = `${receipt.id}: the head differs in ${names}, and was mended.`;
    expect(await runHead(receipt.id, "--write")).toEqual({ status: 0, said });
    expect(await headOf()).toEqual(sound);
  });

  test.each([2, 3])("is not made without the event %s, which would take back what it said", async (version) => {
    const key = [complaintKey(receipt.id), eventKey(version)] as const;
    const [sound, event] = [await headOf(), await cloud.tables.complaintItem(...key)];
    await cloud.tables.loseComplaintItem(...key);
    const said = `${receipt.id}: event ${version} is missing, or only a newer version can read it; a head without it would be wrong.`;
    expect(await runHead(receipt.id, "--write")).toEqual({ status: 1, said });
    expect(await headOf()).toEqual(sound);
    await cloud.tables.putComplaintItem(event);
  });

  test("is not made over an event of a newer version of this code, and keeps a field of it", async () => {
    const key = [complaintKey(receipt.id), eventKey(3)] as const;
    const [sound, event] = [await headOf(), await cloud.tables.complaintItem(...key)];
    await cloud.tables.putComplaintItem({ ...sound, reminders: 2 });
    expect(await runHead(receipt.id)).toEqual({ status: 0, said: isSound() });
    await cloud.tables.putComplaintItem({ ...event, type: "reminded" });
    const said = `${receipt.id}: event 3 is missing, or only a newer version can read it; a head without it would be wrong.`;
    expect(await runHead(receipt.id, "--write")).toEqual({ status: 1, said });
    // The last event of a complaint whose head is lost: nothing but the event itself says that there is a third one.
    await cloud.tables.loseComplaintItem(complaintKey(receipt.id), headKey);
    expect(await runHead(receipt.id, "--write")).toEqual({ status: 1, said });
    await cloud.tables.putComplaintItem({ ...sound, reminders: 2, level: 3 });
    await cloud.tables.putComplaintItem(event);
    expect((await runHead(receipt.id, "--write")).status).toBe(0);
    expect(await headOf()).toEqual({ ...sound, reminders: 2 });
    await cloud.tables.putComplaintItem(sound);
  });

  test("keeps a mark that the identity does not give", async () => {
    const sound = await headOf();
    const marked = {
      ...sound,
      identityDigests: [...z.array(z.string()).parse(sound.identityDigests), "of another key"],
    };
    await cloud.tables.putComplaintItem({ ...marked, level: 3 });
    const said = `${receipt.id}: the head differs in level, and was mended.`;
    expect(await runHead(receipt.id, "--write")).toEqual({ status: 0, said });
    expect(await headOf()).toEqual(marked);
    await cloud.tables.putComplaintItem(sound);
  });

  test("is not made without the marks of an identity that was erased", async () => {
    const { id, secret } = await cloud.file({ citizen: { name: "زهرا کریمی" } });
    const key = [complaintKey(id), headKey] as const;
    expect((await cloud.call({ secret, method: "DELETE", path: `/v1/complaints/${id}/identity` })).status).toBe(200);
    expect(await runHead(id)).toEqual({ status: 0, said: `${id}: the head is what its events make of it.` });
    const sound = await cloud.tables.complaintItem(...key);
    const refused = {
      status: 1,
      said: expect.stringMatching(/^\S+: the head has no marks by which later texts are masked\./),
    };
    for (const identityDigests of [[], "junk"]) {
      await cloud.tables.putComplaintItem({ ...sound, identityDigests });
      expect(await runHead(id, "--write")).toEqual(refused);
    }
    await cloud.tables.loseComplaintItem(...key);
    expect(await runHead(id, "--write")).toEqual(refused);
    await cloud.tables.putComplaintItem({ ...sound, level: 3 });
    expect((await runHead(id, "--write")).status).toBe(0);
    expect(await cloud.tables.complaintItem(...key)).toEqual(sound);
  });

  test("that is lost is made again, and the complaint goes on", async () => {
    const sound = await headOf();
    await cloud.tables.loseComplaintItem(complaintKey(receipt.id), headKey);
    const { id, secret } = receipt;
    expect((await cloud.call({ as: "agency-social-security", path: `/v1/agency/complaints/${id}` })).status).toBe(404);
    expect(await runHead(id)).toMatchObject({ status: 1, said: expect.stringContaining("the head is missing") });
    expect(await runHead(id, "--write")).toMatchObject({ status: 0 });
    expect(await headOf()).toEqual(sound);
    const withdrawn = await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal` });
    expect(withdrawn).toMatchObject({ status: 200, body: { status: "closed", version: 4 } });
    expect(await runHead(id)).toEqual({ status: 0, said: isSound() });
  });

  test.each([
    ["no id", [], 2, /^Which complaint\?/],
    ["two ids", ["QZ-0000-0000-0", "QZ-0000-0000-0"], 2, /^Which complaint\?/],
    ["a word it does not know", ["QZ-0000-0000-0", "--wrtie"], 2, /^Nothing was compared: Unknown option '--wrtie'/],
    ["an id nobody has", ["QZ-0000-0000-0"], 1, /has no events that begin with its filing/],
  ])("is not looked for under %s", async (_, args, status, said) => {
    expect(await runHead(...args)).toEqual({ status, said: expect.stringMatching(said) });
  });
});

describe("the province's file", () => {
  const nobodys = { FOAD_PROVINCE_FILE: join(root, "infra/provinces/teheran.json") };
  const none = 'There is no province "teheran" in infra/provinces: there are alborz, qazvin. Name it in FOAD_PROVINCE';

  test("is looked for before a head is compared", async () => {
    const said = `Nothing was compared: ${none}. npm run head -- QZ-7K3M-9XPT-Q [--write]`;
    expect(await run("head", [receipt.id], nobodys)).toEqual({ status: 1, said });
  });

  test("is looked for before anything of restored tables is switched on", async () => {
    const said = `The tables are not ready: ${none}. npm run restore -- COMPLAINTS IDENTITIES`;
    const { COMPLAINTS_TABLE = "" } = await cloud.tables.environment();
    expect(await run("restore", [COMPLAINTS_TABLE, COMPLAINTS_TABLE], nobodys)).toEqual({ status: 1, said });
  });

  test("is refused in plain lines where it is faulty", async () => {
    const provinces = mkdtempSync(join(tmpdir(), "foad-faulty-"));
    cpSync(join(root, "infra/provinces/calendar"), join(provinces, "calendar"), { recursive: true });
    const file = join(provinces, "qazvin.json");
    writeFileSync(file, readFileSync(join(root, "infra/provinces/qazvin.json"), "utf8").replace('"QZ"', '"QI"'));
    const { status, said } = await run("head", [receipt.id], { FOAD_PROVINCE_FILE: file });
    rmSync(provinces, { recursive: true });
    expect(status).toBe(1);
    expect(said).toMatch(
      /^Nothing was compared: .*qazvin\.json is not valid:\n {2}idPrefix: must be two capital letters/,
    );
  });
});

describe("a table that was restored without what a release has added", () => {
  const [name, identities] = ["Restored-Complaints", "Restored-Identities"];
  const dynamodb = () =>
    new DynamoDBClient({ ...clientSettings, endpoint: cloud.environment.AWS_ENDPOINT_URL_DYNAMODB ?? "" });
  const indexesOf = async (TableName?: string) => {
    const { Table } = await dynamodb().send(new DescribeTableCommand({ TableName }));
    const told = Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    return told?.toSorted((a, b) => String(a.IndexName).localeCompare(String(b.IndexName)));
  };

  test("gets its indexes one after the other, and is not ready before", async () => {
    const { COMPLAINTS_TABLE } = await cloud.tables.environment();
    const keys = ["pk", "sk"];
    for (const TableName of [name, identities])
      await dynamodb().send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: keys.map((AttributeName, n) => ({ AttributeName, KeyType: n === 0 ? "HASH" : "RANGE" })),
          AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        }),
      );
    const all: { status: number; said: string }[] = [];
    while (all.length < 20 && all.at(-1)?.status !== 0) all.push(await run("restore", [name, identities], provinces));
    expect(all[0]?.said).toContain(
      `index inbox of ${name}: is being made\nindex due of ${name}: is missing, and made after`,
    );
    expect(all[0]?.said).toMatch(/Deploy nothing yet\. .+$/);
    expect(all.at(-1)).toEqual({ status: 0, said: expect.stringContaining('"tables": {') });
    expect(all.filter(({ status }) => status !== 0).length).toBeGreaterThanOrEqual(indexes.length);
    expect(await indexesOf(name)).toEqual(await indexesOf(COMPLAINTS_TABLE));
  });
});

describe("the smoke test of a province", () => {
  const smoke = (url: string, environment = {}) => run("smoke", [url], environment);
  // The public page is made within five minutes of the first deployment.
  beforeAll(() => cloud.clock.advance(6 * 60_000));

  test("passes where a province answers, and tries the front end whose token it is given", async () => {
    const { status, said } = await smoke(cloud.endpoints.api, { FOAD_TOKEN: await cloud.token("web-portal") });
    expect(said).not.toContain("FAILED");
    expect(said.split("\n").filter((line) => line.startsWith("ok"))).toHaveLength(7);
    expect(said).toContain("40 agencies");
    expect(status).toBe(0);
  });

  test("says which step failed, and goes on with the others", async () => {
    const { status, said } = await smoke(cloud.endpoints.api, { FOAD_TOKEN: await cloud.token("agency-gas") });
    expect(said).toMatch(/FAILED {2}the front end is registered: \/v1\/front-end\/events is 403/);
    expect(said.split("\n").filter((line) => line.startsWith("ok"))).toHaveLength(6);
    expect(status).toBe(1);
  });

  test.each([
    ["is refused", 403, "is 403 application/json"],
    ["is another's page", 200, "is 200 application/json, but no catalog with agencies, counties and categories"],
  ])("says in one line that the catalog %s", async (_, status, said) => {
    const server = createServer((_, answer) =>
      answer.writeHead(status, { "content-type": "application/json" }).end('{"message":"Forbidden"}'),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = z.object({ port: z.number() }).parse(server.address());
    const lines = (await smoke(`http://127.0.0.1:${port}`)).said.split("\n");
    server.close();
    expect(lines).toContain(`FAILED  the catalog: /v1/catalog ${said}`);
    expect(lines.filter((line) => !/^(ok|FAILED|not tried)/.test(line))).toEqual([]);
  });

  test("fails plainly where nothing answers", async () => {
    const { status, said } = await smoke("http://127.0.0.1:9");
    expect(said).toMatch(/^FAILED {2}the public page: .*(ECONNREFUSED|bad port)/);
    expect(status).toBe(1);
  });

  test.each([
    ["an option it does not know", ["--sandbx", "http://127.0.0.1:9"], "Unknown option '--sandbx'"],
    ["an option without its value", ["http://127.0.0.1:9", "--channel"], "Option '--channel <value>' argument missing"],
  ])("answers %s in one line with how it is run", async (_, args, why) => {
    const { status, said } = await run("smoke", args);
    expect(said).toMatch(new RegExp(`^Nothing was tried: ${why}.*npm run smoke -- https://api\\.foad\\.example.*$`));
    expect(status).toBe(2);
  });
});

const rotate = "npm run edge:rotate -- <province> [--local]";

test.each([
  ["no province", [], 2, `Which province? One at a time: ${rotate}`],
  ["two provinces", ["qazvin", "alborz"], 2, `Which province? One at a time: ${rotate}`],
  [
    "one that has no file",
    ["teheran"],
    1,
    `Nothing was changed: There is no province "teheran" in infra/provinces: there are alborz, qazvin. ${rotate}`,
  ],
])("the edge's keys are not changed for %s", async (_, args, status, said) => {
  expect(await run("rotate-edge", args)).toEqual({ status, said });
});
