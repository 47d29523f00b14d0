import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { choosePorts, listenOn } from "#infra/programs/local-cloud/machine/ports.ts";
import { aPortForCloud } from "../support/free-ports.ts";
import { type Fixture, synthesizeFixture } from "./fixture-app.ts";
import { tableEndpoint } from "./table-endpoint.ts";

let folder: string;
let state: string;
let fixture: Fixture;
let port: number;
let running: ChildProcess | undefined;

const identity = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-restart-"));
  state = join(folder, "state");
  fixture = synthesizeFixture(folder);
  port = await aPortForCloud();
});
afterEach(() => running?.kill("SIGKILL"));
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

async function start(): Promise<Endpoints> {
  const file = fileURLToPath(new URL("fixture-run.ts", import.meta.url));
  running = fork(file, [fixture.assembly, fixture.provinceFile, state, String(port)], { execArgv: [] });
  const [endpoints] = await once(running, "message");
  return endpoints;
}

async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  const child = running;
  child?.kill(signal);
  if (child) await once(child, "exit");
}

/** Everything the cloud started names the state folder, the fixture's folder or our file on its command line. */
const left = () => processes().filter((line) => line.includes(folder));

async function gone(): Promise<void> {
  await expect.poll(left).toEqual([]);
}

const tables = () => new DynamoDBClient({ ...identity, endpoint: tableEndpoint(state) });
const put = (sk: string) =>
  tables().send(new PutItemCommand({ TableName: "tiny", Item: { pk: { S: "p" }, sk: { S: sk } } }));
const greet = async ({ api }: Endpoints) => (await fetch(`${api}/hello/you`)).json();

test("killed in the middle of writing and started again, nothing acknowledged is lost and the stream goes on", async () => {
  const first = await start();
  const QueueUrl = first.queues.bank;
  const before = await greet(first);
  const message = { QueueUrl, MessageBody: "kept", MessageGroupId: "g", MessageDeduplicationId: "d" };
  await new SQSClient({ ...identity, endpoint: first.sqs }).send(new SendMessageCommand(message));
  const acknowledged: string[] = [];
  const writing = writeUntilItFails(acknowledged);
  await expect.poll(() => acknowledged.length).toBeGreaterThan(30);
  await end("SIGKILL");
  await writing;
  await gone();

  const second = await start();
  expect(second).toEqual(first);
  expect(await greet(second)).toEqual(before);
  expect(await storedKeys()).toEqual(expect.arrayContaining(acknowledged));
  await expect.poll(() => fixture.seen("stream").flat()).toEqual(expect.arrayContaining(acknowledged));
  const received = await new SQSClient({ ...identity, endpoint: second.sqs }).send(
    new ReceiveMessageCommand({ QueueUrl }),
  );
  expect(received.Messages?.map(({ Body }) => Body)).toEqual(["kept"]);
});

test("the clock does not fall back behind what has happened", async () => {
  const { clock } = await start();
  const headers = { "content-type": "application/json" };
  await fetch(clock, { method: "POST", headers, body: '{"advance":"P2D"}' });
  const moved = await timeAt(clock);
  await end("SIGKILL");
  const { clock: again } = await start();
  expect(await timeAt(again)).toBeGreaterThanOrEqual(moved);
});

test("asked to stop, it leaves no process, no listener and no endpoints.json behind", async () => {
  const { api } = await start();
  await greet({ api } as Endpoints);
  expect(left().length).toBeGreaterThan(2);
  await end("SIGTERM");
  expect(left()).toEqual([]);
  await expect(fetch(api)).rejects.toThrow();
  expect(existsSync(join(state, "endpoints.json"))).toBe(false);
});

test("an engine left over by a keeper's death is ended at the next start", async () => {
  await start();
  const { pid } = JSON.parse(readFileSync(join(state, "dynamodb-process.json"), "utf8"));
  const keeper = Number(/^(\d+) /.exec(left().find((line) => line.includes("engine-keeper")) ?? "")?.[1]);
  process.kill(keeper, "SIGKILL");
  await end("SIGKILL");
  expect(left().map((line) => Number.parseInt(line, 10))).toContain(pid);
  await start();
  expect(left().map((line) => Number.parseInt(line, 10))).not.toContain(pid);
  await end("SIGTERM");
});

test("what is secret in the state folder is for its owner alone", () => {
  for (const file of ["secrets.json", "access-key.json", "client-key.json", "token-key.json"])
    expect((statSync(join(state, file)).mode & 0o777).toString(8), file).toBe("600");
});

test("ports for a test are free ones, different, and taken by nobody else before they are used", async () => {
  const ports = Object.values(await choosePorts(0));
  expect(new Set(ports).size).toBe(10);
  const [port = 0] = ports;
  await expect(once(createServer().listen(port, "127.0.0.1"), "listening")).rejects.toThrow("EADDRINUSE");
  expect(await listenOn(port, () => once(createServer().listen(port, "127.0.0.1").unref(), "listening"))).toEqual([]);
});

async function timeAt(clock: string): Promise<number> {
  const told = z.object({ now: z.iso.datetime() }).parse(await (await fetch(clock)).json());
  return Date.parse(told.now);
}

async function writeUntilItFails(acknowledged: string[]): Promise<void> {
  for (let number = 0; number < 10_000; number += 1) {
    const key = `E#${String(number).padStart(6, "0")}`;
    try {
      await put(key);
    } catch {
      return;
    }
    acknowledged.push(key);
  }
}

async function storedKeys(): Promise<(string | undefined)[]> {
  const query = {
    TableName: "tiny",
    KeyConditionExpression: "pk = :p",
    ExpressionAttributeValues: { ":p": { S: "p" } },
  };
  const { Items = [] } = await tables().send(new QueryCommand(query));
  return Items.map(({ sk }) => sk?.S);
}

function processes(): string[] {
  return execFileSync("ps", ["-ww", "-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim());
}
