import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";

/**
 * What an operation answers. `body` is sent as JSON, but text and bytes as they are; `headers` add to the usual ones.
 */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> };

/** A view, with its version as the entity tag. */
export function ok<V extends { version: number }>(view: V): Reply {
  return { status: 200, body: view, headers: { etag: `"${view.version}"` } };
}

/** The same after something was added to the complaint. */
export function added(view: Reply): Reply {
  return { ...view, status: 201 };
}

export function created<R extends { version: number }>(receipt: R, location: string): Reply {
  return { status: 201, body: receipt, headers: { location, etag: `"${receipt.version}"` } };
}

/** An answer that is the same for everybody and changes only with a deployment. */
export function cacheable(body: unknown): Reply {
  return { status: 200, body, headers: { "cache-control": "public, max-age=300" } };
}

/** The gateway's form of a reply. `no-store`, since no cache on the way may keep anything about a complaint. */
export function rendered({ status, body, headers }: Reply): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      "cache-control": "no-store",
      ...headers,
    },
    ...(body instanceof Buffer
      ? { body: body.toString("base64"), isBase64Encoded: true }
      : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}
