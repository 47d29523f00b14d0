import { createHash, randomBytes } from "node:crypto";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { neutralName } from "../../shared/domain/attachment-format.ts";
import type { Receipt } from "../support/api-caller.ts";
import { putMessage } from "../support/mailbox.ts";
import { sendForm } from "../support/send-form.ts";
import { someFiles } from "../support/some-files.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const agency = "agency-social-security";
const inspector = "inspector-1";

const Upload = z.object({
  attachmentId: z.string(),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  expiresAt: z.string(),
});
type Upload = z.infer<typeof Upload>;
const Entry = z.looseObject({ type: z.string() });
const View = z.object({ history: z.array(Entry), refusedUploads: z.unknown().optional() });

type File = Uint8Array<ArrayBuffer>;
const pdf: File = new Uint8Array(someFiles["application/pdf"]);
const announcement = { fileName: "نوبت.pdf", contentType: "application/pdf", size: pdf.length };

function announce({ id, secret }: Receipt, fields: Record<string, unknown> = {}, key?: string) {
  const headers: Record<string, string> = key ? { "idempotency-key": key } : {};
  const body = { ...announcement, ...fields };
  return cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/attachments`, body, headers });
}

async function announced(receipt: Receipt, fields: Record<string, unknown> = {}): Promise<Upload> {
  const answer = await announce(receipt, fields);
  expect(answer.status, answer.text).toBe(201);
  return Upload.parse(answer.body);
}

/** Announces and sends a file, and waits until it has been looked at. */
async function sent(receipt: Receipt, file: File, fields: Record<string, unknown> = {}): Promise<Upload> {
  const upload = await announced(receipt, { size: file.length, ...fields });
  expect(await sendForm(upload, file)).toMatchObject({ status: 204 });
  await cloud.quiet();
  return upload;
}

async function viewOf({ id, secret }: Receipt) {
  return View.parse((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body);
}

async function addedTo(receipt: Receipt) {
  return (await viewOf(receipt)).history.filter(({ type }) => type === "attachment-added");
}

const fetchAs = {
  citizen: ({ id, secret }: Receipt, attachmentId: string) =>
    cloud.call({ secret, path: `/v1/complaints/${id}/attachments/${attachmentId}` }),
  agency: ({ id }: Receipt, attachmentId: string) =>
    cloud.call({ as: agency, path: `/v1/agency/complaints/${id}/attachments/${attachmentId}` }),
  inspector: ({ id }: Receipt, attachmentId: string) =>
    cloud.call({ as: inspector, path: `/v1/inspector/complaints/${id}/attachments/${attachmentId}` }),
};
type Reader = keyof typeof fetchAs;
const readers: Reader[] = ["citizen", "agency", "inspector"];

async function download(reader: Reader, receipt: Receipt, attachmentId: string) {
  const answer = await fetchAs[reader](receipt, attachmentId);
  expect(answer.status, answer.text).toBe(302);
  return fetch(answer.headers.get("location") ?? "");
}

describe("what a citizen sends along", () => {
  test.each(Object.entries(someFiles))(
    "as %s is fetched by all who see the complaint",
    async (contentType, content) => {
      const file = new Uint8Array(content);
      const receipt = await cloud.file();
      const { attachmentId } = await sent(receipt, file, { contentType });
      expect(await addedTo(receipt)).toEqual([
        expect.objectContaining({ attachmentId, contentType, size: file.length, by: "citizen" }),
      ]);
      for (const reader of readers) {
        const fetched = await download(reader, receipt, attachmentId);
        expect(fetched.status).toBe(200);
        expect(fetched.headers.get("content-type")).toBe(contentType);
        expect(fetched.headers.get("content-disposition")).toMatch(/^attachment;/);
        expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(file);
      }
    },
  );

  test("may be of 10 MB", async () => {
    const file = new Uint8Array(10_485_760);
    file.set(someFiles["image/jpeg"]);
    const receipt = await cloud.file();
    const { attachmentId } = await sent(receipt, file, { contentType: "image/jpeg" });
    const fetched = await download("agency", receipt, attachmentId);
    expect(Buffer.from(await fetched.arrayBuffer()).equals(file)).toBe(true);
  });

  test("is told to the agency by its queue, without a name", async () => {
    const receipt = await cloud.file();
    await sent(receipt, pdf);
    const theirs = (await cloud.receiveAll("social-security")).filter(({ group }) => group === receipt.id);
    expect(theirs.map(({ event }) => event.type)).toEqual([
      "ir.foad.complaint.filed.v1",
      "ir.foad.complaint.attachment-added.v1",
    ]);
    expect(theirs.map(({ text }) => text).join()).not.toContain("نوبت");
  });

  test("keeps its name for the citizen and the inspector, and for the agency only where the identity is shared", async () => {
    const citizen = { name: "زهرا کریمی", nationalId: "0499370899" };
    const named = async (shareWithAgency: boolean) => {
      const receipt = await cloud.file({ citizen: { ...citizen, shareWithAgency } });
      const { attachmentId } = await sent(receipt, pdf, { fileName: "زهرا کریمی.pdf" });
      const dispositions = readers.map(async (reader) =>
        (await download(reader, receipt, attachmentId)).headers.get("content-disposition"),
      );
      const view = await cloud.call({ as: agency, path: `/v1/agency/complaints/${receipt.id}` });
      return [...(await Promise.all(dispositions)), view.text.includes("کریمی")];
    };
    const neutral = `attachment; filename="${neutralName("application/pdf")}"`;
    const full = `${neutral}; filename*=UTF-8''${encodeURIComponent("زهرا کریمی.pdf")}`;
    expect(await named(true)).toEqual([full, full, full, true]);
    expect(await named(false)).toEqual([full, neutral, full, false]);
  });

  test("is fetched within a minute of asking, and not after", async () => {
    const receipt = await cloud.file();
    const { attachmentId } = await sent(receipt, pdf);
    const { headers } = await fetchAs.citizen(receipt, attachmentId);
    const location = headers.get("location") ?? "";
    expect((await fetch(location)).status).toBe(200);
    await cloud.clock.advance(62_000);
    expect((await fetch(location)).status).toBe(403);
  });
});

describe("the form takes nothing but what was announced", () => {
  test.each<[string, (upload: Upload) => Upload, File, string]>([
    ["a larger file", (upload) => upload, new Uint8Array([...pdf, 0]), "EntityTooLarge"],
    ["a smaller file", (upload) => upload, pdf.slice(1), "EntityTooSmall"],
    ["another type", withField("Content-Type", "text/html"), pdf, "AccessDenied"],
    ["another place", withField("key", "kept/QZ-7K3M-9XPT-Q/0123456789abcdef0123456789abcdef"), pdf, "AccessDenied"],
    [
      "another policy",
      withField("policy", Buffer.from('{"conditions":[]}').toString("base64")),
      pdf,
      "SignatureDoesNotMatch",
    ],
    ["a field more", withField("acl", "public-read"), pdf, "AccessDenied"],
  ])("%s is refused", async (_, change, file, code) => {
    const receipt = await cloud.file();
    const upload = await announced(receipt);
    expect(await sendForm(change(upload), file)).toMatchObject({ code });
    await cloud.quiet();
    expect((await fetchAs.citizen(receipt, upload.attachmentId)).status).toBe(404);
  });

  test("a file ten minutes late is refused", async () => {
    const upload = await announced(await cloud.file());
    await cloud.clock.advance(10 * 60_000);
    expect(await sendForm(upload, pdf)).toMatchObject({ status: 403, code: "AccessDenied" });
  });
});

function withField(name: string, value: string) {
  return (upload: Upload): Upload => ({ ...upload, fields: { ...upload.fields, [name]: value } });
}

describe("an upload", () => {
  test("that is not what its type says stands with no complaint, and the citizen sees why", async () => {
    const receipt = await cloud.file();
    const page = new TextEncoder().encode("<html><script>alert(1)</script>");
    const { attachmentId } = await sent(receipt, page);
    expect(await addedTo(receipt)).toEqual([]);
    expect((await viewOf(receipt)).refusedUploads).toEqual([
      { attachmentId, fileName: "نوبت.pdf", reason: "not-what-it-says" },
    ]);
    const agencys = await cloud.call({ as: agency, path: `/v1/agency/complaints/${receipt.id}` });
    expect(agencys.text).not.toContain(attachmentId);
    for (const reader of readers) expect((await fetchAs[reader](receipt, attachmentId)).status).toBe(404);
  });

  test("that was written over after it was confirmed is served as it was confirmed", async () => {
    const receipt = await cloud.file();
    const upload = await sent(receipt, pdf);
    const other = new Uint8Array(pdf).fill(0x20, 8);
    expect(await sendForm(upload, other)).toMatchObject({ status: 204 });
    await cloud.quiet();
    const fetched = await download("agency", receipt, upload.attachmentId);
    expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(pdf);
    expect(await addedTo(receipt)).toHaveLength(1);
  });

  test("that comes when the complaint is closed stands nowhere", async () => {
    const receipt = await cloud.file();
    const upload = await announced(receipt);
    const path = `/v1/complaints/${receipt.id}/withdrawal`;
    await cloud.call({ secret: receipt.secret, method: "POST", path });
    expect(await sendForm(upload, pdf)).toMatchObject({ status: 204 });
    await cloud.quiet();
    expect(await addedTo(receipt)).toEqual([]);
    expect((await viewOf(receipt)).refusedUploads).toMatchObject([{ reason: "complaint-closed" }]);
    expect(await announce(receipt)).toMatchObject({ status: 409, body: { code: "wrong-state" } });
  });

  test("is not read by anybody before it is confirmed", async () => {
    const receipt = await cloud.file();
    const { attachmentId, url, fields } = await announced(receipt);
    for (const reader of readers) expect((await fetchAs[reader](receipt, attachmentId)).status).toBe(404);
    expect((await fetch(`${url}/${fields.key}`)).status).toBe(403);
  });
});

describe("what is told of an upload", () => {
  const etagOf = (file: File) => createHash("md5").update(file).digest("hex");

  /** As EventBridge would tell it, once more or with a scanner's word. */
  async function told(message: Record<string, unknown>) {
    await putMessage(cloud.endpoints, "AttachmentsUploadsQueue", message);
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
    ["no form of ours led there", "quarantine/somewhere"],
    ["nobody announced it", "quarantine/QZ-7K3M-9XPT-Q/0123456789abcdef0123456789abcdef"],
  ])("changes nothing where %s", async (_, key) => {
    const before = await cloud.tables.everything();
    await told({ key, etag: etagOf(pdf) });
    expect(await cloud.tables.everything()).toBe(before);
  });

  test("changes nothing where it is of a content that is not there any more, or not yet", async () => {
    const receipt = await cloud.file();
    const { fields } = await announced(receipt);
    await told({ key: fields.key, etag: etagOf(pdf) });
    expect(await addedTo(receipt)).toEqual([]);
    expect((await viewOf(receipt)).refusedUploads).toBeUndefined();
  });

  test.each([
    ["found malware", "THREATS_FOUND", "malware-found"],
    ["could not look", "ACCESS_DENIED", "not-scanned"],
    ["found nothing", "NO_THREATS_FOUND", undefined],
  ])("by a scanner that %s decides", async (_, scan, reason) => {
    const receipt = await cloud.file();
    const { url, fields, attachmentId } = await announced(receipt);
    await putUnheard({ bucket: url.split("/").at(-1), key: fields.key });
    await told({ key: fields.key, etag: etagOf(pdf), scan });
    expect((await addedTo(receipt)).map((entry) => entry.attachmentId)).toEqual(reason ? [] : [attachmentId]);
    const expected = reason && [{ attachmentId, fileName: "نوبت.pdf", reason }];
    expect((await viewOf(receipt)).refusedUploads).toEqual(expected);
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
    expect(refused).toMatchObject({ status: 429, body: { code: "too-many" } });
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
    fetchAs[reader](receipt, "x".repeat(3_000)),
    fetchAs[reader]({ ...receipt, id: "QZ-7K3M-9XPT-Q" }, attachmentId),
    // An inspector sees every complaint of the province.
    ...(reader === "inspector" ? [] : [fetchAs[reader](stranger, attachmentId)]),
  ]);
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(404);
});
