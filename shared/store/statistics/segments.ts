import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { fingerprint } from "#shared/domain/digest.ts";
import { countingRules } from "#shared/domain/statistics/counted.ts";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { addTo, noTallies, Tallies } from "#shared/domain/statistics/tallies.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { countedProvince, officeHours } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/env.ts";
import { countingKey, segmentKey, unitPrefix } from "#shared/runtime/keys.ts";
import { readPartition } from "../items.ts";
import type { Position } from "../pages.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import type { Unit } from "./cohorts.ts";
import { Packed, pack, unpacked } from "./packed.ts";

/** By what complaints are counted: a count that began by other rules begins anew, or half of it would stand elsewhere. */
const rules = fingerprint(JSON.stringify([countedProvince, officeHours, countingRules]));

/** How far the count of a unit has come. Each segment is a page of its cohort, so whoever counts it writes the same. */
const Segment = z.object({ number: z.int(), next: z.record(z.string(), z.unknown()).optional() });
export type Segment = z.infer<typeof Segment>;

/** Of which closing month's count, which computes all its months anew. */
type Counting = { closing: IranianMonth; unit: Unit };

/** The last segment that was counted; undefined where none was. */
export async function readLastSegment({ closing, unit }: Counting): Promise<Segment | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :counting AND begins_with(sk, :unit)",
      ExpressionAttributeValues: { ":counting": countingKey({ closing, rules }), ":unit": unitPrefix(unit) },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => readable(Segment, item))[0];
}

/** Longer than a closing could stand still: what is left of a count would look like all of it. */
const keptForSeconds = 400 * 24 * 60 * 60;

type Counted = Counting & { number: number; next: Position | undefined; tallies: Tallies; now: string };

/** Writes what was counted in a segment, and where the next begins. */
export async function writeSegment({ closing, unit, number, next, tallies, now }: Counted): Promise<void> {
  const keys = { pk: countingKey({ closing, rules }), sk: segmentKey({ ...unit, number }) };
  const expiresAt = secondsOf(now) + keptForSeconds;
  const Item = { ...keys, number, next, tallies: pack(tallies), expiresAt };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item }));
}

const Stored = z.object({ tallies: Packed });

/** What was counted of a month in all its segments. */
export async function readCounted({
  closing,
  month,
}: {
  closing: IranianMonth;
  month: IranianMonth;
}): Promise<Tallies> {
  const items = await readPartition(countingKey({ closing, rules }), `${month}#`);
  const counted = noTallies();
  // One after the other: unpacked they are many times as large.
  for (const item of items) addTo(counted, unpacked(Tallies, readable(Stored, item).tallies));
  return counted;
}
