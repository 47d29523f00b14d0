import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { JwtContext } from "./authorizer.ts";
import { type Match, rawPath } from "./routes.ts";

/** Types of which a body reaches the function as text; any other is sent in base64, also forms and what has no type. */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type Arrival = {
  request: IncomingMessage;
  match: Match;
  jwt: JwtContext | undefined;
  body: Buffer;
  now: number;
  requestId: string;
};

/** A Lambda event of payload format 2.0. */
export function toEvent({ request, match, jwt, body, now, requestId }: Arrival) {
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

function context({ request, match, jwt, now, requestId }: Omit<Arrival, "body">) {
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

/** Headers by lower-case name, repeated ones joined. From the raw list, since Node drops repeats of some. */
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
    // As AWS does, where there is no body to be of a type; which one it claims then is not said.
    ...(Number(length) === 0 && { "content-type": request.headers["content-type"] ?? "text/plain;charset=UTF-8" }),
    "content-length": length,
    "x-amzn-trace-id": `Root=1-${randomUUID().slice(0, 8)}-${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    "x-forwarded-for": before ? `${before}, ${sourceIp(request)}` : sourceIp(request),
    "x-forwarded-port": String(request.socket.localPort ?? ""),
    "x-forwarded-proto": "http",
  };
}

function joinedQuery(query: string): Record<string, string> {
  // A name may be that of a prototype's field.
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return parameters;
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

/** As in an access log: 12/Mar/2020:19:03:58 +0000. */
export function logTime(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2, "0");
  return `${day}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}
