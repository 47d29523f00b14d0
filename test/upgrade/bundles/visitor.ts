import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import type { Call } from "../../support/api-caller.ts";
import { fetchToken } from "../../support/load/load.ts";

export type Answered = { status: number; body: unknown; text: string };
export type Ask = (call: Call) => Promise<Answered>;

/** Sends requests as any caller, and notes each answer of 500 and above as a fault. */
export function visitor(endpoints: Endpoints, faults: string[]): { ask: Ask; asked: () => number } {
  let asked = 0;
  async function ask({ as, secret, path, body, headers, method = "GET" }: Call): Promise<Answered> {
    asked++;
    const proof: Record<string, string> = secret ? { "foad-secret": secret } : {};
    // A token of its own for each request: the clock may have been moved past the last one's end.
    if (as) proof.authorization = `Bearer ${await fetchToken(endpoints, as)}`;
    const response = await fetch(`${endpoints.api}${path}`, {
      method,
      headers: { ...proof, ...(method !== "GET" && { "content-type": "application/json" }), ...headers },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
    const text = await response.text();
    if (response.status >= 500) faults.push(`${method} ${path} ${as ?? "citizen"}: ${response.status} ${text}`);
    return { status: response.status, text, body: text.startsWith("{") ? JSON.parse(text) : undefined };
  }
  return { ask, asked: () => asked };
}

/** Lets time pass in the local cloud; resolves when all that became due has run. */
export async function letPass({ clock }: Endpoints, advance: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(clock, { method: "POST", headers, body: JSON.stringify({ advance }) });
  if (!answer.ok) throw new Error(`the clock did not move: ${await answer.text()}`);
  return timeIn({ clock });
}

export async function timeIn({ clock }: Pick<Endpoints, "clock">): Promise<number> {
  const answer: unknown = await (await fetch(clock)).json();
  return Date.parse(String(Object(answer).now));
}
