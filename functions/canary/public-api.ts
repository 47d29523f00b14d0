import { env } from "#shared/runtime/env.ts";

export type Sent = { path: string; headers: Record<string, string>; body?: unknown };

/** How the canary asks anybody: it waits ten seconds and is sent nowhere else. */
export const patiently = () => ({ redirect: "error" as const, signal: AbortSignal.timeout(10_000) });

/** Calls the API where anybody calls it, and returns what it answered; throws where that is a refusal. */
export async function callApi({ path, headers, body }: Sent): Promise<unknown> {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${env("PUBLIC_URL")}${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...patiently(),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
  return answer.json();
}
