import type { ServerResponse } from "node:http";
import * as z from "zod";
import { asError } from "../machine/errors.ts";

export type Reply = {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
  /** What the gateway itself says, where no function has answered. */
  refused?: string;
};

const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A function's answer that states a status; one without a `statusCode` is itself the body. */
const Structured = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), Scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Errors of Lambda itself, as opposed to those of a function that ran and failed. */
const UNAVAILABLE = new Set(["TooManyRequestsException", "ServiceException", "EC2ThrottledException"]);

/** Headers that describe the connection between gateway and caller: the gateway sets them, whatever the function says. */
const NOT_FORWARDED = new Set(["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]);

/** A refusal by the gateway itself; AWS lets nobody change the body of these. */
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
  // Of an answer to HEAD the length is not known here: the function has left its body out.
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
