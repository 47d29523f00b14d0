import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, expect, test, vi } from "vitest";
import { forget } from "#functions/retention/forget.ts";
import { complaintKey, folders, privateKey } from "#shared/runtime/keys.ts";
import { announceOnce } from "#shared/store/attachments/attachments.ts";
import { putHead } from "#shared/store/complaints/complaints.ts";
import { readPartition } from "#shared/store/items.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aNewComplaint, theCitizen } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { written } from "../../support/written.ts";

withRealTables();
vi.stubEnv("ATTACHMENTS_BUCKET", "files");
const files = mockClient(S3Client);
afterAll(() => {
  files.restore();
  vi.unstubAllEnvs();
});

const id = theCitizen.complaintId;
const closedAt = "2026-11-25T08:00:00.000Z";
/** By then each kind is due, as in a province that keeps texts for as long as the case. */
const now = "2036-12-20T08:00:00.000Z";
const attachmentIds = ["1", "2"].map((n) => n.padStart(32, "0"));

test("files that could not be deleted with the texts are deleted with the case, each before what leads to it", async () => {
  const { complaint, ...filed } = aNewComplaint();
  await written({ complaint, ...filed });
  for (const attachmentId of attachmentIds) {
    const announcement = { fileName: "a.pdf", contentType: "application/pdf" as const, size: 9 };
    await announceOnce({ by: theCitizen, attachmentId, announcement, once: undefined, now: closedAt });
  }
  const closed = { ...complaint, status: "closed", closure: "confirmed", closedAt } as const;
  await writeTogether([putHead({ complaint: closed, condition: undefined })]);
  files.on(DeleteObjectCommand).rejects(new Error("Slow Down"));
  await forget({ id, kind: "identity", now });
  await expect(forget({ id, kind: "texts", now })).rejects.toThrow("Slow Down");
  await expect(forget({ id, kind: "events", now })).rejects.toThrow("Slow Down");
  files.reset();
  files.on(DeleteObjectCommand).resolves({});
  expect(await forget({ id, kind: "events", now })).toBe(false);
  const deleted = files.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key);
  expect(deleted).toEqual(attachmentIds.map((attachmentId) => `${folders.clean}${attachmentId}`));
  expect([await readPartition(complaintKey(id)), await readPartition(privateKey(id))]).toEqual([[], []]);
});
