import { describe, expect, test } from "vitest";
import {
  type Context,
  judgePermission,
  type Principal,
  readStatements,
} from "#infra/programs/local-cloud/iam/statements.ts";

const role = { arn: "arn:aws:iam::000000000000:role/one" };
const table = "arn:aws:dynamodb:us-east-1:000000000000:table/t";

type Written = Record<string, unknown>;
type Case = {
  identity?: Written[];
  resource?: Written[];
  by?: Principal;
  action?: string;
  on?: string;
  context?: Context;
};

function isAllowed({
  identity = [],
  resource = [],
  by = role,
  action = "dynamodb:GetItem",
  on = table,
  context = {},
}: Case) {
  const read = (statements: Written[]) =>
    readStatements({ Statement: statements.map((one) => ({ Effect: "Allow", ...one })) }, "a policy");
  const policies = { identity: read(identity), resource: read(resource) };
  return judgePermission({ action, resource: on, context }, by, policies).refusal === undefined;
}

const getting = { Action: "dynamodb:GetItem", Resource: table };

describe("what is asked for", () => {
  test.each<[string, Case, boolean]>([
    ["nothing allows it", {}, false],
    ["a statement names it", { identity: [getting] }, true],
    ["a statement names it in other letters", { identity: [{ ...getting, Action: "DynamoDB:getitem" }] }, true],
    ["a statement names another action", { identity: [{ ...getting, Action: "dynamodb:PutItem" }] }, false],
    ["one of several actions", { identity: [{ ...getting, Action: ["dynamodb:Query", "dynamodb:Get*"] }] }, true],
    ["a pattern that ends before the action does", { identity: [{ ...getting, Action: "dynamodb:Get" }] }, false],
    ["a table's policy and one of its indexes", { identity: [getting], on: `${table}/index/i` }, false],
    ["`?` stands for one character, not none", { identity: [{ ...getting, Resource: `${table}?` }] }, false],
    ["`*` reaches over slashes", { identity: [{ ...getting, Resource: "arn:aws:dynamodb:*" }] }, true],
    ["a dot is a dot", { identity: [{ ...getting, Resource: table.replace("us-east-1", "us.east.1") }] }, false],
    ["all actions but others", { identity: [{ NotAction: "dynamodb:PutItem", Resource: table }] }, true],
    ["all actions but this", { identity: [{ NotAction: "dynamodb:GetItem", Resource: table }] }, false],
    ["all resources but this", { identity: [{ Action: "*", NotResource: table }] }, false],
    ["a deny beside an allow", { identity: [getting, { ...getting, Effect: "Deny" }] }, false],
    ["a deny before an allow", { identity: [{ ...getting, Effect: "Deny" }, getting] }, false],
    ["a deny of something else", { identity: [getting, { ...getting, Effect: "Deny", Resource: "other" }] }, true],
  ])("%s", (_, given, verdict) => {
    expect(isAllowed(given)).toBe(verdict);
  });
});

describe("under conditions", () => {
  const keys = "dynamodb:LeadingKeys";
  const held = { "ForAllValues:StringLike": { [keys]: ["C#*", "H"] } };
  const named = { ...held, Null: { [keys]: "false" } };
  const asking = (...values: string[]): Context => ({ "dynamodb:leadingkeys": values });
  const signed = (value: string): Context => ({ "aws:sourcearn": [value] });

  test.each<[string, Written, Context, boolean]>([
    ["all keys fit", held, asking("C#1", "H"), true],
    ["one key does not", held, asking("C#1", "P#1"), false],
    ["a key that only begins with an exact one", held, asking("H#1"), false],
    ["other letters are another key", held, asking("c#1"), false],
    ["the trap: no keys at all", held, {}, true],
    ["no keys at all, where some must be named", named, {}, false],
    ["an empty list of keys is none", named, asking(), false],
    ["keys that are named and fit", named, asking("C#1"), true],
    ["ForAnyValue: one of them fits", { "ForAnyValue:StringEquals": { [keys]: "H" } }, asking("H", "P#1"), true],
    ["ForAnyValue: none is there", { "ForAnyValue:StringEquals": { [keys]: "H" } }, {}, false],
    ["StringEquals knows no pattern", { "ForAllValues:StringEquals": { [keys]: "C#*" } }, asking("C#1"), false],
    ["the trap: a missing value is not another", { StringEquals: { "dynamodb:Select": "COUNT" } }, {}, false],
    ["the trap: a missing value differs", { StringNotEquals: { "dynamodb:Select": "COUNT" } }, {}, true],
    ["IfExists: it is missing", { StringEqualsIfExists: { "dynamodb:Select": "COUNT" } }, {}, true],
    [
      "IfExists: it is there",
      { StringEqualsIfExists: { "dynamodb:Select": "COUNT" } },
      { "dynamodb:select": ["X"] },
      false,
    ],
    [
      "Null: it must be missing and is there",
      { Null: { "s3:if-none-match": true } },
      { "s3:if-none-match": ["*"] },
      false,
    ],
    ["Null: it must be there", { Null: { "s3:if-none-match": "false" } }, { "s3:if-none-match": ["*"] }, true],
    [
      "Bool, in other letters",
      { Bool: { "aws:SecureTransport": "False" } },
      { "aws:securetransport": ["false"] },
      true,
    ],
    ["two operators, one unmet", { ...named, Bool: { "aws:SecureTransport": "false" } }, asking("C#1"), false],
    [
      "ARNs, in their last part",
      { ArnLike: { "aws:SourceArn": "arn:aws:x:r:1:a/*/b" } },
      signed("arn:aws:x:r:1:a/q/r/b"),
      true,
    ],
    [
      "the trap: not over a colon",
      { ArnLike: { "aws:SourceArn": "arn:aws:x:*:rule" } },
      signed("arn:aws:x:r:1:rule"),
      false,
    ],
    [
      "ArnEquals takes patterns too",
      { ArnEquals: { "aws:SourceArn": "arn:aws:x:r:1:a*" } },
      signed("arn:aws:x:r:1:ab"),
      true,
    ],
    [
      "the name of a key in other letters",
      { StringEquals: { "DYNAMODB:select": "COUNT" } },
      { "dynamodb:select": ["COUNT"] },
      true,
    ],
  ])("%s", (_, Condition, context, verdict) => {
    expect(isAllowed({ identity: [{ ...getting, Condition }], context })).toBe(verdict);
  });

  test.each<[string, Written, string]>([
    ["an operator", { NumericLessThan: { "dynamodb:Select": "1" } }, "the condition operator NumericLessThan"],
    ["an operator under ForAllValues", { "ForAllValues:Null": { [keys]: "true" } }, "ForAllValues:Null"],
    ["a key", { StringEquals: { "aws:RequestedRegion": "x" } }, "the condition key aws:RequestedRegion"],
    [
      "a variable",
      { StringEquals: { "ses:FromAddress": ["$", "{aws:username}"].join("") } },
      "a policy variable under ses:FromAddress",
    ],
    ["many values without a set", { StringLike: { [keys]: "C#*" } }, "needs ForAllValues"],
  ])("a policy with %s that cannot be judged is refused, not passed over", (_, Condition, said) => {
    expect(() => isAllowed({ identity: [{ ...getting, Condition }] })).toThrow(said);
  });
});

describe("a resource's own policy", () => {
  const queue = "arn:aws:sqs:us-east-1:000000000000:q";
  const receiving = { action: "sqs:ReceiveMessage", on: queue };
  const lets = (Principal: unknown, more: Written = {}) => ({ Action: "sqs:*", Resource: queue, Principal, ...more });
  const foreign = { arn: "arn:aws:iam::000000000101:role/consumer" };
  const own = { AWS: "arn:aws:iam::000000000000:root" };
  const key = { action: "kms:Decrypt", on: "arn:aws:kms:us-east-1:000000000000:key/k" };
  const decrypting = { Action: "kms:Decrypt", Resource: key.on };

  test.each<[string, Case, boolean]>([
    ["names the role", { ...receiving, resource: [lets({ AWS: role.arn })] }, true],
    ["names everybody", { ...receiving, resource: [lets("*")] }, true],
    [
      "names everybody, and denies",
      { ...receiving, identity: [lets(undefined)], resource: [lets("*", { Effect: "Deny" })] },
      false,
    ],
    ["the trap: names the account, which only lets it decide", { ...receiving, resource: [lets(own)] }, false],
    ["names another role", { ...receiving, resource: [lets({ AWS: foreign.arn })] }, false],
    [
      "names another account, whose role asks",
      { ...receiving, by: foreign, resource: [lets({ AWS: "000000000101" })] },
      true,
    ],
    ["names none of another account", { ...receiving, by: foreign, resource: [lets(own)] }, false],
    ["a role of another account has no policy here", { ...receiving, by: foreign, identity: [lets(undefined)] }, false],
    [
      "names a service",
      { ...receiving, by: { service: "events.amazonaws.com" }, resource: [lets({ Service: "events.amazonaws.com" })] },
      true,
    ],
    [
      "names another service",
      { ...receiving, by: { service: "sns.amazonaws.com" }, resource: [lets({ Service: "events.amazonaws.com" })] },
      false,
    ],
    ["of a key is silent about the account", { ...key, identity: [decrypting] }, false],
    [
      "of a key lets the account decide",
      { ...key, identity: [decrypting], resource: [{ Action: "kms:*", Principal: own, Resource: "*" }] },
      true,
    ],
  ])("%s", (_, given, verdict) => {
    expect(isAllowed(given)).toBe(verdict);
  });
});

test("a refusal says who may not do what with what, and where it is denied", () => {
  const policies = {
    identity: readStatements({ Statement: { ...getting, Effect: "Deny" } }, "Stack/Policy"),
    resource: [],
  };
  expect(judgePermission({ action: "dynamodb:GetItem", resource: table, context: {} }, role, policies)).toEqual({
    refusal: `User: ${role.arn} is not authorized to perform: dynamodb:GetItem on resource: ${table} with an explicit deny in Stack/Policy/1`,
  });
});
