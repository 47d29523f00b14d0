import type { IncomingMessage, Server } from "node:http";

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
