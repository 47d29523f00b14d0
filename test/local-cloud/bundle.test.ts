import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { excludeUnusedModules } from "#infra/bundles/bundle.ts";

/** What functions ask of their clients, with what they are answered; each as what came of it, or the name of its error. */
const asking = `
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Logger } from "@aws-lambda-powertools/logger";
import * as z from "zod";
const credentials = { accessKeyId: "one", secretAccessKey: "two" };
function logged(run) {
  const { write } = process.stderr;
  const lines = [];
  process.stderr.write = (line) => lines.push(line) > 0;
  run();
  process.stderr.write = write;
  return lines.map((line) => JSON.parse(line)).map(({ level, service, message, error: { name } }) => ({ level, service, message, name }));
}
export async function ask(endpoint) {
  const at = { endpoint, credentials, region: "us-east-1", forcePathStyle: true, maxAttempts: 1 };
  const [s3, table] = [new S3Client(at), new DynamoDBClient(at)];
  const where = { Bucket: "files", Key: "one" };
  const Entries = [{ Id: "1", MessageBody: "x" }];
  return Promise.all([
    s3.send(new PutObjectCommand({ ...where, Body: "hello", IfNoneMatch: "*" })).then(({ ETag }) => ETag),
    s3.send(new GetObjectCommand(where)).then(({ Body }) => Body.transformToString()),
    s3.send(new GetObjectCommand({ ...where, Key: "missing" })).catch(({ name }) => name),
    s3.send(new ListObjectsV2Command({ Bucket: "files" })).then(({ Contents, IsTruncated }) => ({ Contents, IsTruncated })),
    table.send(new GetItemCommand({ TableName: "t", Key: { pk: { S: "a" } } })).then(({ Item }) => Item),
    table.send(new TransactWriteItemsCommand({ TransactItems: [] })).catch(({ name, CancellationReasons }) => ({ name, CancellationReasons })),
    new SecretsManagerClient(at).send(new GetSecretValueCommand({ SecretId: "s" })).then(({ SecretString }) => SecretString),
    new SQSClient(at).send(new SendMessageBatchCommand({ QueueUrl: endpoint, Entries })).then(({ Successful }) => Successful),
    logged(() => new Logger({ serviceName: "one" }).error("gone wrong", new TypeError("two"))),
    z.strictObject({ a: z.string().min(2), b: z.array(z.int()).optional() }).safeParse({ a: "x", c: 1 }).error.issues.map(({ code, path }) => ({ code, path })),
  ]);
}`;

const received: unknown[] = [];
let server: Server;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "foad-left-out-"));
  server = createServer((request, response) => {
    const { method, url, headers } = request;
    received.push({ method, url, target: headers["x-amz-target"], checksum: headers["x-amz-checksum-crc32"] });
    const { status = 200, body } = answerTo(request);
    response.writeHead(status, { etag: '"1"' }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("clients and schemas do without what is left out of bundles", async () => {
  const whole = await asked("whole", []);
  const lighter = await asked("lighter", [excludeUnusedModules]);

  expect(lighter.sent).toHaveLength(8);
  expect(lighter).toEqual(whole);
  expect(lighter.outcomes).toContainEqual([
    { level: "ERROR", service: "one", message: "gone wrong", name: "TypeError" },
  ]);
});

async function asked(name: string, plugins: Plugin[]) {
  const outfile = join(folder, `${name}.mjs`);
  const stdin = { contents: asking, resolveDir: import.meta.dirname };
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  await build({ stdin, outfile, plugins, banner, bundle: true, format: "esm", platform: "node" });
  const { ask } = await import(pathToFileURL(outfile).href);
  const { port } = server.address() as AddressInfo;
  const outcomes = await ask(`http://127.0.0.1:${port}`);
  const sent = received.splice(0).map((one) => JSON.stringify(one));
  return { outcomes, sent: sent.sort() };
}

function answerTo({ method, url = "", headers }: IncomingMessage): { status?: number; body?: string } {
  const target = String(headers["x-amz-target"] ?? "");
  if (target.endsWith("GetItem")) return { body: '{"Item":{"pk":{"S":"a"},"n":{"N":"1"}}}' };
  if (target.endsWith("TransactWriteItems"))
    return {
      status: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","CancellationReasons":[{"Code":"ConditionalCheckFailed"}]}',
    };
  if (target.includes("secretsmanager")) return { body: '{"SecretString":"shh"}' };
  if (target.includes("AmazonSQS"))
    return {
      body: '{"Successful":[{"Id":"1","MessageId":"m","MD5OfMessageBody":"9dd4e461268c8034f5c8564e155c67a6"}],"Failed":[]}',
    };
  if (method === "PUT") return {};
  if (url.includes("missing")) return { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" };
  const entry = "<Contents><Key>one</Key><Size>5</Size></Contents>";
  if (url.includes("list-type")) return { body: `<ListBucketResult>${entry}</ListBucketResult>` };
  return { body: "hello" };
}
