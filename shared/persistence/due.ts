import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { Complaint } from "../domain/complaint/complaint.ts";
import { Instant } from "../domain/time/calendar.ts";
import { env } from "../runtime/environment.ts";
import { dueShardKey, dueShards } from "../runtime/keys.ts";
import { logEvents } from "../runtime/log-events.ts";
import { parseReadableItems } from "./readable.ts";
import { readAll, table } from "./table.ts";

/** A complaint in the index `due`, and when the clock must act on it. */
const DueComplaint = Complaint.pick({ id: true, status: true, level: true, inCharge: true }).extend({ dueAt: Instant });
export type DueComplaint = z.infer<typeof DueComplaint>;

const shards = Array.from({ length: dueShards }, (_, shard) => shard);

/** Complaints that are due, and when the next one of their shard will be, where one is waiting. */
type DuePage = { due: DueComplaint[]; next: Instant | undefined };

/** The complaints that are due, page after page, the longest overdue of each shard first. */
export async function* listDue(now: Instant): AsyncGenerator<DuePage> {
  for (const shard of shards) {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await readSoonest(shard, start);
      const due = Items.filter(({ dueAt }) => dueAt <= now);
      const next: Instant | undefined = Items[due.length]?.dueAt;
      // One that cannot be read is told of when it is due, and not each minute before.
      yield { due: parseReadableItems(DueComplaint, due, logEvents.dueUnreadable), next };
      start = next === undefined ? LastEvaluatedKey : undefined;
    } while (start);
  }
}

/** A few more than are due in a minute: who is next is read with them, in one query. */
const pageSize = 25;

function readSoonest(shard: number, start: Record<string, unknown> | undefined) {
  return table.send(
    new QueryCommand({
      TableName: env("COMPLAINTS_TABLE"),
      IndexName: "due",
      KeyConditionExpression: "due = :shard",
      ExpressionAttributeValues: { ":shard": dueShardKey(shard) },
      ExclusiveStartKey: start,
      Limit: pageSize,
    }),
  );
}

/** `failure`: the message under which an item that cannot be read is logged. */
type PendingQuery<S extends z.ZodType> = { dueKey: string; schema: S; failure: string };

/** Everything under one key of the index `due` that is no complaint's (orders, changed hours), soonest first. */
export async function listPending<S extends z.ZodType>({
  dueKey,
  schema,
  failure,
}: PendingQuery<S>): Promise<z.output<S>[]> {
  const items = await readAll({
    IndexName: "due",
    ConsistentRead: false,
    KeyConditionExpression: "due = :pending",
    ExpressionAttributeValues: { ":pending": dueKey },
  });
  return parseReadableItems(schema, items, failure);
}
