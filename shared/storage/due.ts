import type * as z from "zod";
import { parseReadableItems } from "./readable.ts";
import { readAll } from "./table.ts";

/** `failure`: the message under which an item that cannot be read is logged. */
type PendingQuery<S extends z.ZodType> = { dueKey: string; schema: S; failure: string };

/** All items under one key of the index `due` that are no complaints (orders, changed hours), the earliest first. */
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
