import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { routeOf } from "#infra/programs/documents/pages/api.ts";
import { uploadRequests } from "#infra/programs/documents/pages/upload.ts";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { CleanType, downloadName } from "#shared/files/format.ts";
import { bucketFolders } from "#shared/runtime/keys.ts";
import { expectHeadsMatchEvents } from "../../support/heads-made-of-events.ts";
import { noisePng, sendForm, someFiles } from "../../support/sample-files.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { attachmentsIn, Download, type File, pdf, readers, type Upload } from "../../support/uploads.ts";

const cloud = withLocalCloud();
const execute = promisify(execFile);
const agency = "agency-social-security";
const { announce, announced, sent, uploadsOf, addedTo, fetchAs, download } = attachmentsIn(cloud);

/** The type of the clean copy of each. */
const served = (contentType: string) =>
  contentType.replace(/^image\/.*/, "image/jpeg").replace(/^(audio|video)\/.*/, "$1/mp4");

describe("what a citizen sends along", () => {
  test.each(Object.entries(someFiles))(
    "as %s is made anew and fetched by all who see the complaint, the same for each",
    async (contentType, content) => {
      const file = new Uint8Array(content);
      const receipt = await cloud.file();
      const { attachmentId } = await sent(receipt, file, { contentType });
      const [entry] = await addedTo(receipt);
      expect(entry).toMatchObject({ attachmentId, contentType: served(contentType), by: "citizen" });
      const copies = new Set<string>();
      for (const reader of readers) {
        const fetched = await download(reader, receipt, attachmentId);
        expect(fetched.status).toBe(200);
        expect(fetched.headers.get("content-type")).toBe(served(contentType));
        const name = downloadName(attachmentId, CleanType.parse(served(contentType)));
        expect(fetched.headers.get("cache-control")).toBe("no-store");
        expect(fetched.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
        const copy = Buffer.from(await fetched.arrayBuffer());
        expect(entry?.size).toBe(copy.length);
        copies.add(copy.toString("base64"));
      }
      expect(copies.size).toBe(1);
      expect(copies.has(Buffer.from(file).toString("base64"))).toBe(false);
    },
  );

  test.each([
    ["shell", "bash"],
    ["node", process.execPath],
  ] as const)("is sent by the lines that the documents give for %s", async (tool, program) => {
    const receipt = await cloud.file();
    const { id, secret } = receipt;
    const api = cloud.endpoints.api;
    const before = {
      shell: `API=${api} ID=${id} SECRET=${secret}`,
      node: `var API = "${api}", ID = "${id}", SECRET = "${secret}", ATTACHMENT; const show = (answer) => answer.json();`,
    };
    const folder = mkdtempSync(join(tmpdir(), "foad-upload-"));
    const lines = join(folder, "lines.mjs");
    writeFileSync(join(folder, "photo.jpg"), someFiles["image/jpeg"]);
    writeFileSync(lines, `${before[tool]}\n${uploadRequests(routeOf("postComplaintAttachments"), "en")[tool]}\n`);
    const { stdout, stderr } = await execute(program, [lines], { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(stdout.trim().split("\n").at(-1), stderr).toBe("204");
    await cloud.quiet();
    expect(await uploadsOf(receipt)).toMatchObject([{ state: "ready" }]);
  });

  test("may be of 10 MB", async () => {
    const file = noisePng(10_485_760);
    const receipt = await cloud.file();
    const { attachmentId } = await sent(receipt, file, { contentType: "image/png" });
    expect(await uploadsOf(receipt)).toMatchObject([{ attachmentId, state: "ready" }]);
    expect((await download("agency", receipt, attachmentId)).headers.get("content-type")).toBe("image/jpeg");
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

  test("keeps its name for the citizen alone, whoever may know the citizen", async () => {
    const citizen = { name: "زهرا کریمی", nationalId: "0499370899", shareWithAgency: true };
    const receipt = await cloud.file({ citizen });
    const { attachmentId } = await sent(receipt, pdf, { fileName: "صف زهرا.pdf" });
    const told = await Promise.all([
      cloud.call({ secret: receipt.secret, path: `/v1/complaints/${receipt.id}` }),
      cloud.call({ as: agency, path: `/v1/agency/complaints/${receipt.id}` }),
      cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${receipt.id}` }),
      ...readers.map((reader) => fetchAs[reader](receipt, attachmentId)),
    ]);
    expect(told.map(({ text }) => text.includes("صف زهرا"))).toEqual([true, false, false, true, false, false]);
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
    const { url, fileName, contentType } = Download.parse(answer.body);
    expect({ fileName, contentType }).toEqual({
      fileName: reader === "citizen" ? "زهرا کریمی.pdf" : undefined,
      contentType: "application/pdf",
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
    ["another place", withField("key", "clean/0123456789abcdef0123456789abcdef"), pdf, "AccessDenied"],
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

  test("a file later than ten minutes is refused", async () => {
    const upload = await announced(await cloud.file());
    await cloud.clock.advance(10 * 60_000 + 1);
    expect(await sendForm(upload, pdf)).toMatchObject({ status: 403, code: "AccessDenied" });
  });
});

function withField(name: string, value: string) {
  return (upload: Upload): Upload => ({ ...upload, fields: { ...upload.fields, [name]: value } });
}

describe("an upload", () => {
  /** Where the clean copy and the cleaning result of a file lie, the backup too. */
  async function objectsOf({ attachmentId }: Upload): Promise<string[]> {
    const endpoint = cloud.environment.AWS_ENDPOINT_URL_S3 ?? "";
    const s3 = new S3Client({ ...clientSettings, endpoint, forcePathStyle: true });
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const listed = await Promise.all(Buckets.map(({ Name }) => s3.send(new ListObjectsV2Command({ Bucket: Name }))));
    s3.destroy();
    const keys = listed.flatMap(({ Contents = [] }) => Contents.map(({ Key = "" }) => Key));
    return keys
      .filter((key) => key.endsWith(attachmentId) && !key.startsWith(bucketFolders.uploads))
      .map((key) => key.split("/")[0] ?? "")
      .sort();
  }

  test("that is not what its type says stands with no complaint, and the citizen sees why", async () => {
    const receipt = await cloud.file();
    const page = new TextEncoder().encode("<html><script>alert(1)</script>");
    const { attachmentId } = await sent(receipt, page);
    expect(await addedTo(receipt)).toEqual([]);
    expect(await uploadsOf(receipt)).toMatchObject([
      { attachmentId, fileName: "نوبت.pdf", state: "refused", reason: "content-mismatch" },
    ]);
    const agencys = await cloud.call({ as: agency, path: `/v1/agency/complaints/${receipt.id}` });
    expect(agencys.text).not.toContain(attachmentId);
    for (const reader of readers) expect((await fetchAs[reader](receipt, attachmentId)).status).toBe(404);
  });

  test("that was written over after it was confirmed is served as it was confirmed", async () => {
    const receipt = await cloud.file();
    const upload = await sent(receipt, pdf);
    const copy = async () => (await download("agency", receipt, upload.attachmentId)).text();
    const first = await copy();
    expect(await objectsOf(upload)).toEqual(["clean", "clean", "cleaning-results"]);
    const other = new Uint8Array(pdf).fill(0x20, 8);
    expect(await sendForm(upload, other)).toMatchObject({ status: 204 });
    await cloud.quiet();
    expect(await copy()).toBe(first);
    expect(await addedTo(receipt)).toHaveLength(1);
  });

  test("that comes when the complaint is closed stands nowhere, and its clean copy is deleted", async () => {
    const receipt = await cloud.file();
    const upload = await announced(receipt);
    const path = `/v1/complaints/${receipt.id}/withdrawal`;
    await cloud.call({ secret: receipt.secret, method: "POST", path });
    expect(await sendForm(upload, pdf)).toMatchObject({ status: 204 });
    await cloud.quiet();
    expect(await addedTo(receipt)).toEqual([]);
    expect(await uploadsOf(receipt)).toMatchObject([{ state: "refused", reason: "complaint-closed" }]);
    // The cleaning result shows that the file was made anew before it was refused.
    expect(await objectsOf(upload)).toEqual(["cleaning-results"]);
    expect(await announce(receipt)).toMatchObject({ status: 409, body: { code: "wrong-state" } });
  });

  test("that is written over after it was refused leaves no clean copy", async () => {
    const receipt = await cloud.file();
    const upload = await announced(receipt);
    const blank = new Uint8Array(pdf).fill(0x20);
    for (const file of [blank, pdf]) {
      expect(await sendForm(upload, file)).toMatchObject({ status: 204 });
      await cloud.quiet();
    }
    expect(await uploadsOf(receipt)).toMatchObject([{ state: "refused" }]);
    expect(await objectsOf(upload)).toEqual(["cleaning-results"]);
  });

  test("is not read by anybody before it is confirmed", async () => {
    const receipt = await cloud.file();
    const { attachmentId, url, fields } = await announced(receipt);
    for (const reader of readers) expect((await fetchAs[reader](receipt, attachmentId)).status).toBe(404);
    expect((await fetch(`${url}/${fields.key}`)).status).toBe(403);
  });
});

test("every head is what its events make of it", async () => {
  expect(await expectHeadsMatchEvents(cloud)).toBeGreaterThan(0);
});
