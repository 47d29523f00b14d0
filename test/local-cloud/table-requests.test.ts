import { describe, expect, test } from "vitest";
import { dynamodbPermissions } from "#infra/programs/local-cloud/dynamodb/permissions.ts";

const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/t";
const tables = new Map([["t", { arn, partitionKey: "pk", indexes: { inbox: "inbox" } }]]);
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "HEAD" } });
const asked = (operation: string, body: object) =>
  dynamodbPermissions(operation, body, tables).map(({ action, resource, context }) => [
    action,
    resource,
    context?.["dynamodb:leadingkeys"],
  ]);

const in_ = { TableName: "t" };

describe("what IAM sees of a call to DynamoDB", () => {
  test.each<[string, object, unknown[]]>([
    ["GetItem", { ...in_, Key: key("C#1") }, ["dynamodb:GetItem", arn, ["C#1"]]],
    ["PutItem", { ...in_, Item: key("C#1") }, ["dynamodb:PutItem", arn, ["C#1"]]],
    ["Scan", in_, ["dynamodb:Scan", arn, []]],
    [
      "Query",
      {
        ...in_,
        KeyConditionExpression: "pk = :a AND sk = :b",
        ExpressionAttributeValues: { ":a": { S: "C#1" }, ":b": { S: "x" } },
      },
      ["dynamodb:Query", arn, ["C#1"]],
    ],
    [
      "Query",
      {
        ...in_,
        IndexName: "inbox",
        KeyConditionExpression: "#at > :n and #i=:i",
        ExpressionAttributeNames: { "#i": "inbox", "#at": "inboxAt" },
        ExpressionAttributeValues: { ":i": { S: "A#gas#open" }, ":n": { S: "x" } },
      },
      ["dynamodb:Query", `${arn}/index/inbox`, ["A#gas#open"]],
    ],
    [
      "Query",
      {
        ...in_,
        IndexName: "inbox",
        KeyConditionExpression: "pk = :a",
        ExpressionAttributeValues: { ":a": { S: "C#1" } },
      },
      ["dynamodb:Query", `${arn}/index/inbox`, []],
    ],
    [
      "BatchGetItem",
      { RequestItems: { t: { Keys: [key("C#1"), key("P#1")] } } },
      ["dynamodb:BatchGetItem", arn, ["C#1", "P#1"]],
    ],
    ["GetItem", { TableName: "unknown", Key: key("C#1") }, ["dynamodb:GetItem", "*", []]],
    ["ExecuteStatement", { Statement: 'SELECT * FROM "t"' }, ["dynamodb:ExecuteStatement", "*", []]],
  ])("%s %o", (operation, body, expected) => {
    expect(asked(operation, body)).toEqual([expected]);
  });

  test("each part of a transaction by its own action, and all keys of its table", () => {
    const TransactItems = [
      { Put: { ...in_, Item: key("C#1") } },
      { Update: { ...in_, Key: key("L#1") } },
      { Delete: { ...in_, Key: key("C#1") } },
      { ConditionCheck: { TableName: "other", Key: key("x") } },
    ];
    const keys = ["C#1", "L#1", "C#1"];
    expect(asked("TransactWriteItems", { TransactItems })).toEqual([
      ["dynamodb:PutItem", arn, keys],
      ["dynamodb:UpdateItem", arn, keys],
      ["dynamodb:DeleteItem", arn, keys],
      ["dynamodb:ConditionCheckItem", "*", []],
    ]);
  });

  test("the attributes are those that any expression names, by their own names", () => {
    const query = {
      ...in_,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
      FilterExpression: "attribute_exists(#n.inner) OR size(phone) > :email",
      ProjectionExpression: "email, #n",
      ExpressionAttributeNames: { "#n": "name" },
      Select: "SPECIFIC_ATTRIBUTES",
    };
    const [ask] = dynamodbPermissions("Query", query, tables);
    expect(ask?.context).toMatchObject({
      "dynamodb:attributes": ["email", "name", "pk", "sk", "phone"],
      "dynamodb:select": ["SPECIFIC_ATTRIBUTES"],
    });
  });
});
