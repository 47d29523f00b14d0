import { DescribeTableCommand, type DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { type IndexName, indexes, keysOnly, placeIn } from "#shared/runtime/keys.ts";
import { say } from "./program.ts";

/**
 * Whether every index of a table of complaints serves. One that is missing is made, since no stack makes any of a table
 * that was restored: one at a time, as DynamoDB takes them, and it fills each from the table.
 */
export async function everyIndexServes(client: DynamoDBClient, TableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const made = new Map(Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => [IndexName, IndexStatus]));
  const lacking = indexes.filter((index) => made.get(index) !== "ACTIVE");
  const [missing] = lacking.filter((index) => !made.has(index));
  const isBusy = [...made.values()].some((status) => status !== "ACTIVE");
  if (missing && !isBusy) await make(client, { TableName, index: missing });
  for (const index of lacking) {
    const isMade = made.has(index) || (index === missing && !isBusy);
    say(`index ${index} of ${TableName}: ${isMade ? "is being made" : "is missing, and made after that"}`, 0);
  }
  return lacking.length === 0;
}

async function make(client: DynamoDBClient, { TableName, index }: { TableName: string; index: IndexName }) {
  const [partition, sort] = [index, placeIn(index)];
  const Create = {
    IndexName: index,
    KeySchema: [
      { AttributeName: partition, KeyType: "HASH" as const },
      { AttributeName: sort, KeyType: "RANGE" as const },
    ],
    Projection: { ProjectionType: keysOnly.includes(index) ? ("KEYS_ONLY" as const) : ("ALL" as const) },
  };
  const AttributeDefinitions = [partition, sort].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S" as const,
  }));
  const GlobalSecondaryIndexUpdates = [{ Create }];
  await client.send(new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
}
