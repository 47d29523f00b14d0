import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, expect, test } from "vitest";
import {
  complaintKey,
  filingCountKey,
  headKey,
  mailBegunKey,
  ownFiguresKey,
  partitions,
  pendingHoursKey,
  portionKey,
  publishedKey,
  sharedIdentityKey,
  undeliveredDeskKey,
} from "#shared/runtime/keys.ts";
import { putHead } from "#shared/store/complaints/complaints.ts";
import { listPressed } from "#shared/store/complaints/desks.ts";
import { mustHaveRoom } from "#shared/store/complaints/filing-counts.ts";
import { readAnyIdentity, readEmail, readSharedIdentity } from "#shared/store/complaints/identities.ts";
import { countReads, listIdentityLimits } from "#shared/store/complaints/identity-limits.ts";
import { putPressed } from "#shared/store/complaints/private-series.ts";
import { listUndelivered, readUndelivered } from "#shared/store/events/undelivered.ts";
import { readCalendars } from "#shared/store/hours/office-hours.ts";
import { listPendingHours } from "#shared/store/hours/pending-hours.ts";
import { hasBounced } from "#shared/store/mail/bounced-addresses.ts";
import { beginMail } from "#shared/store/mail/mail-begun.ts";
import { readNotice } from "#shared/store/mail/notices.ts";
import { hasRefused } from "#shared/store/mail/refused-addresses.ts";
import { readTable } from "#shared/store/statistics/editions.ts";
import { readOwnFigures } from "#shared/store/statistics/own-figures.ts";
import { pack } from "#shared/store/statistics/packed.ts";
import { table } from "#shared/store/table.ts";
import { writeTogether } from "#shared/store/transaction.ts";
import { aComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writtenLog } from "../support/written-log.ts";

/** What a newer version wrote: it hides nothing else, and is not taken for something that is not there. */

withRealTables();
const log = writtenLog();
afterAll(log.release);

const now = "2026-11-24T07:00:00.000Z";
const put = (Item: Record<string, unknown>) =>
  table.send(new PutCommand({ TableName: process.env.COMPLAINTS_TABLE, Item }));

test("an undelivered event that cannot be read hides no other, and the log names it", async () => {
  const place = { pk: "C#QZ-1111-0000-0", sk: "E#000001" };
  for (const [n, agencyIds] of [["gas"], "gas", ["post"]].entries()) {
    const eventId = `QZ-1111-0000-0/${n}`;
    const desk = { desk: undeliveredDeskKey, deskAt: `${now}#${eventId}` };
    await put({ pk: partitions.undelivered, sk: eventId, eventId, place, agencyIds, parkedAt: now, ...desk });
  }
  const ids = ["QZ-1111-0000-0/0", "QZ-1111-0000-0/2"];
  expect((await listUndelivered({ limit: 10 })).items.map(({ eventId }) => eventId)).toEqual(ids);
  const before = log.text().split("item unreadable").length;
  const read = await readUndelivered([...ids, "QZ-1111-0000-0/1"]);
  expect(read.map(({ eventId }) => eventId).sort()).toEqual(ids);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
});

test("who reads no more and cannot be read is told of in the log, and reads no more", async () => {
  const counted = { pk: partitions.identityReads, sub: "inspector-1", day: "2026-11-24", turn: 3 };
  await put({ ...counted, sk: "inspector-1", reads: "many", blockedAt: now });
  await put({ ...counted, sk: "inspector-2", sub: "inspector-2", reads: 4 });
  const before = log.text().split("item unreadable").length;
  expect(await listIdentityLimits()).toEqual([]);
  expect(log.text().split("item unreadable").length).toBe(before + 1);
  const counting = { sub: "inspector-1", now, name: "identities", most: 100 } as const;
  await expect(countReads(counting)).rejects.toMatchObject({ code: "unavailable" });
});

test("all changes of hours that wait are listed, also those beyond the megabyte that one answer holds", async () => {
  const days = Array.from({ length: 30 }, (_, n) =>
    new Date(Date.parse(now) + n * 86_400_000).toISOString().slice(0, 10),
  );
  const pending = { since: now, dueAt: now, turn: 0 };
  const change = { reason: "x".repeat(50_000), version: 1, setAt: now, client: "admins", person: "admin", pending };
  const due = { pk: partitions.hours, due: pendingHoursKey, dueAt: now };
  for (const date of days) await put({ ...change, ...due, sk: `${date}#*`, date });
  expect((await listPendingHours()).map(({ date }) => date).sort()).toEqual(days);
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
    identitiesTable({ pk: sharedIdentityKey(complaint), transfers: "none" }),
    () => readSharedIdentity(complaint),
  ],
  [
    "a front end's filings of a minute",
    complaintsTable({ pk: filingCountKey("web-portal"), sk: now.slice(0, 16), filed: "many" }),
    () => mustHaveRoom({ clientId: "web-portal", now, filingsPerMinute: 60 }),
  ],
  [
    "how many complaints mail an address",
    complaintsTable({ pk: mailBegunKey(mark), sk: "2026-11-24", begun: "many" }),
    () => beginMail({ mark, now }),
  ],
  [
    "that a reader refused mail",
    complaintsTable({ pk: partitions.mailRefused, sk: mark, isRefused: "yes" }),
    () => hasRefused(mark),
  ],
  [
    "that an address bounced",
    complaintsTable({ pk: partitions.bounced, sk: mark, expiresAt: "never" }),
    () => hasBounced(mark, now),
  ],
  [
    "what a mail is about",
    complaintsTable({ pk: complaintKey(id), sk: headKey, language: 7 }),
    () => readNotice({ complaintId: id, version: 1, role: "citizen" }),
  ],
  [
    "a published table",
    complaintsTable({
      pk: publishedKey({ period }),
      sk: portionKey({ edition: "1", table: "agency", number: 0 }),
      figures: pack([7]),
    }),
    () => readTable({ period, edition: "1", table: "agency" }),
  ],
  [
    "an agency's own figures",
    complaintsTable({ pk: ownFiguresKey("gas"), sk: "1405-07", figures: pack([7]) }),
    () => readOwnFigures({ agencyId: "gas", month: "1405-07" }),
  ],
])(
  "%s: where that cannot be read, it is not taken for nothing, and whoever needs it is told to come back",
  async (_, item, read) => {
    const [name, Item] = item;
    await table.send(new PutCommand({ TableName: process.env[name], Item }));
    await expect(read()).rejects.toMatchObject({ code: "unavailable" });
  },
);

test("one of the complaints whose citizens were pressed that cannot be read hides no other", async () => {
  const ids = ["QZ-3333-0000-0", "QZ-3333-0000-1"];
  for (const [n, pressedAt] of ["a year ago", now].entries()) {
    const head = putHead({ complaint: aComplaint({ id: ids[n] ?? "" }), condition: undefined });
    await writeTogether([head, putPressed(ids[n] ?? "", pressedAt)]);
  }
  expect((await listPressed({ limit: 10 })).items.map((item) => item.id)).toEqual([ids[1]]);
});

test("nothing is counted by hours that cannot be read: whoever needs them is told to come back", async () => {
  await put({ pk: partitions.hours, sk: "2027-11-24#*", date: "2027-11-24", shifts: 2 });
  await expect(readCalendars({ from: "2027-11-24T07:00:00.000Z" })).rejects.toMatchObject({ code: "unavailable" });
});
