import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Run, scheduled } from "#functions/pipelines/scheduled.ts";
import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import { hourMs, later } from "#shared/domain/time/duration.ts";
import { isRetired, type Offered } from "#shared/domain/time/retirement.ts";
import { isInSandboxQueue } from "#shared/messaging/sandbox-queue.ts";
import { canary, directory } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { callApi } from "./public-api.ts";
import { fetchToken } from "./token.ts";

const officer = { name: "قناری سامانه" };
const Filed = z.object({ id: z.string(), secret: z.string() });
const Told = z.object({ status: z.string() });

/**
 * Every hour: a complaint of the sandbox goes the whole way through the public address, as a front end, an agency and a
 * citizen would take it. A step that fails is the function's error, by which the alarm knows.
 */
export const handler = scheduled({ budgetMs: 40_000, run: sendCanary });

async function sendCanary({ now, until }: Run): Promise<string> {
  if (!canary) throw new Error("the province has no canary");
  const token = { authorization: `Bearer ${await fetchToken(canary)}` };
  const headers = { ...token, "idempotency-key": randomUUID() };
  const { id, secret } = Filed.parse(await callApi({ path: "/v1/complaints", headers, body: filingAt(now) }));
  if (!(await isInSandboxQueue({ id, until }))) throw new Error(`${id} was filed and is not in the queue`);
  const work = `/v1/agency/complaints/${id}`;
  await callApi({ path: `${work}/acknowledgement`, headers: token, body: { officer } });
  await callApi({ path: `${work}/answer`, headers: token, body: answerOf(now) });
  const [path, proof] = [`/v1/complaints/${id}`, { "foad-secret": secret }];
  await mustBe("answered", { path, headers: proof });
  await callApi({ path: `${path}/acceptance`, headers: proof, body: {} });
  await mustBe("closed", { path, headers: proof });
  log.info("canary came round", { id });
  return later(now, hourMs);
}

async function mustBe(status: string, read: { path: string; headers: Record<string, string> }): Promise<void> {
  const told = Told.parse(await callApi(read)).status;
  if (told !== status) throw new Error(`${read.path} is ${told}, not ${status}`);
}

function filingAt(now: string) {
  const offered = (list: Offered[]) => list.find((one) => !isRetired(one, now))?.id;
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
