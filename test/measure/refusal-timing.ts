import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as z from "zod";
import { aRestartable, freePortRow } from "../support/restarts.ts";

/** Whether a complaint that is not the caller's takes as long to refuse as one that does not exist: medians within 10 %. */
const rounds = Number(process.env.ROUNDS ?? 400);
const allowed = 0.1;
const unknown = "QZ-7K3M-9XPT-Q";

const folder = mkdtempSync(join(tmpdir(), "foad-timing-"));
const cloud = aRestartable({ folder, port: await freePortRow() });
await cloud.start();
try {
  await measure();
} finally {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { api } = cloud.endpoints();
  const [ours, theirs] = [await file("social-security"), await file("gas")];
  const agency = { authorization: `Bearer ${await token("agency-social-security")}` };
  const governor = { authorization: `Bearer ${await token("governor-qazvin")}` };
  const secret = { "foad-secret": ours.secret };
  const officer = { name: "مریم رستمی" };
  const asked: [string, (id: string) => Promise<Response>][] = [
    ["citizen reads", (id) => fetch(`${api}/v1/complaints/${id}`, { headers: secret })],
    ["citizen writes", (id) => post(`${api}/v1/complaints/${id}/messages`, secret, { text: "ممنون" })],
    ["agency reads", (id) => fetch(`${api}/v1/agency/complaints/${id}`, { headers: agency })],
    ["agency moves", (id) => post(`${api}/v1/agency/complaints/${id}/acknowledgement`, agency, { officer })],
    ["overseer reads", (id) => fetch(`${api}/v1/overseer/complaints/${id}`, { headers: governor })],
  ];
  for (const [name, ask] of asked) report(name, await ratioOf({ ask, foreign: theirs.id }));
}

/** One after the other in each round, in turns first, so that whatever else the machine does meets both alike. */
async function ratioOf({ ask, foreign }: { ask: (id: string) => Promise<Response>; foreign: string }): Promise<number> {
  const taken: Record<string, number[]> = { [foreign]: [], [unknown]: [] };
  for (let round = -20; round < rounds; round++)
    for (const id of round % 2 === 0 ? [foreign, unknown] : [unknown, foreign]) {
      const ms = await timeOfRefusal(() => ask(id));
      if (round >= 0) taken[id]?.push(ms);
    }
  return median(taken[foreign]) / median(taken[unknown]);
}

/** How long a 404 takes, in milliseconds; what the gateway slows down is asked again. */
async function timeOfRefusal(ask: () => Promise<Response>): Promise<number> {
  const began = performance.now();
  const response = await ask();
  await response.text();
  const ms = performance.now() - began;
  if (response.status === 404) return ms;
  if (response.status !== 429) throw new Error(`${response.url} was answered ${response.status}`);
  await setTimeout(1_000);
  return timeOfRefusal(ask);
}

function report(name: string, ratio: number): void {
  const kept = Math.abs(ratio - 1) <= allowed;
  console.log(
    `${kept ? "kept  " : "MISSED"} ${name.padEnd(16)} foreign takes ${ratio.toFixed(3)} of unknown, median of ${rounds}`,
  );
  if (!kept) process.exitCode = 1;
}

function median(all: number[] = []): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

function post(url: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function file(agencyId: string) {
  const headers = { authorization: `Bearer ${await token("call-centre-128")}`, "idempotency-key": crypto.randomUUID() };
  const body = { agencyId, countyId: "qazvin", category: "delay", channel: "phone", description: "کسی پشت باجه نبود." };
  const filed = await post(`${cloud.endpoints().api}/v1/complaints`, headers, body);
  return z.object({ id: z.string(), secret: z.string() }).parse(await filed.json());
}

async function token(name: string): Promise<string> {
  const { tokenEndpoint, clients } = cloud.endpoints();
  const { clientId, clientSecret } = clients[name] ?? { clientId: "", clientSecret: "" };
  const proof = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const granted = await fetch(tokenEndpoint, {
    method: "POST",
    headers: { authorization: `Basic ${proof}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return z.object({ access_token: z.string() }).parse(await granted.json()).access_token;
}
