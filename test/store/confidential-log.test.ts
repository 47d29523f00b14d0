import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, expect, test } from "vitest";
import { privateEventKey, privateKey } from "#shared/runtime/keys.ts";
import { orderHold, readHold } from "#shared/store/complaints/holds.ts";
import { readConfidence, readConfidenceToShow } from "#shared/store/complaints/private-series.ts";
import { forgetOnce } from "#shared/store/retention/forget-once.ts";
import { table } from "#shared/store/table.ts";
import { aNewComplaint, theAdmin } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { written } from "../support/written.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const id = "QZ-C0NF-0000-0";
const order = { id, by: theAdmin, now, reason: "a court asked for it" };

beforeEach(async () => {
  await written(aNewComplaint({}, id));
  const Item = { pk: privateKey(id), sk: privateEventKey(1), private: 1, at: now, type: "hold-of-a-newer-version" };
  await table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));
});

test("an entry that cannot be read makes no hold disappear: every decision over it is refused", async () => {
  const refused = { code: "unavailable" };
  await expect(readHold(id)).rejects.toMatchObject(refused);
  await expect(orderHold({ ...order, act: "hold-lifted" })).rejects.toMatchObject(refused);
  await expect(readConfidence(id)).rejects.toMatchObject(refused);
  let isAsked = false;
  const forgetting = forgetOnce({
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
  expect(await readConfidenceToShow(id)).toMatchObject({ series: [], noted: 1 });
});
