import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { OpenNow } from "#shared/domain/statistics/open-now.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { env } from "#shared/runtime/env.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readable } from "../readable.ts";
import { table } from "../table.ts";
import { ifNew, putIf } from "../transaction.ts";

/** What was open on a day, as it is published: once a day, since whoever knew an hour would know who was late then. */
export const OpenCount = OpenNow.extend({ date: z.string(), countedAt: Instant });
export type OpenCount = z.infer<typeof OpenCount>;

/** The count of a day of Asia/Tehran; undefined where it has not been made. */
export async function readOpenCount(date: string): Promise<OpenCount | undefined> {
  const Key = { pk: partitions.openNow, sk: date };
  const { Item } = await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key, ConsistentRead: true }));
  return Item && readable(OpenCount, Item);
}

/** False where the day was counted before: that count stays. */
export function writeOpenCount(count: OpenCount): Promise<boolean> {
  return putIf(ifNew, { ...count, pk: partitions.openNow, sk: count.date });
}
