import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { neutralName } from "#shared/domain/attachments/attachment-format.ts";
import type { Receipt } from "../support/api-caller.ts";
import { attachmentsIn, Download, type File, pdf, readers, type Upload } from "../support/attachments.ts";
import { expectFoldedHeads } from "../support/folded-heads.ts";
import { sendForm } from "../support/send-form.ts";
import { someFiles } from "../support/some-files.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const agency = "agency-social-security";
const { announce, announced, sent, viewOf, addedTo, fetchAs, download } = attachmentsIn(cloud);

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
    const answer = await fetchAs.citizen(receipt, attachmentId);
    const { url, expiresAt } = Download.parse(answer.body);
    expect(Date.parse(expiresAt) - cloud.clock.now()).toBeLessThanOrEqual(60_000);
    expect((await fetch(url)).status).toBe(200);
    await cloud.clock.advance(62_000);
    expect((await fetch(url)).status).toBe(403);
  });

  test.each(readers)("is told to the %s in an answer that leads nowhere by itself", async (reader) => {
    const receipt = await cloud.file({ citizen: { name: "زهرا کریمی", shareWithAgency: false } });
    const { attachmentId } = await sent(receipt, pdf, { fileName: "زهرا کریمی.pdf" });
    const answer = await fetchAs[reader](receipt, attachmentId);
    expect({ status: answer.status, location: answer.headers.get("location") }).toEqual({
      status: 200,
      location: null,
    });
    const { url, fileName, contentType, size } = Download.parse(answer.body);
    expect({ fileName, contentType, size }).toEqual({
      fileName: reader === "agency" ? undefined : "زهرا کریمی.pdf",
      contentType: "application/pdf",
      size: pdf.length,
    });
    const origin = "https://foad.qazvin.example";
    const fetched = await fetch(url, { headers: { origin } });
    expect(fetched.headers.get("access-control-allow-origin")).toBe(origin);
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
    expect(await keptOf(receipt, upload)).toEqual([]);
    expect(await announce(receipt)).toMatchObject({ status: 409, body: { code: "wrong-state" } });
  });

  /** Past the API, which leads to no file of a closed complaint. */
  async function keptOf({ id }: Receipt, { url }: Upload) {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const engine = { region: "us-east-1", endpoint: cloud.endpoints.sqs, credentials, forcePathStyle: true };
    const client = new S3Client(engine);
    const list = new ListObjectsV2Command({ Bucket: url.split("/").at(-1), Prefix: `kept/${id}/` });
    const { Contents = [] } = await client.send(list);
    client.destroy();
    return Contents;
  }

  test("is not read by anybody before it is confirmed", async () => {
    const receipt = await cloud.file();
    const { attachmentId, url, fields } = await announced(receipt);
    for (const reader of readers) expect((await fetchAs[reader](receipt, attachmentId)).status).toBe(404);
    expect((await fetch(`${url}/${fields.key}`)).status).toBe(403);
  });
});

test("every head is what its events make of it", async () => {
  expect(await expectFoldedHeads(cloud)).toBeGreaterThan(0);
});
