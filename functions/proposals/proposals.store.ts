import { gunzipSync, gzipSync } from "node:zlib";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Complaint } from "#shared/complaints/complaint.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { daysCompared } from "#shared/policy-numbers.ts";
import { env } from "#shared/runtime/environment.ts";
import { cohortKey, complaintKey, headKey, parseEventKey, partitions, proposalListKey } from "#shared/runtime/keys.ts";
import { parseItem, parseReadableItems } from "#shared/storage/readable.ts";
import { readAll, readItem, readItems, table } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import { Instant, LocalDate } from "#shared/time/calendar.ts";
import { addMilliseconds, daySeconds, secondsOf } from "#shared/time/duration.ts";
import { addDays, addMonths, type IranianMonth, monthOfDay } from "#shared/time/period.ts";
import { shards } from "../figures/cohorts.store.ts";
import { DayCount } from "./day-counts.ts";
import { type CountedDay, Proposal } from "./proposals.ts";

const CountedHead = Complaint.pick({
  agencyId: true,
  category: true,
  countyId: true,
  cause: true,
  closure: true,
  filedBy: true,
  filedAt: true,
  retaliationFor: true,
});
export type CountedHead = z.infer<typeof CountedHead>;

const FiledAt = z.object({ pk: z.string(), sk: z.string(), cohortAt: Instant });

/** The ids of the complaints that were filed from the day `from` until before the day `until`. */
export async function readIdsFiledBetween({ from, until }: { from: string; until: string }): Promise<string[]> {
  const last = addDays(until, -1);
  const months = monthsBetween(monthOfDay(from), monthOfDay(last));
  const range = { ":from": startOfDay(from), ":to": addMilliseconds(startOfDay(until), -1) };
  const pages = await Promise.all(
    months.flatMap((month) =>
      shards.map((shard) =>
        readAll({
          IndexName: "cohort",
          KeyConditionExpression: "cohort = :cohort AND cohortAt BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":cohort": cohortKey({ month, shard }), ...range },
          ConsistentRead: false,
        }),
      ),
    ),
  );
  return pages.flat().flatMap((item) => parseEventKey(parseItem(FiledAt, item))?.id ?? []);
}

function monthsBetween(first: IranianMonth, last: IranianMonth): IranianMonth[] {
  return first > last ? [] : [first, ...monthsBetween(addMonths(first, 1), last)];
}

/** The counted fields of complaints: of at most a hundred, those that are readable and not erased. */
export async function readCountedHeads(ids: readonly string[]): Promise<CountedHead[]> {
  const names = Object.keys(CountedHead.shape);
  const heads = await readItems(
    ids.map((id) => ({ pk: complaintKey(id), sk: headKey })),
    { ProjectionExpression: names.join(", "), ConsistentRead: false },
  );
  return parseReadableItems(CountedHead, heads);
}

/**
 * Writes the counts of a day, unless they are written already. They are compressed: an item holds 400 KB, and a large province has
 * thousands of counts a day.
 */
export async function writeDayCounts({ day, counts }: CountedDay): Promise<void> {
  const item = { pk: partitions.dayCounts, sk: day, counts: gzipSync(JSON.stringify(counts)) };
  // A month longer than they are compared, as after an interruption.
  const expiresAt = secondsOf(startOfDay(day)) + (daysCompared + 31) * daySeconds;
  await putIfConditionHolds(ifNew, { ...item, expiresAt });
}

const Stored = z.object({ sk: LocalDate, counts: z.instanceof(Uint8Array) });

/** The stored counts of the days from `from` to before `until`, the earliest first. */
export async function readDayCounts({ from, until }: { from: string; until: string }): Promise<CountedDay[]> {
  const items = await readAll({
    KeyConditionExpression: "pk = :counts AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":counts": partitions.dayCounts, ":from": from, ":to": addDays(until, -1) },
    ConsistentRead: true,
  });
  return items.map((item) => {
    const { sk, counts } = parseItem(Stored, item);
    return { day: sk, counts: z.array(DayCount).parse(JSON.parse(gunzipSync(counts).toString())) };
  });
}

/** The last day whose counts are written; undefined before the first. */
export async function readLastCountedDay(): Promise<string | undefined> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      KeyConditionExpression: "pk = :counts",
      ExpressionAttributeValues: { ":counts": partitions.dayCounts },
      ProjectionExpression: "sk",
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => z.object({ sk: LocalDate }).parse(item).sk)[0];
}

/** The proposals of a morning. */
const ProposalList = z.object({ morning: LocalDate, proposals: z.array(Proposal) });
export type ProposalList = z.infer<typeof ProposalList>;

const listItem = { pk: partitions.proposals, sk: proposalListKey };

/** The proposals of the last morning; undefined before the first. */
export async function readProposals({ ConsistentRead = true } = {}): Promise<ProposalList | undefined> {
  const item = await readItem(listItem, { ConsistentRead });
  return item && parseItem(ProposalList, item);
}

/** Writes the proposals of a morning, unless those of the same morning or a later one are written. */
export async function writeProposals(list: ProposalList): Promise<void> {
  const ifLater = {
    ConditionExpression: "attribute_not_exists(pk) OR morning < :morning",
    ExpressionAttributeValues: { ":morning": list.morning },
  };
  await putIfConditionHolds(ifLater, { ...listItem, ...list });
}
