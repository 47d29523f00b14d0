import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, expect, test } from "vitest";
import { writeErasure } from "#functions/retention/forgetting.store.ts";
import { readHold, saveHold } from "#functions/retention/holds.store.ts";
import { readConfidentialRecord, readConfidentialRecordForView } from "#shared/complaints/confidential-log.store.ts";
import { confidentialEntryKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { adminPrincipal, aNewComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writeComplaint } from "../support/stored-complaints.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const id = "QZ-C0NF-0000-0";
const order = { id, by: adminPrincipal, now, reason: "a court asked for it" };

beforeEach(async () => {
  await writeComplaint(aNewComplaint({}, id));
  const Item = {
    pk: confidentialLogKey(id),
    sk: confidentialEntryKey(1),
    entryNumber: 1,
    at: now,
    type: "hold-of-a-newer-version",
  };
  await table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
});

test("an entry that cannot be read makes no hold disappear: every decision over it is refused", async () => {
  const refused = { code: "unavailable" };
  await expect(readHold(id)).rejects.toMatchObject(refused);
  await expect(saveHold({ ...order, type: "hold-lifted" })).rejects.toMatchObject(refused);
  await expect(readConfidentialRecord(id)).rejects.toMatchObject(refused);
  let isAsked = false;
  const forgetting = writeErasure({
    id,
    kind: "identity",
    now,
    decide() {
      isAsked = true;
      return undefined;
    },
  });
  await expect(forgetting).rejects.toMatchObject(refused);
  expect(isAsked).toBe(false);
});

test("a view shows the other entries", async () => {
  expect(await readConfidentialRecordForView(id)).toMatchObject({ confidentialLog: [], entryCount: 1 });
});
