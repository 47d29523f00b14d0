import * as z from "zod";
import type { Ask } from "../iam/gate.ts";
import { namesIn, partitionIn } from "./expression.ts";

/** What of a table a request's leading keys are read by: the attribute that is the partition key, also of each index. */
export type TableKeys = { arn: string; partitionKey: string; indexes: Record<string, string> };

/** Loose to the bottom: what an item holds is judged by its key alone, and this is on the way of every call. */
const Item = z.looseObject({});
const Value = z.looseObject({}).default({});
const texts = z.string().optional();
/** The parts of any operation that are judged. */
const One = z.looseObject({
  TableName: z.string().default(""),
  IndexName: texts,
  Key: Item.optional(),
  Item: Item.optional(),
  Select: texts,
  ReturnValues: texts,
  ReturnValuesOnConditionCheckFailure: texts,
  ProjectionExpression: texts,
  KeyConditionExpression: texts,
  FilterExpression: texts,
  ConditionExpression: texts,
  UpdateExpression: texts,
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: Item.default({}),
});
type One = z.infer<typeof One>;
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), One)) });
const Keys = z.looseObject({ Keys: z.array(Item) });
const BatchGet = z.object({ RequestItems: z.record(z.string(), Keys) });

/** What one operation does, as IAM names it: of a transaction each part by its own action. */
type Part = { action: string; one: One; keys: string[] };
type Tables = ReadonlyMap<string, TableKeys>;

/** What a call to DynamoDB asks for. An operation that is not known here has an action that nothing grants. */
export function asksOf(operation: string, body: unknown, tables: Tables): Ask[] {
  const parts = (reading[operation] ?? alone(operation))(body, tables);
  return parts.map(({ action, one, keys }) => {
    const { arn } = tables.get(one.TableName) ?? { arn: "*" };
    const context = {
      "dynamodb:leadingkeys": keys,
      "dynamodb:attributes": attributesOf(one),
      "dynamodb:select": one.Select ? [one.Select] : [],
      // AWS documents the key for the first alone; here it is judged as if it covered both.
      "dynamodb:returnvalues": [one.ReturnValues, one.ReturnValuesOnConditionCheckFailure].flatMap((it) => it ?? []),
    };
    return { action: `dynamodb:${action}`, resource: one.IndexName ? `${arn}/index/${one.IndexName}` : arn, context };
  });
}

type Reading = (body: unknown, tables: Tables) => Part[];

const alone = (action: string): Reading => {
  return (body, tables) => {
    const one = One.parse(body);
    return [{ action, one, keys: leadingKeys(one, tables) }];
  };
};

const reading: Record<string, Reading> = {
  BatchGetItem: (body, tables) =>
    Object.entries(BatchGet.parse(body).RequestItems).map(([TableName, { Keys: keys, ...rest }]) => {
      const one = One.parse({ ...rest, TableName });
      return { action: "BatchGetItem", one, keys: keys.flatMap((Key) => leadingKeys({ ...one, Key }, tables)) };
    }),
  TransactWriteItems: transaction,
  TransactGetItems: transaction,
};

const actions: Record<string, string> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  ConditionCheck: "ConditionCheckItem",
};

/**
 * Each part is held to the keys of all of its table, since AWS does not say whether IAM looks at them one by one: what
 * passes so passes either way.
 */
function transaction(body: unknown, tables: Tables): Part[] {
  const parts = Transaction.parse(body).TransactItems.flatMap((item) =>
    Object.entries(item).map(([kind, one]) => ({ action: actions[kind] ?? kind, one })),
  );
  const keysOf = (table: string) =>
    parts.filter(({ one }) => one.TableName === table).flatMap(({ one }) => leadingKeys(one, tables));
  return parts.map((part) => ({ ...part, keys: keysOf(part.one.TableName) }));
}

function leadingKeys(one: One, tables: Tables): string[] {
  const table = tables.get(one.TableName);
  if (!table) return [];
  const partitionKey = one.IndexName ? table.indexes[one.IndexName] : table.partitionKey;
  if (partitionKey === undefined) return [];
  const given = (one.Item ?? one.Key)?.[partitionKey];
  const value = given ?? one.ExpressionAttributeValues[partitionIn({ ...expressionOf(one), partitionKey }) ?? ""];
  return Object.values(Value.parse(value)).map(String);
}

function expressionOf({ KeyConditionExpression = "", ExpressionAttributeNames }: One) {
  return { expression: KeyConditionExpression, names: ExpressionAttributeNames };
}

function attributesOf(one: One): string[] {
  const expressions = [
    one.ProjectionExpression,
    one.KeyConditionExpression,
    one.FilterExpression,
    one.ConditionExpression,
    one.UpdateExpression,
  ];
  const named = expressions.flatMap((expression = "") => namesIn(expression, one.ExpressionAttributeNames));
  return [...new Set([...named, ...Object.keys(one.Item ?? {}), ...Object.keys(one.Key ?? {})])];
}
