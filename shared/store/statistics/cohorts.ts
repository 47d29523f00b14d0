import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ComplaintEvent } from "#shared/domain/complaint/event.ts";
import { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { env } from "#shared/runtime/env.ts";
import {
  cohortKey,
  cohortShards,
  complaintKey,
  eventPrefix,
  privateEventKeys,
  privateKey,
  readEventPlace,
} from "#shared/runtime/keys.ts";
import { readAll, readPartition } from "../items.ts";
import type { Position } from "../pages.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";

/** A part of what was filed in a month. */
export type Unit = { month: IranianMonth; shard: number };

export const shards = Array.from({ length: cohortShards }, (_, shard) => shard);

type CohortQuery = { unit: Unit; limit: number; from?: Position | undefined };

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
  const ids = Items.flatMap((item) => readEventPlace(readable(Key, item))?.id ?? []);
  return { ids, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
}

const Key = z.object({ pk: z.string(), sk: z.string() });

/** Whether anything was filed in a month. */
export async function isAnyFiled(month: IranianMonth): Promise<boolean> {
  const pages = await Promise.all(shards.map((shard) => readCohort({ unit: { month, shard }, limit: 1 })));
  return pages.some(({ ids }) => ids.length > 0);
}

/**
 * Everything that happened to a complaint. Read as the table has it at hand: figures are of what is long past. Throws
 * `unavailable` for what a newer version of this code wrote, since nobody could say what it counts as.
 */
export async function readHistory(id: string): Promise<{ events: ComplaintEvent[]; series: PrivateEvent[] }> {
  const { first, last } = privateEventKeys;
  const [events, series] = await Promise.all([
    readPartition(complaintKey(id), eventPrefix, { ConsistentRead: false }),
    readAll({
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: { ":pk": privateKey(id), ":first": first, ":last": last },
      ConsistentRead: false,
    }),
  ]);
  return {
    events: events.map((item) => readable(ComplaintEvent, item)),
    series: series.map((item) => readable(PrivateEvent, item)),
  };
}
