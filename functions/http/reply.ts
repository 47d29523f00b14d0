import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Quota } from "#shared/fault.ts";

/** The headers of a rate limit and its remaining quota, after draft-ietf-httpapi-ratelimit-headers-10. */
function quotaHeaders({ name, maximum, windowSeconds, remaining, resetsInSeconds }: Quota): Record<string, string> {
  const until = resetsInSeconds === undefined ? "" : `;t=${resetsInSeconds}`;
  return {
    "ratelimit-policy": `"${name}";q=${maximum};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining}${until}`,
  };
}

/**
 * The answer of an operation. A `body` that is a string or a `Buffer` is sent as it is, any other value as JSON. `headers` are
 * added to the usual ones. `quota`: the limit that this request counted against, with the remaining number of requests.
 */
export type Reply = { status: number; body: unknown; headers?: Record<string, string>; quota?: Quota | undefined };

/** The content type of CSV whose first line names the columns. */
export const csvType = "text/csv; charset=utf-8; header=present";

/** The reply with a view of a complaint, an issue, a notice or a person. Its version is the entity tag. */
export function okReply<V extends { version: number }>(view: V): Reply {
  return { status: 200, body: view, headers: { etag: `"${view.version}"` } };
}

/** The same reply with status 201, after something was added to the complaint. */
export function asCreated(reply: Reply): Reply {
  return { ...reply, status: 201 };
}

export function createdReply<R extends { version: number }>(receipt: R, location: string): Reply {
  return { status: 201, body: receipt, headers: { location, etag: `"${receipt.version}"` } };
}

/** Returns a 304 where the reply may be cached and the caller already has it; otherwise the reply itself. */
export function notModifiedIfCurrent(reply: Reply, ifNoneMatch: string | undefined): Reply {
  const {
    etag,
    vary,
    "cache-control": cacheControl = "no-store",
    "content-type": type = "application/json",
  } = reply.headers ?? {};
  const callersTags = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  const isCurrent = etag !== undefined && (callersTags.includes(etag) || callersTags.includes("*"));
  if (!isCurrent || cacheControl === "no-store") return reply;
  // Without a content type the gateway adds `text/plain`, and a cache may apply this type to its copy.
  const headers = { etag, "cache-control": cacheControl, "content-type": type, ...(vary && { vary }) };
  return { status: 304, body: undefined, headers };
}

/** The reply in the gateway's form. The default is `no-store`: no cache may keep anything about a complaint. */
export function toGatewayResponse({ status, body, headers, quota }: Reply): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      "cache-control": "no-store",
      ...(quota && quotaHeaders(quota)),
      ...headers,
    },
    ...(body instanceof Buffer
      ? { body: body.toString("base64"), isBase64Encoded: true }
      : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}
