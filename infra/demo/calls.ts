import * as z from "zod";
import { parseJson } from "../local/machine/parse-json.ts";
import { systemCode } from "../local/machine/plain-failure.ts";
import type { Client, Endpoints } from "./endpoints.ts";
import { exchange } from "./page.ts";

const name = "Unexpected";
type Unexpected = { expected: string; came: string };

/** What the story did not foresee: told to the person with where to look. */
export function unexpected({ expected, came }: Unexpected): Error & Unexpected {
  return Object.assign(new Error(`expected ${expected}, got ${came}`), { name, expected, came });
}

export function isUnexpected(error: unknown): error is Error & Unexpected {
  return error instanceof Error && error.name === name;
}

/** A caller as the API knows it: an application with a token, or a citizen with the complaint's secret. */
export type Caller = { who: string; client: Client } | { who: string; secret: string };

export type Asked = {
  caller: Caller;
  request: `GET /${string}` | `POST /${string}` | `PUT /${string}`;
  body?: object;
  key?: string;
};
export type Call<S extends z.ZodType> = Asked & { status: number; answer: S };

const patience = 30_000;
const Token = z.object({ access_token: z.string() });

/** Makes one request and prints it; rejects if the status or the shape of the answer is not the one the story needs. */
export async function call<S extends z.ZodType>(
  endpoints: Endpoints,
  { status, answer, ...asked }: Call<S>,
): Promise<z.infer<S>> {
  const response = await ask(endpoints, asked);
  const parsed = answer.safeParse(parseJson(response.text));
  if (response.status === status && parsed.success) return parsed.data;
  const shape = parsed.error ? `\n${z.prettifyError(parsed.error)}` : "";
  throw unexpected({
    expected: `${status} from ${asked.request}`,
    came: `${response.status} ${response.text}${shape}`,
  });
}

async function ask({ api, tokenEndpoint }: Endpoints, { caller, request, body, key }: Asked): Promise<Answered> {
  const [method = "GET", path = ""] = request.split(" ");
  const proof: Record<string, string> =
    "client" in caller
      ? { authorization: `Bearer ${await tokenOf(tokenEndpoint, caller.client)}` }
      : { "foad-secret": caller.secret };
  const response = await send(`${api}${path}`, {
    method,
    redirect: "manual",
    headers: { ...proof, ...(body && { "content-type": "application/json" }), ...(key && { "idempotency-key": key }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  exchange({ who: caller.who, request, status: response.status });
  return response;
}

/** The story fetches one for each request: the clock of the local cloud may have been moved past the last one's end. */
export async function tokenOf(tokenEndpoint: string, { clientId, clientSecret }: Client): Promise<string> {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const { status, text } = await send(tokenEndpoint, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const token = Token.safeParse(parseJson(text));
  if (token.success) return token.data.access_token;
  throw unexpected({ expected: `a token for ${clientId} from ${tokenEndpoint}`, came: `${status} ${text}` });
}

export type Answered = { status: number; text: string };

export async function send(url: string, init: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    if (isRefused(cause)) throw unexpected({ expected: `an answer from ${url}`, came: "nobody listening there" });
    throw unexpected({ expected: `an answer from ${url}`, came: String(cause) });
  }
}

/** Whether nothing listens where a request went. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && systemCode(error.cause) === "ECONNREFUSED";
}
