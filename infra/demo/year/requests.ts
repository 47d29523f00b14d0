import * as z from "zod";
import { parseJson } from "#infra/local/machine/parse-json.ts";
import { send, tokenOf, unexpected } from "../calls.ts";
import type { Client, Endpoints } from "../endpoints.ts";
import type { Act, Actor } from "./act.ts";
import { type Ask, callCentre } from "./call-back.ts";
import { hour } from "./hours.ts";
import { Known } from "./journal.ts";

/** A token holds for an hour of the local cloud's clock; a new one is fetched well before. */
const fresh = hour / 2;

const Visit = z.object({ visitId: z.string() });

type Cloud = { endpoints: Endpoints; now(): number };

/** Makes the request of an act, and tells what its complaint's later acts need. */
export type Perform = (act: Act, known: Known | undefined) => Promise<Known>;

/** By the registered clients, over HTTP, as everybody else does it; a repeated act is recognized by its key. */
export function requester({ endpoints, now }: Cloud, seed: string): Perform {
  const callBack = callCentre();
  const tokens = new Map<string, { token: Promise<string>; at: number }>();
  const token = (client: Client): Promise<string> => {
    const name = client.sub ?? client.clientId;
    const held = tokens.get(name);
    if (held && now() - held.at < fresh) return held.token;
    const fetched = tokenOf(endpoints.tokenEndpoint, client);
    tokens.set(name, { token: fetched, at: now() });
    return fetched;
  };
  return async (act, known) => {
    const client = clientOf(endpoints, act.by);
    const proof = client ? { authorization: `Bearer ${await token(client)}` } : { "foad-secret": known?.secret ?? "" };
    const ask: Ask = async (path, posted) => {
      const headers = { "content-type": "application/json", "idempotency-key": `${seed}-${keyOf(act)}` };
      const post = posted && { method: "POST", body: JSON.stringify(posted) };
      const answer = await send(`${endpoints.api}${path}`, { headers: { ...proof, ...(post && headers) }, ...post });
      const { status, text } = answer;
      if (status >= 300) throw unexpected({ expected: `success from ${path}`, came: `${status} ${text}` });
      return parseJson(text);
    };
    if (act.to !== "call") return cameOf(await ask(pathOf(act, known), act.body), known);
    if (known) await callBack(known.id, { at: act.at, ask, opinion: act.body });
    return Known.parse(known);
  };
}

/** Names an act within its year. */
export const keyOf = ({ complaint, step }: Act) => `${complaint}/${step}`;

function clientOf({ clients }: Endpoints, by: Actor): Client | undefined {
  if (by === "citizen") return undefined;
  const found = Object.values(clients).find((client) => is(client, by));
  if (!found) throw unexpected({ expected: `a client for ${JSON.stringify(by)}`, came: "none" });
  return found;
}

function is(client: Client, by: Exclude<Actor, "citizen">): boolean {
  if ("frontEnd" in by) return client.clientId === by.frontEnd;
  return "agency" in by ? client.agencyId === by.agency : client.sub === by.inspector;
}

function pathOf({ by, to }: Act, known: Known | undefined): string {
  if (to === "") return "/v1/complaints";
  const caller = by === "citizen" ? "" : "agency" in by ? "agency/" : "inspector/";
  const under = to === "report" ? `visits/${known?.visitId}/report` : to;
  return `/v1/${caller}complaints/${known?.id}/${under}`;
}

function cameOf(answer: unknown, known: Known | undefined): Known {
  const visit = Visit.safeParse(answer).data;
  return { ...(known ?? Known.parse(answer)), ...visit };
}
