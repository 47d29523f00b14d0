import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { loadProvince } from "#shared/province/province-file.ts";
import type { Receipt } from "../support/api-caller.ts";
import { aRun, type Run } from "../support/erased-cases.ts";
import { synthesizeProvince } from "../support/restarted-cloud.ts";
import type { TheLocalCloud } from "../support/the-local-cloud.ts";
import { sizeOf } from "../support/trial-size.ts";
import { attachmentsIn, pdf } from "../support/uploads.ts";

const count = Math.ceil(sizeOf("restore") / 3);
const root = join(import.meta.dirname, "../..");
const provinceFile = join(root, "infra/provinces/qazvin.json");
const folder = mkdtempSync(join(tmpdir(), "foad-restore-files-"));
const state = join(folder, "state");

let run: Run;
let cases: { receipt: Receipt; id: string }[] = [];
const before = new Map<string, Awaited<ReturnType<typeof read>>>();
let forgotten = "";
let lost = "";
let durationMs = 0;

const files = () => attachmentsIn(run as unknown as TheLocalCloud);
const openS3 = () =>
  new S3Client({ ...clientSettings, endpoint: run.environment.AWS_ENDPOINT_URL_S3 ?? "", forcePathStyle: true });

async function bucketNamed(wanted: RegExp): Promise<string> {
  const { Buckets = [] } = await openS3().send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = "" }) => Name).find((name) => wanted.test(name)) ?? expect.unreachable();
}
async function keysIn(Bucket: string): Promise<string[]> {
  const { Contents = [] } = await openS3().send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = "" }) => Key).sort();
}
const backup = () => bucketNamed(/attachmentsbackup/);

async function filed(): Promise<{ receipt: Receipt; id: string }> {
  const receipt = await run.file({ agencyId: "gas" });
  return { receipt, id: (await files().sent(receipt, pdf)).attachmentId };
}

/** What the citizen reads by the link that the API gives. */
async function read(receipt: Receipt, id: string) {
  const answer = await files().download("citizen", receipt, id);
  expect(answer.status).toBe(200);
  return {
    type: answer.headers.get("content-type"),
    bytes: Buffer.from(await answer.arrayBuffer()).toString("base64"),
  };
}

async function broughtBack(): Promise<string> {
  return (await restoring()).stdout;
}

async function restoring() {
  const buckets = [await backup(), await bucketNamed(/attachmentsbucket2/)];
  const env = { ...process.env, FOAD_STATE_FOLDER: state };
  const command = ["infra/programs/operator/restore-files.ts", ...buckets, "--local"];
  return promisify(execFile)(process.execPath, command, { cwd: root, env });
}

/** Files are sent and one is deleted; the bucket is emptied of every version and deleted; another serves. */
beforeAll(async () => {
  run = await aRun({ folder, state });
  for (let n = 0; n < count; n++) cases.push(await filed());
  for (const { receipt, id } of cases) before.set(id, await read(receipt, id));
  const { receipt } = cases[0] ?? expect.unreachable();
  const held = { path: `/v1/admin/holds/${receipt.id}`, body: { reason: "به دستور دادگاه" } };
  expect((await run.call({ as: "admin", method: "PUT", ...held })).status).toBe(200);
  lost = await bucketNamed(/attachmentsbucket/);
  forgotten = `clean/${cases.pop()?.id}`;
  await openS3().send(new DeleteObjectCommand({ Bucket: lost, Key: forgotten }));
  for (const Key of await keysIn(lost))
    await openS3().send(new DeleteObjectCommand({ Bucket: lost, Key, VersionId: "1" }));
  await openS3().send(new DeleteBucketCommand({ Bucket: lost }));
  const began = performance.now();
  const province = loadProvince(provinceFile);
  const attachments = { ...province.attachments, bucketNumber: 2 };
  const made = await synthesizeProvince({ ...province, attachments }, folder);
  await run.stop();
  run = await aRun({ folder, state, assembly: made.assembly });
  expect(await broughtBack()).toContain(`${cases.length + 1} objects were missing and are copied`);
  durationMs = performance.now() - began;
});
afterAll(async () => {
  await run?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("every file and every order of a lost bucket serves again, and none that was deleted before", async () => {
  for (const { receipt, id } of cases) {
    expect(await read(receipt, id)).toEqual(before.get(id));
  }
  const now = await keysIn(await bucketNamed(/attachmentsbucket2/));
  expect(now.filter((key) => key.startsWith("clean/"))).toEqual(cases.map(({ id }) => `clean/${id}`).sort());
  expect(now.filter((key) => key.startsWith("retention-orders/"))).toHaveLength(1);
  expect(now).not.toContain(forgotten);
  process.stdout.write(`${cases.length} files and an order served again after ${Math.round(durationMs)} ms; 0 lost\n`);
});

test("what comes later is in the backup too; what is brought back a second time is nothing", async () => {
  cases = [...cases, await filed()];
  expect(await keysIn(await backup())).toContain(`clean/${cases.at(-1)?.id}`);
  expect(await broughtBack()).toContain("0 objects were missing");
});

test("a bucket that was emptied by deletions is not called whole: they are in the backup too", async () => {
  const emptied = await bucketNamed(/attachmentsbucket2/);
  for (const Key of await keysIn(emptied)) await openS3().send(new DeleteObjectCommand({ Bucket: emptied, Key }));
  await expect(restoring()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("say --at") });
});
