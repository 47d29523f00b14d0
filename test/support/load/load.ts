import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Endpoints } from "#infra/programs/local-cloud/local-cloud.ts";
import { patience } from "../patience.ts";

const Receipt = z.object({ id: z.string(), secret: z.string() });
const Granted = z.object({ access_token: z.string() });

/** One complaint that a client is going to file, and whether agency and citizen then take it to its end. */
export type Intent = {
  key: string;
  frontEnd: string;
  agencyId: string;
  agency: string;
  body: Record<string, unknown>;
  moves: boolean;
};

export type Filed = Intent & z.infer<typeof Receipt> & { version: number };

/** What became of a load so far. */
export type Tally = {
  filed: Filed[];
  moves: number;
  cutOff: number;
  refused: number;
  failed: number;
  faults: string[];
};

export const emptyTally = (): Tally => ({ filed: [], moves: 0, cutOff: 0, refused: 0, failed: 0, faults: [] });

type Load = { intents: Intent[]; clients: number; endpoints: Endpoints; tally: Tally };

/** Clients in parallel, each with one request under way at a time; resolves once every intent is carried out. */
export async function runLoad({ intents, clients, endpoints, tally }: Load): Promise<void> {
  const waiting = [...intents];
  const send = persistentSender({ endpoints, tally });
  const client = async () => {
    for (let intent = waiting.shift(); intent; intent = waiting.shift())
      await runIntent(intent, { send, tally }).catch((fault: unknown) => tally.faults.push(String(fault)));
  };
  await Promise.all(Array.from({ length: clients }, client));
}

type Send = ReturnType<typeof persistentSender>;

async function runIntent(intent: Intent, { send, tally }: { send: Send; tally: Tally }): Promise<void> {
  const { key, frontEnd, body } = intent;
  const answer = await send({ as: frontEnd, path: "/v1/complaints", key, body, status: 201 });
  const filed: Filed = { ...intent, ...Receipt.parse(answer), version: 1 };
  tally.filed.push(filed);
  if (!intent.moves) return;
  for (const move of movesOf(filed)) {
    await send({ ...move, key: `${key}-${move.path.split("/").at(-1)}`, status: 200 });
    filed.version += 1;
    tally.moves += 1;
  }
}

function movesOf({ id, secret, agency }: Filed): { as?: string; secret?: string; path: string; body: object }[] {
  const officer = { name: "زهرا محمدی" };
  const ofAgency = `/v1/agency/complaints/${id}`;
  return [
    { as: agency, path: `${ofAgency}/acknowledgement`, body: { officer } },
    {
      as: agency,
      path: `${ofAgency}/answer`,
      body: { officer, finding: "founded", cause: "none", text: "رسیدگی شد." },
    },
    { secret, path: `/v1/complaints/${id}/acceptance`, body: {} },
  ];
}

type Request = { as?: string; secret?: string; path: string; key: string; body: object; status: number };

/** Sends until it is answered: what was cut off, refused or failed is sent again under the same key. */
function persistentSender({ endpoints, tally }: Pick<Load, "endpoints" | "tally">) {
  const tokens = new Map<string, string>();
  const tokenOf = async (name: string): Promise<string> => {
    const token = tokens.get(name) ?? (await fetchToken(endpoints, name));
    tokens.set(name, token);
    return token;
  };
  const once = async ({ as, secret, path, key, body }: Request): Promise<Response> => {
    const proof: Record<string, string> = as
      ? { authorization: `Bearer ${await tokenOf(as)}` }
      : { "foad-secret": secret ?? "" };
    const headers = { ...proof, "content-type": "application/json", "idempotency-key": key };
    const init = { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(35_000) };
    const response = await fetch(`${endpoints.api}${path}`, init);
    // A connection may break in the middle of an answer too.
    return new Response(await response.arrayBuffer(), response);
  };
  return async (request: Request): Promise<unknown> => {
    const end = Date.now() + patience;
    for (let attempt = 1; Date.now() < end; attempt += 1) {
      const response = await once(request).catch((error: unknown) => count(tally, error));
      if (response?.status === request.status) return response.json();
      // A front end is slowed, not turned away.
      const wait = response?.status === 429 ? Number(response.headers.get("retry-after")) : 0;
      if (response && response.status < 500 && wait === 0)
        throw new Error(`${request.path} (${request.key}) answered ${response.status}: ${await response.text()}`);
      if (response && wait === 0) tally.failed += 1;
      await sleep(wait * 1_000 || Math.random() * Math.min(50 * 2 ** attempt, 2_000));
    }
    throw new Error(`${request.path} (${request.key}) was not answered within ${patience} ms`);
  };
}

function count(tally: Tally, error: unknown): undefined {
  const refused = error instanceof Error && JSON.stringify(error.cause ?? "").includes("ECONNREFUSED");
  tally[refused ? "refused" : "cutOff"] += 1;
  return undefined;
}

export async function fetchToken({ clients, tokenEndpoint }: Endpoints, name: string): Promise<string> {
  const { clientId, clientSecret } = clients[name] ?? { clientId: name, clientSecret: "" };
  const granted = await fetch(tokenEndpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return Granted.parse(await granted.json()).access_token;
}

const categories = ["postponed-without-reason", "disrespect", "systems-not-ready", "decision-not-transparent"];
/** So many of the province's agencies are complained of, several clients at the same one at once. */
const agencyCount = 8;

type Wanted = { endpoints: Endpoints; complaints: number; seed: number; random: () => number };

/** What the clients of a load are going to file: agencies, counties, front ends and moves at random. */
export function createLoadIntents({ endpoints: { clients }, complaints, seed, random }: Wanted): Intent[] {
  const pick = <T>(from: T[]): T => {
    const picked = from[Math.floor(random() * from.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  };
  const named = Object.entries(clients).map(([name, client]) => ({ name, ...client }));
  const frontEnds = named.filter(({ channels, operatedBy }) => channels && !operatedBy);
  // The sandbox stands in no county.
  const all = named.flatMap(({ agencyId, countyIds, ...agency }) =>
    agencyId && countyIds ? [{ ...agency, agencyId, countyIds }] : [],
  );
  const agencies = all.sort(() => random() - 0.5).slice(0, agencyCount);
  return Array.from({ length: complaints }, (_, number) => {
    const { name: agency, agencyId, countyIds } = pick(agencies);
    const { name: frontEnd, channels = [] } = pick(frontEnds);
    const description = `شکایت شماره ${number + 1}: دو ساعت در نوبت ماندم و کسی پاسخگو نبود.`;
    const body = { agencyId, countyId: pick(countyIds), category: pick(categories), channel: channels[0], description };
    return { key: `soak-${seed}-${number + 1}`, frontEnd, agencyId, agency, body, moves: random() < 1 / 3 };
  });
}
