import { GetCommand, PutCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { saveFiling } from "#functions/complaints/filings.store.ts";
import { readComplaintRecord, readHead } from "#shared/complaints/complaints.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { Fault } from "#shared/fault.ts";
import { complaintId, secretGenerationOf } from "#shared/identifier.ts";
import { readSharedIdentity, sharedIdentityWrite } from "#shared/identities/identities.store.ts";
import { cohortKey, cohortShard, complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aFiling, callCentrePrincipal, filingBody, morning } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();

const pepper = "a pepper for tests";
const deadlines = { acknowledgeBy: "2026-11-24T09:10:00.000Z", answerBy: "2026-11-26T06:10:00.000Z" };
type Sent = { key: string; fields?: Record<string, unknown>; now?: string; clientId?: string; refused?: Fault };

function filed({ key, fields = {}, now = morning, clientId = callCentrePrincipal.clientId, refused }: Sent) {
  return saveFiling({
    pepper,
    idPrefixes: { idPrefix: "QZ", phonePrefix: "28" },
    clientId,
    key,
    now,
    body: JSON.stringify(filingBody(fields)),
    email: undefined,
    composeComplaint:
      refused ??
      ((given) =>
        file(aFiling(fields), {
          ...given,
          by: callCentrePrincipal,
          now,
          deadlines,
          identityDigest: (word) => word,
          digitsMac: String,
        })),
  });
}

const everything = async () => {
  const pages = await Promise.all(
    [process.env.COMPLAINTS_TABLE, process.env.IDENTITIES_TABLE].map((TableName) =>
      table.send(new ScanCommand({ TableName })),
    ),
  );
  return pages.flatMap(({ Items = [] }) => Items);
};

test("a filing is written whole, and its secret opens it", async () => {
  const receipt = await filed({ key: "first filing" });
  expect(receipt).toMatchObject({ status: "filed", version: 1, filedAt: morning, ...deadlines });
  expect(secretGenerationOf({ pepper, id: receipt.id, typed: receipt.secret })).toBe(0);
  const story = await readComplaintRecord(receipt.id);
  expect(story.events).toHaveLength(1);
  expect(story.narrative.description).toBe(aFiling().description);
});

describe("the same key and body", () => {
  test("give the same receipt again, the secret included, and write nothing", async () => {
    const first = await filed({ key: "filed twice" });
    const before = await everything();
    expect(await filed({ key: "filed twice", now: "2026-11-24T08:00:00.000Z" })).toEqual(first);
    expect(await everything()).toHaveLength(before.length);
  });

  test("are answered although nothing new would be taken any more; another key and another body are not", async () => {
    const first = await filed({ key: "before the day" });
    const refused = new Fault("retired");
    expect(await filed({ key: "before the day", refused })).toEqual(first);
    const before = await everything();
    await expect(filed({ key: "after the day", refused })).rejects.toBe(refused);
    const other = filed({ key: "before the day", fields: { officeId: "social-security-qazvin-1" }, refused });
    await expect(other).rejects.toMatchObject({ code: "idempotency-key-reused" });
    expect(await everything()).toHaveLength(before.length);
  });

  test("at the same instant give one complaint and identical receipts", async () => {
    const receipts = await Promise.all(Array.from({ length: 8 }, () => filed({ key: "filed at once" })));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  });

  test("of another caller are another complaint", async () => {
    const [a, b] = await Promise.all([
      filed({ key: "shared key" }),
      filed({ key: "shared key", clientId: "web-portal" }),
    ]);
    expect(a.id).not.toBe(b.id);
  });

  test("after a day are refused as expired", async () => {
    await filed({ key: "an old key" });
    const later = "2026-11-25T06:10:00.001Z";
    await expect(filed({ key: "an old key", now: later })).rejects.toMatchObject({ code: "idempotency-key-expired" });
  });
});

test("the same key with another body is refused, and nothing is written", async () => {
  const { id } = await filed({ key: "reused key" });
  const before = await everything();
  await expect(filed({ key: "reused key", fields: { category: "disrespect" } })).rejects.toMatchObject({
    code: "idempotency-key-reused",
  });
  expect(await everything()).toEqual(before);
  expect((await readHead(id))?.category).toBe("postponed-without-reason");
});

test("a filing that cannot be read is neither repeated nor filed anew", async () => {
  const { id } = await filed({ key: "written by a newer version" });
  const Key = { pk: complaintKey(id), sk: eventKey(1) };
  const { Item } = await table.send(new GetCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }));
  await table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item: { ...Item, receipt: "short" } }));
  const log = captureLog();
  const before = await everything();
  await expect(filed({ key: "written by a newer version" })).rejects.toMatchObject({ code: "unavailable" });
  log.release();
  expect(await everything()).toEqual(before);
});

test("where somebody else's key led to the same id, the next number gives another", async () => {
  const clientId = callCentrePrincipal.clientId;
  const taken = complaintId({ pepper, prefix: "QZ", clientId, key: "colliding key", attempt: 0 });
  await saveFiling({
    pepper,
    idPrefixes: { idPrefix: "QZ", phonePrefix: "28" },
    clientId: "web-portal",
    key: "other caller",
    now: morning,
    body: "{}",
    email: undefined,
    composeComplaint: ({ id: _, ...given }) =>
      file(aFiling(), {
        ...given,
        id: taken,
        by: callCentrePrincipal,
        now: morning,
        deadlines,
        identityDigest: String,
        digitsMac: String,
      }),
  });
  const receipt = await filed({ key: "colliding key" });
  expect(receipt.id).toBe(complaintId({ pepper, prefix: "QZ", clientId, key: "colliding key", attempt: 1 }));
  expect(await filed({ key: "colliding key" })).toEqual(receipt);
});

test.each([
  [true, { name: "زهرا محمدی" }],
  [false, undefined],
])("an identity with shareWithAgency %s is read by the agency as %o", async (shareWithAgency, read) => {
  const { id } = await filed({
    key: `shared: ${shareWithAgency}`,
    fields: { citizen: { name: "زهرا محمدی", shareWithAgency } },
  });
  const complaint = await readHead(id);
  expect(complaint && (await readSharedIdentity(complaint))).toEqual(read);
});

test("an identity that was taken once is read, though its phone would be refused today", async () => {
  const { id } = await filed({
    key: "an old phone",
    fields: { citizen: { phone: "09121234567", shareWithAgency: true } },
  });
  const complaint = (await readHead(id)) ?? expect.unreachable();
  const old = { phone: "+9809121234567" };
  await writeTransaction([sharedIdentityWrite(complaint, old)]);
  expect(await readSharedIdentity(complaint)).toEqual(old);
});

test("a filing stands in the cohort of its Iranian month by keys alone, and its first event says what it counts with", async () => {
  const nowruz = "2027-03-20T20:30:00.000Z";
  const phone = "09121234567";
  const { id } = await filed({ key: "on the first of Farvardin", now: nowruz, fields: { citizen: { phone } } });
  const { Items } = await table.send(
    new QueryCommand({
      TableName: process.env.COMPLAINTS_TABLE,
      IndexName: "cohort",
      KeyConditionExpression: "cohort = :cohort",
      ExpressionAttributeValues: { ":cohort": cohortKey({ month: "1406-01", shard: cohortShard(id) }) },
    }),
  );
  const keys = { pk: complaintKey(id), sk: eventKey(1) };
  expect(Items).toEqual([{ ...keys, cohort: `1406-01#${cohortShard(id)}`, cohortAt: nowruz }]);
  expect((await readComplaintRecord(id)).events[0]).toHaveProperty("statistics", { phoneGiven: true });
});

test("a first event holds nothing for counting where no phone was left", async () => {
  const { id } = await filed({ key: "without a phone", fields: { citizen: { name: "زهرا محمدی" } } });
  expect((await readComplaintRecord(id)).events[0]).not.toHaveProperty("statistics");
});
