import { randomUUID } from "node:crypto";
import * as z from "zod";
import { sandboxAgency } from "#shared/province/directory.ts";
import { type CatalogEntry, isRetired } from "#shared/province/retirement.ts";
import { canary, directory } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { log } from "#shared/runtime/log.ts";
import { readCanarySecret } from "#shared/storage/secrets.ts";
import { addMilliseconds, hourMs } from "#shared/time/duration.ts";
import { isInSandboxQueue } from "../deliveries/queues.job.ts";
import { type Run, scheduled } from "../triggers/schedule.ts";

type ApiRequest = { path: string; headers: Record<string, string>; body?: unknown };

/** Options of the canary's requests: it waits ten seconds for an answer and follows no redirect. */
const requestOptions = () => ({ redirect: "error" as const, signal: AbortSignal.timeout(10_000) });

/** Calls the API at its public address and returns the answer's JSON. Throws if the API refuses. */
async function callApi({ path, headers, body }: ApiRequest): Promise<unknown> {
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
const TokenAnswer = z.object({ access_token: z.string() });

/** Gets a token as every client of the sandbox does: from the province's issuer. `clientId`: the canary's, since the secret is the canary's. */
async function fetchToken(clientId: string): Promise<string> {
  const issuer = env("TOKEN_ISSUER").replace(/\/$/, "");
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`, requestOptions());
  const { token_endpoint: endpoint } = Discovery.parse(await discovery.json());
  const credentials = [clientId, await readCanarySecret()].map(encodeURIComponent).join(":");
  const answer = await fetch(endpoint, {
    ...requestOptions(),
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope: "foad/front-end foad/agency" }),
  });
  if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
  return TokenAnswer.parse(await answer.json()).access_token;
}

const officer = { name: "قناری سامانه" };
const FiledReceipt = z.object({ id: z.string(), secret: z.string() });
const CanaryView = z.object({ status: z.string() });

/**
 * Every hour: handles one sandbox complaint from filing to closing through the public address, in the roles of front end,
 * agency and citizen. A step that fails ends the function with an error, which raises the alarm.
 */
export const handler = scheduled({ budgetMs: 40_000, run: sendCanary });

async function sendCanary({ now, until }: Run): Promise<string> {
  if (!canary) throw new Error("the province has no canary");
  const authorization = { authorization: `Bearer ${await fetchToken(canary)}` };
  const headers = { ...authorization, "idempotency-key": randomUUID() };
  const { id, secret } = FiledReceipt.parse(await callApi({ path: "/v1/complaints", headers, body: filingAt(now) }));
  if (!(await isInSandboxQueue({ id, until }))) throw new Error(`${id} was filed and is not in the queue`);
  const agencyPath = `/v1/agency/complaints/${id}`;
  await callApi({ path: `${agencyPath}/acknowledgement`, headers: authorization, body: { officer } });
  await callApi({ path: `${agencyPath}/answer`, headers: authorization, body: answerOf(now) });
  const citizenPath = `/v1/complaints/${id}`;
  const citizenHeaders = { "foad-secret": secret };
  await assertStatus("answered", { path: citizenPath, headers: citizenHeaders });
  await callApi({ path: `${citizenPath}/acceptance`, headers: citizenHeaders, body: {} });
  await assertStatus("closed", { path: citizenPath, headers: citizenHeaders });
  log.info("canary finished", { id });
  return addMilliseconds(now, hourMs);
}

async function assertStatus(status: string, request: { path: string; headers: Record<string, string> }): Promise<void> {
  const actual = CanaryView.parse(await callApi(request)).status;
  if (actual !== status) throw new Error(`${request.path} is ${actual}, not ${status}`);
}

function filingAt(now: string) {
  const firstInUse = (entries: CatalogEntry[]) => entries.find((entry) => !isRetired(entry, now))?.id;
  return {
    agencyId: sandboxAgency,
    countyId: firstInUse(directory.counties),
    category: firstInUse(directory.categories),
    channel: "web",
    description: "آزمون ساعتی سامانه؛ شکایت هیچ کس نیست.",
  };
}

function answerOf(now: string) {
  const cause = directory.causes.find((one) => !isRetired(one, now))?.id;
  return { officer, finding: "undetermined", cause, text: "آزمون ساعتی سامانه." };
}
