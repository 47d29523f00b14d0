import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { callerOf, type Gate } from "../iam/gate.ts";
import { readBody, sendJson, serveOnLoopback } from "../machine/loopback.ts";
import { asksOf, type TableKeys } from "./asks.ts";

type Front = { engine: URL; gate: Gate; tables: ReadonlyMap<string, TableKeys>; agent: Agent };

/** Bytes: a transaction writes 4 MB at the most, which JSON and base64 make longer. */
const longestCall = 16 * 1_024 * 1_024;

/** DynamoDB on 127.0.0.1, before the engine, which asks for no permission. */
export async function serveTables({ endpoint, ...given }: { endpoint: string } & Pick<Front, "gate" | "tables">) {
  const agent = new Agent({ keepAlive: true });
  const front = { ...given, engine: new URL(endpoint), agent };
  const { url, stop } = await serveOnLoopback({
    port: 0,
    answer: (request, response) => answer(front, request, response),
  });
  return { url, stop: () => stop().then(() => agent.destroy()) };
}

async function answer({ engine, gate, tables, agent }: Front, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody({ request, limit: longestCall });
  if (!body) return refuse(response, "SerializationException", "The request is too long.");
  const caller = callerOf(request.headers);
  const operation = String(request.headers["x-amz-target"] ?? "").replace(/^DynamoDB_\d+\./, "");
  const refusal = caller && gate.refusal(caller, ...asksOf(operation, JSON.parse(body.toString()), tables));
  if (refusal) return refuse(response, "AccessDeniedException", refusal);
  const { hostname, port } = engine;
  const passed = httpRequest({
    hostname,
    port,
    agent,
    method: request.method,
    path: request.url,
    headers: request.headers,
  });
  passed.on("response", (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  // As where the engine itself is gone: the connection ends without an answer.
  passed.on("error", () => response.destroy());
  passed.end(body);
}

function refuse(response: ServerResponse, type: string, message: string): void {
  const body = { __type: `com.amazon.coral.service#${type}`, message };
  sendJson(response, { status: 400, body, headers: { "content-type": "application/x-amz-json-1.0" } });
}
