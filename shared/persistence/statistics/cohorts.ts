import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import type { IranianMonth } from "#shared/domain/statistics/period.ts";
import { env } from "#shared/runtime/environment.ts";
import {
  cohortKey,
  cohortShards,
  complaintKey,
  confidentialEntryKeys,
  confidentialLogKey,
  eventPrefix,
  parseEventKey,
} from "#shared/runtime/keys.ts";
import { parseItem } from "../readable.ts";
import { type Position, readAll, readPartition, table } from "../table.ts";

/** A part of what was filed in a month. */
export type CountingUnit = { month: IranianMonth; shard: number };

export const shards = Array.from({ length: cohortShards }, (_, shard) => shard);

type CohortQuery = { unit: CountingUnit; limit: number; from?: Position | undefined };

/**
 * The ids of so many complaints of a month, in the order in which they were filed; `next` is where the others start. Of a
 * month that has passed it is always the same.
 */
export async function readCohort({ unit, limit, from }: CohortQuery): Promise<{ ids: string[]; next?: Position }> {
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "cohort",
      KeyConditionExpression: "cohort = :cohort",
      ExpressionAttributeValues: { ":cohort": cohortKey(unit) },
      ExclusiveStartKey: from,
      Limit: limit,
    }),
  );
  const ids = Items.flatMap((item) => parseEventKey(parseItem(Key, item))?.id ?? []);
  return { ids, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
}

const Key = z.object({ pk: z.string(), sk: z.string() });

/** Whether anything was filed in a month. */
export async function hasFilings(month: IranianMonth): Promise<boolean> {
  const pages = await Promise.all(shards.map((shard) => readCohort({ unit: { month, shard }, limit: 1 })));
  return pages.some(({ ids }) => ids.length > 0);
}

/**
 * Everything that happened to a complaint. Read as the table has it at hand: figures are of what is long past. Throws
 * `unavailable` for what a newer version of this code wrote, since nobody could say what it counts as.
 */
export async function readEventsAndConfidentialLog(
  id: string,
): Promise<{ events: ComplaintEvent[]; confidentialLog: ConfidentialEntry[] }> {
  const { first, last } = confidentialEntryKeys;
  const [events, confidentialLog] = await Promise.all([
    readPartition(complaintKey(id), eventPrefix, { ConsistentRead: false }),
    readAll({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: { ":pk": confidentialLogKey(id), ":first": first, ":last": last },
      ConsistentRead: false,
    }),
  ]);
  return {
    events: events.map((item) => parseItem(ComplaintEvent, item)),
    confidentialLog: confidentialLog.map((item) => parseItem(ConfidentialEntry, item)),
  };
}
