import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type ApiFunction, apiFunctions, pageRoutes, routes, scopes } from "#infra/constructs/routes.ts";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { acceptableRequest } from "../support/acceptable-requests.ts";
import { apiCaller } from "../support/api-caller.ts";
import { withEdge } from "../support/edged.ts";
import { localTables } from "../support/local-tables.ts";
import { synthesizeProvince } from "../support/restarted-cloud.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "foad-edge-"));
const state = join(folder, "state");
const minute = 60_000;
const header = "foad-edge-key";

/** Who may call a function, by the scope that it asks for. */
const clients: Record<string, string> = {
  "foad/person": "inspector-1",
  "foad/front-end": "call-centre-128",
  "foad/agency": "agency-social-security",
  "foad/inspector": "inspector-1",
  "foad/overseer": "governor-qazvin",
  "foad/admin": "admin",
};

type Running = { activeKey: "a" | "b"; cloud: LocalCloud; caller: Awaited<ReturnType<typeof apiCaller>> };
let running: Running;

/** The province with an edge before it, which sends this one of its keys. */
async function synthesized(activeKey: "a" | "b") {
  const province = readProvince("qazvin");
  withEdge(province);
  if (province.edge) province.edge.activeKey = activeKey;
  return synthesizeProvince(province, join(folder, activeKey));
}

async function start(activeKey: "a" | "b"): Promise<Running> {
  const cloud = await startLocalCloud({ ...(await synthesized(activeKey)), state, port: 0 });
  return { activeKey, cloud, caller: await apiCaller(cloud) };
}

async function stop({ cloud }: Running): Promise<void> {
  await cloud.stop();
  expect(cloud.access.refused, "what the deployed policies do not allow").toEqual([]);
}

beforeAll(async () => {
  running = await start("a");
});
afterAll(async () => {
  await stop(running);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The keys as they stand in the secret. */
async function keys(): Promise<Record<string, string>> {
  const own = parseEnv(readFileSync(join(state, "operator.env"), "utf8"));
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = own;
  const endpoint = own.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? "";
  const client = new SecretsManagerClient({
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId, secretAccessKey },
  });
  const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: "foad-qazvin-edge" }));
  client.destroy();
  return z.record(z.string(), z.string()).parse(JSON.parse(SecretString));
}

/** The operator's own program, against the running cloud. */
async function rotate(words = ["--local"], environment = {}): Promise<string> {
  const env = {
    ...process.env,
    ...environment,
    FOAD_STATE_FOLDER: state,
    FOAD_PROVINCE_FOLDER: join(folder, running.activeKey),
  };
  const args = ["infra/programs/operator/rotate-edge.ts", "qazvin", ...words];
  return (await promisify(execFile)(process.execPath, args, { cwd: root, env })).stdout;
}

const id = "QZ-7K3M-9XPT-Q";
const pages = Object.keys(pageRoutes).map((routeKey) => [routeKey, "read-page"] as const);
const routesOf = (fn: ApiFunction) =>
  [...Object.entries(routes), ...pages]
    .filter(([, name]) => name === fn)
    .map(([routeKey]) => routeKey.replace("{language}", "fa").replace("{file}", "a.svg"));

/** Calls a route of the gateway itself, with the token that it asks for and whatever stands in the edge's place. */
async function aroundTheEdge(fn: ApiFunction, { nth, key }: { nth: number; key: string | undefined }) {
  const own = routesOf(fn);
  const { method = "GET", path, body, raw, headers } = acceptableRequest(own[nth % own.length] ?? "", { id });
  const as = clients[scopes[fn] ?? ""];
  const response = await fetch(`${running.cloud.endpoints.gateway}${path}`, {
    method,
    headers: {
      ...(as && { authorization: `Bearer ${await running.caller.token(as)}` }),
      ...(key !== undefined && { [header]: key }),
      "content-type": "application/json",
      ...headers,
    },
    ...(method !== "GET" && { body: raw ?? JSON.stringify(body ?? {}) }),
  });
  return { status: response.status, text: await response.text() };
}

const refusedByEdge = ({ text }: { text: string }) => text.includes("direct-access-not-allowed");

describe("around the edge", () => {
  test.each(apiFunctions)("%s refuses forty requests and writes nothing", async (fn) => {
    const { a = "" } = await keys();
    const guesses = [undefined, "", "a", a.slice(1), `${a}x`, a.toLowerCase(), `${a},${a}`, "x".repeat(64)];
    const tables = localTables(running.cloud.environment);
    const before = await tables.everything();
    for (let nth = 0; nth < 40; nth++) {
      const answered = await aroundTheEdge(fn, { nth, key: guesses[nth % guesses.length] });
      expect(answered.status, answered.text).toBe(403);
      expect(JSON.parse(answered.text)).toMatchObject({ code: "direct-access-not-allowed", status: 403 });
    }
    expect(await tables.everything()).toBe(before);
    tables.close();
  });

  test("both languages say where to go", async () => {
    const ask = async (language: string) =>
      (
        await fetch(`${running.cloud.endpoints.gateway}/v1/catalog`, { headers: { "accept-language": language } })
      ).json();
    expect(await ask("fa")).toMatchObject({ title: "از این نشانی پاسخ داده نمی‌شود" });
    expect(await ask("en")).toMatchObject({ title: "Requests are not answered at this address" });
  });
});

describe("through the edge", () => {
  test("a complaint is filed and read; a key and a host that the caller makes up are replaced", async () => {
    const { id, secret } = await running.caller.file();
    const headers = { [header]: "made up", "foad-original-host": "elsewhere.example" };
    const path = `/v1/complaints/${id}`;
    expect((await running.caller.call({ secret, path, headers })).status).toBe(200);
    const { body } = await running.caller.call({ secret: "WRONG", path, headers });
    expect(body).toMatchObject({ type: `${running.cloud.endpoints.api}/v1/docs#problem-not-found` });
  });
});

describe("a rotation, step by step", () => {
  /** The functions that answer this key by anything but the refusal of what comes around the edge. */
  async function admittedBy(key: string | undefined): Promise<string[]> {
    const answers: [string, boolean][] = [];
    for (const fn of apiFunctions) answers.push([fn, refusedByEdge(await aroundTheEdge(fn, { nth: 0, key }))]);
    return answers.filter(([, refused]) => !refused).map(([fn]) => fn);
  }
  const filed = async () => expect((await running.caller.file()).id).toMatch(/^QZ-/);
  const forgotten = () => running.cloud.clock.advance(5 * minute);
  let first: string | undefined;
  let second: string | undefined;

  test("the key that is not sent is made, and both hold everywhere", async () => {
    first = (await keys()).a;
    expect(await keys()).toEqual({ a: first });
    expect(await rotate()).toMatch(/^Key b is new\./);
    second = (await keys()).b;
    expect(await keys()).toEqual({ a: first, b: expect.stringMatching(/^[\w-]{64}$/) });
    await forgotten();
    expect(await admittedBy(first)).toEqual(apiFunctions);
    expect(await admittedBy(second)).toEqual(apiFunctions);
    await filed();
  });

  test("the key that is sent is never made anew", async () => {
    const asked = join(folder, "asked");
    writeFileSync(join(folder, "aws"), `#!/bin/sh\necho "$@" > ${asked}\necho b\n`, { mode: 0o755 });
    const refused = rotate([], { PATH: `${folder}:${process.env.PATH}` });
    const stdout = expect.stringMatching(/^The deployed edge sends b, and the file says a/);
    await expect(refused).rejects.toMatchObject({ code: 2, stdout });
    expect(readFileSync(asked, "utf8")).toContain("--region us-east-1 --stack-name Foad-qazvin-Edge");
    expect(await keys()).toEqual({ a: first, b: second });
  });

  test("the edge sends the other, and both go on holding", async () => {
    await stop(running);
    running = await start("b");
    await filed();
    expect(await keys()).toEqual({ a: first, b: second });
    expect(await admittedBy(first)).toEqual(apiFunctions);
    expect(await admittedBy(second)).toEqual(apiFunctions);
  });

  test("the old key is made anew: it holds nowhere five minutes later, and nobody is refused on the way", async () => {
    expect(await rotate()).toMatch(/^Key a is new\./);
    await filed();
    await forgotten();
    expect(await admittedBy(first)).toEqual([]);
    expect(await admittedBy(second)).toEqual(apiFunctions);
    await filed();
  });
});
