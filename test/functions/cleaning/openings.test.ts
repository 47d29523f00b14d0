import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SQSEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { clientEnvironment } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { openStateFolder } from "#infra/programs/local-cloud/machine/state-folder.ts";
import { type S3, startS3 } from "#infra/programs/local-cloud/s3/s3.ts";
import { type Queues, startQueues } from "#infra/programs/local-cloud/sqs/sqs.ts";
import { aContext } from "../../support/api-event.ts";
import { noisePng } from "../../support/sample-files.ts";
import { captureLog } from "../../support/written-log.ts";

const folder = mkdtempSync(join(tmpdir(), "foad-openings-"));
const [most, inAll] = [5, 20];
let queues: Queues;
let s3: S3;
let attachmentId = "";
/** How many answers to a put are lost on their way, once S3 has done what it was asked. */
let toLose = 0;
const wire = createServer((request, response) => void passOn(request, response));
let opened: (open: () => Promise<string>) => Promise<string | undefined>;
let files: typeof import("#shared/files/files.store.ts");
let client: S3Client;
let cleanFile: (event: SQSEvent, context: typeof aContext) => Promise<unknown>;
const place = () => ({ ownerId: "QZ-22222-22222", attachmentId });

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "", url, headers } = request;
  const { host: _, connection: __, "content-length": ___, ...sent } = headers;
  const body = method === "PUT" ? await buffer(request) : null;
  const answer = await fetch(`${s3.endpoint}${url}`, { method, headers: sent as Record<string, string>, body });
  if (method === "PUT" && toLose-- > 0) return void response.destroy();
  // What is not there is forbidden to a function that may not list.
  const { "content-type": type, etag } = Object.fromEntries(answer.headers);
  // The client takes the time of its signatures from here; Node would write the machine's.
  const date = new Date().toUTCString();
  const told = { date, ...(type && { "content-type": type }), ...(etag && { etag }) };
  response.writeHead(answer.status === 404 ? 403 : answer.status, told).end(Buffer.from(await answer.arrayBuffer()));
}

beforeAll(async () => {
  queues = await startQueues({ state: openStateFolder(folder), port: 0 });
  s3 = await startS3({ port: 0, engine: queues, secretAccessKey: "local", now: Date.now });
  const declared = { type: "AWS::S3::Bucket", stack: "S", logicalId: "B", properties: { BucketName: "files" } };
  await s3.creators["AWS::S3::Bucket"]?.({ ...declared, asset: String });
  await new Promise<void>((listening) => wire.listen(0, "127.0.0.1", listening));
  const address = wire.address();
  const port = typeof address === "object" ? address?.port : address;
  const variables = { ATTACHMENTS_BUCKET: "files", AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` };
  for (const [name, value] of Object.entries({ ...clientEnvironment("local"), ...variables })) vi.stubEnv(name, value);
  // Its client is made, once, for the place that it finds in the environment.
  files = await import("#shared/files/files.store.ts");
  client = (await import("#shared/storage/objects.ts")).s3;
  cleanFile = (await import("#functions/files/clean-file.function.ts")).handler as typeof cleanFile;
  opened = (open) => files.openWithAttemptLimit(place(), { most, inAll, open });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  wire.closeAllConnections();
  wire.close();
  await s3.stop?.();
  await queues.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  toLose = 0;
  attachmentId = randomBytes(16).toString("hex");
});

const well = async () => "well";
const fails = async () => {
  throw new Error("no fault of the file");
};
/** Opens it and never comes to an end, as where the process is gone. */
const dies = () =>
  new Promise<void>((begun) => {
    void opened(() => {
      begun();
      return new Promise<string>(() => {});
    });
  });

test("an opening that throws counts for nothing", async () => {
  for (let time = 0; time < 3 * most; time++) await expect(opened(fails)).rejects.toThrow("no fault of the file");
  expect(await opened(well)).toBe("well");
});

test("one that never ends counts, whatever is thrown before and after it", async () => {
  for (let time = 0; time < most; time++) {
    await expect(opened(fails)).rejects.toThrow("no fault of the file");
    await dies();
  }
  expect(await opened(well)).toBeUndefined();
});

test("one that comes to its end counts too", async () => {
  for (let time = 0; time < most; time++) expect(await opened(well)).toBe("well");
  expect(await opened(well)).toBeUndefined();
});

test("of two at once, that one threw is noted of it alone", async () => {
  const fail = Promise.withResolvers<string>();
  const first = opened(() => fail.promise);
  for (let time = 1; time < most; time++) await dies();
  expect(await opened(well)).toBeUndefined();
  fail.reject(new Error("no fault of the file"));
  await expect(first).rejects.toThrow("no fault of the file");
  await dies();
  expect(await opened(well)).toBeUndefined();
});

test("where the answer to its note is lost, it is opened, and counts once", async () => {
  for (let time = 0; time < most; time++) {
    toLose = 1;
    expect(await opened(well)).toBe("well");
  }
  toLose = 1;
  expect(await opened(well)).toBeUndefined();
});

test("where no answer to its note comes through, it is not opened, and that counts for nothing", async () => {
  const open = vi.fn(well);
  for (let time = 0; time < most + 1; time++) {
    toLose = 3;
    await expect(opened(open)).rejects.toThrow();
  }
  expect(open).not.toHaveBeenCalled();
  for (let time = 0; time < most; time++) await dies();
  expect(await opened(open)).toBeUndefined();
});

test("it is opened so often in all, and then neither opened nor refused", async () => {
  for (let time = 0; time < inAll; time++) await expect(opened(fails)).rejects.toThrow("no fault of the file");
  const open = vi.fn(well);
  await expect(opened(open)).rejects.toThrow("opened too often");
  expect(open).not.toHaveBeenCalled();
});

async function resultsOf(Prefix: string): Promise<number | undefined> {
  return (await client.send(new ListObjectsV2Command({ Bucket: "files", Prefix }))).Contents?.length;
}

test("a later result is stored beside the first where a clean copy may have come since", async () => {
  const save = async (mayHaveCopy: boolean) => {
    await files.saveCleaningResult(place(), { result: {}, mayHaveCopy });
    return resultsOf(files.cleaningResultKey(place()));
  };
  expect([await save(true), await save(false), await save(true)]).toEqual([1, 1, 2]);
});

/** What comes of a file that was refused, whose next run was killed after it stored a clean copy, when it comes again. */
async function comesAgain(contentType: string, { isThere = true } = {}) {
  const Body = noisePng(100_000);
  await files.saveCleaningResult(place(), { result: { reason: "processing-timeout" }, mayHaveCopy: false });
  await files.saveCleanCopy(place(), { contentType: "image/jpeg", bytes: Body });
  const sent = { Bucket: "files", Key: files.uploadKey(place()), Body, ContentType: contentType };
  const { ETag } = await client.send(new PutObjectCommand(sent));
  const body = JSON.stringify({ key: sent.Key, etag: isThere ? ETag : "another" });
  const record = { messageId: "1", body, attributes: { ApproximateReceiveCount: "2" } };
  const log = captureLog();
  const consumed = await cleanFile({ Records: [record] } as SQSEvent, aContext);
  log.release();
  return { consumed, results: await resultsOf(files.cleaningResultKey(place())) };
}

test("a refused file whose clean copy was stored before a kill tells of the copy, however it ends when it comes again", async () => {
  const told = { consumed: { batchItemFailures: [] }, results: 2 };
  expect(await comesAgain("image/png")).toEqual(told);
  attachmentId = randomBytes(16).toString("hex");
  expect(await comesAgain("application/pdf")).toEqual(told);
  attachmentId = randomBytes(16).toString("hex");
  expect(await comesAgain("image/png", { isThere: false })).toEqual(told);
  attachmentId = randomBytes(16).toString("hex");
  for (let time = 0; time < most; time++) await opened(well);
  expect(await comesAgain("image/png")).toEqual(told);
});
