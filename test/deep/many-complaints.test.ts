import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { countOpen } from "#functions/complaints/count-open.api.ts";
import { inboxItems, workQueueItems } from "#functions/complaints/rows.api.ts";
import { executeMove } from "#shared/complaints/commands.store.ts";
import { type Complaint, Complaint as ComplaintSchema, lateSince } from "#shared/complaints/complaint.ts";
import { eventWrites, headWrite, narrativeWrite } from "#shared/complaints/complaints.store.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { foldEvents } from "#shared/complaints/event-rules.ts";
import type { Filter } from "#shared/complaints/filter.ts";
import {
  type ComplaintList,
  listOfAgency,
  listOfInspector,
  listOfOverseer,
  pageOfList,
} from "#shared/complaints/lists.store.ts";
import { acknowledge } from "#shared/complaints/moves.ts";
import { defaultPageSize } from "#shared/policy-numbers.ts";
import { categories, directory } from "#shared/province/slices.static.ts";
import { cohortKey, cohortShard, complaintKey, eventPrefix } from "#shared/runtime/keys.ts";
import { readPartition, table } from "#shared/storage/table.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { iranianMonth } from "#shared/time/period.ts";
import { aComplaint, agencyPrincipal, aNewComplaint, inspectorPrincipal } from "../support/a-complaint.ts";
import { pagesOfList } from "../support/pages-of-lists.ts";
import { withRealTables } from "../support/real-tables.ts";
import { sizeOf } from "../support/trial-size.ts";

withRealTables();

const open = sizeOf("complaints");
const closed = open * 20;
const now = "2026-11-24T07:00:00.000Z";
const agencyIds = directory.agencies.map(({ id }) => id);
const counties = directory.counties.map(({ id }) => id);
const idOf = (n: number) =>
  `QZ-${String(Math.floor(n / 10_000)).padStart(4, "0")}-${String(n % 10_000).padStart(4, "0")}-0`;

/** A description as long as people write, in Persian, so that excerpts are cut. */
const description = "از ساعت هشت صبح در صف بودم و کسی پشت باجه نبود. ".repeat(8);

/** Of the complaints the open ones come first, spread over agencies, counties, categories, levels and deadlines. */
function complaintOf(n: number): Complaint {
  const agency = directory.agencies[n % agencyIds.length];
  const isClosed = n >= open;
  const filedAt = addMilliseconds(now, -((n % (isClosed ? 700 : 3)) + 1) * dayMs + (n % 86_400) * 1_000);
  return aComplaint({
    id: idOf(n),
    agencyId: agency?.id ?? "",
    officeId: agency?.offices[0]?.id,
    countyId: counties[n % counties.length] ?? "",
    category: categories[n % categories.length]?.id ?? "",
    filedAt,
    acknowledgeFrom: filedAt,
    lastEventAt: filedAt,
    level: n % 7 === 0 ? (n % 5) + 1 : 0,
    acknowledgeBy: addMilliseconds(now, ((n % 200) - 50) * 600_000),
    answerBy: addMilliseconds(now, dayMs),
    ...(isClosed && {
      status: "closed",
      closure: "accepted",
      closedAt: addMilliseconds(filedAt, dayMs),
      cause: "capacity",
    }),
  });
}

/** The filing, as the complaint's head is folded from it. */
function filingOf(complaint: Complaint) {
  const { event } = aNewComplaint({ officeId: complaint.officeId }, complaint.id);
  const { status, agencyId, category, countyId, acknowledgeBy, answerBy, level } = complaint;
  const after = { ...event.after, status, agencyId, category, countyId, acknowledgeBy, answerBy, level };
  return { ...event, at: complaint.filedAt, after };
}

beforeAll(async () => {
  let batch: object[] = [];
  const send = async () => {
    const RequestItems = { [process.env.COMPLAINTS_TABLE ?? ""]: batch };
    batch = [];
    await table.send(new BatchWriteCommand({ RequestItems }));
  };
  for (let n = 0; n < open + closed; n++) {
    const complaint = complaintOf(n);
    const { id, filedAt } = complaint;
    const cohort = cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) });
    const puts = [
      headWrite({ complaint, condition: undefined }),
      ...eventWrites({ complaint, event: filingOf(complaint), extra: { cohort, cohortAt: filedAt } }),
      ...(n < open || n % 50 === 0 ? [narrativeWrite({ id, narrative: { description } })] : []),
    ];
    for (const { Put } of puts) {
      batch.push({ PutRequest: { Item: Put?.Item } });
      if (batch.length === 25) await send();
    }
  }
  if (batch.length > 0) await send();
}, 1_800_000);

/** How many heads a request reads: items of indexes that hold them, and those that are read by their keys. */
async function headsReadBy(request: () => Promise<unknown>): Promise<number> {
  let heads = 0;
  table.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const { IndexName, RequestItems = {} } = args.input as {
          IndexName?: string;
          RequestItems?: Record<string, { Keys: { sk: string }[] }>;
        };
        const result = await next(args);
        const { Count = 0 } = result.output as { Count?: number };
        if (commandName === "QueryCommand" && IndexName !== "cohort") heads += Count;
        for (const { Keys } of Object.values(RequestItems)) heads += Keys.filter(({ sk }) => sk === "HEAD").length;
        return result;
      },
    { step: "initialize", name: "count-heads" },
  );
  await request().finally(() => table.middlewareStack.remove("count-heads"));
  return heads;
}

const governor = {
  caller: "overseer",
  clientId: "governor",
  fromLevel: 2,
  countyIds: [counties[0] ?? ""],
  seesRetaliation: false,
} as const;
const overseer = { ...governor, countyIds: [...governor.countyIds] };
const agency = { ...agencyPrincipal, agencyId: agencyIds[0] ?? "" };
const listsOf: Record<
  string,
  { list: (filter: Filter) => ComplaintList; viewer: "agency" | "inspector" | "overseer" }
> = {
  agency: { list: (filter) => listOfAgency(agency, { filter, now }), viewer: "agency" },
  inspector: { list: (filter) => listOfInspector(inspectorPrincipal, { filter, now }), viewer: "inspector" },
  overseer: { list: (filter) => listOfOverseer(overseer, { filter, now }), viewer: "overseer" },
};

describe.each(Object.entries(listsOf))("the list of an %s", (_, { list, viewer }) => {
  test.each<[string, Filter]>([
    ["open ones", {}],
    ["late ones", { late: true }],
    ["closed ones", { status: "closed" }],
    ["closed ones of one cause", { status: "closed", cause: "capacity" }],
    ["one by the start of its id", { status: "closed", id: idOf(open + 7).slice(3, 12) }],
    ["none", { category: "nothing" }],
  ])("%s: the first page is one request of less than 50 KB that reads at most 2,000 heads", async (_, filter) => {
    let size = 0;
    const heads = await headsReadBy(async () => {
      const { items } = await pageOfList(list(filter), defaultPageSize);
      const rows =
        viewer === "agency"
          ? await inboxItems(items, { now, details: true })
          : await workQueueItems(items, { viewer, now, details: true });
      size = Buffer.byteLength(JSON.stringify({ items: rows }));
    });
    expect(heads).toBeLessThanOrEqual(2_000);
    expect(size).toBeLessThan(50_000);
  });
});

test("lists and numbers are exact while complaints move underneath", async () => {
  const moving = Array.from({ length: Math.min(200, Math.floor(open / 3)) }, (_, n) => idOf(n * 3));
  const officer = { name: "مریم رستمی" };
  const move = async (id: string) => {
    const { agencyId } = complaintOf(Number(id.slice(3, 12).replace("-", "")));
    const request = { path: { id }, principal: { ...agencyPrincipal, agencyId }, now };
    await executeMove(request, (complaint, context) => acknowledge(complaint, { ...context, officer }));
  };
  const moves = (async () => {
    for (const id of moving) await move(id);
  })();
  const during = await pagesOfList((query) => listOfInspector(inspectorPrincipal, query), { now, limit: 100 });
  await countOpen(listOfInspector(inspectorPrincipal, { filter: {}, now }), now);
  await moves;
  // What did not move is listed once; what moved is listed at most once for each place in which it stood.
  const stayed = during.pages.flat().filter((id) => !moving.includes(id));
  expect(stayed.sort()).toEqual(Array.from({ length: open }, (_, n) => idOf(n)).filter((id) => !moving.includes(id)));

  // The same numbers, from the events of each complaint.
  const counted = { open: 0, late: 0, byAgency: new Map<string, number>() };
  for (let n = 0; n < open; n++) {
    const items = await readPartition(complaintKey(idOf(n)), eventPrefix);
    const folded = foldEvents(
      items.map((item) => ComplaintEvent.parse(item)),
      { id: idOf(n), identityDigests: [] },
    );
    const complaint = ComplaintSchema.parse(folded);
    counted.open++;
    if (lateSince(complaint, now)) counted.late++;
    counted.byAgency.set(complaint.agencyId, (counted.byAgency.get(complaint.agencyId) ?? 0) + 1);
  }
  const summary = await countOpen(listOfInspector(inspectorPrincipal, { filter: {}, now }), now);
  expect(summary).toMatchObject({ open: counted.open, late: counted.late });
  expect(Object.fromEntries(summary.agencies.map(({ id, open: count }) => [id, count]))).toEqual(
    Object.fromEntries(counted.byAgency),
  );
  const late = await pagesOfList((query) => listOfInspector(inspectorPrincipal, query), {
    now,
    limit: 100,
    filter: { late: true },
  });
  expect(late.pages.flat()).toHaveLength(counted.late);
  const ofAgency = await pagesOfList((query) => listOfAgency(agency, query), { now, limit: 100 });
  expect(ofAgency.pages.flat()).toHaveLength(counted.byAgency.get(agency.agencyId) ?? 0);
}, 600_000);

test("every closed complaint is found once, page by page", async () => {
  const filter = { status: "closed", agencyId: agencyIds[1] ?? "" } as const;
  const { pages } = await pagesOfList((query) => listOfInspector(inspectorPrincipal, query), {
    now,
    limit: 100,
    filter,
  });
  const wanted = Array.from({ length: closed }, (_, n) => open + n).filter((n) => n % agencyIds.length === 1);
  expect(pages.flat().sort()).toEqual(wanted.map(idOf).sort());
}, 600_000);
