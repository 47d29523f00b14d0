import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { countOpen } from "#functions/complaints/count-open.api.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { eventWrites, headWrite } from "#shared/complaints/complaints.store.ts";
import type { Filter } from "#shared/complaints/filter.ts";
import { listOfInspector, listOfOverseer, pageOfList } from "#shared/complaints/lists.store.ts";
import { cohortKey, cohortShard, complaintKey, headKey } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { iranianMonth } from "#shared/time/period.ts";
import { aComplaint, aNewComplaint, inspectorPrincipal } from "../support/a-complaint.ts";
import { pagesOfList } from "../support/pages-of-lists.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const now = "2026-11-25T00:00:00.000Z";
const idOf = (n: number) => `QZ-${String(n).padStart(4, "0")}-0000-${n % 10}`;
const governor = { caller: "overseer", clientId: "governor", fromLevel: 2, seesRetaliation: false } as const;
const governorGeneral = { ...governor, fromLevel: 4, seesRetaliation: true };

/** Writes a complaint with its filing, which stands in the month of the filing. */
async function write(fields: Partial<Complaint> & { id: string }): Promise<void> {
  const complaint = aComplaint(fields);
  const { id, filedAt } = complaint;
  const cohort = cohortKey({ month: iranianMonth(filedAt), shard: cohortShard(id) });
  const { event } = aNewComplaint({}, id);
  await writeTransaction([
    headWrite({ complaint, condition: undefined }),
    ...eventWrites({ complaint, event, extra: { cohort, cohortAt: filedAt } }),
  ]);
}

const closedAt = "2026-11-24T12:00:00.000Z";
/** The complaints, by number: every third is closed; levels 0 to 5; four months; ten at each instant. */
const fieldsOf = (n: number): Partial<Complaint> => {
  const day = `2026-${["08", "09", "10", "11"][Math.floor(n / 30) % 4]}-1${Math.floor(n / 10) % 3}`;
  return {
    id: idOf(n),
    agencyId: n % 2 ? "gas" : "post",
    filedAt: `${day}T08:00:00.000Z`,
    level: n % 6,
    countyId: n % 4 ? "qazvin" : "abyek",
    acknowledgeBy: `2026-11-2${n % 8}T08:00:00.000Z`,
    ...(n % 3 === 0 && { status: "closed", closure: "accepted", closedAt }),
  };
};
const numbers = Array.from({ length: 120 }, (_, n) => n);

beforeAll(async () => {
  for (const n of numbers) await write({ ...fieldsOf(n), id: idOf(n) });
});

const searched = (filter: Filter, limit: number) =>
  pagesOfList((query) => listOfInspector(inspectorPrincipal, query), { now, filter, limit });
const overseen = (overseer: typeof governor | typeof governorGeneral, filter: Filter, limit: number) =>
  pagesOfList((query) => listOfOverseer(overseer, query), { now, filter, limit });

const idsOf = (wanted: (n: number) => boolean) => numbers.filter(wanted).map(idOf).sort();
const isClosed = (n: number) => n % 3 === 0;

test.each([7, 25])("inspectors read every complaint once, %i on a page, at whatever level", async (limit) => {
  const open = await searched({}, limit);
  expect(open.pages.flat().sort()).toEqual(idsOf((n) => !isClosed(n)));
  expect(open.pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
  const closed = await searched({ status: "closed" }, limit);
  expect(closed.pages.flat().sort()).toEqual(idsOf(isClosed));
  const filedAt = closed.pages.flat().map((id) => fieldsOf(Number(id.slice(3, 7))).filedAt ?? "");
  expect(filedAt).toEqual([...filedAt].sort().reverse());
});

test("open complaints come in the order in which the clock acts on them, those at the highest level first", async () => {
  const ids = (await searched({}, 100)).pages.flat().map((id) => Number(id.slice(3, 7)));
  const highest = ids.findIndex((n) => n % 6 !== 5);
  const dues = ids.slice(highest).map((n) => fieldsOf(n).acknowledgeBy ?? "");
  expect(ids.slice(0, highest).every((n) => n % 6 === 5)).toBe(true);
  expect(dues).toEqual([...dues].sort());
});

test("filters find their few, in open and in closed complaints", async () => {
  const open = await searched({ agencyId: "gas", countyId: "qazvin", from: "2026-09-01", to: "2026-10-31" }, 5);
  const isFound = (n: number) => n % 2 === 1 && n % 4 !== 0 && n >= 30 && n < 90;
  expect(open.pages.flat().sort()).toEqual(idsOf((n) => isFound(n) && !isClosed(n)));
  const closed = await searched({ status: "closed", agencyId: "gas", from: "2026-09-01", to: "2026-10-31" }, 5);
  expect(closed.pages.flat().sort()).toEqual(idsOf((n) => isFound(n) && isClosed(n)));
  expect((await searched({ status: "closed", id: "0042" }, 5)).pages).toEqual([[idOf(42)]]);
});

test("closed complaints are found up to a day that is far ahead", async () => {
  const closed = await searched({ status: "closed", to: "2029-01-01" }, 50);
  expect(closed.pages.flat().sort()).toEqual(idsOf(isClosed));
});

test("an overseer reads what has reached the level in the counties, closed complaints too", async () => {
  const open = await overseen(governor, {}, 7);
  expect(open.pages.flat().sort()).toEqual(idsOf((n) => n % 6 >= 2 && !isClosed(n)));
  const abyek = { ...governor, countyIds: ["abyek"] };
  const closed = await overseen(abyek, { status: "closed" }, 3);
  expect(closed.pages.flat().sort()).toEqual(idsOf((n) => n % 6 >= 2 && n % 4 === 0 && isClosed(n)));
});

test("an overseer finds an officer by name, and no personnel number", async () => {
  const officer = { name: "رضا کریمی", personnelId: "40321" };
  await write({ id: idOf(600), level: 2, officer, filedAt: "2026-11-12T08:00:00.000Z" });
  const found = async (wanted: string) => (await overseen(governor, { officer: wanted }, 5)).pages.flat();
  expect([await found("رضا کریمی"), await found("40321")]).toEqual([[idOf(600)], []]);
  expect((await searched({ officer: "40321" }, 5)).pages.flat()).toEqual([idOf(600)]);
});

const retaliation = { agencyId: "gas", status: "disputed", level: 4, retaliationFor: idOf(1) } as const;

test("a report of retaliation moves no page of an overseer below the governor-general", async () => {
  const lists = (overseer: typeof governor | typeof governorGeneral) =>
    Promise.all(
      [1, 4].flatMap((limit) => [overseen(overseer, {}, limit), overseen(overseer, { status: "closed" }, limit)]),
    );
  const before = await lists(governor);
  await write({ ...retaliation, id: idOf(500), filedAt: "2026-10-11T08:00:00.000Z", reviewBy: closedAt });
  const closed = { status: "closed", closure: "decided", closedAt } as const;
  await write({ ...retaliation, ...closed, id: idOf(501), filedAt: "2026-09-11T08:00:00.000Z" });
  expect(await lists(governor)).toEqual(before);
  const [open, closedOnes] = await lists(governorGeneral);
  expect(open?.pages.flat()).toContain(idOf(500));
  expect(closedOnes?.pages.flat()).toContain(idOf(501));
  expect((await searched({ status: "disputed" }, 5)).pages.flat()).toEqual([idOf(500)]);
});

test.each([
  { cohort: "1405-08#9", cohortAt: now },
  { cohort: "nonsense", cohortAt: now },
  { cohort: "1599-12#0", cohortAt: now },
  { cohort: "1405-08#1", cohortAt: now, pk: "x" },
  { cohort: "1405-08#1" },
  {},
])("a made-up position is refused as a wrong cursor: %j", async (from) => {
  const listed = pageOfList(listOfOverseer(governor, { filter: { status: "closed" }, from, now }), 10);
  await expect(listed).rejects.toMatchObject({ code: "cursor-invalid" });
});

test.each([{}, { foo: "x" }, { workQueue: "open#5" }, { due: "D#0" }, { workQueue: "nonsense", workQueueAt: now }])(
  "a made-up position in open complaints is refused as a wrong cursor: %j",
  async (from) => {
    const lists = [
      listOfOverseer(governor, { filter: {}, from, now }),
      listOfInspector(inspectorPrincipal, { filter: {}, from, now }),
    ];
    for (const list of lists) await expect(pageOfList(list, 10)).rejects.toMatchObject({ code: "cursor-invalid" });
  },
);

test("a complaint that comes again in the list while it is counted counts once", async () => {
  const twice = async function* () {
    yield* listOfOverseer(governor, { filter: {}, now });
    yield* listOfOverseer(governor, { filter: {}, now });
  };
  const shown = (await overseen(governor, {}, 50)).pages.flat();
  expect(await countOpen(twice(), now)).toMatchObject({ open: shown.length });
});

test("an overseer does not learn of a complaint that this code cannot read: it may be a report of retaliation", async () => {
  const id = idOf(700);
  await write({ id, level: 2, filedAt: "2026-11-12T08:00:00.000Z" });
  const secrecyOf = async (list: ReturnType<typeof listOfOverseer>) => {
    for await (const { item, isSecret } of list) if (item.pk === complaintKey(id)) return { isSecret };
    return undefined;
  };
  const seen = () => [
    secrecyOf(listOfOverseer(governor, { filter: {}, now })),
    secrecyOf(listOfInspector(inspectorPrincipal, { filter: {}, now })),
  ];
  expect(await Promise.all(seen())).toEqual([{ isSecret: false }, { isSecret: false }]);
  await table.send(
    new UpdateCommand({
      TableName: process.env.COMPLAINTS_TABLE,
      Key: { pk: complaintKey(id), sk: headKey },
      UpdateExpression: "SET category = :unreadable",
      ExpressionAttributeValues: { ":unreadable": 7 },
    }),
  );
  expect(await Promise.all(seen())).toEqual([{ isSecret: true }, { isSecret: false }]);
});
