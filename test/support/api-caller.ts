import { expect } from "vitest";
import * as z from "zod";
import type { LocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { filingBody } from "./a-complaint.ts";
import { type OpenapiCheck, openapiCheck } from "./openapi-check.ts";

export type Call = {
  /** Name of a registered client; left out for a citizen or the public. */
  as?: string;
  /** A citizen's proof. */
  secret?: string;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of a body. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
};

export type Answered = { status: number; headers: Headers; text: string; body: unknown };

export const Receipt = z.object({
  id: z.string(),
  phoneId: z.string(),
  secret: z.string(),
  phoneSecret: z.string(),
  version: z.number(),
  acknowledgeBy: z.string(),
  answerBy: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

/** Of a retaliation report, which owes a review and nothing else. */
export const RetaliationReceipt = z.strictObject({
  id: z.string(),
  phoneId: z.string(),
  secret: z.string(),
  phoneSecret: z.string(),
  status: z.literal("disputed"),
  version: z.number(),
  filedAt: z.string(),
  reviewBy: z.string(),
  notes: z.array(z.unknown()),
});
export type RetaliationReceipt = z.infer<typeof RetaliationReceipt>;

const Granted = z.object({ access_token: z.string() });

/** A caller of the API over HTTP that holds every answer to the served document. */
export async function apiCaller({ endpoints, clock }: Pick<LocalCloud, "endpoints" | "clock">) {
  const document = await (await fetch(`${endpoints.api}/v1/openapi.json`)).json();
  const openapi: OpenapiCheck = openapiCheck(document);
  const tokens = new Map<string, { token: string; until: number }>();

  async function token(name: string): Promise<string> {
    const known = tokens.get(name);
    if (known && known.until > clock.now()) return known.token;
    const { clientId, clientSecret } = endpoints.clients[name] ?? { clientId: "", clientSecret: "" };
    const granted = await fetch(endpoints.tokenEndpoint, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const fresh = Granted.parse(await granted.json()).access_token;
    tokens.set(name, { token: fresh, until: clock.now() + 30 * 60_000 });
    return fresh;
  }

  async function call({ as, secret, path, body, raw, headers, method = "GET" }: Call): Promise<Answered> {
    const hasBody = method === "POST" || method === "PUT" || (method === "DELETE" && (body ?? raw) !== undefined);
    const response = await fetch(`${endpoints.api}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(as && { authorization: `Bearer ${await token(as)}` }),
        ...(secret && { "foad-secret": secret }),
        ...(hasBody && { "content-type": "application/json" }),
        ...headers,
      },
      ...(hasBody && { body: raw ?? JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    const contentType = response.headers.get("content-type") ?? "";
    const answered = { status: response.status, headers: response.headers, text, body: parsed(text, contentType) };
    const faults = openapi.faultsOf({ method, path, contentType, ...answered });
    expect(faults, `${method} ${path} answered ${response.status}: ${text}`).toEqual([]);
    return answered;
  }

  /** Files as the call centre does, unless told otherwise. */
  async function file(fields: Record<string, unknown> = {}, key: string = crypto.randomUUID()): Promise<Receipt> {
    const headers = { "idempotency-key": key };
    const body = filingBody(fields);
    const filed = await call({ as: "call-centre-128", method: "POST", path: "/v1/complaints", body, headers });
    expect(filed.status, filed.text).toBe(201);
    return Receipt.parse(filed.body);
  }

  /** Files a retaliation report, proved by the earlier complaint. */
  async function reportRetaliation({ id, secret }: Pick<Receipt, "id" | "secret">): Promise<RetaliationReceipt> {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const body = filingBody({ retaliationFor: { id, secret } });
    const filed = await call({ as: "call-centre-128", method: "POST", path: "/v1/complaints", body, headers });
    expect(filed.status, filed.text).toBe(201);
    return RetaliationReceipt.parse(filed.body);
  }

  return { call, file, reportRetaliation, token, openapi };
}

function parsed(text: string, contentType: string): unknown {
  if (contentType.startsWith("text/")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
