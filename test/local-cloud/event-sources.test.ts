import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { patience } from "../support/patience.ts";
import { type Fixture, synthesizeFixture } from "./fixture-app.ts";
import { tableEndpoint } from "./table-endpoint.ts";

let folder: string;
let fixture: Fixture;
let cloud: LocalCloud;
let tables: DynamoDBClient;
let queues: SQSClient;
let files: S3Client;

const identity = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "foad-sources-"));
  fixture = synthesizeFixture(folder);
  const state = join(folder, "state");
  cloud = await startLocalCloud({ ...fixture, state, port: 0, inMemory: true });
  tables = new DynamoDBClient({ ...identity, endpoint: tableEndpoint(state) });
  queues = new SQSClient({ ...identity, endpoint: cloud.endpoints.sqs });
  files = new S3Client({ ...identity, endpoint: cloud.endpoints.sqs });
});

afterAll(async () => {
  await cloud?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the endpoints name an access key for the queues, and nothing else that a client noted on it", () => {
  expect(cloud.endpoints.aws).toEqual({
    region: "us-east-1",
    accessKeyId: expect.any(String),
    secretAccessKey: "local",
  });
});

const put = (sk: string) =>
  tables.send(new PutItemCommand({ TableName: "tiny", Item: { pk: { S: "p" }, sk: { S: sk } } }));
const quiet = () => cloud.clock.advance(1_000);
const timesSeen = (name: string, key: string) =>
  fixture
    .seen(name)
    .flat()
    .filter((seen) => seen === key).length;

async function parkedKeys(): Promise<string[]> {
  const { Contents = [] } = await files.send(new ListObjectsV2Command({ Bucket: "tiny-parked" }));
  const bodies = await Promise.all(
    Contents.map(async ({ Key }) =>
      (await files.send(new GetObjectCommand({ Bucket: "tiny-parked", Key }))).Body?.transformToString(),
    ),
  );
  return bodies.flatMap((body) =>
    JSON.parse(JSON.parse(body ?? "").payload).Records.map(
      (r: { dynamodb: { Keys: { sk: { S: string } } } }) => r.dynamodb.Keys.sk.S,
    ),
  );
}

test("an inserted event reaches the function once, and what the filter leaves out never does", async () => {
  await put("HEAD");
  await put("E#001");
  await put("E#001");
  await quiet();
  expect([timesSeen("stream", "HEAD"), timesSeen("stream", "E#001")]).toEqual([0, 1]);
});

test("a record that a function throws at is parked alone after its retries, and those around it get through", async () => {
  await Promise.all(["E#101", "E#102-throw", "E#103", "E#104"].map(put));
  await quiet();
  expect(await parkedKeys()).toEqual(["E#102-throw"]);
  for (const key of ["E#101", "E#103", "E#104"]) expect(timesSeen("stream", key), key).toBeGreaterThan(0);
  expect(fixture.seen("stream").filter((keys) => keys.join() === "E#102-throw")).toHaveLength(3);
});

test("a record that a function reports as failed is parked with what AWS would say of it", async () => {
  await Promise.all(["E#201", "E#202-fail", "E#203"].map(put));
  await quiet();
  expect(await parkedKeys()).toContain("E#202-fail");
  expect(timesSeen("stream", "E#203")).toBeGreaterThan(0);
  const { Contents = [] } = await files.send(
    new ListObjectsV2Command({ Bucket: "tiny-parked", Prefix: "aws/lambda/" }),
  );
  const last = Contents.sort((a, b) => Number(a.LastModified) - Number(b.LastModified)).at(-1);
  const stored = await files.send(new GetObjectCommand({ Bucket: "tiny-parked", Key: last?.Key }));
  expect(JSON.parse((await stored.Body?.transformToString()) ?? "")).toMatchObject({
    requestContext: {
      functionArn: "arn:aws:lambda:us-east-1:000000000000:function:tiny-stream",
      condition: "RetryAttemptsExhausted",
    },
    DDBStreamBatchInfo: { batchSize: 1, shardId: expect.stringMatching(/^shardId-/) },
  });
});

test("a queue's message is deleted once taken; one that is refused twice lands in the dead letters", async () => {
  const QueueUrl = cloud.endpoints.queues.bank?.replace("foad-tiny-agency-bank.fifo", "tiny");
  for (const MessageBody of ["good", "fail"]) await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await vi.waitFor(() => expect([timesSeen("queue", "good"), timesSeen("queue", "fail")]).toEqual([1, 2]), patience);
  await vi.waitFor(async () => expect(await depth(`${QueueUrl}-dead`)).toEqual("1"), patience);
  expect(await depth(QueueUrl)).toEqual("0");
});

async function depth(QueueUrl: string | undefined) {
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Attributes?.ApproximateNumberOfMessages;
}

test("an advance returns only after the functions have seen what was written before it", async () => {
  for (let round = 0; round < 5; round += 1) {
    await put(`E#30${round}`);
    await quiet();
    expect(timesSeen("stream", `E#30${round}`)).toBe(1);
  }
});
