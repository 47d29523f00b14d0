import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { synthesizeProvince } from "../support/restarted-cloud.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-canary-"));
const clientId = "canary-of-the-sandbox";
let assembly = "";
let cloud: LocalCloud;

const template = (part: string) =>
  Template.fromJSON(JSON.parse(readFileSync(join(assembly, `Foad-qazvin-${part}.template.json`), "utf8")));

beforeAll(async () => {
  const province = readProvince("qazvin");
  province.sandbox = { clients: [{ clientId, name: { fa: "قناری", en: "Canary" } }], canary: clientId };
  const made = await synthesizeProvince(province, folder);
  assembly = made.assembly;
  cloud = await startLocalCloud({ ...made, state: join(folder, "state"), port: 0, inMemory: true });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  expect(cloud.access.refused, "what the deployed policies do not allow").toEqual([]);
});

const idOf = (part: string) =>
  Object.keys(template("Processing").findResources("AWS::Lambda::Function")).find((id) => id.includes(part));
const fly = () => cloud.invoke(`Foad-qazvin-Processing-${idOf("runcanary")}`, {});
const Granted = z.object({ access_token: z.string() });

async function events(): Promise<string[]> {
  const { clientSecret = "" } = cloud.endpoints.clients[clientId] ?? {};
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  const body = new URLSearchParams({ grant_type: "client_credentials" });
  const granted = await fetch(cloud.endpoints.tokenEndpoint, { method: "POST", headers: { authorization }, body });
  const { access_token: token } = Granted.parse(await granted.json());
  const headers = { authorization: `Bearer ${token}` };
  const answered = await fetch(`${cloud.endpoints.api}/v1/agency/events?limit=100`, { headers });
  const { items } = z.object({ items: z.array(z.object({ type: z.string() })) }).parse(await answered.json());
  return items.map(({ type }) => type.replace("ir.foad.complaint.", "").replace(".v1", ""));
}

test("the canary comes round, again and again, by its own secret and what its role may do", async () => {
  await expect(fly()).resolves.toMatchObject({ nextDueAt: expect.any(String) });
  await expect(fly()).resolves.toMatchObject({ nextDueAt: expect.any(String) });
  await cloud.clock.advance(60_000);
  const round = ["filed", "acknowledged", "answered", "accepted"];
  expect((await events()).slice(0, 8)).toEqual([...round, ...round]);
});

test("it is lost where nobody tells the agency what was filed", async () => {
  // Somebody else takes its messages: what it waits for never comes. Of two who wait, whoever began before gets a message.
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const thief = new SQSClient({ region: "us-east-1", credentials, endpoint: cloud.endpoints.sqs });
  const QueueUrl = cloud.endpoints.queues.sandbox;
  let isOver = false;
  const stealing = (async () => {
    while (!isOver)
      await thief.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20, VisibilityTimeout: 600 }),
      );
  })();
  await expect(fly()).rejects.toThrow(/is not in the queue/);
  isOver = true;
  await stealing;
  thief.destroy();
});

test("its role may log, read one secret and take from one queue, and uses no table", () => {
  const policies = Object.entries(template("Processing").findResources("AWS::IAM::Policy"));
  const [, policy] = policies.find(([id]) => id.includes("Canaryruncanary")) ?? [];
  const statements = z
    .array(z.object({ Action: z.union([z.string(), z.array(z.string())]) }))
    .parse(policy?.Properties.PolicyDocument.Statement);
  const actions = statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith("logs:"));
  expect(actions.sort()).toEqual(["secretsmanager:GetSecretValue", "sqs:DeleteMessage", "sqs:ReceiveMessage"]);
});

test("somebody is woken where of two runs none came round, or none ran", () => {
  const alarms = Object.entries(template("Operations").findResources("AWS::CloudWatch::Alarm"));
  const [, alarm] = alarms.find(([id]) => id.startsWith("CanaryFailed")) ?? [];
  expect(alarm?.Properties).toMatchObject({ Threshold: 1, ComparisonOperator: "LessThanThreshold" });
  expect(alarm?.Properties.TreatMissingData).toBe("breaching");
  const measured = JSON.stringify(alarm?.Properties.Metrics);
  for (const part of ["FILL(runs, 0) - FILL(failed, 0)", '"Invocations"', '"Errors"', "7200"])
    expect(measured).toContain(part);
});
