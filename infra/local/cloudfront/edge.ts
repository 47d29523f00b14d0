import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listening, serveOnLoopback } from "../machine/loopback.ts";
import type { EdgeDefinition } from "./cloudfront.ts";

type EdgeOptions = { port: number; definition: EdgeDefinition; gateway: string };

/** The edge on 127.0.0.1: passes each request on to the gateway with what the distribution adds, whatever the caller says. */
export function serveEdge({ port, definition, gateway }: EdgeOptions): Promise<Listening> {
  return serveOnLoopback({
    port,
    pages: "any",
    answer: (request, response) => passOn({ request, response, gateway, adds: addedTo(request, definition) }),
  });
}

/** A host by which the edge is called in AWS is called by its own here. */
function addedTo({ headers: { host = "" } }: IncomingMessage, { adds, aliases }: EdgeDefinition) {
  const here = Object.entries(adds).map(([name, value]) => [name, aliases.includes(value) ? host : value]);
  return Object.fromEntries(here);
}

type Passing = { request: IncomingMessage; response: ServerResponse; gateway: string; adds: Record<string, string> };

function passOn({ request, response, gateway, adds }: Passing): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { host } = new URL(gateway);
  const options = { method: request.method, headers: headersFor({ request, host, adds }) };
  const passed = ask(`${gateway}${request.url}`, options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response).once("error", reject);
    answer.once("end", resolve);
  });
  passed.once("error", reject);
  request.pipe(passed);
  return promise;
}

/** As the caller wrote them, in order and twice where they stand twice. */
function headersFor({ request, host, adds }: { request: IncomingMessage; host: string; adds: Record<string, string> }) {
  const own = { ...adds, host };
  const kept = Array.from({ length: request.rawHeaders.length / 2 }, (_, n) =>
    request.rawHeaders.slice(2 * n, 2 * n + 2),
  ).filter(([name = ""]) => !(name.toLowerCase() in own));
  return [...kept, ...Object.entries(own)].flat();
}
