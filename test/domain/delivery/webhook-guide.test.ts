import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { signedHeaders, webhookSecret } from "#functions/deliveries/webhook.ts";
import { isGenuine } from "#infra/programs/client/webhooks.ts";
import { testOffsetMs } from "../../support/test-clock.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/webhooks.md"), "utf8");
const block = (file: string) => new RegExp(`\`\`\`\\w+ ${file}\n([\\s\\S]*?)\n\`\`\``).exec(guide)?.[1] ?? "";

const key = "a key for tests";
const at = new Date().toISOString();
const holder = { subscriber: "agency:post", secretVersion: 2, secretVersionSince: at };
const body = '{"id":"QZ-7K3M-9XPT-Q/3","data":{"متن":1}}';
const headers = signedHeaders(key, holder, { id: "QZ-7K3M-9XPT-Q/3", at, body });
const secret = (secretVersion: number) => webhookSecret(key, { ...holder, secretVersion });
const old = { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 301) };

const noKey = createHmac("sha256", "").update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
const signedByAnybody = { ...headers, "webhook-signature": `v1,${noKey.digest("base64")}` };

/** A header that anybody may write so, with which nothing is genuine. */
const having = (header: string, value: string) => ({
  headers: { ...headers, [header]: value },
  body,
  secrets: [secret(2)],
  genuine: false,
});

/** What is asked of the guide's code, and what it must say. */
const questions = [
  { headers, body, secrets: [secret(2)], genuine: true },
  { headers, body, secrets: [secret(1)], genuine: true },
  { headers, body: body.replace("1", "2"), secrets: [secret(2), secret(1)], genuine: false },
  { headers, body, secrets: [secret(3)], genuine: false },
  { headers: old, body, secrets: [secret(2)], genuine: false },
  { headers: {}, body, secrets: [secret(2)], genuine: false },
  { headers: signedByAnybody, body, secrets: ["", "whsec_"], genuine: false },
  ...["é", "v1,é", "v1,\ud800", "v1,"].map((signature) => having("webhook-signature", signature)),
  ...["²", "۱۷۹۵۶۸۰۰۰۰", "9".repeat(400), "9".repeat(5_000), "-1", "1e999", ""].map((seconds) =>
    having("webhook-timestamp", seconds),
  ),
  ...["é", "\ud800", ""].map((id) => having("webhook-id", id)),
];
const right = questions.map(({ genuine }) => genuine);

test("the client's TypeScript tells what is genuine", () => {
  expect(questions.map((asked) => isGenuine(asked))).toEqual(right);
});

/** The request that the guide shows, with the secret and the time that its text names. */
function exampleOf(page: string) {
  const text = readFileSync(join(import.meta.dirname, "../../../docs", page), "utf8");
  const [head = "", body = ""] = /^```\nPOST .*\n([\s\S]*?)\n```$/m.exec(text)?.[1]?.split("\n\n") ?? [];
  const headers = Object.fromEntries(head.split("\n").map((line) => line.split(": ")));
  const [secret = ""] = /whsec_[\w+/=]{40,}/.exec(text) ?? [];
  return { headers, body, secrets: [secret], now: Number(headers["webhook-timestamp"]) * 1_000 };
}

test.each(["webhooks.md", "fa/webhooks.md"])("the request in %s is genuine, and says what an event says", (page) => {
  const example = exampleOf(page);
  expect(isGenuine(example)).toBe(true);
  expect(isGenuine({ ...example, body: `${example.body}\n` })).toBe(false);
  expect(JSON.parse(example.body)).toMatchObject({ id: example.headers["webhook-id"], data: { version: 3 } });
});

const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python)("the guide's Python tells what is genuine", () => {
  const asks = `${block("verify.py")}
import json, sys, time
real_time = time.time
time.time = lambda: real_time() + ${testOffsetMs / 1_000}
print(json.dumps([is_genuine(q["headers"], q["body"].encode(), q["secrets"]) for q in json.load(sys.stdin)]))`;
  const { stdout, stderr } = spawnSync("python3", ["-c", asks], { input: JSON.stringify(questions), encoding: "utf8" });
  expect(stderr).toBe("");
  expect(z.array(z.boolean()).parse(JSON.parse(stdout))).toEqual(right);
});
