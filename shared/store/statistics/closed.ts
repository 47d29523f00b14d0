import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { IranianMonth } from "#shared/domain/statistics/iranian-month.ts";
import { PeriodKind } from "#shared/domain/statistics/period.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readAll, readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { ifNew, putIf } from "../transaction.ts";

/** A month that is closed, and the periods that closed with it. Nothing is published but what is named here. */
export const ClosedMonth = z.object({
  month: z.string(),
  /** The first month that anything was filed in; none while nothing was. */
  since: z.string().optional(),
  periods: z.array(z.object({ kind: PeriodKind, name: z.string() })),
  /** Under which their figures stand. */
  edition: z.string(),
  /** What happened from then on is in none of the figures. */
  asOf: Instant,
  closedAt: Instant,
});
export type ClosedMonth = z.infer<typeof ClosedMonth>;

/** One month, if it is closed. */
export async function readClosedMonth(month: IranianMonth): Promise<ClosedMonth | undefined> {
  const Key = { pk: partitions.closed, sk: month };
  const item = await readItem(Key, { ConsistentRead: false });
  return item && readable(ClosedMonth, item);
}

/** The months from one to another that are closed, in order. */
export async function readClosed({ from, to }: { from: IranianMonth; to: IranianMonth }): Promise<ClosedMonth[]> {
  const items = await readAll({
    KeyConditionExpression: "pk = :closed AND sk BETWEEN :from AND :to",
    ExpressionAttributeValues: { ":closed": partitions.closed, ":from": from, ":to": to },
  });
  return items.map((item) => readable(ClosedMonth, item));
}

/** Publishes all that closed with a month in one write; false where it is closed, and nothing is published anew. */
export function close(closed: ClosedMonth): Promise<boolean> {
  return putIf(ifNew, { ...closed, pk: partitions.closed, sk: closed.month });
}

/** The last month that is closed; undefined where none is. */
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
  return Items.map((item) => readable(ClosedMonth, item))[0];
}
