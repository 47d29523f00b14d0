import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { codeOf, readerErrors, seenBy } from "#infra/programs/documents/pages/errors.ts";
import { type LocalCloud, startLocalCloud } from "#infra/programs/local-cloud/local-cloud.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { dayMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { filingBody } from "../support/a-complaint.ts";
import { type Answered, apiCaller, type Call, Receipt } from "../support/api-caller.ts";
import { changedToken } from "../support/changed-token.ts";
import { writeProvince } from "../support/province-files.ts";
import { type Edit, synthesizeEdited } from "../support/synthesized-with.ts";
import { sharedTableEngine } from "../support/table-engine.ts";
import { answers, webhookReceiver } from "../support/webhook-receiver.ts";

const portal = "web-portal";
const retired = "systems-not-ready";

/** A province with a webhook, a category out of use, and a front end that may file two complaints a minute. */
const edit: Edit = (province) => {
  const agency = province.agencies.find(({ id }) => id === "social-security");
  if (agency) agency.webhook = { url: "https://foad.social-security.example/events" };
  const category = province.categories.find(({ id }) => id === retired);
  if (category) category.retiredFrom = localDate(new Date(Date.now() - 100 * dayMs).toISOString());
  const frontEnd = province.frontEnds.find(({ clientId }) => clientId === portal);
  if (frontEnd) frontEnd.filingsPerMinute = 2;
};

let folder = "";
let state = "";
let cloud: LocalCloud & Awaited<ReturnType<typeof apiCaller>>;
let receiver: ReturnType<typeof webhookReceiver>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "foad-errors-"));
  state = join(folder, "state");
  const assembly = await synthesizeEdited({ folder, edit });
  const province = readProvince("qazvin");
  edit(province);
  const provinceFile = writeProvince(folder, province);
  const running = await startLocalCloud({ assembly, provinceFile, state, port: 0, engine: sharedTableEngine() });
  cloud = Object.assign(running, await apiCaller(running));
  receiver = webhookReceiver(cloud);
  await receiver.listen();
});
afterAll(async () => {
  await receiver?.close();
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const filing = (more: Partial<Call> = {}): Call => ({
  as: "call-centre-128",
  method: "POST",
  path: "/v1/complaints",
  body: filingBody(),
  ...more,
  headers: { "idempotency-key": crypto.randomUUID(), ...more.headers },
});
const filed = async () => Receipt.parse((await cloud.call(filing())).body);
const citizens = async (path: string, more: Partial<Call> = {}): Promise<Call> => {
  const { id, secret } = await filed();
  return { secret, path: `/v1/complaints/${id}${path}`, ...more };
};
const json = { "content-type": "application/json" };

/** A request that is refused in this way, by the id of the error. What has to happen before it has happened. */
const provoke: Record<string, () => Promise<Call>> = {
  "no-token": async () => filing({ as: undefined }),
  "no-scope": async () =>
    filing({ as: undefined, headers: await changedToken({ ...cloud, state }, { scope: "openid email" }) }),
  "wrong-scope": async () => filing({ as: "agency-social-security" }),
  "unknown-id": () => citizens("", { secret: "4T7N-QW2D" }),
  "no-secret": () => citizens("", { secret: undefined }),
  "invalid-json": async () => filing({ body: undefined, raw: '{ "agencyId": "social-security", }', headers: json }),
  "unknown-field": async () => filing({ body: { ...filingBody(), mobile: "09121234567" } }),
  "wrong-content-type": async () => filing({ headers: { "content-type": "application/x-www-form-urlencoded" } }),
  "key-missing": async () => ({ ...filing(), headers: {} }),
  async "key-reused"() {
    const headers = { "idempotency-key": crypto.randomUUID() };
    await cloud.call(filing({ headers }));
    return filing({ headers, body: filingBody({ description: "متنی دیگر دربارهٔ همان روز." }) });
  },
  "retired-id": async () => filing({ body: filingBody({ category: retired }) }),
  async "no-officer"() {
    const path = `/v1/agency/complaints/${(await filed()).id}/acknowledgement`;
    return filing({ as: "agency-social-security", path, body: {} });
  },
  "wrong-state": () => citizens("/acceptance", { method: "POST", body: {} }),
  outdated: () => citizens("/withdrawal", { method: "POST", body: {}, headers: { "if-match": '"7"' } }),
  "no-such-path": async () => ({ path: "/v1/catalog/" }),
  async "too-many"() {
    const byPortal = () => filing({ as: portal, body: filingBody({ channel: "web" }) });
    await cloud.call(byPortal());
    await cloud.call(byPortal());
    return byPortal();
  },
  async "webhook-signature"() {
    // As a receiver does that does not find the signature genuine.
    receiver.answer(answers(401));
    await cloud.clock.advance(3 * 60_000);
    return { as: "agency-social-security", path: "/v1/agency/webhook" };
  },
};

const Problem = z.looseObject({ detail: z.string(), code: z.string() });

/** What the caller reads: the sentence of a problem, or the whole text where the gateway or a webhook speaks. */
function sentenceOf({ headers, text, body }: Answered): { sentence: string; code: string | undefined } {
  if (headers.get("content-type") !== "application/problem+json") return { sentence: text, code: undefined };
  const { detail, code } = Problem.parse(body);
  return { sentence: detail.replace(`${cloud.endpoints.api}/v1/docs`, "/v1/docs"), code };
}

test("each error of the page is provoked here", () => {
  expect(Object.keys(provoke).sort()).toEqual(readerErrors.map(({ id }) => id).sort());
  expect(readerErrors.length).toBeGreaterThanOrEqual(10);
});

test.each(readerErrors)(
  "$id: the caller sees the very sentence that the page names, in both languages",
  async (error) => {
    const call = await provoke[error.id]?.();
    if (!call) throw new Error(`Nothing provokes ${error.id}`);
    for (const language of ["fa", "en"] as const) {
      const answered = await cloud.call({ ...call, headers: { ...call.headers, "accept-language": language } });
      const named = seenBy(error, language);
      const { sentence, code } = sentenceOf(answered);
      expect([answered.status, code]).toEqual([named.status, codeOf(error)]);
      // A webhook's state has more than the one attempt that the page names.
      if (error.id === "webhook-signature") expect(sentence).toContain(named.sentence);
      else expect(sentence).toBe(named.sentence);
    }
  },
);
