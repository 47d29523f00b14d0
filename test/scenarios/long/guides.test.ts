import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { startBrowser } from "../../support/browser.ts";
import { withBuiltClient } from "../../support/built-client.ts";
import { aFreePort, blocksOf, createUnreachableProxy, guideFollower } from "../../support/guides.ts";
import { patience } from "../../support/patience.ts";
import { someFiles } from "../../support/sample-files.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const tsc = join(import.meta.dirname, "../../../node_modules/.bin/tsc");
const cloud = withLocalCloud();
const { settle, follow } = guideFollower(cloud, withBuiltClient());

test.each(["front-end.md", "agency.md", "webhooks.md"])("every block of %s is a program, a step or JSON", (guide) => {
  const blocks = blocksOf(guide);
  expect(blocks.length).toBeGreaterThan(4);
  for (const { language, tag, code } of blocks) {
    if (language === "json") JSON.parse(code);
    else if (language === "sh") expect(["", "here", "typescript", "python"]).toContain(tag);
    else if (language)
      expect(tag).toMatch({ ts: /\.mts$/, js: /\.mjs$/, python: /\.py$/, html: /\.html$/ }[language] ?? /never/);
  }
});

test.each(["front-end.md", "agency.md", "webhooks.md"])("the TypeScript of %s needs no cast of its reader", (guide) => {
  const { home } = settle(guide);
  const files = blocksOf(guide).flatMap(({ language, tag }) => (language === "ts" ? [tag] : []));
  expect(files).not.toEqual([]);
  const strictly = ["--strict", "--noEmit", "--skipLibCheck", "--target", "esnext", "--module", "nodenext"];
  const { stdout } = spawnSync(tsc, [...strictly, "--types", "node", ...files], { cwd: home, encoding: "utf8" });
  expect(stdout).toBe("");
});

test("a front end that follows its guide files once, writes, is told what is wrong, and hears what happened", async () => {
  const { out } = await follow("front-end.md", "");
  expect(out).toMatch(/^QZ-\S+ filed \S+Z 1 (pending|ready)$/m);
  expect(out).toMatch(/^invalid [\s\S]*min-characters/m);
  expect(out).toMatch(/^answered [\s\S]*solved: 'partly'/m);
  expect(out).toMatch(/^QZ-\S+\/[0-9A-Z]{8} filed \S+Z filed$/m);
  expect(out).toMatch(/^دستگاه پاسخ داده است\. باجه‌ای افزودیم[\s\S]*انجام شد[\s\S]*^پرونده بسته شده است\./m);
});

test("a front end whose port is taken says so, and files nothing through whoever is there", async () => {
  const other = createServer((_, response) => void response.writeHead(404).end());
  let posted = 0;
  other.on("request", ({ method }) => {
    if (method === "POST") posted += 1;
  });
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const { port } = z.object({ port: z.number() }).parse(other.address());
  const { home, foad } = settle("front-end.md");
  const { code: begin = "" } = blocksOf("front-end.md").find(({ code }) => code.includes("endpoints.json")) ?? {};
  const { code: tryIt = "" } = blocksOf("front-end.md").find(({ code }) => code.includes("try.mjs")) ?? {};
  const env = { PATH: process.env.PATH, FOAD: foad, PAGE_PORT: `${port}` };
  const shell = spawn("bash", ["-c", begin + tryIt], { cwd: home, env, stdio: ["ignore", "ignore", "pipe"] });
  const [said] = await Promise.all([text(shell.stderr), once(shell, "exit")]);
  expect(said).toBe(`Port ${port} is taken: end what runs there, or export another PAGE_PORT.\n`);
  expect(posted).toBe(0);
});

test.each(["front-end.md", "agency.md", "webhooks.md"])(
  "whoever begins %s beside no running province is told what to do, in one sentence",
  async (guide) => {
    const { home } = settle(guide);
    const { code = "" } = blocksOf(guide).find((block) => block.code.includes("endpoints.json")) ?? {};
    const begin = code.split(/^(?:as|sign_in)\b/m)[0] ?? "";
    const env = { PATH: process.env.PATH, FOAD: "../nowhere" };
    const shell = spawn("bash", ["-c", begin], { cwd: home, env, stdio: ["ignore", "ignore", "pipe"] });
    const [said] = await Promise.all([text(shell.stderr), once(shell, "exit")]);
    expect(said).toMatch(/^No province is running in \.\.\/nowhere\. Set FOAD [^\n]+\n$/);
  },
);

test("a caller with a keypad alone follows the case, is asked again after a wrong digit, and disputes", async () => {
  const { home } = settle("front-end.md");
  const { id, secret, phoneId, phoneSecret } = await cloud.file();
  const call = async (...keys: string[]) => {
    const env = { ...process.env, API: cloud.endpoints.api };
    const caller = spawn(process.execPath, ["keypad.mts"], { cwd: home, env, stdio: ["pipe", "pipe", "inherit"] });
    caller.stdin.end(keys.join("\n"));
    const [heard, [code]] = await Promise.all([text(caller.stdout), once(caller, "exit")]);
    expect(code).toBe(0);
    return heard;
  };
  const wrongId = phoneId.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`);
  const heard = await call(wrongId, phoneSecret, phoneId, phoneSecret.replace(/^./, "x"), phoneId, phoneSecret, "0");
  expect(heard.match(/با هم نمی‌خوانند/g)).toHaveLength(2);
  expect(heard).toContain("در انتظار دستگاه");
  expect(heard).not.toContain("اعتراض به پاسخ ۳");
  const officer = { name: "زهرا کریمی" };
  const body = { officer, finding: "unfounded", cause: "capacity", text: "در ساعت اداری باز بودیم." };
  const path = `/v1/agency/complaints/${id}/answer`;
  expect((await cloud.call({ as: "agency-social-security", method: "POST", path, body })).status).toBe(200);
  const disputing = await call(phoneId, phoneSecret, "3", "0");
  expect(disputing).toContain(body.text);
  expect(disputing).toContain("بازرس به اعتراض شما رسیدگی می‌کند.");
  const { body: view } = await cloud.call({ secret, path: `/v1/complaints/${id}` });
  expect(view).toMatchObject({ status: "disputed" });
});

test("the page of the guide follows a case and adds a photo, and says what is wrong", async () => {
  const { home } = settle("front-end.md");
  const port = await aFreePort();
  const env = { ...process.env, PAGE_PORT: `${port}` };
  const serving = spawn(process.execPath, ["server.mts"], { cwd: home, env, stdio: "ignore" });
  const browser = await startBrowser();
  onTestFinished(async () => {
    await browser.close();
    serving.kill();
  });
  const { id, secret } = await cloud.file();
  const page = await browser.newPage({ locale: "en-US" }); // the page asks for Persian by itself
  const address = `http://127.0.0.1:${port}/?api=${cloud.endpoints.api}`;
  await vi.waitFor(() => page.goto(address), { timeout: patience, interval: 200 });
  const told = page.getByRole("status");
  const ask = async (word: string) => {
    await page.getByLabel("کد").fill(id);
    await page.getByLabel("رمز").fill(word);
    await page.getByRole("button", { name: "نمایش" }).click();
  };
  await page.goto(`http://127.0.0.1:${port}/`);
  await told.filter({ hasText: "?api=" }).waitFor();
  await page.goto(address);
  await ask("AAAA-AAAA");
  await told.filter({ hasText: "چنین شکایتی نیست" }).waitFor();
  await ask(`\u200f${secret.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit)}`);
  await told.filter({ hasText: "filed" }).waitFor();
  const photo = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(someFiles["image/jpeg"]) };
  await page.getByLabel("عکس").setInputFiles(photo);
  await page.getByRole("button", { name: "فرستادن" }).click();
  await told.filter({ hasText: /photo\.jpg: (pending|ready)/ }).waitFor();
  await ask("AAAA-AAAA");
  await told.filter({ hasText: "چنین شکایتی نیست" }).waitFor();
  expect(await page.getByLabel("عکس").isVisible()).toBe(false);
});

test.each([
  ["no key", JSON.stringify({ description: "دو ساعت در نوبت ماندم." })],
  ["a key of Persian letters", JSON.stringify({ key: "کلید-من-است-همین" })],
  ["no object", "null"],
  ["broken JSON", "{"],
])("the server of the guide refuses %s at once", async (_, body) => {
  const { home } = settle("front-end.md");
  const port = await aFreePort();
  const env = { ...process.env, PAGE_PORT: `${port}`, API: "http://127.0.0.1:1" };
  const serving = spawn(process.execPath, ["server.mts"], { cwd: home, env, stdio: "ignore" });
  onTestFinished(() => void serving.kill());
  const send = () => fetch(`http://127.0.0.1:${port}/complaints`, { method: "POST", body });
  const { status } = await vi.waitFor(send, { timeout: patience, interval: 200 });
  expect(status).toBe(400);
});

const Mirror = z.object({
  after: z.string(),
  cases: z.record(z.string(), z.object({ status: z.string(), description: z.string() })),
});
const programs = { typescript: [process.execPath, "desk.mts"], python: ["python3", "desk.py"] } as const;
const hasBoto3 = spawnSync("python3", ["-c", "import boto3"]).status === 0;

describe.each([
  ["typescript", true],
  ["python", hasBoto3],
] as const)("an agency that follows its guide in %s", (way, isHere) => {
  test.skipIf(!isHere)(
    "has its cases and none that it gave away, and empties its dead letters",
    async () => {
      const [kept, given] = [await cloud.file(), await cloud.file()];
      const body = { toAgencyId: "post", reason: "به این اداره مربوط نیست." };
      const path = `/v1/agency/complaints/${given.id}/transfer`;
      await cloud.call({ as: "agency-social-security", method: "POST", path, body });
      await cloud.quiet();
      const sqs = new SQSClient({ ...clientSettings, endpoint: cloud.endpoints.sqs });
      const QueueUrl = cloud.endpoints.queues["social-security"]?.replace(/\.fifo$/, "-dlq.fifo");
      const dead = { id: `${kept.id}/1`, subject: kept.id, data: { version: 1 } };
      const MessageBody = JSON.stringify(dead);
      const ids = { MessageGroupId: kept.id, MessageDeduplicationId: dead.id };
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...ids }));
      const { out, home } = await follow("agency.md", "", way);
      const { after, cases } = Mirror.parse(JSON.parse(readFileSync(join(home, "cases.json"), "utf8")));
      expect(cases[kept.id]).toMatchObject({ description: expect.any(String) });
      const [, answered = ""] = /^(QZ-\S+) answered \d+$/m.exec(out) ?? [];
      expect(cases[answered]).toMatchObject({ status: "answered" });
      expect(cases).not.toHaveProperty(given.id);
      expect(out.trim().split("\n").at(-1)).toBe(`${Object.keys(cases).length} cases known`);
      expect(after).toMatch(/^QZ-\S+\/\d+$/);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
      expect(Messages).toEqual([]);
      sqs.destroy();
    },
    90_000,
  );

  /** The guide's desk with other surroundings, and what it says. */
  function startDesk(mode: string, more: Record<string, string>) {
    const { home } = settle("agency.md");
    const { api, tokenEndpoint, sqs, queues, clients } = cloud.endpoints;
    const { clientId = "", clientSecret = "" } = clients["agency-social-security"] ?? {};
    const own = { API: api, TOKEN_ENDPOINT: tokenEndpoint, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret };
    const queue = { QUEUE_URL: queues["social-security"] ?? "", AWS_ENDPOINT_URL_SQS: sqs };
    const account = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
    const region = { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" };
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...own, ...queue, ...account, ...region, ...more };
    const [program, file] = programs[way];
    const start = (): ChildProcess & { stderr: NodeJS.ReadableStream } =>
      spawn(program, [file, mode], { cwd: home, env, stdio: ["ignore", "ignore", "pipe"] });
    return { home, start };
  }

  test.skipIf(!isHere)(
    "waits while neither the queue nor the API can be reached, and goes on",
    async () => {
      const filed = await cloud.file();
      await cloud.quiet();
      const { sqs, api, queues } = cloud.endpoints;
      const [ofQueue, ofApi] = [await createUnreachableProxy(sqs), await createUnreachableProxy(api)];
      const apiPort = new URL(ofApi.url).port;
      const QUEUE_URL = (queues["social-security"] ?? "").replace(sqs, ofQueue.url);
      const more = { AWS_ENDPOINT_URL_SQS: ofQueue.url, QUEUE_URL, API: ofApi.url };
      const { home, start } = startDesk("--once", more);
      const desk = start();
      let said = "";
      desk.stderr.on("data", (chunk) => {
        said += chunk;
      });
      const ended = once(desk, "exit");
      try {
        await expect.poll(() => said).toMatch(/: .*tried again$/m);
        expect(said).not.toContain(apiPort);
        await ofQueue.comeBack();
        await expect.poll(() => said).toContain(apiPort);
        await ofApi.comeBack();
        expect(await ended).toEqual([0, null]);
      } finally {
        desk.kill();
        ofQueue.close();
        ofApi.close();
      }
      expect(said).not.toMatch(/Traceback|^ +at /m);
      expect(readFileSync(join(home, "cases.json"), "utf8")).toContain(`"${filed.id}"`);
    },
    90_000,
  );

  const queueOf = (agencyId: string) =>
    (cloud.endpoints.queues["social-security"] ?? "").replace("social-security", agencyId);

  test.skipIf(!isHere).each([
    ["a wrong secret", "--feed", () => ({ CLIENT_SECRET: "wrong" }), undefined, "invalid_client"],
    [
      "a wrong secret before any event",
      "--once",
      () => ({ CLIENT_SECRET: "wrong", QUEUE_URL: queueOf("nobody") }),
      undefined,
      "invalid_client",
    ],
    [
      "a queue that is not there",
      "--once",
      () => ({ QUEUE_URL: queueOf("nobody") }),
      undefined,
      "is wrong, or not for this role",
    ],
    ["an `after` of no event", "--feed", () => ({}), "QZ-0000-0000-0/1", "`after`"],
    ["no addresses", "--feed", () => ({ API: "" }), undefined, "The addresses"],
  ] as const)(
    "is told of %s in one sentence, and ends",
    async (_, mode, more, after, word) => {
      const { home, start } = startDesk(mode, more());
      if (after) writeFileSync(join(home, "cases.json"), JSON.stringify({ after, cases: {} }));
      const desk = start();
      const [said, [code]] = await Promise.all([text(desk.stderr), once(desk, "exit")]);
      expect(code).toBe(2);
      expect(said).toContain(word);
      expect(said.trim().split("\n")).toHaveLength(1);
    },
    30_000,
  );
});
