import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { Complaint } from "#shared/domain/complaint/complaint.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { dueShardKey, dueShards } from "#shared/runtime/keys.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { allReadable } from "../readable.ts";
import { table } from "../table.ts";

/** A complaint in the index `due`, and when the clock must act on it. */
const DueComplaint = Complaint.pick({ id: true, status: true, level: true, inCharge: true }).extend({ dueAt: Instant });
export type DueComplaint = z.infer<typeof DueComplaint>;

const shards = Array.from({ length: dueShards }, (_, shard) => shard);

/** The complaints that are due, page after page, the longest overdue of each shard first. */
export async function* listDue(now: Instant): AsyncGenerator<DueComplaint[]> {
  for (const shard of shards) {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await query({ shard, condition: "dueAt <= :now", now, limit: 100, start });
      yield page.found;
      start = page.next;
    } while (start);
  }
}

/** When the next complaint will be due; undefined where none is waiting. */
export async function nextDueAt(now: Instant): Promise<Instant | undefined> {
  const firsts = await Promise.all(shards.map((shard) => query({ shard, condition: "dueAt > :now", now, limit: 1 })));
  return firsts
    .flatMap(({ found }) => found)
    .map(({ dueAt }) => dueAt)
    .sort()[0];
}

type DueQuery = {
  shard: number;
  condition: string;
  now: Instant;
  limit: number;
  start?: Record<string, unknown> | undefined;
};

async function query({ shard, condition, now, limit, start }: DueQuery) {
  const { Items = [], LastEvaluatedKey } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: `due = :shard AND ${condition}`,
      ExpressionAttributeValues: { ":shard": dueShardKey(shard), ":now": now },
      ExclusiveStartKey: start,
      Limit: limit,
    }),
  );
  const found = allReadable(DueComplaint, Items, logEvents.dueUnreadable);
  return { found, next: LastEvaluatedKey };
}

/** `failure`: the message under which an item that cannot be read is logged. */
type PendingQuery<S extends z.ZodType> = { under: string; schema: S; failure: string };

/** Everything under one key of the index `due` that is no complaint's (orders, changed hours), soonest first. */
export async function listPending<S extends z.ZodType>({
  under,
  schema,
  failure,
}: PendingQuery<S>): Promise<z.output<S>[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :pending",
      ExpressionAttributeValues: { ":pending": under },
    }),
  );
  return allReadable(schema, Items, failure);
}
