import { expect, test, vi } from "vitest";
import { announceAttachment, saveRefusedAttachment } from "#functions/files/complaint-files.store.ts";
import { uploadForm } from "#shared/files/links.store.ts";
import { uploadLinkSeconds } from "#shared/policy-numbers.ts";
import { complaintKey } from "#shared/runtime/keys.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aNewComplaint, citizenPrincipal } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writeComplaint } from "../support/stored-complaints.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const announcement = { fileName: "نوبت.pdf", contentType: "application/pdf" as const, size: 9 };
const idOf = (n: number) => String(n).padStart(32, "0");

test("files are counted however many stand before them, beyond what one page of the table holds", async () => {
  await writeComplaint(aNewComplaint());
  const pk = complaintKey(citizenPrincipal.complaintId);
  const refused = { ...announcement, state: "refused", announcedAt: now };
  for (const n of [1, 2, 3]) {
    const Item = { ...refused, attachmentId: idOf(n), pk, sk: `ATTACHMENT#${idOf(n)}`, filling: "x".repeat(380_000) };
    await writeTransaction([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  }
  const announced = (n: number) =>
    announceAttachment({ by: citizenPrincipal, attachmentId: idOf(n), announcement, idempotencyKey: undefined, now });
  for (let n = 10; n < 30; n++) await announced(n);
  await expect(announced(30)).rejects.toMatchObject({ code: "too-many-requests" });
});

test("files that are announced at once are counted one after the other", async () => {
  const complaintId = "QZ-0002-0000-0";
  await writeComplaint(aNewComplaint({}, complaintId));
  const by = { ...citizenPrincipal, complaintId };
  const announced = (n: number) =>
    announceAttachment({ by, attachmentId: idOf(n), announcement, idempotencyKey: undefined, now });
  for (let n = 0; n < 18; n++) await announced(n);
  const outcomes = await Promise.allSettled([18, 19, 20, 21, 22].map(announced));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
});

test("no complaint takes more than 60 announcements, though all of their files are refused", async () => {
  const complaintId = "QZ-0003-0000-0";
  await writeComplaint(aNewComplaint({}, complaintId));
  const by = { ...citizenPrincipal, complaintId };
  const announced = (n: number) =>
    announceAttachment({ by, attachmentId: idOf(n), announcement, idempotencyKey: undefined, now });
  for (let n = 0; n < 60; n++) {
    const attachment = await announced(n);
    await saveRefusedAttachment(complaintId, { ...attachment, state: "refused", reason: "unreadable" });
  }
  await expect(announced(60)).rejects.toMatchObject({ code: "wrong-state", reason: "announcement-limit" });
});

test("no file is announced beside one that a newer version wrote, since nobody can say whether it counts", async () => {
  const Item = {
    attachmentId: idOf(40),
    pk: complaintKey(citizenPrincipal.complaintId),
    sk: `ATTACHMENT#${idOf(40)}`,
    state: "resting",
  };
  await writeTransaction([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  const announced = announceAttachment({
    by: citizenPrincipal,
    attachmentId: idOf(41),
    announcement,
    idempotencyKey: undefined,
    now,
  });
  await expect(announced).rejects.toMatchObject({ code: "unavailable" });
});

test.each([
  ["gets a new form while the file is pending", "pending", "2026-11-24T09:00:00.000Z"],
  ["gets no new time to upload once the file is ready", "ready", now],
  ["gets no new time to upload once the file is refused", "refused", now],
] as const)("an announcement that is repeated %s", async (_, state, signedAt) => {
  vi.stubEnv("ATTACHMENTS_BUCKET", "files");
  vi.stubEnv("ATTACHMENTS_URL", "https://files.example");
  const attachment = { ...announcement, attachmentId: idOf(50), announcedAt: now, state };
  const later = "2026-11-24T09:00:00.000Z";
  const form = await uploadForm({ ownerId: citizenPrincipal.complaintId, attachment, now: later });
  vi.unstubAllEnvs();
  const expiresAt = addMilliseconds(signedAt, uploadLinkSeconds * 1_000);
  const policy = JSON.parse(Buffer.from(form.fields.policy ?? "", "base64").toString("utf8"));
  expect([form.expiresAt, policy.expiration]).toEqual([expiresAt, expiresAt]);
});
