import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { env } from "../runtime/environment.ts";
import { dueShardKey, dueShards } from "../runtime/keys.ts";
import { logEvents } from "../runtime/log-events.ts";
import { parseReadableItems } from "../storage/readable.ts";
import { table } from "../storage/table.ts";
import { Instant } from "../time/calendar.ts";
import { Complaint } from "./complaint.ts";

/** A complaint in the index `due`, and when the clock must act on it. */
export const DueComplaint = Complaint.pick({ id: true, status: true, level: true, escalationExecution: true }).extend({
  dueAt: Instant,
});
export type DueComplaint = z.infer<typeof DueComplaint>;

const shards = Array.from({ length: dueShards }, (_, shard) => shard);

/** Complaints that are due, and the time at which the next complaint of the shard is due, if there is one. */
type DuePage = { due: DueComplaint[]; next: Instant | undefined };

/** The complaints that are due, page by page; in each shard the longest overdue first. */
export async function* listDue(now: Instant): AsyncGenerator<DuePage> {
  for (const shard of shards) {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await readSoonest(shard, start);
      const due = Items.filter(({ dueAt }) => dueAt <= now);
      const next: Instant | undefined = Items[due.length]?.dueAt;
      // An item that cannot be read is logged once it is due, and not each minute before.
      yield { due: parseReadableItems(DueComplaint, due, logEvents.dueUnreadable), next };
      start = next === undefined ? LastEvaluatedKey : undefined;
    } while (start);
  }
}

/** A few more than are due in one minute, so that the same query also reads the next complaint. */
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
