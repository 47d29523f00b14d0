import { createHash, randomBytes } from "node:crypto";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { putMessage } from "../support/mailbox.ts";
import { sendForm } from "../support/sample-files.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";
import { attachmentsIn, type File, pdf, readers, Upload } from "../support/uploads.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
const { announce, announced, sent, uploadsOf, addedTo, fetchAs } = attachmentsIn(cloud);

describe("what is told of an upload", () => {
  const etagOf = (file: File) => createHash("md5").update(file).digest("hex");

  /** As EventBridge would tell it, once more or with a scanner's word. */
  async function told(message: Record<string, unknown>) {
    await putMessage(cloud.endpoints, "CleanerUploadsQueue", message);
    await cloud.quiet();
  }

  test("twice changes nothing", async () => {
    const receipt = await cloud.file();
    const { fields } = await sent(receipt, pdf);
    const before = await cloud.tables.everything();
    await told({ key: fields.key, etag: etagOf(pdf) });
    expect(await cloud.tables.everything()).toBe(before);
  });

  test.each([
    ["no form of ours led there", `${bucketFolders.uploads}somewhere`],
    ["nobody announced it", `${bucketFolders.uploads}QZ-7K3M-9XPT-Q/0123456789abcdef0123456789abcdef`],
  ])("changes nothing if %s", async (_, key) => {
    const before = await cloud.tables.everything();
    await told({ key, etag: etagOf(pdf) });
    expect(await cloud.tables.everything()).toBe(before);
  });

  test("changes nothing if it is of a content that is not there any more, or not yet", async () => {
    const receipt = await cloud.file();
    const { fields, attachmentId } = await announced(receipt);
    await told({ key: fields.key, etag: etagOf(pdf) });
    expect(await addedTo(receipt)).toEqual([]);
    expect(await uploadsOf(receipt)).toMatchObject([{ state: "pending" }]);
    const notYet = { status: 404, body: { code: "not-found", detail: expect.stringContaining("هنوز آماده نیست") } };
    expect(await fetchAs.citizen(receipt, attachmentId)).toMatchObject(notYet);
  });

  test.each([
    ["found malware", "THREATS_FOUND", "malware-found"],
    ["could not look", "ACCESS_DENIED", "scan-failed"],
    ["found nothing", "NO_THREATS_FOUND", undefined],
  ])("by a scanner that %s decides", async (_, scan, reason) => {
    const receipt = await cloud.file();
    const { url, fields, attachmentId } = await announced(receipt);
    await putUnheard({ bucket: url.split("/").at(-1), key: fields.key });
    await told({ key: fields.key, etag: etagOf(pdf), scan });
    expect((await addedTo(receipt)).map((entry) => entry.attachmentId)).toEqual(reason ? [] : [attachmentId]);
    const became = reason ? { state: "refused", reason } : { state: "ready" };
    expect(await uploadsOf(receipt)).toMatchObject([{ attachmentId, fileName: "نوبت.pdf", ...became }]);
  });

  /** The file is there as where uploads are scanned: nobody is told of it yet. The engine behind the front tells nobody. */
  async function putUnheard({ bucket, key }: { bucket: string | undefined; key: string | undefined }) {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const engine = { region: "us-east-1", endpoint: cloud.endpoints.sqs, credentials, forcePathStyle: true };
    const client = new S3Client(engine);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: pdf, ContentType: "application/pdf" }));
    client.destroy();
  }
});

describe("an announcement", () => {
  test("sent again under its key is the same attachment with a fresh form, and nothing is written", async () => {
    const receipt = await cloud.file();
    const key = crypto.randomUUID();
    const first = Upload.parse((await announce(receipt, {}, key)).body);
    await cloud.clock.advance(5 * 60_000);
    const before = await cloud.tables.everything();
    const again = Upload.parse((await announce(receipt, {}, key)).body);
    expect(await cloud.tables.everything()).toBe(before);
    expect(again.attachmentId).toBe(first.attachmentId);
    expect(again.expiresAt > first.expiresAt).toBe(true);
    await cloud.clock.advance(6 * 60_000);
    expect(await sendForm(again, pdf)).toMatchObject({ status: 204 });
  });

  test("of another file under the same key is refused", async () => {
    const receipt = await cloud.file();
    const key = crypto.randomUUID();
    await announce(receipt, {}, key);
    const other = await announce(receipt, { fileName: "other.pdf" }, key);
    expect(other).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
  });

  test("by two at the same instant under one key is one attachment", async () => {
    const receipt = await cloud.file();
    const key = crypto.randomUUID();
    const both = await Promise.all([announce(receipt, {}, key), announce(receipt, {}, key)]);
    expect(new Set(both.map(({ body }) => Upload.parse(body).attachmentId)).size).toBe(1);
  });

  test("beyond twenty is too many until the first are forgotten", async () => {
    const receipt = await cloud.file();
    for (let n = 0; n < 20; n++) await announced(receipt);
    const refused = await announce(receipt);
    expect(refused).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(86_000);
    await cloud.clock.advance((wait + 1) * 1_000);
    expect(await announce(receipt)).toMatchObject({ status: 201 });
  });

  test("without the complaint's secret is refused like one of no complaint", async () => {
    const receipt = await cloud.file();
    const wrong = await announce({ ...receipt, secret: "0000-0000" });
    const nobodys = await announce({ ...receipt, id: "QZ-7K3M-9XPT-Q" });
    expect(wrong.status).toBe(404);
    expect(wrong.text).toBe(nobodys.text);
  });
});

test.each(readers)("to the %s, foreign, unknown, awaited and refused files look the same", async (reader) => {
  const receipt = await cloud.file();
  const foreign = await cloud.file({ agencyId: "education" });
  const { attachmentId } = await sent(foreign, pdf);
  const awaited = await announced(receipt);
  const refused = await sent(receipt, new TextEncoder().encode("no page at all"));
  const unknown = randomBytes(16).toString("hex");
  const stranger = reader === "citizen" ? { ...foreign, secret: receipt.secret } : foreign;
  const answers = await Promise.all([
    fetchAs[reader](receipt, attachmentId),
    fetchAs[reader](receipt, unknown),
    fetchAs[reader](receipt, awaited.attachmentId),
    fetchAs[reader](receipt, refused.attachmentId),
    fetchAs[reader]({ ...receipt, id: "QZ-7K3M-9XPT-Q" }, attachmentId),
    // An inspector sees every complaint of the province.
    ...(reader === "inspector" ? [] : [fetchAs[reader](stranger, attachmentId)]),
  ]);
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(404);
  const errors = [{ path: "attachmentId", code: "pattern" }];
  for (const id of ["x".repeat(3_000), "none", "%00"])
    expect(await fetchAs[reader](receipt, id), "what cannot be an id").toMatchObject({ status: 400, body: { errors } });
});
