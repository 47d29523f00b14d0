import { env } from "#shared/runtime/env.ts";

export type Sent = { path: string; headers: Record<string, string>; body?: unknown };

const patienceMs = 10_000;

/** Calls the API where anybody calls it, and returns what it answered; throws where that is a refusal. */
export async function callApi({ path, headers, body }: Sent): Promise<unknown> {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${env("PUBLIC_URL")}${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
  return answer.json();
}
