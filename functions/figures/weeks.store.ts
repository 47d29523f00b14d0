import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { exactCountsKeptDays } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { agencyWeekKey, agencyWeekPrefix, partitions } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readPartition, table } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";
import { CountsByCounty, type Week } from "./weeks.ts";

type AgencyWeek = { agencyId: string; week: Week };

/** Writes an agency's counts of a week, unless they are written already. */
export async function writeAgencyWeek(
  { agencyId, week }: AgencyWeek,
  { counties, now }: { counties: CountsByCounty; now: Instant },
): Promise<void> {
  const key = { pk: partitions.agencyWeeks, sk: agencyWeekKey({ agencyId, week }) };
  await putIfConditionHolds(ifNew, { ...key, agencyId, counties, expiresAt: expiryAfter(now) });
}

const expiryAfter = (now: Instant) => secondsOf(now) + exactCountsKeptDays * daySeconds;

/** Records that the counts of a week are written for every agency. */
export async function recordWeekCounted(week: Week, now: Instant): Promise<void> {
  await putIfConditionHolds(ifNew, { pk: partitions.agencyWeeksMade, sk: week, expiresAt: expiryAfter(now) });
}

const Made = z.object({ sk: z.string() });

/** Up to `limit` weeks for which every agency has its counts, the latest first. */
export async function readCountedWeeks(limit: number): Promise<Week[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :made",
      ExpressionAttributeValues: { ":made": partitions.agencyWeeksMade },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => parseItem(Made, item).sk);
}

const Stored = z.object({ agencyId: z.string(), counties: CountsByCounty });
export type WeekCounts = { week: Week; agencies: z.infer<typeof Stored>[] };

/** The counts of a week, of each agency whose counts are written so far. */
export async function readWeek(week: Week): Promise<WeekCounts> {
  const items = await readPartition(partitions.agencyWeeks, agencyWeekPrefix(week), { ConsistentRead: false });
  return { week, agencies: items.map((item) => parseItem(Stored, item)) };
}

/** The counts of all agencies in the last counted weeks, the latest week first. */
export async function readLastWeeks(limit: number): Promise<WeekCounts[]> {
  return Promise.all((await readCountedWeeks(limit)).map(readWeek));
}
