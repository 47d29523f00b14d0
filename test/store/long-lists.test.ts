import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AgencyFeedEvent, readFeed } from "#functions/deliveries/feeds.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { eventWrites, headWrite } from "#shared/complaints/complaints.store.ts";
import { pressuredWrite } from "#shared/complaints/confidential-log.store.ts";
import { listOfAgency, listOfOverseer, listPressured } from "#shared/complaints/lists.store.ts";
import { retention } from "#shared/province/slices.static.ts";
import { mostRead, table } from "#shared/storage/table.ts";
import type { Writes } from "#shared/storage/transaction.ts";
import { addMilliseconds, milliseconds } from "#shared/time/duration.ts";
import { aComplaint, agencyPrincipal, aNewComplaint, inspectorPrincipal } from "../support/a-complaint.ts";
import { pagesOfList } from "../support/pages-of-lists.ts";
import { withRealTables } from "../support/real-tables.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();

/** More than one request reads, so that the last of them are only on a later page. */
const many = mostRead + 400;
const last = many - 1;
const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-0000-0`;
const instantOf = (n: number) => new Date(Date.parse("2026-11-24T06:10:00.000Z") + n * 1_000).toISOString();

async function write(puts: Writes): Promise<void> {
  const requests = puts.map(({ Put }) => ({ PutRequest: { Item: Put?.Item } }));
  for (let n = 0; n < requests.length; n += 25)
    await table.send(
      new BatchWriteCommand({ RequestItems: { [process.env.COMPLAINTS_TABLE ?? ""]: requests.slice(n, n + 25) } }),
    );
}

/** So many complaints, of which the first and the last are of the office and the county that are asked for. */
function complaints(fieldsOf: (n: number) => Partial<Complaint>): Writes {
  return Array.from({ length: many }, (_, n) => {
    const wanted = n === 0 || n === last;
    const place = { officeId: wanted ? "office-1" : "office-2", countyId: wanted ? "abyek" : "qazvin" };
    return headWrite({ complaint: aComplaint({ id: idOf(n), ...place, ...fieldsOf(n) }), condition: undefined });
  });
}

const now = "2026-11-25T00:00:00.000Z";
const inboxOf = (agencyId: string) =>
  pagesOfList((query) => listOfAgency({ ...agencyPrincipal, agencyId }, query), {
    filter: { officeId: "office-1" },
    now,
  });
const abyek = {
  caller: "overseer" as const,
  clientId: "abyek",
  fromLevel: 1,
  countyIds: ["abyek"],
  seesRetaliation: false,
};

beforeAll(async () => {
  await write(complaints((n) => ({ agencyId: "gas", acknowledgeBy: instantOf(n) })));
});

test("an office's few complaints among thousands come on short pages, once each, and the cursor names no other complaint", async () => {
  const { pages, positions } = await inboxOf("gas");
  expect(pages).toEqual([[idOf(0)], [idOf(last)]]);
  expect(positions).toEqual([{ inbox: "AGENCY#gas#open", inboxAt: instantOf(mostRead) }]);
});

test("thousands that are due at the same instant are passed over in one request, and none is listed twice", async () => {
  await write(complaints(() => ({ agencyId: "post" })));
  const { pages } = await inboxOf("post");
  expect(pages.length).toBeLessThanOrEqual(2);
  expect(pages.flat().sort()).toEqual([idOf(0), idOf(last)]);
});

test("a county's few on the workQueue come on short pages, over all levels", async () => {
  // Two levels, of which each alone would fit into a request.
  await write(complaints((n) => ({ agencyId: "telecom", level: n < many / 2 ? 2 : 1, acknowledgeBy: instantOf(n) })));
  const { pages, positions } = await pagesOfList((query) => listOfOverseer(abyek, query), { now });
  expect(pages).toEqual([[idOf(0)], [idOf(last)]]);
  expect(positions).toEqual([{ workQueue: "open#1", workQueueAt: expect.any(String) }]);
});

test("a county's few among the pressured come on short pages", async () => {
  await write(Array.from({ length: many }, (_, n) => pressuredWrite(idOf(n), instantOf(many - n))));
  const filter = { countyId: "abyek" };
  const { pages } = await pagesOfList((query) => listPressured(inspectorPrincipal, query), { now, filter });
  expect(pages).toEqual([[idOf(0)], [idOf(last)]]);
});

describe("a feed with thousands of entries of a held case whose retention is over", () => {
  const feed = { agencyId: "water" };
  const closedAt = addMilliseconds(instantOf(0), -1_000);
  const now = addMilliseconds(closedAt, milliseconds(retention.events));
  const openId = idOf(8_888);
  /** The number of queries that a read of the feed sends. */
  let queries = 0;

  beforeAll(async () => {
    const held = aNewComplaint({ agencyId: feed.agencyId }, idOf(9_999));
    const closed = { ...held.complaint, status: "closed", closure: "accepted", closedAt } as const;
    const visit = { visitId: "v1", arrivedAt: closedAt, visitResult: "confirmed", text: "باجه بسته بود" } as const;
    const after = { ...held.event.after, status: "closed" } as const;
    const report = { ...visit, type: "visit-reported", by: "inspector", after } as const;
    const entries = Array.from({ length: many }, (_, n) => ({ ...report, version: n + 1, at: instantOf(n) }));
    const open = aNewComplaint({ agencyId: feed.agencyId }, openId);
    await write([
      headWrite({ complaint: closed, condition: undefined }),
      headWrite({ complaint: open.complaint, condition: undefined }),
      ...entries.flatMap((event) => eventWrites({ complaint: closed, event })),
      ...eventWrites({ complaint: open.complaint, event: { ...open.event, at: instantOf(many) } }),
    ]);
    table.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === "QueryCommand") queries++;
          return next(args);
        },
      { step: "initialize", name: "count-queries" },
    );
  });
  afterAll(() => table.middlewareStack.remove("count-queries"));

  test("is read a hundred entries at a time, however few the caller wants", async () => {
    queries = 0;
    const { events, more } = await readFeed(AgencyFeedEvent, { feed, since: instantOf(last - 250), limit: 1, now });
    expect([events.map((event) => "complaintId" in event && event.complaintId), more]).toEqual([[openId], false]);
    expect(queries).toBe(4);
  });

  test("is not read to its end in one request: it is unavailable, and the log says why", async () => {
    const log = captureLog();
    await expect(readFeed(AgencyFeedEvent, { feed, limit: 25, now })).rejects.toMatchObject({ code: "unavailable" });
    log.release();
    expect(log.text()).toContain("feed not read: too many hidden entries");
  });
});
