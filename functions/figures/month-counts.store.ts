import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { fingerprint } from "#shared/digest.ts";
import { exactCountsKeptDays } from "#shared/policy-numbers.ts";
import { countedProvince, officeHours } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { countingKey, countingUnitPrefix, segmentKey, sumKey, sumPrefix } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { type Position, readPartition, table } from "#shared/storage/table.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import type { IranianMonth } from "#shared/time/period.ts";
import type { CountingUnit } from "./cohorts.store.ts";
import { countingRules } from "./counted-complaint.ts";
import { compressJson, packed, portionsOf } from "./published.store.ts";
import { addCounts, Counts, emptyCounts, type Table } from "./tables.ts";

/**
 * A digest of the rules of counting. It is part of each count's key. If the rules change during a count, the count starts
 * anew and never mixes two sets of rules.
 */
const rules = fingerprint(JSON.stringify([countedProvince, officeHours, countingRules]));

/** How far the count of a unit has come. A segment is a page of the cohort, so each run that counts it writes the same. */
const Segment = z.object({ number: z.int(), next: z.record(z.string(), z.unknown()).optional() });
export type Segment = z.infer<typeof Segment>;

/** A unit, in the count that closes the month `closing`. Each closing counts all its months anew. */
type CountingOfUnit = { closing: IranianMonth; unit: CountingUnit };

/** The last segment that was counted; undefined if there is none. */
export async function readLastSegment({ closing, unit }: CountingOfUnit): Promise<Segment | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :counting AND begins_with(sk, :unit)",
      ExpressionAttributeValues: { ":counting": countingKey({ closing, rules }), ":unit": countingUnitPrefix(unit) },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => parseItem(Segment, item))[0];
}

type SegmentInput = CountingOfUnit & { number: number; next: Position | undefined; counts: Counts; now: string };

/** Writes a segment's counts, and where the next segment starts. */
export async function writeSegment({ closing, unit, number, next, counts, now }: SegmentInput): Promise<void> {
  await put({ pk: countingKey({ closing, rules }), sk: segmentKey({ ...unit, number }), number, next, counts }, now);
}

async function put(item: { pk: string; sk: string; counts: Counts; [field: string]: unknown }, now: string) {
  const Item = {
    ...item,
    counts: compressJson(item.counts),
    expiresAt: secondsOf(now) + exactCountsKeptDays * daySeconds,
  };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

/** Whether the sum of a unit's segments is written. */
export async function hasSum({ closing, unit }: CountingOfUnit): Promise<boolean> {
  const items = await readPartition(countingKey({ closing, rules }), sumKey({ ...unit, number: 0 }));
  return items.length > 0;
}

/**
 * Adds up all segments of a unit and writes the sum, so that publishing, which cannot stop halfway, reads only sums. Each run
 * writes the same sum. A sum has several portions, and the first is written last: if it exists, all do.
 */
export async function writeSum({ closing, unit, now }: CountingOfUnit & { now: string }): Promise<void> {
  const pk = countingKey({ closing, rules });
  const portions = portionsOfCounts(await readCounts(pk, countingUnitPrefix(unit)));
  for (const [number, counts] of [...portions.entries()].toReversed())
    await put({ pk, sk: sumKey({ ...unit, number }), counts }, now);
}

/** The counts of a month, after the sums of all its units are written. */
export function readCountedMonth({ closing, month }: { closing: IranianMonth; month: IranianMonth }): Promise<Counts> {
  return readCounts(countingKey({ closing, rules }), sumPrefix(month));
}

/** Splits counts into portions that each fit into an item. */
function portionsOfCounts({ tables, retaliationReports }: Counts): Counts[] {
  const cells = Object.entries(tables).flatMap(([table, cells]) =>
    Object.entries(cells).map(([cell, measures]) => [table as Table, cell, measures] as const),
  );
  return portionsOf(cells).map((portion, number) => {
    const counts: Counts = { ...emptyCounts(), ...(number === 0 && { retaliationReports }) };
    for (const [table, cell, measures] of portion) {
      const tableCells = counts.tables[table] ?? {};
      tableCells[cell] = measures;
      counts.tables[table] = tableCells;
    }
    return counts;
  });
}

const Stored = z.object({ counts: packed(Counts) });

async function readCounts(pk: string, prefix: string): Promise<Counts> {
  const total = emptyCounts();
  // One after the other: uncompressed counts are many times larger.
  for (const item of await readPartition(pk, prefix)) addCounts(total, parseItem(Stored, item).counts);
  return total;
}
