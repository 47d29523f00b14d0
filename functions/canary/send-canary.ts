import { randomUUID } from "node:crypto";
import * as z from "zod";
import { sandboxAgency } from "#shared/domain/complaint/directory.ts";
import { addMilliseconds, hourMs } from "#shared/domain/time/duration.ts";
import { type CatalogEntry, isRetired } from "#shared/domain/time/retirement.ts";
import { isInSandboxQueue } from "#shared/messaging/queues.ts";
import { readCanarySecret } from "#shared/persistence/secrets.ts";
import { canary, directory } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { log } from "#shared/runtime/log.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";

export type ApiRequest = { path: string; headers: Record<string, string>; body?: unknown };

/** How the canary asks anybody: it waits ten seconds and is sent nowhere else. */
export const requestOptions = () => ({ redirect: "error" as const, signal: AbortSignal.timeout(10_000) });

/** Calls the API where anybody calls it, and returns what it answered; throws where that is a refusal. */
export async function callApi({ path, headers, body }: ApiRequest): Promise<unknown> {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${env("PUBLIC_URL")}${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...requestOptions(),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
  return answer.json();
}

const Discovery = z.object({ token_endpoint: z.url() });
const Granted = z.object({ access_token: z.string() });

/** A token as any program of the sandbox gets one: from the province's issuer, by the client's own secret. */
export async function fetchToken(clientId: string): Promise<string> {
  const issuer = env("TOKEN_ISSUER").replace(/\/$/, "");
  const found = await fetch(`${issuer}/.well-known/openid-configuration`, requestOptions());
  const { token_endpoint: endpoint } = Discovery.parse(await found.json());
  const proof = [clientId, await readCanarySecret()].map(encodeURIComponent).join(":");
  const granted = await fetch(endpoint, {
    ...requestOptions(),
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(proof).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "foad/front-end foad/agency" }),
  });
  if (!granted.ok) throw new Error(`the issuer answered ${granted.status}`);
  return Granted.parse(await granted.json()).access_token;
}

const officer = { name: "قناری سامانه" };
const FiledReceipt = z.object({ id: z.string(), secret: z.string() });
const CanaryView = z.object({ status: z.string() });

/**
 * Every hour: a complaint of the sandbox goes the whole way through the public address, as a front end, an agency and a
 * citizen would take it. A step that fails is the function's error, by which the alarm knows.
 */
export const handler = scheduled({ budgetMs: 40_000, run: sendCanary });

async function sendCanary({ now, until }: Run): Promise<string> {
  if (!canary) throw new Error("the province has no canary");
  const token = { authorization: `Bearer ${await fetchToken(canary)}` };
  const headers = { ...token, "idempotency-key": randomUUID() };
  const { id, secret } = FiledReceipt.parse(await callApi({ path: "/v1/complaints", headers, body: filingAt(now) }));
  if (!(await isInSandboxQueue({ id, until }))) throw new Error(`${id} was filed and is not in the queue`);
  const work = `/v1/agency/complaints/${id}`;
  await callApi({ path: `${work}/acknowledgement`, headers: token, body: { officer } });
  await callApi({ path: `${work}/answer`, headers: token, body: answerOf(now) });
  const [path, proof] = [`/v1/complaints/${id}`, { "foad-secret": secret }];
  await assertStatus("answered", { path, headers: proof });
  await callApi({ path: `${path}/acceptance`, headers: proof, body: {} });
  await assertStatus("closed", { path, headers: proof });
  log.info("canary came round", { id });
  return addMilliseconds(now, hourMs);
}

async function assertStatus(status: string, read: { path: string; headers: Record<string, string> }): Promise<void> {
  const actual = CanaryView.parse(await callApi(read)).status;
  if (actual !== status) throw new Error(`${read.path} is ${actual}, not ${status}`);
}

function filingAt(now: string) {
  const offered = (list: CatalogEntry[]) => list.find((one) => !isRetired(one, now))?.id;
  return {
    agencyId: sandboxAgency,
    countyId: offered(directory.counties),
    category: offered(directory.categories),
    channel: "web",
    description: "آزمون ساعتی سامانه؛ شکایت هیچ کس نیست.",
  };
}

function answerOf(now: string) {
  const cause = directory.causes.find((one) => !isRetired(one, now))?.id;
  return { officer, finding: "undetermined", cause, text: "آزمون ساعتی سامانه." };
}
