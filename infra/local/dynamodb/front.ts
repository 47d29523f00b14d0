import type { IncomingHttpHeaders } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import * as z from "zod";
import { callerOf, type Gate } from "../iam/gate.ts";
import { refusalOf } from "../machine/guard.ts";
import { asksOf, type TableKeys } from "./asks.ts";

type Front = { gate: Gate; tables: ReadonlyMap<string, TableKeys> };

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
  const message = gate.refusal(caller, ...asksOf(operationOf(headers), JSON.parse(body), tables));
  if (message === undefined) return undefined;
  const denied = JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", message });
  return reply({ status: "400 Bad Request", type: "application/x-amz-json-1.0", body: denied });
}

function reply({ status, type, body }: { status: string; type: string; body: string }): string {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return [`HTTP/1.1 ${status}`, `content-type: ${type}`, length, "", body].join("\r\n");
}
