import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { FrontEndFeedEvent } from "#functions/deliveries/cloud-event.ts";
import { AgencyFeedEvent, type Feed, readFeed } from "#functions/deliveries/feeds.store.ts";
import { eventWrites, headWrite } from "#shared/complaints/complaints.store.ts";
import { sandboxComplaintDays } from "#shared/policy-numbers.ts";
import { sandboxClients } from "#shared/province/slices.static.ts";
import { complaintKey, eventKey, headKey } from "#shared/runtime/keys.ts";
import { readItem, table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { aNewComplaint } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";
import { writeComplaint } from "../support/stored-complaints.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();

const { agencyId, filedBy } = aNewComplaint().complaint;
const closedAt = "2026-11-25T08:00:00.000Z";
/** Of a closed case this is younger than its end. */
const reportedAt = (n: number) => `2026-12-2${n}T08:00:00.000Z`;
const visitReport = (n: number) =>
  ({
    type: "visit-reported",
    at: reportedAt(n),
    visitId: "v1",
    arrivedAt: reportedAt(n),
    visitResult: "confirmed",
    text: "باجه بسته بود",
  }) as const;
const [before, due] = ["2036-11-22T07:59:59.999Z", "2036-11-22T08:00:00.000Z"];
const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-0000-0`;

/**
 * Every second case was closed and stands there still, as a hold leaves it; the others are open, filed two days later. Of two
 * a visit is told.
 */
beforeAll(async () => {
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const one = aNewComplaint({}, idOf(n));
    const filed = { ...one, event: { ...one.event, at: `2026-11-2${n % 2 ? 4 : 6}T06:1${n}:00.000Z` } };
    await writeComplaint(filed);
    const closed = { ...filed.complaint, status: "closed", closure: "accepted", closedAt } as const;
    if (n % 2) await writeTransaction([headWrite({ complaint: closed, condition: undefined })]);
    const said = { ...visitReport(n), by: "inspector", version: 2 } as const;
    const after = { ...filed.event.after, status: n % 2 ? "closed" : "filed" } as const;
    if (n < 3) await writeTransaction(eventWrites({ complaint: closed, event: { ...said, after } }));
  }
});

const feeds = [{ agencyId }, { clientId: filedBy }];
type Query = { feed: Feed; limit: number; after?: string; now: string };
/** A page of a feed, each event with the id that its reader knows. */
async function read(query: Query) {
  if ("clientId" in query.feed) {
    const { events, more } = await readFeed(FrontEndFeedEvent, query);
    return { events: events.map(({ complaintId, frontEndEventId }) => ({ complaintId, id: frontEndEventId })), more };
  }
  const { events, more } = await readFeed(AgencyFeedEvent, query);
  const named = events.flatMap((event) => ("complaintId" in event ? event : []));
  return { events: named.map(({ complaintId, version }) => ({ complaintId, id: `${complaintId}/${version}` })), more };
}
const idsIn = async (query: Query) => {
  const { events, more } = await read(query);
  return { ids: events.map(({ complaintId }) => complaintId).sort(), more };
};
/** The id of the complaint's event in this feed, which may hide the event. */
async function eventOf(feed: Feed, complaintId: string, version: number) {
  if ("agencyId" in feed) return `${complaintId}/${version}`;
  const item = await readItem({ pk: complaintKey(complaintId), sk: eventKey(version) });
  return String(item?.frontEndEventId);
}

test("a feed tells nothing any more of cases that would be forgotten by now, were they not held", async () => {
  for (const feed of feeds) {
    expect((await idsIn({ feed, limit: 25, now: before })).ids).toEqual([1, 2, 2, 4, 6].map(idOf));
    expect(await idsIn({ feed, limit: 25, now: due })).toEqual({ ids: [2, 2, 4, 6].map(idOf), more: false });
  }
});

test("its pages are as full as they would be, and none is the last too early", async () => {
  for (const feed of feeds) {
    const first = await read({ feed, limit: 2, now: due });
    expect([first.events.length, first.more]).toEqual([2, true]);
    const second = await read({ feed, limit: 2, after: first.events.at(-1)?.id ?? "", now: due });
    const all = [...first.events, ...second.events].map(({ complaintId }) => complaintId);
    expect([all.sort(), second.more]).toEqual([[2, 2, 4, 6].map(idOf), false]);
  }
});

test("no reader goes on after an event of such a case: it is none of the feed's", async () => {
  for (const feed of feeds) {
    const after = await eventOf(feed, idOf(1), 1);
    expect((await idsIn({ feed, limit: 25, after, now: before })).ids).toHaveLength(5);
    await expect(read({ feed, limit: 25, after, now: due })).rejects.toMatchObject({ code: "cursor-invalid" });
  }
});

test("a page waits where the head of its case cannot be read: nothing is shown that may be hidden, and nothing is lost", async () => {
  const feed = { agencyId: "gas" };
  const one = aNewComplaint({ agencyId: "gas" }, idOf(7));
  const filed = { ...one, complaint: { ...one.complaint, filedBy: "kiosk" } };
  const after = { ...filed.event.after, status: "closed" } as const;
  await writeComplaint({ ...filed, event: { ...filed.event, ...visitReport(1), after } });
  const head = headWrite({ complaint: filed.complaint, condition: undefined }).Put;
  await table.send(new PutCommand({ TableName: head?.TableName, Item: { ...head?.Item, closedAt: "some day" } }));
  const log = captureLog();
  const query = { feed, limit: 25, now: due };
  await expect(read(query)).rejects.toMatchObject({ code: "unavailable" });
  await expect(read({ ...query, after: `${idOf(7)}/1` })).rejects.toMatchObject({ code: "unavailable" });
  log.release();
  await table.send(new PutCommand({ TableName: head?.TableName, Item: { ...head?.Item, closedAt: reportedAt(0) } }));
  expect((await idsIn(query)).ids).toEqual([idOf(7)]);
});

test("a feed tells nothing of a closed case whose head is gone: its erasure was begun and is not complete", async () => {
  const Key = { pk: complaintKey(idOf(1)), sk: headKey };
  await table.send(new DeleteCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }));
  for (const feed of feeds) {
    expect((await idsIn({ feed, limit: 25, now: before })).ids).toEqual([2, 2, 4, 6].map(idOf));
    const after = await eventOf(feed, idOf(1), 2);
    await expect(read({ feed, limit: 25, after, now: before })).rejects.toMatchObject({ code: "cursor-invalid" });
  }
});

test("an event of an open case is told though its head is lost: a head can be made again, and no reader comes back", async () => {
  const Key = { pk: complaintKey(idOf(2)), sk: headKey };
  await table.send(new DeleteCommand({ TableName: process.env.COMPLAINTS_TABLE, Key }));
  for (const feed of feeds) expect((await idsIn({ feed, limit: 25, now: before })).ids).toEqual([2, 2, 4, 6].map(idOf));
});

test("a feed begins no earlier than events are retained, also if a case of that time is still open", async () => {
  const late = "2036-11-24T08:00:00.000Z";
  for (const feed of feeds) {
    expect((await idsIn({ feed, limit: 25, now: late })).ids).toEqual([idOf(2)]);
    expect((await idsIn({ feed, limit: 25, after: await eventOf(feed, idOf(6), 1), now: late })).ids).toEqual([
      idOf(2),
    ]);
  }
});

test("a full page after which all is hidden is the last: that there is more would tell of a hold", async () => {
  const feed = { agencyId: "water" };
  const shown = aNewComplaint(feed, idOf(8));
  await writeComplaint({ ...shown, event: { ...shown.event, at: "2026-11-26T08:00:00.000Z" } });
  const one = aNewComplaint(feed, idOf(9));
  const after = { ...one.event.after, status: "closed" } as const;
  await writeComplaint({ ...one, event: { ...one.event, ...visitReport(3), after } });
  const closed = { ...one.complaint, status: "closed", closure: "accepted", closedAt } as const;
  await writeTransaction([headWrite({ complaint: closed, condition: undefined })]);
  expect(await idsIn({ feed, limit: 1, now: before })).toEqual({ ids: [idOf(8)], more: true });
  expect(await idsIn({ feed, limit: 1, now: due })).toEqual({ ids: [idOf(8)], more: false });
});

test("the feed of a program in the sandbox begins where its events expire", async () => {
  const [filedBy = expect.unreachable()] = sandboxClients;
  const one = aNewComplaint({ agencyId: "electricity" }, idOf(10));
  await writeComplaint({ ...one, complaint: { ...one.complaint, filedBy } });
  const daysLater = (days: number) => addMilliseconds(one.event.at, days * dayMs);
  const feed = { clientId: filedBy };
  expect((await idsIn({ feed, limit: 25, now: daysLater(sandboxComplaintDays - 1) })).ids).toEqual([idOf(10)]);
  expect((await idsIn({ feed, limit: 25, now: daysLater(sandboxComplaintDays + 1) })).ids).toEqual([]);
});
