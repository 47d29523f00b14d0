import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { PermissionGate } from "../iam/gate.ts";
import type { Invoke } from "../lambda/lambda.ts";
import { arnOf } from "../machine/aws-account.ts";
import { type Listening, readBody, serveOnLoopback } from "../machine/http-server.ts";
import {
  type Authorizer,
  authorize,
  type Cors,
  failed,
  fromFunction,
  headLength,
  isPreflight,
  type JwtContext,
  type Keys,
  type Match,
  matchRoute,
  preflight,
  type Reply,
  type Route,
  rawPath,
  refusal,
  send,
  type Throttle,
  throttleBy,
  withCors,
} from "./requests.ts";

/**
 * Content types whose bodies reach the function as text. All other bodies are sent in base64, also forms and bodies without
 * a type.
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type IncomingCall = {
  request: IncomingMessage;
  match: Match;
  jwt: JwtContext | undefined;
  body: Buffer;
  now: number;
  requestId: string;
};

/** Returns the Lambda event of a request, in payload format 2.0. */
function toEvent({ request, match, jwt, body, now, requestId }: IncomingCall) {
  const { cookie, ...headers } = joinedHeaders(request);
  const query = (request.url ?? "").split("?").slice(1).join("?");
  return {
    version: "2.0",
    routeKey: match.route.routeKey,
    rawPath: rawPath(request),
    rawQueryString: query,
    ...(cookie && { cookies: cookie.split(/[;,] */) }),
    headers: { ...headers, ...forwarded(request) },
    ...(query && { queryStringParameters: joinedQuery(query) }),
    requestContext: context({ request, match, jwt, now, requestId }),
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    ...payload(headers["content-type"], body),
  };
}

function payload(contentType: string | undefined, body: Buffer) {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT.test(contentType?.split(";")[0]?.trim().toLowerCase() ?? "");
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

function context({ request, match, jwt, now, requestId }: Omit<IncomingCall, "body">) {
  const domainName = (request.headers.host ?? "127.0.0.1").replace(/:\d+$/, "");
  return {
    accountId: match.route.functionArn.split(":")[4] ?? "",
    apiId: "local",
    ...(jwt && { authorizer: { jwt } }),
    domainName,
    domainPrefix: domainName.split(".")[0],
    http: {
      method: request.method,
      path: rawPath(request),
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: request.headers["user-agent"] ?? "",
    },
    requestId,
    routeKey: match.route.routeKey,
    stage: "$default",
    time: logTime(new Date(now)),
    timeEpoch: now,
  };
}

/**
 * Returns headers by lower-case name; repeated headers are joined. Uses the raw list, because Node drops some repeated
 * headers.
 */
function joinedHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return headers;
}

function forwarded(request: IncomingMessage): Record<string, string> {
  const before = request.headers["x-forwarded-for"];
  const length = request.headers["content-length"] ?? "0";
  return {
    // AWS adds a content type to requests without a body. Its exact value is not documented.
    ...(Number(length) === 0 && { "content-type": request.headers["content-type"] ?? "text/plain;charset=UTF-8" }),
    "content-length": length,
    "x-amzn-trace-id": `Root=1-${randomUUID().slice(0, 8)}-${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    "x-forwarded-for": before ? `${before}, ${sourceIp(request)}` : sourceIp(request),
    "x-forwarded-port": String(request.socket.localPort ?? ""),
    "x-forwarded-proto": "http",
  };
}

function joinedQuery(query: string): Record<string, string> {
  // Without a prototype, because a parameter may have a name such as `constructor`.
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return parameters;
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

/** Formats a time as in an access log: 12/Mar/2020:19:03:58 +0000. */
function logTime(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2, "0");
  return `${day}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}

type Answered = { requestId: string; routeKey: string | undefined; reply: Reply; now: number; durationMs: number };

/** Returns a line of the access log. Values that are not known here become a hyphen, as AWS writes missing values. */
function accessLine(format: string, { requestId, routeKey, reply, now, durationMs }: Answered): string {
  const known: Record<string, string | number | undefined> = {
    requestId,
    requestTime: logTime(new Date(now)),
    routeKey,
    status: reply.status,
    responseLatency: Math.round(durationMs),
    "error.message": reply.refused,
  };
  return format.replace(/\$context\.([A-Za-z.]+)/g, (_, name: string) => String(known[name] ?? "-"));
}

export type HttpApiDefinition = {
  id: string;
  routes: Route[];
  authorizer?: Authorizer;
  cors?: Cors;
  throttle?: Throttle;
  /** The format of a line of the stage's access log, with variables such as `$context.status`. */
  accessLine?: string;
};

export type HttpApiOptions = {
  port: number;
  definition: HttpApiDefinition;
  /** Rejects if the function fails. If Lambda could not run the function, the error has the name of a Lambda error. */
  invoke: Invoke;
  /** Checks whether a route may invoke its function. */
  gate?: PermissionGate;
  keys: Keys;
  now(): number;
  /** Receives each line of the access log, if the stage has one. */
  logged?: (line: string) => void;
  /** The ms that a function may take; by default 30 s as in AWS. */
  timeout?: number;
};

const LONGEST_BODY = 10 * 1_024 * 1_024;
const LONGEST_HEAD = 10_240;
/** Node's own limit, far above ours, so that a head between the two limits is refused by our code, as in AWS. */
const ENGINE_HEAD = 64 * 1_024;

/** Serves an HTTP API on 127.0.0.1 as AWS does: with JWT authorizer, payload format 2.0 and the gateway's own refusals. */
export function serveHttpApi(options: HttpApiOptions): Promise<Listening> {
  const admits = throttleBy({ throttle: options.definition.throttle });
  return serveOnLoopback({
    port: options.port,
    pages: "any",
    options: { maxHeaderSize: ENGINE_HEAD },
    answer: async (request, response) => {
      const requestId = randomUUID();
      const startedAt = performance.now();
      const reply = await answer({ requestId, request, options, admits });
      logAccess({ requestId, request, options, reply, durationMs: performance.now() - startedAt });
      const { cors } = options.definition;
      send(
        response,
        withHeader(withCors({ cors, request, reply }), {
          "apigw-requestid": requestId,
          date: new Date(options.now()).toUTCString(),
        }),
      );
    },
  });
}

type AnsweredCall = {
  requestId: string;
  request: IncomingMessage;
  options: HttpApiOptions;
  reply: Reply;
  durationMs: number;
};

function logAccess({ requestId, request, options, reply, durationMs }: AnsweredCall): void {
  const { definition, now, logged } = options;
  if (!definition.accessLine) return;
  const routeKey = matchRoute(definition.routes, request)?.route.routeKey;
  logged?.(accessLine(definition.accessLine, { requestId, routeKey, reply, now: now(), durationMs }));
}

const withHeader = (reply: Reply, headers: Reply["headers"]): Reply => ({
  ...reply,
  headers: { ...reply.headers, ...headers },
});

type Call = {
  requestId: string;
  request: IncomingMessage;
  options: HttpApiOptions;
  admits: (routeKey: string) => boolean;
};

async function answer({ requestId, request, options, admits }: Call): Promise<Reply> {
  const { routes, cors } = options.definition;
  if (headLength(request) > LONGEST_HEAD) return refusal(431, "Request Header Fields Too Large");
  const match = matchRoute(routes, request);
  if (cors && isPreflight(request, match?.route)) return preflight({ cors, request });
  if (!match) return refusal(404, "Not Found");
  if (!admits(match.route.routeKey)) return refusal(429, "Too Many Requests");
  const { refused, jwt } = await authorize({ request, route: match.route, options });
  if (refused) return refused;
  const body = await readBody({ request, limit: LONGEST_BODY });
  if (!body) return refusal(413, "Request Entity Too Large", { connection: "close" });
  return integrate({
    options,
    route: match.route,
    event: toEvent({ request, match, jwt, body, now: options.now(), requestId }),
  });
}

type Integration = { options: HttpApiOptions; route: Route; event: unknown };

async function integrate({ options, route, event }: Integration): Promise<Reply> {
  if (mayNotCall(options, route)) return refusal(500, "Internal Server Error");
  const { promise: late, resolve } = Promise.withResolvers<Reply>();
  const timer = setTimeout(() => resolve(refusal(503, "Service Unavailable")), options.timeout ?? 30_000);
  try {
    return await Promise.race([late, options.invoke(route.functionArn, event).then(fromFunction, failed)]);
  } finally {
    clearTimeout(timer);
  }
}

function mayNotCall({ definition, gate }: HttpApiOptions, { routeKey, functionArn }: Route): boolean {
  const source = arnOf({ service: "execute-api", resource: `${definition.id}/$default/${routeKey.replace(" ", "")}` });
  const ask = { action: "lambda:InvokeFunction", resource: functionArn, context: { "aws:sourcearn": [source] } };
  return gate?.refusal({ service: "apigateway.amazonaws.com" }, ask) !== undefined;
}
