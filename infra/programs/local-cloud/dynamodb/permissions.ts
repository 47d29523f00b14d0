import type { IncomingHttpHeaders } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import * as z from "zod";
import { callerOf, type PermissionGate, type PermissionRequest } from "../iam/gate.ts";
import { refusalOf } from "../machine/http-server.ts";

type Names = Record<string, string>;

const keywords = new Set(
  "and or not between in set remove add delete attribute_exists attribute_not_exists attribute_type begins_with contains size if_not_exists list_append".split(
    " ",
  ),
);

/** Returns the top-level attributes that an expression names. */
function namesIn(expression: string, names: Names): string[] {
  // A name after a dot is inside an attribute, and a name after a colon is a value: neither is matched.
  const found = expression.match(/(?<![\w.:#])[#a-z_][\w-]*/gi) ?? [];
  return found.filter((name) => !keywords.has(name.toLowerCase())).map((name) => names[name] ?? name);
}

type Condition = { expression: string; names: Names; partitionKey: string };

/** Returns the name of the value, such as `:id`, that a key condition compares with the partition key. */
function partitionKeyIn({ expression, names, partitionKey }: Condition): string | undefined {
  const equalities = [...expression.matchAll(/([#\w-]+)\s*=\s*(:\w+)/g)];
  const [, , value] = equalities.find(([, name = ""]) => (names[name] ?? name) === partitionKey) ?? [];
  return value;
}

/** The names of the partition keys of a table and its indexes. They are needed to find a request's leading keys. */
export type TableKeys = { arn: string; partitionKey: string; indexes: Record<string, string> };

/** Items are parsed loosely: permissions depend only on their keys, and every call is parsed. */
const Item = z.looseObject({});
const Value = z.looseObject({}).default({});
const optionalText = z.string().optional();
/** The fields of any operation that permissions depend on. */
const Operation = z.looseObject({
  TableName: z.string().default(""),
  IndexName: optionalText,
  Key: Item.optional(),
  Item: Item.optional(),
  Select: optionalText,
  ReturnValues: optionalText,
  ReturnValuesOnConditionCheckFailure: optionalText,
  ProjectionExpression: optionalText,
  KeyConditionExpression: optionalText,
  FilterExpression: optionalText,
  ConditionExpression: optionalText,
  UpdateExpression: optionalText,
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: Item.default({}),
});
type Operation = z.infer<typeof Operation>;
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Operation)) });
const Keys = z.looseObject({ Keys: z.array(Item) });
const BatchGet = z.object({ RequestItems: z.record(z.string(), Keys) });

/** An operation with the action that IAM checks. Each part of a transaction has its own action. */
type Part = { action: string; operation: Operation; keys: string[] };
type Tables = ReadonlyMap<string, TableKeys>;

/** Returns the permissions that a DynamoDB call needs. An unknown operation gets an action that no policy grants. */
export function dynamodbPermissions(operationName: string, body: unknown, tables: Tables): PermissionRequest[] {
  const parts = (partsReaders[operationName] ?? singlePartReader(operationName))(body, tables);
  return parts.map(({ action, operation, keys }) => {
    const { arn } = tables.get(operation.TableName) ?? { arn: "*" };
    const context = {
      "dynamodb:leadingkeys": keys,
      "dynamodb:attributes": attributesOf(operation),
      "dynamodb:select": operation.Select ? [operation.Select] : [],
      // AWS documents this key only for ReturnValues. Here it covers both, which is stricter.
      "dynamodb:returnvalues": [operation.ReturnValues, operation.ReturnValuesOnConditionCheckFailure].flatMap(
        (it) => it ?? [],
      ),
    };
    return {
      action: `dynamodb:${action}`,
      resource: operation.IndexName ? `${arn}/index/${operation.IndexName}` : arn,
      context,
    };
  });
}

type PartsReader = (body: unknown, tables: Tables) => Part[];

const singlePartReader = (action: string): PartsReader => {
  return (body, tables) => {
    const operation = Operation.parse(body);
    return [{ action, operation, keys: leadingKeys(operation, tables) }];
  };
};

const partsReaders: Record<string, PartsReader> = {
  BatchGetItem: (body, tables) =>
    Object.entries(BatchGet.parse(body).RequestItems).map(([TableName, { Keys: keys, ...rest }]) => {
      const operation = Operation.parse({ ...rest, TableName });
      return {
        action: "BatchGetItem",
        operation,
        keys: keys.flatMap((Key) => leadingKeys({ ...operation, Key }, tables)),
      };
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
 * Each part is checked against the keys of all parts of the same table. AWS does not document whether IAM checks the parts
 * one by one; a transaction that passes this check passes in both cases.
 */
function transaction(body: unknown, tables: Tables): Part[] {
  const parts = Transaction.parse(body).TransactItems.flatMap((item) =>
    Object.entries(item).map(([kind, operation]) => ({ action: actions[kind] ?? kind, operation })),
  );
  const keysOf = (table: string) =>
    parts
      .filter(({ operation }) => operation.TableName === table)
      .flatMap(({ operation }) => leadingKeys(operation, tables));
  return parts.map((part) => ({ ...part, keys: keysOf(part.operation.TableName) }));
}

function leadingKeys(operation: Operation, tables: Tables): string[] {
  const table = tables.get(operation.TableName);
  if (!table) return [];
  const partitionKey = operation.IndexName ? table.indexes[operation.IndexName] : table.partitionKey;
  if (partitionKey === undefined) return [];
  const given = (operation.Item ?? operation.Key)?.[partitionKey];
  const value =
    given ?? operation.ExpressionAttributeValues[partitionKeyIn({ ...expressionOf(operation), partitionKey }) ?? ""];
  return Object.values(Value.parse(value)).map(String);
}

function expressionOf({ KeyConditionExpression = "", ExpressionAttributeNames }: Operation) {
  return { expression: KeyConditionExpression, names: ExpressionAttributeNames };
}

function attributesOf(operation: Operation): string[] {
  const expressions = [
    operation.ProjectionExpression,
    operation.KeyConditionExpression,
    operation.FilterExpression,
    operation.ConditionExpression,
    operation.UpdateExpression,
  ];
  const named = expressions.flatMap((expression = "") => namesIn(expression, operation.ExpressionAttributeNames));
  return [...new Set([...named, ...Object.keys(operation.Item ?? {}), ...Object.keys(operation.Key ?? {})])];
}

type PermissionCheck = { gate: PermissionGate; tables: ReadonlyMap<string, TableKeys> };

/**
 * Serves DynamoDB on 127.0.0.1 in front of the engine, which checks no permissions. Each connection has its own connection to
 * the engine, and allowed requests are forwarded byte by byte: an HTTP server with a client would double the added time of a
 * filing. This works because SDK clients send one request after the other, each with its length. `writtenAt`: the time by
 * `performance.now()` when a write was last requested or answered.
 */
export async function serveTables({ endpoint, ...check }: { endpoint: string } & PermissionCheck) {
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
    for (const [socket, other] of [
      [caller, engine],
      [engine, caller],
    ] as const)
      socket.on("error", () => other.destroy()).on("close", () => other.destroy());
    engine.pipe(caller);
    forwardCalls({ caller, engine, check, written });
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

type Connection = { caller: Socket; engine: Socket; check: PermissionCheck; written: () => void };

function forwardCalls({ caller, engine, check, written }: Connection): void {
  let waiting: Buffer = Buffer.alloc(0);
  let isWriting = false;
  engine.on("data", () => {
    if (isWriting) written();
  });
  caller.on("data", (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (let call = firstCall(waiting); call; call = firstCall(waiting)) {
      const answer = refusalInsteadOfEngine(check, call);
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

/** Returns the first request in the received bytes; undefined until all of it has arrived. */
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

/** Returns the refusal that is sent in place of the engine's answer; undefined if the call may go to the engine. */
function refusalInsteadOfEngine({ gate, tables }: PermissionCheck, { headers, body }: Call): string | undefined {
  const wrongOrigin = refusalOf({ headers }, "local");
  if (wrongOrigin) return reply({ status: "403 Forbidden", type: "text/plain", body: `${wrongOrigin}\n` });
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
