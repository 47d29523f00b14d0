import type { IncomingMessage, ServerResponse } from "node:http";
import { createLocalJWKSet, decodeProtectedHeader, errors, type JWK, type JWTPayload, jwtVerify } from "jose";
import * as z from "zod";
import { asError } from "../machine/errors.ts";
import { isLocalPage } from "../machine/http-server.ts";

/** Returns the bytes of the request line and of the header values. AWS has one limit for both together. */
export function headLength({ method, url, httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`.length;
  return rawHeaders.reduce((sum, text, index) => (index % 2 === 1 ? sum + text.length : sum), line);
}

type Limit = { rate: number; burst: number };
/** `of`: limits of single routes, by route key. */
export type Throttle = Limit & { of?: Record<string, Limit> };
type Throttling = { throttle: Throttle | undefined; now?: () => number };

/**
 * Returns a function that tells whether a route accepts one more request. Each route has a token bucket, with its own limit
 * or the stage's default limit. `now`: ms of real time, since the limit is about requests that really come at once.
 */
export function throttleBy({ throttle, now = () => performance.now() }: Throttling) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (routeKey: string): boolean => {
    if (!throttle) return true;
    const at = now();
    const { rate, burst } = throttle.of?.[routeKey] ?? throttle;
    const bucket = buckets.get(routeKey) ?? { tokens: burst, at };
    const refilled = bucket.tokens + ((at - bucket.at) / 1_000) * rate;
    const tokens = Math.min(burst, refilled);
    const admitted = tokens >= 1;
    buckets.set(routeKey, { tokens: admitted ? tokens - 1 : tokens, at });
    return admitted;
  };
}

export type Route = { routeKey: string; functionArn: string; scopes: string[]; authorizer: "JWT" | "NONE" };

export type Match = { route: Route; parameters: Record<string, string> };

const DEFAULT: Match["parameters"] = {};

/**
 * Returns the most specific matching route. Segment by segment, a literal comes before a variable, and a variable before a
 * greedy variable. Then a method comes before ANY, and `$default` comes last.
 */
export function matchRoute(routes: Route[], request: IncomingMessage): Match | undefined {
  const path = rawPath(request).split("/");
  const found = routes.flatMap((route) => {
    const parameters = parametersOf({ route, method: request.method ?? "", path });
    return parameters ? [{ route, parameters }] : [];
  });
  return found.sort((a, b) => (specificity(a.route) < specificity(b.route) ? 1 : -1))[0];
}

/** Returns the path as HTTP APIs see it: decoded as a whole, so an encoded slash also separates segments. */
export function rawPath(request: IncomingMessage): string {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  return decoded(path);
}

type Attempt = { route: Route; method: string; path: string[] };

function parametersOf({ route, method, path }: Attempt): Record<string, string> | undefined {
  if (route.routeKey === "$default") return DEFAULT;
  const [routeMethod, template = ""] = route.routeKey.split(" ");
  if (routeMethod !== "ANY" && routeMethod !== method) return undefined;
  const segments = template.split("/");
  const isGreedy = template.endsWith("+}");
  const isAsLong = isGreedy ? path.length >= segments.length : path.length === segments.length;
  if (!isAsLong) return undefined;
  return variablesIn(segments, path);
}

/** Returns the path's value for each variable of the template; undefined if the path does not match. */
function variablesIn(template: string[], path: string[]): Record<string, string> | undefined {
  const variables: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const value = segment.endsWith("+}") ? path.slice(index).join("/") : (path[index] ?? "");
    const name = /^\{(.+?)\+?\}$/.exec(segment)?.[1];
    // A greedy variable also takes the slash at the end of an address, with nothing after it.
    const fits = name ? value !== "" || segment.endsWith("+}") : value === segment;
    if (!fits) return undefined;
    if (name) variables[name] = value;
  }
  return variables;
}

/** Returns a text for comparison: of two matching routes, the one with the greater text is more specific. */
function specificity({ routeKey }: Route): string {
  if (routeKey === "$default") return "";
  const [method, template = ""] = routeKey.split(" ");
  const ranks = template
    .split("/")
    .map((segment) => (segment.endsWith("+}") ? "1" : segment.endsWith("}") ? "2" : "3"));
  return `${ranks.join("")} ${method === "ANY" ? 0 : 1}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export type Reply = {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
  /** The gateway's own message, if no function has answered. */
  refused?: string;
};

const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A function's answer with a status. An answer without a `statusCode` is itself the body. */
const Structured = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), Scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Errors of Lambda itself, unlike errors of a function that ran and failed. */
const UNAVAILABLE = new Set(["TooManyRequestsException", "ServiceException", "EC2ThrottledException"]);

/** Headers of the connection between gateway and caller. The gateway sets them; the function's values are ignored. */
const NOT_FORWARDED = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

/** Returns a refusal by the gateway itself. Its body cannot be configured in AWS. */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Reply {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { "content-type": "application/json", ...headers }, cookies: [], body, refused: message };
}

export function fromFunction(value: unknown): Reply {
  if (typeof value !== "object" || value === null || !("statusCode" in value)) return bare(value);
  const parsed = Structured.safeParse(value);
  if (!parsed.success) return refusal(500, "Internal Server Error");
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: { "content-type": "text/plain;charset=UTF-8", ...forwardable(headers ?? {}) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
  };
}

export function failed(error: unknown): Reply {
  return UNAVAILABLE.has(asError(error).name)
    ? refusal(503, "Service Unavailable")
    : refusal(500, "Internal Server Error");
}

export function send(response: ServerResponse, { status, headers, cookies, body }: Reply): void {
  // The length of an answer to HEAD is not known here, because the function sent no body.
  const bodiless = status === 204 || status === 304 || response.req.method === "HEAD";
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 && { "set-cookie": cookies }),
    ...(!bodiless && { "content-length": body.length }),
  });
  response.end(bodiless ? undefined : body);
}

function bare(value: unknown): Reply {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
  return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body: Buffer.from(text) };
}

function forwardable(headers: Record<string, string>): Record<string, string> {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lowered.filter(([name]) => !NOT_FORWARDED.has(name)));
}

export type Cors = {
  allowOrigins?: string[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: number;
};

/**
 * Returns whether the gateway answers a preflight request itself. It does so if CORS is configured, except for a route with
 * the method OPTIONS, and for a route of every method, such as `$default`, that needs a token.
 */
export function isPreflight(request: IncomingMessage, route: Route | undefined): boolean {
  return request.method === "OPTIONS" && !route?.routeKey.startsWith("OPTIONS ") && route?.authorizer !== "JWT";
}

export function preflight({ cors, request }: { cors: Cors; request: IncomingMessage }): Reply {
  const asked = request.headers["access-control-request-method"] !== undefined;
  const headers = asked && allowedOrigin(cors, request) ? grants(cors) : {};
  return { status: 204, headers, cookies: [], body: Buffer.alloc(0) };
}

/** If CORS is configured, the gateway's CORS headers replace the function's. */
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

export type Authorizer = { issuer: string; audience: string[] };

export type Keys = () => Promise<{ keys: JWK[] }>;

/** The part of a token that a function receives: every claim as text, and the token's scopes that the route accepts. */
export type JwtContext = { claims: Record<string, string>; scopes: string[] | null };

type AuthorizationInput = {
  request: IncomingMessage;
  route: Route;
  options: { definition: { authorizer?: Authorizer }; keys: Keys; now(): number };
};

type Verdict = { refused: Reply; jwt?: undefined } | { refused?: undefined; jwt: JwtContext | undefined };

/** Checks a request like the JWT authorizer of an HTTP API: the token, and that it has a scope of the route. */
export async function authorize({ request, route, options }: AuthorizationInput): Promise<Verdict> {
  if (route.authorizer === "NONE") return { jwt: undefined };
  const token = tokenOf(request);
  if (!token) return { refused: unauthorized(route) };
  const { authorizer } = options.definition;
  if (!authorizer) return { refused: refusal(500, "Internal Server Error") };
  const checked = await claimsOf({ token, authorizer, keys: options.keys, now: options.now() });
  if (typeof checked === "string") return { refused: unauthorized(route, checked) };
  const scopes = route.scopes.filter((scope) => scopesOf(checked).includes(scope));
  if (route.scopes.length > 0 && scopes.length === 0) return { refused: forbidden(route) };
  return { jwt: { claims: asTexts(checked), scopes: route.scopes.length > 0 ? scopes : null } };
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization?.trim() ?? "";
  const token = /^bearer\s/i.test(header) ? header.slice(7).trim() : header;
  return token && !/\s/.test(token) ? token : undefined;
}

type Check = { token: string; authorizer: Authorizer; keys: Keys; now: number };

/** Returns the token's claims, or the reason why it is refused. */
async function claimsOf({ token, authorizer, keys, now }: Check): Promise<JWTPayload | string> {
  const known = createLocalJWKSet(await keys());
  try {
    if (!decodeProtectedHeader(token).kid) return "the token has no key id";
    const { payload } = await jwtVerify(token, known, {
      algorithms: ["RS256"],
      issuer: authorizer.issuer,
      currentDate: new Date(now),
      requiredClaims: ["exp"],
    });
    return refusedClaim({ payload, authorizer, now }) ?? payload;
  } catch (error) {
    return descriptionOf(error);
  }
}

/** Returns why AWS would refuse a claim; undefined if it would not. AWS reads `client_id` only if the token has no `aud`. */
function refusedClaim({ payload, authorizer, now }: { payload: JWTPayload; authorizer: Authorizer; now: number }) {
  const named = payload.aud ?? payload.client_id;
  const audience = [named].flat().filter((one) => typeof one === "string");
  if (!audience.some((one) => authorizer.audience.includes(one))) return "the token does not have a valid audience";
  if ((payload.iat ?? 0) * 1_000 > now) return "the token was issued in the future";
  return undefined;
}

const DESCRIPTIONS: Record<string, string> = {
  ERR_JWT_EXPIRED: "the token has expired",
  ERR_JWKS_NO_MATCHING_KEY: "unable to find the signing key",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "the token's signature is invalid",
  ERR_JOSE_ALG_NOT_ALLOWED: "the token's signing method is invalid",
};

function descriptionOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `the token does not have a valid ${error.claim}`;
  const code = error instanceof errors.JOSEError ? error.code : "";
  return DESCRIPTIONS[code] ?? "the token could not be read";
}

function unauthorized(route: Route, description?: string): Reply {
  const error =
    description && ` scope="${route.scopes.join(" ")}" error="invalid_token" error_description="${description}"`;
  return refusal(401, "Unauthorized", { "www-authenticate": `Bearer${error ?? ""}` });
}

function forbidden(route: Route): Reply {
  const challenge = `Bearer scope="${route.scopes.join(" ")}" error="insufficient_scope"`;
  return refusal(403, "Forbidden", { "www-authenticate": challenge });
}

function scopesOf(payload: JWTPayload): string[] {
  const claim = payload.scope ?? payload.scp;
  return [claim].flat().flatMap((one) => (typeof one === "string" ? one.split(" ") : []));
}

function asTexts(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
}

/** Formats a claim as the gateway does, in the style of Go: [a b] for a list, map[k:v] for an object. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `map[${Object.entries(value)
    .map(([key, one]) => `${key}:${asText(one)}`)
    .join(" ")}]`;
}
