import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Quota } from "#shared/domain/fault.ts";

/** The limit and what is left of it, after draft-ietf-httpapi-ratelimit-headers-10. */
export function quotaHeaders({
  name,
  maximum,
  windowSeconds,
  remaining,
  resetsInSeconds,
}: Quota): Record<string, string> {
  const until = resetsInSeconds === undefined ? "" : `;t=${resetsInSeconds}`;
  return {
    "ratelimit-policy": `"${name}";q=${maximum};w=${windowSeconds}`,
    ratelimit: `"${name}";r=${remaining}${until}`,
  };
}

/**
 * What an operation answers. `body` is sent as JSON, but text and bytes as they are; `headers` add to the usual ones.
 * `quota`: what is left of the limit that this counted against.
 */
export type Reply = { status: number; body: unknown; headers?: Record<string, string>; quota?: Quota | undefined };

/** CSV whose first line names its columns. */
export const csvType = "text/csv; charset=utf-8; header=present";

/** A view, with its version as the entity tag. */
export function okReply<V extends { version: number }>(view: V): Reply {
  return { status: 200, body: view, headers: { etag: `"${view.version}"` } };
}

/** The same after something was added to the complaint. */
export function asCreated(view: Reply): Reply {
  return { ...view, status: 201 };
}

export function createdReply<R extends { version: number }>(receipt: R, location: string): Reply {
  return { status: 201, body: receipt, headers: { location, etag: `"${receipt.version}"` } };
}

/** The reply, or that nothing has changed, where the caller has what a cache may keep of it. */
export function notModifiedIfCurrent(reply: Reply, ifNoneMatch: string | undefined): Reply {
  const {
    etag,
    vary,
    "cache-control": kept = "no-store",
    "content-type": type = "application/json",
  } = reply.headers ?? {};
  const had = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (!etag || kept === "no-store" || !(had.includes(etag) || had.includes("*"))) return reply;
  // The gateway would say that it is plain text, and a cache may take that for the type of what it keeps.
  const headers = { etag, "cache-control": kept, "content-type": type, ...(vary && { vary }) };
  return { status: 304, body: undefined, headers };
}

/** The gateway's form of a reply. `no-store`, since no cache on the way may keep anything about a complaint. */
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
