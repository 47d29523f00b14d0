import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";

/** Returns the parsed JSON; undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Which web pages a server answers. `local`: only pages of this machine. `any`: all pages; the server then handles CORS
 * itself as the deployed service does.
 */
type Pages = "local" | "any";

const loopbackName = String.raw`(127\.0\.0\.1|localhost|\[::1\])(:\d+)?`;
const loopbackHost = new RegExp(`^${loopbackName}$`, "i");
const loopbackOrigin = new RegExp(`^http://${loopbackName}$`);

/** Returns whether the origin is on this machine. Such pages are always allowed, although no province file lists them. */
export function isLocalPage(origin: string): boolean {
  return loopbackOrigin.test(origin);
}

/**
 * Refuses requests that a hostile web page sends through the developer's browser. Such a page may use a host name that
 * points to this machine, and would then have the same origin as the server: so the Host header is checked. Every other
 * cross-origin request that changes something has an Origin header (`null` if the page hides it): so the Origin is checked.
 * The check runs before the listeners that the server has at the time of the call.
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

/** Returns why a request with these headers is refused; undefined if it is allowed. */
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

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Loopback = { port: number; answer: RequestHandler; pages?: Pages; options?: ServerOptions };

/**
 * In ms. If the server closes an idle connection just when its client sends the next request, that request is lost. On a
 * busy machine this happened with Node's default of 5 s.
 */
const keepAliveTimeout = 75_000;

/**
 * Starts a guarded server on 127.0.0.1. Port 0 means a free port. Throws Node's own error if it cannot listen, such as
 * EADDRINUSE. `stop` accepts no new connections, and lets requests in progress finish.
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

/** Returns the body; undefined if it is longer than `limit` bytes. */
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

type RequestCount = { running: number };

function countRequests(server: Server): RequestCount {
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

async function stop(server: Server, requests: RequestCount): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // `close` alone would wait for idle connections as long as their clients keep them open.
  if (requests.running === 0) server.closeAllConnections();
  else server.closeIdleConnections();
  await closed;
}
