import { gunzipSync, gzipSync } from "node:zlib";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { env } from "#shared/runtime/environment.ts";
import { editionPrefix, partitions, periodKey, portionKey, publishedKey } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { table as complaints, readAll, readItem, readPartition, table } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import { Instant } from "#shared/time/calendar.ts";
import { addMonths, type IranianMonth, iranianMonth, monthsOf, type Period, PeriodKind } from "#shared/time/period.ts";
import { PublishedCell, type PublishedPeriod, tablesOfPeriod } from "./publication.ts";
import { type DerivedCell, deriveTable, type PublishedTable, tablesNeededFor } from "./table-figures.ts";
import type { Table } from "./tables.ts";
import { WaitingStatistics } from "./waiting.ts";

/** Figures as compressed JSON, as they are stored. Equal figures give equal bytes. */
export function compressJson(figures: unknown): Uint8Array {
  return gzipSync(JSON.stringify(figures));
}

/** The schema of a field that `compressJson` wrote; `schema` is that of its content. */
export function packed<S extends z.ZodType>(schema: S) {
  return z
    .instanceof(Uint8Array)
    .transform((bytes) => JSON.parse(gunzipSync(bytes).toString("utf8")))
    .pipe(schema);
}

/** Characters of JSON in one item. Compressed, they stay well under DynamoDB's limit of 400 KB. */
const mostPortionLength = 700_000;

/** Splits a list into portions that each fit into an item. An empty list gives one empty portion. */
export function portionsOf<T>(list: readonly T[]): T[][] {
  const portions: T[][] = [[]];
  let size = 0;
  for (const entry of list) {
    const entrySize = JSON.stringify(entry).length;
    if (size > 0 && size + entrySize > mostPortionLength) {
      portions.push([]);
      size = 0;
    }
    portions.at(-1)?.push(entry);
    size += entrySize;
  }
  return portions;
}

/** A closed month, and the periods that closed with it. Only the periods named here are published. */
export const ClosedMonth = z.object({
  month: z.string(),
  /** The first month with a filing; absent if there is none. */
  firstMonth: z.string().optional(),
  periods: z.array(z.object({ kind: PeriodKind, name: z.string() })),
  /** Part of the keys of the periods' figures: only figures of this edition are published. */
  edition: z.string(),
  /** Events from this time on are in none of the figures. */
  asOf: Instant,
  closedAt: Instant,
});
export type ClosedMonth = z.infer<typeof ClosedMonth>;

/** One closed month; undefined if it is not closed. */
async function readClosedMonth(month: IranianMonth): Promise<ClosedMonth | undefined> {
  const Key = { pk: partitions.closed, sk: month };
  const item = await readItem(Key, { ConsistentRead: false });
  return item && parseItem(ClosedMonth, item);
}

/** The closed months between two months, both included, in order. */
export async function readClosedBetween({
  from,
  to,
}: {
  from: IranianMonth;
  to: IranianMonth;
}): Promise<ClosedMonth[]> {
  const items = await readAll({
    KeyConditionExpression: "pk = :closed AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":closed": partitions.closed, ":from": from, ":to": to },
  });
  return items.map((item) => parseItem(ClosedMonth, item));
}

/** Publishes a month and the periods that close with it, in one write. False if the month was closed before: published
 * figures stay. */
export function saveClosedMonth(closed: ClosedMonth): Promise<boolean> {
  return putIfConditionHolds(ifNew, { ...closed, pk: partitions.closed, sk: closed.month });
}

/** The last closed month; undefined if there is none. */
export async function readLastClosed(): Promise<ClosedMonth | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :closed",
      ExpressionAttributeValues: { ":closed": partitions.closed },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => parseItem(ClosedMonth, item))[0];
}

const Cells = z.object({ figures: packed(z.array(PublishedCell)) });

/** `edition`: the edition that the closed month names. */
type PeriodAndEdition = { period: Period; edition: string };

/** Writes a period's figures. They are read only once a closed month names their edition. */
export async function writePeriod({ period, tables }: PublishedPeriod, edition: string): Promise<void> {
  for (const table of tablesOfPeriod(period.kind))
    for (const [number, figures] of portionsOf(tables[table] ?? []).entries())
      await put({ pk: publishedKey({ period }), sk: portionKey({ edition, table, number }), figures });
  const counts = Object.fromEntries((tables.agency ?? []).map(({ cell, count }) => [cell, count]));
  if (period.kind === "quarter")
    await put({ pk: partitions.agencyCounts, sk: periodKey({ period, edition }), figures: counts });
}

async function put({ figures, ...keys }: { pk: string; sk: string; figures: unknown }): Promise<void> {
  const Item = { ...keys, figures: compressJson(figures) };
  await complaints.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** One table of a closed period, as it is published. */
export async function readTable({
  period,
  edition,
  table,
}: PeriodAndEdition & { table: Table }): Promise<PublishedCell[]> {
  const items = await readPartition(publishedKey({ period }), editionPrefix(edition, table));
  return items.flatMap((item) => parseItem(Cells, item).figures);
}

const AgencyCounts = z.object({ figures: packed(z.record(z.string(), z.int())) });

/** The published count of an agency's complaints in a quarter; undefined if the quarter is not closed. */
export async function readAgencyCount({ agencyId, quarter }: { agencyId: string; quarter: string }) {
  const period = { kind: "quarter" as const, name: quarter };
  const closed = await readClosedMonth(monthsOf(period).at(-1) ?? "");
  if (!closed?.periods.some(({ kind }) => kind === "quarter")) return undefined;
  const Key = { pk: partitions.agencyCounts, sk: periodKey({ period, edition: closed.edition }) };
  const item = await readItem(Key, { ConsistentRead: false });
  return parseItem(AgencyCounts, item).figures[agencyId] ?? 0;
}

/** A range of sort keys that contains every month. */
const everyMonth = { from: "0", to: "9" };

/** All closed months, the earliest first. */
export const readClosedMonths = (): Promise<ClosedMonth[]> => readClosedBetween(everyMonth);

/** The closed periods of a kind, the earliest first. */
export function periodsOf(closed: readonly { periods: readonly Period[] }[], kind: PeriodKind): Period[] {
  return closed.flatMap(({ periods }) => periods.filter((period) => period.kind === kind));
}

const tableNameOf = ({ period: { kind, name }, table }: PublishedTable) => `${kind} ${name} ${table}`;

type DerivedQuery = { closed: readonly ClosedMonth[]; periods: readonly Period[]; table: PublishedTable["table"] };

/**
 * One table in each of some closed periods, with the figures that are derived from its cells. Each stored table is read
 * once, also if several periods need it.
 */
export async function readDerivedTables({
  closed,
  periods,
  table,
}: DerivedQuery): Promise<{ period: Period; cells: DerivedCell[] }[]> {
  const closedPeriods = closed.flatMap((month) => month.periods);
  const needed = new Map(
    periods
      .flatMap((period) => tablesNeededFor({ period, table }, closedPeriods))
      .map((table) => [tableNameOf(table), table]),
  );
  const read = await Promise.all(
    [...needed].map(async ([name, table]): Promise<[string, PublishedCell[]]> => [name, await cellsOf(table, closed)]),
  );
  const cells = new Map(read);
  const published = (at: PublishedTable) => cells.get(tableNameOf(at));
  return periods.map((period) => ({ period, cells: deriveTable({ period, table, published, closed: closedPeriods }) }));
}

async function cellsOf({ period, table }: PublishedTable, closed: readonly ClosedMonth[]): Promise<PublishedCell[]> {
  const closedMonth = closed.find(({ periods }) =>
    periods.some((one) => one.kind === period.kind && one.name === period.name),
  );
  return closedMonth ? readTable({ period, table, edition: closedMonth.edition }) : [];
}

/**
 * The published count of complaints that waited for an answer on a month's first morning. It is monthly: daily
 * counts would show which complaints became late on a day.
 */
export const WaitingCount = WaitingStatistics.extend({ date: z.string(), countedAt: Instant });
export type WaitingCount = z.infer<typeof WaitingCount>;

/** The waiting count of a month; undefined if it is not made yet. */
export async function readWaiting(month: IranianMonth): Promise<WaitingCount | undefined> {
  const item = await readItem({ pk: partitions.waiting, sk: month });
  return item && parseItem(WaitingCount, item);
}

/** This month's waiting count, or the last month's if this month's is not made yet. */
export async function readLastWaiting(now: Instant): Promise<WaitingCount | undefined> {
  const month = iranianMonth(now);
  return (await readWaiting(month)) ?? (await readWaiting(addMonths(month, -1)));
}

/** Writes a month's waiting count. False if the month has one already, which stays. */
export function writeWaiting(count: WaitingCount): Promise<boolean> {
  return putIfConditionHolds(ifNew, { ...count, pk: partitions.waiting, sk: iranianMonth(count.countedAt) });
}
