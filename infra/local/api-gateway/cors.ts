import type { IncomingMessage } from "node:http";
import { isLocalPage } from "../machine/guard.ts";
import type { Reply } from "./reply.ts";
import type { Route } from "./routes.ts";

export type Cors = {
  allowOrigins?: string[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: number;
};

/**
 * The gateway answers preflights itself wherever CORS is configured, unless a route asks for OPTIONS by name. A route that
 * takes every method, such as `$default`, and asks for a token, asks preflights for it too.
 */
export function isPreflight(request: IncomingMessage, route: Route | undefined): boolean {
  return request.method === "OPTIONS" && !route?.routeKey.startsWith("OPTIONS ") && route?.authorizer !== "JWT";
}

export function preflight({ cors, request }: { cors: Cors; request: IncomingMessage }): Reply {
  const asked = request.headers["access-control-request-method"] !== undefined;
  const headers = asked && allowedOrigin(cors, request) ? grants(cors) : {};
  return { status: 204, headers, cookies: [], body: Buffer.alloc(0) };
}

/** Where CORS is configured, the gateway's CORS headers replace those of the function. */
export function withCors({
  cors,
  request,
  reply,
}: {
  cors: Cors | undefined;
  request: IncomingMessage;
  reply: Reply;
}): Reply {
  if (!cors) return reply;
  const isPreflightGrant = "access-control-allow-methods" in reply.headers && reply.status === 204;
  const kept = isPreflightGrant ? reply.headers : withoutCors(reply.headers);
  const origin = allowedOrigin(cors, request);
  const expose = cors.exposeHeaders?.length ? { "access-control-expose-headers": cors.exposeHeaders.join(",") } : {};
  const granted = origin ? { "access-control-allow-origin": origin, ...expose } : {};
  return { ...reply, headers: { ...kept, ...granted } };
}

function allowedOrigin(cors: Cors, request: IncomingMessage): string | undefined {
  const { origin } = request.headers;
  if (!origin) return undefined;
  if (cors.allowOrigins?.includes("*")) return "*";
  return cors.allowOrigins?.includes(origin) || isLocalPage(origin) ? origin : undefined;
}

function grants(cors: Cors): Record<string, string> {
  return {
    "access-control-allow-methods": (cors.allowMethods ?? []).join(","),
    "access-control-allow-headers": (cors.allowHeaders ?? []).join(","),
    ...(cors.maxAge !== undefined && { "access-control-max-age": String(cors.maxAge) }),
  };
}

function withoutCors(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));
}
