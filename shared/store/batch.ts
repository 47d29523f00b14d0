import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../domain/fault.ts";
import { env } from "../runtime/env.ts";
import { table } from "./table.ts";

type Key = { pk: string; sk: string };
type Projection = { ProjectionExpression: string; ExpressionAttributeNames: Record<string, string> };

/** Those of up to a hundred items that exist, as they are now, in no order; `unavailable` where some stay unread. */
export async function readTogether(Keys: Key[], projection?: Projection): Promise<Record<string, unknown>[]> {
  if (Keys.length === 0) return [];
  const name = env("COMPLAINTS_TABLE");
  const { Responses, UnprocessedKeys } = await table.send(
    new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true, ...projection } } }),
  );
  if (UnprocessedKeys?.[name]) throw new Fault("unavailable");
  return Responses?.[name] ?? [];
}
