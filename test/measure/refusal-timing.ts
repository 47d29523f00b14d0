import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import * as z from "zod";
import { aRestartable, freePortRow } from "../support/restarts.ts";

/**
 * Whether a complaint that is not the caller's takes as long to refuse as one that does not exist, and one of somebody
 * named as long to read as an anonymous one: medians within 10 %.
 */
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
  const callCentre = { authorization: `Bearer ${await token("call-centre-128")}` };
  const secret = { "foad-secret": ours.secret };
  const officer = { name: "مریم رستمی" };
  const asked: [string, (id: string) => Promise<Response>][] = [
    ["citizen reads", (id) => fetch(`${api}/v1/complaints/${id}`, { headers: secret })],
    ["citizen writes", (id) => post(`${api}/v1/complaints/${id}/messages`, secret, { text: "ممنون" })],
    ["agency reads", (id) => fetch(`${api}/v1/agency/complaints/${id}`, { headers: agency })],
    ["agency moves", (id) => post(`${api}/v1/agency/complaints/${id}/acknowledgement`, agency, { officer })],
    ["call centre records", (id) => post(`${api}/v1/front-end/calls/${id}`, callCentre, { outcome: "declined" })],
    ["call centre disputes", (id) => post(`${api}/v1/front-end/calls/${id}/dispute`, callCentre, { reason: "نه" })],
    ["overseer reads", (id) => fetch(`${api}/v1/overseer/complaints/${id}`, { headers: governor })],
  ];
  for (const [name, ask] of asked) {
    const ratio = await ratioOf({ ask, ids: [theirs.id, unknown], status: 404 });
    report(name, "foreign takes {} of unknown", ratio);
  }
  const citizen = { name: "زهرا محمدی", nationalId: "0499370899" };
  const renewed = await file("social-security", citizen);
  const inspector = { authorization: `Bearer ${await token("inspector-1")}` };
  await post(`${api}/v1/inspector/complaints/${renewed.id}/secret`, inspector, { nationalId: citizen.nationalId });
  for (const [name, path, id] of [
    ["guess at a view", "", renewed.id],
    ["guess at an export", "/export", renewed.id],
  ] as const) {
    const ask = (typed: string) => fetch(`${api}/v1/complaints/${id}${path}`, { headers: { "foad-secret": typed } });
    const ratio = await ratioOf({ ask, ids: [renewed.secret, "0000-0000"], status: 404 });
    report(name, "dead takes {} of wrong", ratio);
  }
  const read = (id: string) => fetch(`${api}/v1/agency/complaints/${id}`, { headers: agency });
  const confided = { name: "زهرا محمدی", phone: "09122002580", nationalId: "0499370899", email: "zahra@mail.example" };
  const ids: [string, string] = [(await file("social-security", confided)).id, (await file("social-security")).id];
  report("agency is told", "named takes {} of anonymous", await ratioOf({ ask: read, ids, status: 200 }));
}

/** One after the other in each round, in turns first, so that whatever else the machine does meets both alike. */
async function ratioOf({ ask, ids: [one, other], status }: Comparison): Promise<number> {
  const taken: Record<string, number[]> = { [one]: [], [other]: [] };
  for (let round = -20; round < rounds; round++)
    for (const id of round % 2 === 0 ? [one, other] : [other, one]) {
      const ms = await timeOf(() => ask(id), status);
      if (round >= 0) taken[id]?.push(ms);
    }
  return median(taken[one]) / median(taken[other]);
}
type Comparison = { ask: (id: string) => Promise<Response>; ids: [string, string]; status: number };

/** How long an answer of this status takes, in milliseconds; what the gateway slows down is asked again. */
async function timeOf(ask: () => Promise<Response>, status: number): Promise<number> {
  const began = performance.now();
  const response = await ask();
  await response.text();
  const ms = performance.now() - began;
  if (response.status === status) return ms;
  if (response.status !== 429) throw new Error(`${response.url} was answered ${response.status}`);
  await setTimeout(1_000);
  return timeOf(ask, status);
}

function report(name: string, what: string, ratio: number): void {
  const kept = Math.abs(ratio - 1) <= allowed;
  console.log(
    `${kept ? "kept  " : "MISSED"} ${name.padEnd(20)} ${what.replace("{}", ratio.toFixed(3))}, median of ${rounds}`,
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

async function file(agencyId: string, citizen?: Record<string, string>) {
  const headers = { authorization: `Bearer ${await token("call-centre-128")}`, "idempotency-key": crypto.randomUUID() };
  const body = {
    agencyId,
    countyId: "qazvin",
    category: "postponed-without-reason",
    channel: "phone",
    description: "کسی پشت باجه نبود.",
  };
  const sent = { ...body, ...(citizen && { citizen }) };
  const filed = await post(`${cloud.endpoints().api}/v1/complaints`, headers, sent);
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
