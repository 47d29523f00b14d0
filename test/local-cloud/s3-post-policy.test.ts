import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { type Created, type S3, startS3 } from "#infra/programs/local-cloud/s3/s3.ts";
import { type Queues, startQueues } from "#infra/programs/local-cloud/sqs/sqs.ts";
import { sendForm } from "../support/sample-files.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-s3-"));
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
/** The local cloud's clock, far from the machine's. */
let now = Date.parse("2031-03-21T08:00:00Z");
const page = "https://foad.example";
const created: Created[] = [];
/** Of the bucket whose listener takes its time: that it was told, and that it is done. */
let [told, heard] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
let queues: Queues;
let s3: S3;
let client: S3Client;

beforeAll(async () => {
  queues = await startQueues({ state: openStateFolder(folder), port: 0 });
  s3 = await startS3({ port: 0, engine: queues, secretAccessKey: "local", now: () => now });
  s3.onCreated(async (one) => void created.push(one));
  s3.onCreated(async ({ bucket }) => {
    if (bucket !== "slow") return;
    told.resolve();
    await heard.promise;
  });
  await bucket("slow", { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } });
  await bucket("files", {
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    CorsConfiguration: { CorsRules: [{ AllowedOrigins: [page], AllowedMethods: ["POST"], AllowedHeaders: ["*"] }] },
  });
  await bucket("silent");
  client = new S3Client({ region: "us-east-1", endpoint: s3.endpoint, credentials, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await s3.stop?.();
  await queues.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function bucket(BucketName: string, settings: object = {}) {
  const properties = { BucketName, ...settings };
  await s3.creators["AWS::S3::Bucket"]?.({
    type: "AWS::S3::Bucket",
    stack: "S",
    logicalId: "B",
    properties,
    asset: String,
  });
}

const stamp = (instant: number) => new Date(instant).toISOString().replace(/[:-]|\.\d{3}/g, "");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** A form as AWS's documentation has it, for `hello` at `in/one`; `conditions` and `fields` come on top. */
function aForm({ conditions = [] as unknown[], fields = {}, secret = "local", minutes = 10 } = {}) {
  const date = stamp(now);
  const signing = {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `local/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    "x-amz-date": date,
  };
  const bound = { key: "in/one", "Content-Type": "text/plain", ...signing };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(now + minutes * 60_000).toISOString(),
      conditions: [
        ...Object.entries({ bucket: "files", ...bound }).map(([name, value]) => ({ [name]: value })),
        ["content-length-range", 5, 5],
        ...conditions,
      ],
    }),
  ).toString("base64");
  const key = [date.slice(0, 8), "us-east-1", "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const signature = hmac(key, policy).toString("hex");
  return { url: `${s3.endpoint}/files`, fields: { ...bound, policy, "x-amz-signature": signature, ...fields } };
}

const hello = new TextEncoder().encode("hello");

async function read(Key: string) {
  const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: "files", Key }));
  return { text: await Body?.transformToString(), ContentType };
}

test("a form that meets its policy stores the file under its key and type", async () => {
  expect(await sendForm(aForm(), hello)).toMatchObject({ status: 204 });
  expect(await read("in/one")).toEqual({ text: "hello", ContentType: "text/plain" });
});

test("a condition may ask for no more than how a field begins", async () => {
  const form = aForm({ conditions: [["starts-with", "$x-amz-meta-note", "from "]] });
  const noted = (note: string) => ({ ...form, fields: { ...form.fields, "x-amz-meta-note": note } });
  expect(await sendForm(noted("from here"), hello)).toMatchObject({ status: 204 });
  expect(await sendForm(noted("to there"), hello)).toMatchObject({
    status: 403,
    message: expect.stringContaining("Policy Condition failed"),
  });
});

test("a form may ask to be answered 201", async () => {
  const form = aForm({ conditions: [{ success_action_status: "201" }], fields: { success_action_status: "201" } });
  expect(await sendForm(form, hello)).toMatchObject({ status: 201 });
});

const unmet = "Invalid according to Policy: Policy Condition failed: ";
test.each([
  ["for another key", { key: "in/two" }, 403, "AccessDenied", `${unmet}["eq","$key","in/one"]`],
  ["as another type", { "Content-Type": "text/html" }, 403, "AccessDenied", unmet],
  ["with a field of its own", { acl: "public-read" }, 403, "AccessDenied", "Extra input fields: acl"],
  ["with a changed signature", { "x-amz-signature": "00" }, 403, "SignatureDoesNotMatch", "does not match"],
  ["by an unknown key", { "x-amz-credential": "a/20310321/us-east-1/s3/aws4_request" }, 403, "InvalidAccessKeyId", ""],
  ["with a changed policy", { policy: Buffer.from("{}").toString("base64") }, 403, "SignatureDoesNotMatch", ""],
])("a form is refused %s", async (_, fields, status, code, message) => {
  const sent = await sendForm(aForm({ fields }), hello);
  expect(sent).toMatchObject({ status, code });
  expect(sent.message?.replaceAll("&quot;", '"')).toContain(message);
});

test("a form that another secret signed is refused", async () => {
  expect(await sendForm(aForm({ secret: "other" }), hello)).toMatchObject({ code: "SignatureDoesNotMatch" });
});

test("a form is refused for another bucket", async () => {
  const form = { ...aForm(), url: `${s3.endpoint}/silent` };
  expect(await sendForm(form, hello)).toMatchObject({ status: 403, code: "AccessDenied" });
});

test.each([
  ["larger", "hello!", "EntityTooLarge"],
  ["smaller", "hell", "EntityTooSmall"],
])("a form is refused with a file that is %s than it says", async (_, text, code) => {
  expect(await sendForm(aForm(), new TextEncoder().encode(text))).toMatchObject({ status: 400, code });
});

test("a form is refused without a policy, as anybody else would be", async () => {
  expect(await sendForm({ url: `${s3.endpoint}/files`, fields: { key: "in/one" } }, hello)).toMatchObject({
    status: 403,
    code: "AccessDenied",
  });
});

test("a form is refused once its policy has expired on the local cloud's clock", async () => {
  const form = aForm();
  now += 10 * 60_000;
  expect(await sendForm(form, hello)).toMatchObject({ status: 204 });
  now += 1;
  expect(await sendForm(form, hello)).toMatchObject({
    status: 403,
    code: "AccessDenied",
    message: "Invalid according to Policy: Policy expired.",
  });
});

async function presigned(query: Record<string, string> = {}) {
  const { host, hostname, port } = new URL(s3.endpoint);
  const { sha256 } = client.config;
  const signer = new SignatureV4({ service: "s3", region: "us-east-1", credentials, sha256, uriEscapePath: false });
  const headers = { host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const request = {
    method: "GET",
    protocol: "http:",
    hostname,
    port: Number(port),
    path: "/files/in/one",
    query,
    headers,
  };
  const { query: signed = {} } = await signer.presign(request, { signingDate: new Date(now), expiresIn: 60 });
  const url = new URL("/files/in/one", s3.endpoint);
  for (const [name, value] of Object.entries(signed)) url.searchParams.set(name, String(value));
  return url;
}

test("a presigned address serves the object with the headers it asks for", async () => {
  const disposition = "attachment; filename=\"a.txt\"; filename*=UTF-8''%D8%A7%20b.txt";
  const response = await fetch(await presigned({ "response-content-disposition": disposition }));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("hello");
  expect(response.headers.get("content-disposition")).toBe(disposition);
  const uncached = await fetch(await presigned({ "response-cache-control": "no-store" }));
  expect([uncached.status, uncached.headers.get("cache-control")]).toEqual([200, "no-store"]);
});

test("a presigned address serves the object whichever page asks", async () => {
  for (const origin of [page, "https://other.example"])
    expect((await fetch(await presigned(), { headers: { origin } })).status).toBe(200);
});

test("a presigned address serves nothing else than what was signed", async () => {
  const url = await presigned();
  url.pathname = "/files/in/two";
  expect((await fetch(url)).status).toBe(403);
  const shown = await presigned();
  shown.searchParams.set("response-content-disposition", "inline");
  expect((await fetch(shown)).status).toBe(403);
  const cached = await presigned({ "response-cache-control": "no-store" });
  cached.searchParams.set("response-cache-control", "max-age=3600");
  expect((await fetch(cached)).status).toBe(403);
  cached.searchParams.delete("response-cache-control");
  expect((await fetch(cached)).status).toBe(403);
});

test("a presigned address ends when its time has passed on the local cloud's clock", async () => {
  const url = await presigned();
  now += 59_000;
  expect((await fetch(url)).status).toBe(200);
  now += 2_000;
  const late = await fetch(url);
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
});

test("a presigned address is the only way in for somebody without credentials", async () => {
  expect((await fetch(new URL("/files/in/one", s3.endpoint))).status).toBe(403);
});

describe("a page of a browser", () => {
  const asking = (origin: string) => ({
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  });

  test("may post where the bucket lets its origin, and no other page may", async () => {
    const allowed = await fetch(`${s3.endpoint}/files`, asking(page));
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([200, page]);
    const strange = await fetch(`${s3.endpoint}/files`, asking("https://other.example"));
    expect([strange.status, strange.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });

  test.each(["http://localhost:3000", "http://127.0.0.1:8128"])(
    "may post from this machine, as a developer's at %s",
    async (origin) => {
      const { status, headers } = await fetch(`${s3.endpoint}/files`, asking(origin));
      expect([status, headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    },
  );
});

describe("what the functions ask", () => {
  test("a copy is made of the content that was looked at, or not at all", async () => {
    await client.send(new PutObjectCommand({ Bucket: "files", Key: "in/three", Body: "first" }));
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: "files", Key: "in/three" }));
    const copy = { Bucket: "files", Key: "out/three", CopySource: "files/in/three", CopySourceIfMatch: ETag };
    await client.send(new CopyObjectCommand(copy));
    await client.send(new PutObjectCommand({ Bucket: "files", Key: "in/three", Body: "second" }));
    await expect(client.send(new CopyObjectCommand(copy))).rejects.toMatchObject({ name: "PreconditionFailed" });
    expect(await read("out/three")).toMatchObject({ text: "first" });
  });

  test("each stored object is told of, if its bucket tells EventBridge", async () => {
    created.length = 0;
    await client.send(new PutObjectCommand({ Bucket: "silent", Key: "a", Body: "b" }));
    await sendForm(aForm(), hello);
    const etag = createHash("md5").update("hello").digest("hex");
    expect(created).toEqual([{ bucket: "files", key: "in/one", size: 5, etag, reason: "POST Object" }]);
  });

  test.each([
    ["puts", () => new PutObjectCommand({ Bucket: "slow", Key: "in/one", Body: "one" })],
    ["puts once", () => new PutObjectCommand({ Bucket: "slow", Key: "in/two", Body: "two", IfNoneMatch: "*" })],
    ["copies", () => new CopyObjectCommand({ Bucket: "slow", Key: "in/three", CopySource: "slow/in/one" })],
  ])("whoever %s an object is answered once all that listen are done with it", async (_, command) => {
    const sent = client.send(command() as PutObjectCommand).then(() => "answered");
    await told.promise;
    expect(await Promise.race([sent, sleep(200, "not yet")])).toBe("not yet");
    heard.resolve();
    expect(await sent).toBe("answered");
    [told, heard] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  });
});
