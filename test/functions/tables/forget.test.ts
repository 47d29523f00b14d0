import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { forget } from "#functions/retention/forget.ts";
import { blank } from "#shared/domain/citizen/mask.ts";
import { orderVisit } from "#shared/domain/complaint/private-act.ts";
import { reportVisit } from "#shared/domain/complaint/remark.ts";
import { complaintKey, folders, privateKey } from "#shared/runtime/keys.ts";
import { announceOnce } from "#shared/store/attachments/attachments.ts";
import { putHead, readHead } from "#shared/store/complaints/complaints.ts";
import { listVisits } from "#shared/store/complaints/desks.ts";
import { orderHold, readHold } from "#shared/store/complaints/holds.ts";
import { move } from "#shared/store/complaints/moves.ts";
import { readConfidence, readVisit, writesOfNotes } from "#shared/store/complaints/private-series.ts";
import { readPartition } from "#shared/store/items.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aNewComplaint, theAdmin, theCitizen, theInspector } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { written } from "../../support/written.ts";

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

/** A case that was closed so long ago that its texts are due, with a visit that nobody reported. */
async function closedWithVisit(complaintId: string) {
  const { complaint, ...filed } = aNewComplaint({}, complaintId);
  await written({ complaint, ...filed });
  const ordered = { by: theInspector, now: closedAt, series: [], visitId: "v1", plannedAt: closedAt };
  const { noted } = await readConfidence(complaintId);
  const notes = [orderVisit(complaint, ordered)];
  const closed = { ...complaint, status: "closed", closure: "confirmed", closedAt } as const;
  await writeTogether([
    ...writesOfNotes({ id: complaintId, notes, after: noted }),
    putHead({ complaint: closed, condition: undefined }),
  ]);
  await forget({ id: complaintId, kind: "identity", now });
}

const visitsListed = async () => (await listVisits({ limit: 10 })).items.map((item) => item.id);

test("a report that was under way when the texts were forgotten is refused, and its visit is listed no more", async () => {
  const complaintId = "QZ-0002-0000-0";
  await closedWithVisit(complaintId);
  expect(await visitsListed()).toEqual([complaintId]);
  const report = { arrivedAt: closedAt, found: "confirmed", text: "کسی نبود" } as const;
  let tries = 0;
  const moved = move({ path: { id: complaintId }, principal: theInspector, now }, async (complaint, stage) => {
    const visit = await readVisit({ id: complaintId, visitId: "v1" });
    const { series } = await readConfidence(complaintId);
    if (tries++ === 0) await forget({ id: complaintId, kind: "texts", now });
    return reportVisit(complaint, { ...stage, ...report, visit, series });
  });
  await expect(moved).rejects.toMatchObject({ code: "wrong-state", because: "texts-forgotten" });
  expect(await visitsListed()).toEqual([]);
  expect((await readHead(complaintId))?.identityMarks).toEqual([]);
});

test("the reason of a hold that is set once the texts are forgotten stands as long as the hold does", async () => {
  const complaintId = "QZ-0003-0000-0";
  await closedWithVisit(complaintId);
  await forget({ id: complaintId, kind: "texts", now });
  const reasons = async () =>
    (await readConfidence(complaintId)).series.flatMap((one) => ("reason" in one ? [one.reason] : []));
  const order = (act: "hold-set" | "hold-lifted", reason: string) =>
    orderHold({ act, id: complaintId, by: theAdmin, now, reason });
  expect(await order("hold-set", "دادگاه")).toMatchObject({ held: true, reason: "دادگاه" });
  expect(await order("hold-set", "دیوان")).toMatchObject({ held: true, reason: "دیوان" });
  expect(await readHold(complaintId)).toMatchObject({ held: true, reason: "دیوان" });
  expect(await reasons()).toEqual([blank, "دیوان"]);
  expect(await order("hold-lifted", "پایان دادرسی")).toEqual({ held: false });
  expect(await reasons()).toEqual([blank, blank, blank]);
});
