import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { announceAttachment } from "#functions/files/complaint-files.store.ts";
import { eraseComplaint } from "#functions/retention/apply-retention.function.ts";
import { finalErasureWrites } from "#functions/retention/forgetting.store.ts";
import { readHold, saveHold } from "#functions/retention/holds.store.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { headWrite, readHead } from "#shared/complaints/complaints.store.ts";
import { confidentialEntryWrites, readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { compareHead, repairHead } from "#shared/complaints/heads.store.ts";
import { listVisits } from "#shared/complaints/lists.store.ts";
import { reportVisit } from "#shared/complaints/remarks.ts";
import { readVisit } from "#shared/complaints/visits.store.ts";
import { orderVisit } from "#shared/complaints/visits.ts";
import { maskCharacters } from "#shared/identities/mask.ts";
import { bucketFolders, complaintKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { collectPage, readPartition } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { visitTerms } from "../../support/a-calendar.ts";
import { adminPrincipal, aNewComplaint, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";

withRealTables();
vi.stubEnv("ATTACHMENTS_BUCKET", "files");
vi.stubEnv("ATTACHMENTS_URL", "https://files.example");
const files = mockClient(S3Client);
// Takes the orders that are kept beside the table.
beforeAll(() => {
  vi.stubGlobal("fetch", async () => new Response());
});
afterAll(() => {
  files.restore();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const id = citizenPrincipal.complaintId;
const closedAt = "2026-11-25T08:00:00.000Z";
/** By then each kind is due, as in a province that keeps texts for as long as the case. */
const now = "2036-12-20T08:00:00.000Z";
const attachmentIds = ["1", "2"].map((n) => n.padStart(32, "0"));

test("files that could not be deleted with the texts are deleted with the case, each before what leads to it", async () => {
  const { complaint, ...filed } = aNewComplaint();
  await writeComplaint({ complaint, ...filed });
  for (const attachmentId of attachmentIds) {
    const announcement = { fileName: "a.pdf", contentType: "application/pdf" as const, size: 9 };
    await announceAttachment({
      by: citizenPrincipal,
      attachmentId,
      announcement,
      idempotencyKey: undefined,
      now: closedAt,
    });
  }
  const closed = { ...complaint, status: "closed", closure: "accepted", closedAt } as const;
  await writeTransaction([headWrite({ complaint: closed, condition: undefined })]);
  files.on(DeleteObjectCommand).rejects(new Error("Slow Down"));
  await eraseComplaint({ id, kind: "identity", now });
  await expect(eraseComplaint({ id, kind: "texts", now })).rejects.toThrow("Slow Down");
  await expect(eraseComplaint({ id, kind: "events", now })).rejects.toThrow("Slow Down");
  files.reset();
  files.on(DeleteObjectCommand).resolves({});
  expect(await eraseComplaint({ id, kind: "events", now })).toBe(false);
  const deleted = files.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key);
  expect(deleted).toEqual(attachmentIds.map((attachmentId) => `${bucketFolders.clean}${attachmentId}`));
  expect([await readPartition(complaintKey(id)), await readPartition(confidentialLogKey(id))]).toEqual([[], []]);
});

test("a case whose final erasure was cut off gets no new head", async () => {
  const { complaint, ...filed } = aNewComplaint({}, "QZ-0009-0000-0");
  await writeComplaint({ complaint, ...filed });
  const record = await readConfidentialRecord(complaint.id);
  await writeTransaction(finalErasureWrites({ complaint, ...record }, now));
  const compared = await compareHead(complaint.id);
  expect(compared).toMatchObject({ rebuilt: undefined, isBeingErased: true });
  expect(await repairHead(compared)).toBe(false);
  expect(await readHead(complaint.id)).toBeUndefined();
});

/** A case that was closed so long ago that its texts are due, with a visit that nobody reported. */
async function closedWithVisit(complaintId: string) {
  const { complaint, ...filed } = aNewComplaint({}, complaintId);
  await writeComplaint({ complaint, ...filed });
  const ordered = {
    by: inspectorPrincipal,
    now: closedAt,
    confidentialLog: [],
    visitId: "v1",
    plannedAt: closedAt,
    inspector: "inspector-1",
    terms: visitTerms,
  };
  const { entryCount } = await readConfidentialRecord(complaintId);
  const notes = [orderVisit(complaint, ordered)];
  const closed = { ...complaint, status: "closed", closure: "accepted", closedAt } as const;
  await writeTransaction([
    ...confidentialEntryWrites({ id: complaintId, entries: notes, after: entryCount }),
    headWrite({ complaint: closed, condition: undefined }),
  ]);
  await eraseComplaint({ id: complaintId, kind: "identity", now });
}

const visitsListed = async () => {
  // Past visits too: the complaint is closed.
  const days = { from: closedAt, until: addMilliseconds(closedAt, 1) };
  const { items } = await collectPage(listVisits({ days, now }), { limit: 10 });
  return items.map(({ complaint }) => complaint.id);
};

test("a report that was under way when the texts were forgotten is refused, and its visit is listed no more", async () => {
  const complaintId = "QZ-0002-0000-0";
  await closedWithVisit(complaintId);
  expect(await visitsListed()).toEqual([complaintId]);
  const report = { arrivedAt: closedAt, visitResult: "confirmed", text: "کسی نبود" } as const;
  let tries = 0;
  const moved = executeMove(
    { path: { id: complaintId }, principal: inspectorPrincipal, now },
    async (complaint, stage) => {
      const visit = await readVisit({ id: complaintId, visitId: "v1" });
      const { confidentialLog } = await readConfidentialRecord(complaintId);
      if (tries++ === 0) await eraseComplaint({ id: complaintId, kind: "texts", now });
      return reportVisit(complaint, { ...stage, ...report, areTextsOver: false, visit, confidentialLog });
    },
  );
  await expect(moved).rejects.toMatchObject({ code: "wrong-state", reason: "texts-erased" });
  expect(await visitsListed()).toEqual([]);
  expect((await readHead(complaintId))?.identityDigests).toEqual([]);
});

test("the reason of a hold that is set once the texts are forgotten stands as long as the hold does", async () => {
  const complaintId = "QZ-0003-0000-0";
  await closedWithVisit(complaintId);
  await eraseComplaint({ id: complaintId, kind: "texts", now });
  const reasons = async () =>
    (await readConfidentialRecord(complaintId)).confidentialLog.flatMap((one) => ("reason" in one ? [one.reason] : []));
  const order = (act: "hold-set" | "hold-lifted", reason: string) =>
    saveHold({ type: act, id: complaintId, by: adminPrincipal, now, reason });
  expect(await order("hold-set", "دادگاه")).toMatchObject({ held: true, reason: "دادگاه" });
  expect(await order("hold-set", "دیوان")).toMatchObject({ held: true, reason: "دیوان" });
  expect(await readHold(complaintId)).toMatchObject({ held: true, reason: "دیوان" });
  expect(await reasons()).toEqual([maskCharacters, "دیوان"]);
  expect(await order("hold-lifted", "پایان دادرسی")).toEqual({ held: false });
  expect(await reasons()).toEqual([maskCharacters, maskCharacters, maskCharacters]);
});
