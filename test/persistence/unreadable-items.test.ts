import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, expect, test } from "vitest";
import { countReads, listIdentityLimits } from "#functions/audit/audit.store.ts";
import { assertFilingQuota } from "#functions/complaints/filings.store.ts";
import { listUndelivered, readUndelivered } from "#functions/deliveries/undelivered-events.store.ts";
import { readAgencyFigures } from "#functions/figures/own-figures.store.ts";
import { compressJson, readTable } from "#functions/figures/published.store.ts";
import { listPendingHoursChanges, readCalendars } from "#functions/hours/office-hours.store.ts";
import { countMailing, hasBounced, hasUnsubscribed } from "#functions/messages/mailed-addresses.store.ts";
import { readNotification } from "#functions/messages/sent-mails.store.ts";
import { headWrite } from "#shared/complaints/complaints.store.ts";
import { pressuredWrite } from "#shared/complaints/confidential-log.store.ts";
import { listPressured, pageOfList } from "#shared/complaints/lists.store.ts";
import { readAnyIdentity, readEmail, readSharedIdentity } from "#shared/identities/identities.store.ts";
import {
  agencyFiguresKey,
  complaintKey,
  filingCountKey,
  headKey,
  mailCountKey,
  partitions,
  pendingHoursKey,
  portionKey,
  publishedKey,
  sharedIdentityKey,
  undeliveredWorkQueueKey,
} from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aComplaint, inspectorPrincipal } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { captureLog } from "../support/written-log.ts";

/** What a newer version wrote: it hides nothing else, and is not taken for something that is not there. */

withRealTables();
const log = captureLog();
afterAll(log.release);

const now = "2026-11-24T07:00:00.000Z";
const put = (Item: Record<string, unknown>) =>
  table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));

test("an undelivered event whose note cannot be read is listed by its id, and the log names it", async () => {
  const place = { pk: "COMPLAINT#QZ-1111-0000-0", sk: "EVENT#000001" };
  for (const [n, agencyIds] of [["gas"], "gas", ["post"]].entries()) {
    const eventId = `QZ-1111-0000-0/${n}`;
    const workQueue = { workQueue: undeliveredWorkQueueKey, workQueueAt: `${now}#${eventId}` };
    await put({ pk: partitions.undelivered, sk: eventId, eventId, place, agencyIds, failedAt: now, ...workQueue });
  }
  const ids = ["QZ-1111-0000-0/0", "QZ-1111-0000-0/1", "QZ-1111-0000-0/2"];
  const { items } = await listUndelivered({ limit: 10, now });
  expect(items.map(({ eventId }) => eventId)).toEqual(ids);
  expect(items[1]).toEqual({ eventId: ids[1], agencyIds: [], failedAt: now });
  const before = log.text().split("item unreadable").length;
  const read = await readUndelivered(ids, now);
  expect(read.map(({ eventId }) => eventId).sort()).toEqual(ids);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
});

test("who reads no more and cannot be read is told of in the log, and reads no more", async () => {
  const counted = { pk: partitions.identityReads, sub: "inspector-1", day: "2026-11-24", version: 3 };
  await put({ ...counted, sk: "inspector-1", readCount: "many", blockedAt: now });
  await put({ ...counted, sk: "inspector-2", sub: "inspector-2", readCount: 4 });
  const before = log.text().split("item unreadable").length;
  expect(await listIdentityLimits()).toEqual([]);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
  const counting = { sub: "inspector-1", now, name: "identities", maximum: 100 } as const;
  await expect(countReads(counting)).rejects.toMatchObject({ code: "unavailable" });
});

test("all changes of hours that wait are listed, also those beyond the megabyte that one answer holds", async () => {
  const days = Array.from({ length: 30 }, (_, n) =>
    new Date(Date.parse(now) + n * 86_400_000).toISOString().slice(0, 10),
  );
  const pending = { since: now, dueAt: now, pagesScanned: 0 };
  const change = { reason: "x".repeat(50_000), version: 1, setAt: now, clientId: "admins", person: "admin", pending };
  const due = { pk: partitions.hours, due: pendingHoursKey, dueAt: now };
  for (const date of days) await put({ ...change, ...due, sk: `${date}#*`, date });
  expect((await listPendingHoursChanges()).map(({ date }) => date).sort()).toEqual(days);
});

const id = "QZ-2222-0000-0";
const mark = "a mark";
const complaint = aComplaint({ id });
const period = { kind: "quarter", name: "1405-Q1" } as const;
const complaintsTable = (Item: Record<string, unknown>) => ["COMPLAINTS_TABLE", Item] as const;
const identitiesTable = (Item: Record<string, unknown>) => ["IDENTITIES_TABLE", Item] as const;

test.each([
  ["who complains", identitiesTable({ pk: id, name: 7 }), () => readAnyIdentity(id)],
  ["an e-mail address", identitiesTable({ pk: id, email: 7 }), () => readEmail(id)],
  [
    "consent to an agency",
    identitiesTable({ pk: sharedIdentityKey(complaint), transferCount: "none" }),
    () => readSharedIdentity(complaint),
  ],
  [
    "a front end's filings of a minute",
    complaintsTable({ pk: filingCountKey("web-portal"), sk: now.slice(0, 16), count: "many" }),
    () => assertFilingQuota({ clientId: "web-portal", now, filingsPerMinute: 60 }),
  ],
  [
    "how many complaints mail an address",
    complaintsTable({ pk: mailCountKey(mark), sk: "2026-11-24", count: "many" }),
    () => countMailing({ mark, now }),
  ],
  [
    "that a reader refused mail",
    complaintsTable({ pk: partitions.unsubscribed, sk: mark, isUnsubscribed: "yes" }),
    () => hasUnsubscribed(mark),
  ],
  [
    "that an address bounced",
    complaintsTable({ pk: partitions.bounced, sk: mark, expiresAt: "never" }),
    () => hasBounced(mark, now),
  ],
  [
    "what a mail is about",
    complaintsTable({ pk: complaintKey(id), sk: headKey, language: 7 }),
    () => readNotification({ complaintId: id, version: 1, role: "citizen" }),
  ],
  [
    "a published table",
    complaintsTable({
      pk: publishedKey({ period }),
      sk: portionKey({ edition: "1", table: "agency", number: 0 }),
      figures: compressJson([7]),
    }),
    () => readTable({ period, edition: "1", table: "agency" }),
  ],
  [
    "an agency's own figures",
    complaintsTable({ pk: agencyFiguresKey("gas"), sk: "1405-07", figures: compressJson([7]) }),
    () => readAgencyFigures({ agencyId: "gas", month: "1405-07" }),
  ],
])(
  "%s: where that cannot be read, it is not taken for nothing, and whoever needs it is told to come back",
  async (_, item, read) => {
    const [name, Item] = item;
    await table.send(new PutCommand({ TableName: process.env[name], Item }));
    await expect(read()).rejects.toMatchObject({ code: "unavailable" });
  },
);

test("one of the complaints whose citizens were pressured that cannot be read hides no other", async () => {
  const ids = ["QZ-3333-0000-0", "QZ-3333-0000-1"];
  for (const [n, pressuredSince] of ["a year ago", now].entries()) {
    const head = headWrite({ complaint: aComplaint({ id: ids[n] ?? "" }), condition: undefined });
    await writeTransaction([head, pressuredWrite(ids[n] ?? "", pressuredSince)]);
  }
  const { items } = await pageOfList(listPressured(inspectorPrincipal, { filter: {}, now }), 10);
  expect(items.map(({ complaint }) => complaint.id)).toEqual([ids[1]]);
});

test("nothing is counted by hours that cannot be read: whoever needs them is told to come back", async () => {
  await put({ pk: partitions.hours, sk: "2027-11-24#*", date: "2027-11-24", shifts: 2 });
  await expect(readCalendars({ from: "2027-11-24T07:00:00.000Z" })).rejects.toMatchObject({ code: "unavailable" });
});
