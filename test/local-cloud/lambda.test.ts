import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clock, startClock } from "#infra/programs/local-cloud/clock/clock.ts";
import { createLambda, type Lambda } from "#infra/programs/local-cloud/lambda/lambda.ts";
import { secretAccessKeyIn } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";

/** Does what its event says, so that each test reads on its own. */
const bundle = `
let calls = 0;
const actions = {
  sleep: ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms)),
  spin: () => { for (;;); },
  crash: () => process.exit(7),
  fail: () => { throw new TypeError("of a kind"); },
  now: () => [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date],
  context: (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() }),
  environment: () => process.env,
  unsendable: () => 1n,
  print: ({ text }) => console.log(text),
  calls: () => calls,
};
exports.handler = async (event, context) => {
  calls += 1;
  const value = await actions[event.act](event, context);
  return { pid: process.pid, value };
};`;

let folder: string;
let lambda: Lambda;
let clock: Clock;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-lambda-"));
  clock = startClock();
  lambda = createLambda({
    state: openStateFolder(join(folder, "state")),
    clock,
    endpoints: () => ({ AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1" }),
    localized: (text) => text.replace("far", "near"),
  });
  await makeFunction({ name: "obedient", source: bundle });
  await makeFunction({ name: "stillborn", source: "throw new Error('no such luck')" });
});
afterAll(async () => {
  await lambda.stop();
  await rm(folder, { recursive: true, force: true });
});

async function makeFunction({ name, source }: { name: string; source: string }): Promise<void> {
  const root = join(folder, name);
  mkdirSync(root);
  writeFileSync(join(root, "index.js"), source);
  const properties = {
    FunctionName: name,
    Code: { S3Key: "zip" },
    Handler: "index.handler",
    Timeout: 1,
    MemorySize: 512,
    Environment: { Variables: { QUEUE: "a far place" } },
  };
  await lambda.creators["AWS::Lambda::Function"]?.({
    type: "AWS::Lambda::Function",
    stack: "S",
    logicalId: name,
    properties,
    asset: () => root,
  });
}

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const call = (act: string, more = {}, name = "obedient") =>
  lambda.invoke(arn(name), { act, ...more }) as Promise<{ pid: number; value: unknown }>;

test("one container takes one invocation after another", async () => {
  const first = await call("calls");
  const second = await call("calls");
  expect(second).toEqual({ pid: first.pid, value: Number(first.value) + 1 });
});

test("more come while all are busy, but never more than four", async () => {
  // So long that one container is not through with all of them before another has started, on a busy machine too.
  const answers = await Promise.all(Array.from({ length: 12 }, () => call("sleep", { ms: 300 })));
  const containers = new Set(answers.map(({ pid }) => pid)).size;
  expect(containers).toBeGreaterThan(1);
  expect(containers).toBeLessThanOrEqual(4);
});

test.each([
  ["waits too long", "sleep", { ms: 5_000 }],
  ["never yields", "spin", {}],
])("an invocation that %s is ended at its timeout, and the next one has a fresh container", async (_, act, more) => {
  await expect(call(act, more)).rejects.toMatchObject({
    name: "Sandbox.Timedout",
    message: expect.stringContaining("timed out after 1.00 seconds"),
  });
  await expect(call("calls")).resolves.toMatchObject({ pid: expect.any(Number) });
});

test("a container that dies is an error to its invoker alone", async () => {
  await expect(call("crash")).rejects.toMatchObject({
    name: "Runtime.ExitError",
    message: expect.stringContaining("status 7"),
  });
  await expect(call("calls")).resolves.toMatchObject({ pid: expect.any(Number) });
});

test("a bundle that does not load fails every waiting caller, and says where to look", async () => {
  const answers = await Promise.allSettled([call("calls", {}, "stillborn"), call("calls", {}, "stillborn")]);
  for (const answer of answers)
    expect(answer).toMatchObject({ status: "rejected", reason: { name: "Runtime.ExitError" } });
  expect(readFileSync(join(folder, "state", "logs", "stillborn.log"), "utf8")).toContain("no such luck");
});

test.each([
  ["fail", {}, "error", "TypeError"],
  ["sleep", { ms: 5_000 }, "timeout", "Sandbox.Timedout"],
  ["crash", {}, "error", "Runtime.ExitError"],
])("the log has a line of the platform's for a run that failed: %s", async (act, more, status, errorType) => {
  const log = join(folder, "state", "logs", "obedient.log");
  const before = readFileSync(log, "utf8").length;
  await expect(call(act, more)).rejects.toThrow();
  await expect.poll(() => readFileSync(log, "utf8").slice(before)).toContain('"type":"platform.report"');
  const [reported = ""] =
    readFileSync(log, "utf8")
      .slice(before)
      .match(/^.*platform\.report.*$/m) ?? [];
  expect(JSON.parse(reported)).toMatchObject({ record: { status, errorType } });
  await call("calls");
  expect(
    readFileSync(log, "utf8")
      .slice(before)
      .match(/platform\.report/g),
  ).toHaveLength(1);
});

test("what a function throws keeps its kind; an answer that JSON cannot carry is an error", async () => {
  await expect(call("fail")).rejects.toMatchObject({ name: "TypeError", message: "of a kind" });
  await expect(call("unsendable")).rejects.toMatchObject({ name: "TypeError" });
});

test("it lives by the virtual clock, also in a container that was there before the clock moved", async () => {
  await call("now");
  await clock.advance(86_400_000);
  const { value } = await call("now");
  const [now, made, given, isDate] = value as [number, number, number, boolean];
  expect(Math.abs(now - clock.now())).toBeLessThan(1_000);
  expect([Math.abs(made - now) < 100, given, isDate]).toEqual([true, 5, true]);
});

test("its environment is the template's and AWS's, nothing of the person's who started it", async () => {
  const { value } = await call("environment");
  expect(value).toMatchObject({
    QUEUE: "a near place",
    AWS_SECRET_ACCESS_KEY: secretAccessKeyIn(openStateFolder(join(folder, "state"))),
    AWS_LAMBDA_FUNCTION_NAME: "obedient",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:1",
    TZ: "UTC",
  });
  expect(value).not.toHaveProperty("HOME");
});

test("its context says who it is and how long it has", async () => {
  const { value } = await call("context");
  expect(value).toMatchObject({
    functionName: "obedient",
    invokedFunctionArn: arn("obedient"),
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const { left } = value as { left: number };
  expect(left).toBeGreaterThan(500);
  expect(left).toBeLessThanOrEqual(1_000);
});

test("what it prints is in its log", async () => {
  await call("print", { text: "a line to find" });
  await expect
    .poll(() => readFileSync(join(folder, "state", "logs", "obedient.log"), "utf8"))
    .toContain("a line to find");
});
