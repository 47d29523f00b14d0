import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { closePeriods, handler } from "#functions/figures/close-periods.function.ts";
import { hasSum, readCountedMonth, writeSegment, writeSum } from "#functions/figures/month-counts.store.ts";
import { closesAt } from "#functions/figures/publication.ts";
import { readLastClosed, readTable } from "#functions/figures/published.store.ts";
import { breakdowns, type Measure, sumOfCounts } from "#functions/figures/tables.ts";
import { countedProvince } from "#shared/province/slices.static.ts";
import { cohortKey, complaintKey, countingKey, eventKey, partitions, sumPrefix } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import type { Period } from "#shared/time/period.ts";
import { aStory } from "../support/a-story.ts";
import { aContext } from "../support/api-event.ts";
import { complaints, countsOf } from "../support/some-counts.ts";
import { captureLog } from "../support/written-log.ts";

type Item = Record<string, unknown> & { pk: string; sk: string };

const month = "1405-09";
const now = addMilliseconds(closesAt(month), 60 * 60_000);
/** Three complaints in each of two shards. */
const filed = ["A1", "A2", "A3", "B1", "B2", "B3"].map((name) => ({ id: `QZ-${name}`, shard: name < "B" ? 0 : 1 }));
const items = new Map<string, Item>();
/** So many writes are made before the run dies. */
let fatal: number | undefined;

const tables = mockClient(table);
const secrets = mockClient(SecretsManagerClient)
  .on(GetSecretValueCommand)
  .resolves({ SecretString: "a key for tests" });
const log = captureLog();
afterEach(() => void vi.useRealTimers());
afterAll(() => {
  tables.restore();
  secrets.restore();
  log.release();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  vi.stubEnv("COMPLAINTS_TABLE", "Complaints");
  vi.stubEnv("STATISTICS_KEY_SECRET", "arn:aws:secretsmanager:us-east-1:000000000000:secret:statistics");
  items.clear();
  tables.reset();
  tables.on(PutCommand).callsFake(({ Item }: { Item: Item }) => {
    if (fatal === 0) throw new Error("killed");
    if (fatal) fatal--;
    put(Item);
    return {};
  });
  tables.on(GetCommand).callsFake(({ Key }: { Key: Item }) => ({ Item: items.get(`${Key.pk} ${Key.sk}`) }));
  tables.on(QueryCommand).callsFake(async (query) => (query.IndexName === "cohort" ? cohortOf(query) : itemsOf(query)));
});

function put(item: Item): void {
  items.set(`${item.pk} ${item.sk}`, item);
}

function cohortOf({ ExpressionAttributeValues, ExclusiveStartKey, Limit = 0 }: QueryCommandInput) {
  const cohort = ExpressionAttributeValues?.[":cohort"];
  const ids = filed.filter(({ shard }) => cohort === cohortKey({ month, shard })).map(({ id }) => id);
  const from = ids.indexOf(ExclusiveStartKey?.id) + 1;
  const page = ids.slice(from, from + Limit);
  const Items = page.map((id) => ({ pk: complaintKey(id), sk: eventKey(1) }));
  return { Items, ...(page.length === Limit && { LastEvaluatedKey: { id: page.at(-1) } }) };
}

function itemsOf({ ExpressionAttributeValues = {}, ScanIndexForward = true, Limit }: QueryCommandInput) {
  const [pk, from = "", to] = Object.values<string>(ExpressionAttributeValues);
  const all = [...items.values()]
    .filter((one) => one.pk === pk && (to ? one.sk >= from && one.sk <= to : one.sk.startsWith(from)))
    .toSorted((one, other) => (one.sk < other.sk ? -1 : 1));
  return { Items: (ScanIndexForward ? all : all.toReversed()).slice(0, Limit) };
}

const sums = () => [...items.values()].filter(({ sk }) => sk.startsWith(sumPrefix(month)));
const bytesOf = (all: Item[]) => new Map(all.map(({ sk, counts }) => [sk, counts]));

function putStories(): void {
  for (const { id } of filed)
    for (const event of aStory({ id }).events)
      put({ ...event, complaintId: id, pk: complaintKey(id), sk: eventKey(event.version) });
}

test("a month is published by what its units add up to, none of whose segments is read again", async () => {
  putStories();
  for (let runs = 0; sums().length < 8 && runs < 60; runs++) await closePeriods({ now, until: performance.now() }, 1);
  expect([sums().length, await readLastClosed()]).toEqual([8, undefined]);
  for (const [name, { pk, sk }] of items)
    if (pk.startsWith(countingKey({ closing: month, rules: "" })) && sk.startsWith(month)) items.delete(name);
  await closePeriods({ now, until: Number.POSITIVE_INFINITY }, 1);
  expect((await readCountedMonth({ closing: month, month })).tables.total).toMatchObject({ "": { all: filed.length } });
  const { edition = "" } = (await readLastClosed()) ?? {};
  // Six are rounded down under this key: u is 0.755 at 1405-09|total|||, more than 1/5.
  expect(await readTable({ period: { kind: "month", name: month }, edition, table: "total" })).toEqual([
    { cell: "", count: 5 },
  ]);
});

test("four quarters are published with the peers that each agency has on that day", async () => {
  const { asOf, closedAt } = { asOf: closesAt("1405-08"), closedAt: closesAt("1405-08") };
  const last = { month: "1405-08", firstMonth: "1404-01", periods: [], edition: "one", asOf, closedAt };
  put({ ...last, pk: partitions.closed, sk: last.month });
  await closePeriods({ now, until: Number.POSITIVE_INFINITY }, 500);
  const { edition = "" } = (await readLastClosed()) ?? {};
  const groupsIn = async (period: Period) => {
    const cells = await readTable({ period, edition, table: "agency" });
    return Object.fromEntries(cells.map(({ cell, peerGroup }) => [cell, peerGroup]));
  };
  const byFile = countedProvince.agencies.map(({ id, peerGroup }) => [id, peerGroup ?? null]);
  expect(await groupsIn({ kind: "four-quarters", name: "1405-Q3" })).toEqual(Object.fromEntries(byFile));
  expect(new Set(Object.values(await groupsIn({ kind: "quarter", name: "1405-Q3" })))).toEqual(new Set([undefined]));
});

test.each([
  ["what waits cannot be counted", "inbox", [month, undefined]],
  ["a month cannot be closed", "cohort", [undefined, "2027-01-05"]],
])("where %s, the other is published, and the run fails", async (_, index, published) => {
  putStories();
  tables.on(QueryCommand).callsFake(async (query: QueryCommandInput) => {
    if (query.IndexName === index) throw new Error("the index is not there");
    return query.IndexName === "cohort" ? cohortOf(query) : itemsOf(query);
  });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(now) });
  await expect(handler({}, aContext)).rejects.toThrow("the index is not there");
  const waiting = items.get(`${partitions.waiting} 1405-10`);
  expect([(await readLastClosed())?.month, waiting?.date]).toEqual(published);
});

/** What complaints of so many agencies count as: too much for one item where these are many. */
function countedOf(agencies: number, name: string) {
  const measures = Object.entries(breakdowns).flatMap(([breakdown, classes]) =>
    classes.map((one) => `${breakdown}:${one}` as Measure),
  );
  const ids = Array.from({ length: agencies }, (_, n) => `${name}-${n}`);
  return countsOf(ids.flatMap((agency) => complaints(1, { place: { agency }, measures })));
}

test("a unit is added up once all of its sum is written, and to the same bytes where that was killed between", async () => {
  const unit = { closing: month, unit: { month, shard: 3 }, now };
  const counted = [countedOf(300, "office"), countedOf(200, "bank"), countedOf(10, "office")];
  for (const [number, counts] of counted.entries()) await writeSegment({ ...unit, number, next: undefined, counts });
  await writeSum(unit);
  const clean = sums();
  expect(clean.length).toBeGreaterThan(1);
  for (const { pk, sk } of clean) items.delete(`${pk} ${sk}`);
  fatal = clean.length - 1;
  await expect(writeSum(unit)).rejects.toThrow("killed");
  fatal = undefined;
  expect([sums().length, await hasSum(unit)]).toEqual([clean.length - 1, false]);
  await writeSum({ ...unit, now: addMilliseconds(now, 60_000) });
  expect(await hasSum(unit)).toBe(true);
  expect(bytesOf(sums())).toEqual(bytesOf(clean));
  expect(await readCountedMonth({ closing: month, month })).toEqual(sumOfCounts(counted));
});
