import { expect, test } from "vitest";
import { complaintKey } from "#shared/runtime/keys.ts";
import { announceOnce, refuseAttachment } from "#shared/store/attachments/attachments.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aNewComplaint, theCitizen } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { written } from "../support/written.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const announcement = { fileName: "نوبت.pdf", contentType: "application/pdf" as const, size: 9 };
const idOf = (n: number) => String(n).padStart(32, "0");

test("files are counted however many stand before them, beyond what one page of the table holds", async () => {
  await written(aNewComplaint());
  const pk = complaintKey(theCitizen.complaintId);
  const refused = { ...announcement, state: "refused", announcedAt: now };
  for (const n of [1, 2, 3]) {
    const Item = { ...refused, attachmentId: idOf(n), pk, sk: `F#${idOf(n)}`, filling: "x".repeat(380_000) };
    await writeTogether([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  }
  const announced = (n: number) =>
    announceOnce({ by: theCitizen, attachmentId: idOf(n), announcement, once: undefined, now });
  for (let n = 10; n < 30; n++) await announced(n);
  await expect(announced(30)).rejects.toMatchObject({ code: "too-many" });
});

test("files that are announced at once are counted one after the other", async () => {
  const complaintId = "QZ-0002-0000-0";
  await written(aNewComplaint({}, complaintId));
  const by = { ...theCitizen, complaintId };
  const announced = (n: number) => announceOnce({ by, attachmentId: idOf(n), announcement, once: undefined, now });
  for (let n = 0; n < 18; n++) await announced(n);
  const outcomes = await Promise.allSettled([18, 19, 20, 21, 22].map(announced));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
});

test("no complaint takes more than 60 announcements, though all of their files are refused", async () => {
  const complaintId = "QZ-0003-0000-0";
  await written(aNewComplaint({}, complaintId));
  const by = { ...theCitizen, complaintId };
  const announced = (n: number) => announceOnce({ by, attachmentId: idOf(n), announcement, once: undefined, now });
  for (let n = 0; n < 60; n++) {
    const attachment = await announced(n);
    await refuseAttachment(complaintId, { ...attachment, state: "refused", reason: "unreadable" });
  }
  await expect(announced(60)).rejects.toMatchObject({ code: "wrong-state", because: "enough-announced" });
});

test("no file is announced beside one that a newer version wrote, since nobody can say whether it counts", async () => {
  const Item = {
    attachmentId: idOf(40),
    pk: complaintKey(theCitizen.complaintId),
    sk: `F#${idOf(40)}`,
    state: "resting",
  };
  await writeTogether([{ Put: { TableName: process.env.COMPLAINTS_TABLE, Item } }]);
  const announced = announceOnce({ by: theCitizen, attachmentId: idOf(41), announcement, once: undefined, now });
  await expect(announced).rejects.toMatchObject({ code: "unavailable" });
});
