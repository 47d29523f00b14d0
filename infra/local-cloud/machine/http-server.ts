import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";

/** The value that a text stands for; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which web pages a server answers: those of this machine, or any, where it grants by CORS what the deployed one does. */
export type Pages = "local" | "any";

const loopbackName = String.raw`(127\.0\.0\.1|localhost|\[::1\])(:\d+)?`;
const loopbackHost = new RegExp(`^${loopbackName}$`, "i");
const loopbackOrigin = new RegExp(`^http://${loopbackName}$`);

/** A page that a developer serves here: no province lists it, and what runs here listens on this machine alone. */
export function isLocalPage(origin: string): boolean {
  return loopbackOrigin.test(origin);
}

/**
 * Keeps out what a hostile page can send through the browser of whoever runs the local cloud. Under a name that it points
 * at this machine, it would be of the same origin as the server; any other request that changes something has its Origin,
 * which is `null` where the page hides it. Stands before the listeners that the server has by then.
 */
export function guard(server: Server, pages: Pages = "local"): void {
  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const refusal = refusalOf(request, pages);
    if (refusal) response.writeHead(403, { "content-type": "text/plain" }).end(`${refusal}\n`);
    else for (const listener of listeners) listener.call(server, request, response);
  });
}

/** Why a request with these headers is kept out; undefined where it is not. */
export function refusalOf(
  { headers: { host = "", origin } }: Pick<IncomingMessage, "headers">,
  pages: Pages,
): string | undefined {
  if (!loopbackHost.test(host))
    return "Only requests to 127.0.0.1 or localhost are answered here; this Host is another.";
  if (pages === "any" || origin === undefined || isLocalPage(origin)) return undefined;
  return "Only pages of this machine are answered here; this Origin is another.";
}

export type Listening = { url: string; stop(): Promise<void> };

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Loopback = { port: number; answer: RequestHandler; pages?: Pages; options?: ServerOptions };

/** A connection that is closed just as its client uses it once more loses a request; on a busy machine that took 5 s, Node's own. */
const keepAliveTimeout = 75_000;

/**
 * Serves on 127.0.0.1 alone, guarded; port 0 takes a free one. Rejects with Node's own error where it cannot, such as
 * EADDRINUSE. `stop` takes no new connection and lets every request that is being answered finish.
 */
export async function serveOnLoopback({ port, answer, pages, options = {} }: Loopback): Promise<Listening> {
  const server = createServer({ keepAliveTimeout, ...options }, (request, response) => {
    answer(request, response).catch((error: unknown) => giveUp({ request, response, error }));
  });
  guard(server, pages);
  const requests = countRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, stop: () => stop(server, requests) };
}

/** The body, or undefined as soon as it is longer than `limit` bytes. */
export async function readBody({ request, limit }: { request: IncomingMessage; limit: number }) {
  if (Number(request.headers["content-length"] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function sendJson(
  response: ServerResponse,
  { status, body, headers = {} }: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length, ...headers });
  response.end(text);
}

type Failed = { request: IncomingMessage; response: ServerResponse; error: unknown };

function giveUp({ request, response, error }: Failed): void {
  const hungUp = request.destroyed && !request.complete;
  if (!hungUp) console.error(`${request.method} ${request.url} failed:`, error);
  if (response.headersSent) response.destroy();
  else sendJson(response, { status: 500, body: { message: "Internal Server Error" } });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

type Requests = { running: number };

function countRequests(server: Server): Requests {
  const requests = { running: 0 };
  server.on("request", (_, response) => {
    requests.running += 1;
    response.once("close", () => {
      requests.running -= 1;
      if (!server.listening && requests.running === 0) server.closeAllConnections();
    });
  });
  return requests;
}

async function stop(server: Server, requests: Requests): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Otherwise `close` would wait for idle connections for as long as their clients keep them open.
  if (requests.running === 0) server.closeAllConnections();
  else server.closeIdleConnections();
  await closed;
}
