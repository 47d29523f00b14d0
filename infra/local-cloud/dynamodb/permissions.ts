import type { IncomingHttpHeaders } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import * as z from "zod";
import { callerOf, type PermissionGate, type PermissionRequest } from "../iam/gate.ts";
import { refusalOf } from "../machine/http-server.ts";

type Names = Record<string, string>;

const words = new Set(
  "and or not between in set remove add delete attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append".split(
    " ",
  ),
);

/** The top-level attributes that an expression names. */
export function namesIn(expression: string, names: Names): string[] {
  // Not what follows a dot, which is inside an attribute, or a colon, which is a value.
  const found = expression.match(/(?<![\w.:#])[#a-z_][\w-]*/gi) ?? [];
  return found.filter((name) => !words.has(name.toLowerCase())).map((name) => names[name] ?? name);
}

type Condition = { expression: string; names: Names; partitionKey: string };

/** The name of the value, such as `:id`, that a condition on keys compares the partition key with. */
export function partitionKeyIn({ expression, names, partitionKey }: Condition): string | undefined {
  const equalities = [...expression.matchAll(/([#\w-]+)\s*=\s*(:\w+)/g)];
  const [, , value] = equalities.find(([, name = ""]) => (names[name] ?? name) === partitionKey) ?? [];
  return value;
}

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
export function dynamodbPermissions(operation: string, body: unknown, tables: Tables): PermissionRequest[] {
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
  const value = given ?? one.ExpressionAttributeValues[partitionKeyIn({ ...expressionOf(one), partitionKey }) ?? ""];
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

type Front = { gate: PermissionGate; tables: ReadonlyMap<string, TableKeys> };

/**
 * DynamoDB on 127.0.0.1, before the engine, which asks for no permission. Each connection has one of its own to the
 * engine, and what is allowed is passed on as it came: an HTTP server and a client in between cost a filing twice as much
 * more time. SDK clients send one request after the other, each with its length. `writtenAt`: when, by
 * `performance.now()`, a write was last asked for or answered.
 */
export async function serveTables({ endpoint, ...front }: { endpoint: string } & Front) {
  const { hostname, port } = new URL(endpoint);
  const open = new Set<Socket>();
  let last = 0;
  const written = () => {
    last = performance.now();
  };
  const server = createServer({ noDelay: true }, (caller) => {
    const engine = connect({ host: hostname, port: Number(port), noDelay: true });
    open.add(caller);
    caller.on("close", () => open.delete(caller));
    for (const [one, other] of [
      [caller, engine],
      [engine, caller],
    ] as const)
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
    engine.pipe(caller);
    forwardCalls({ caller, engine, front, written });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return {
    url: `http://127.0.0.1:${z.object({ port: z.int() }).parse(server.address()).port}`,
    writtenAt: () => last,
    stop,
  };
}

type Connection = { caller: Socket; engine: Socket; front: Front; written: () => void };

function forwardCalls({ caller, engine, front, written }: Connection): void {
  let waiting: Buffer = Buffer.alloc(0);
  let isWriting = false;
  engine.on("data", () => {
    if (isWriting) written();
  });
  caller.on("data", (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (let call = firstCall(waiting); call; call = firstCall(waiting)) {
      const answer = answerInstead(front, call);
      if (answer === undefined) {
        isWriting = !reads.test(operationOf(call.headers));
        if (isWriting) written();
        engine.write(waiting.subarray(0, call.end));
      } else caller.write(answer);
      waiting = waiting.subarray(call.end);
    }
  });
}

const reads = /^(BatchGet|Describe|Get|List|Query|Scan|TransactGet)/;
const operationOf = (headers: IncomingHttpHeaders) =>
  String(headers["x-amz-target"] ?? "").replace(/^DynamoDB_\d+\./, "");

type Call = { headers: IncomingHttpHeaders; body: string; end: number };

/** The first request of what has come, once all of it has. */
function firstCall(bytes: Buffer): Call | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const [, ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => [nameIn(line), line.slice(line.indexOf(":") + 1).trim()]));
  const start = headEnd + 4;
  const end = start + Number(headers["content-length"] ?? 0);
  return bytes.length < end ? undefined : { headers, body: bytes.toString("utf8", start, end), end };
}

const nameIn = (line: string) => line.slice(0, line.indexOf(":")).toLowerCase();

/** What is answered in the engine's place; undefined where the engine is asked. */
function answerInstead({ gate, tables }: Front, { headers, body }: Call): string | undefined {
  const foreign = refusalOf({ headers }, "local");
  if (foreign) return reply({ status: "403 Forbidden", type: "text/plain", body: `${foreign}\n` });
  const caller = callerOf(headers);
  if (!caller) return undefined;
  const message = gate.refusal(caller, ...dynamodbPermissions(operationOf(headers), JSON.parse(body), tables));
  if (message === undefined) return undefined;
  const denied = JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", message });
  return reply({ status: "400 Bad Request", type: "application/x-amz-json-1.0", body: denied });
}

function reply({ status, type, body }: { status: string; type: string; body: string }): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return [`HTTP/1.1 ${status}`, `content-type: ${type}`, length, "", body].join("\r\n");
}
