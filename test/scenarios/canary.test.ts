import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { fingerprint } from "#shared/digest.ts";
import { ComplaintSecrets } from "#shared/identifier.ts";
import { complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { filingBody } from "../support/a-complaint.ts";
import type { Call } from "../support/api-caller.ts";
import { createUniqueIdentity, needlesFound } from "../support/canaries.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();

const { citizen, identity, word } = createUniqueIdentity();
const said: string[] = [];
/** A word nobody else uses, remembered. */
function canary(): string {
  const fresh = word();
  said.push(fresh);
  return fresh;
}

/** What a citizen may write without thinking of who reads it. */
const persian = (digits: string) => digits.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? digit);
const phone = identity.subscriber;
const revealing = () =>
  [
    `من ${citizen.name} هستم، ${canary()}؛`,
    `کد ملی ${persian(citizen.nationalId)} و تلفن ${citizen.phone}؛`,
    `یا +98 ${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6)}؛`,
    `${citizen.nationalId} ${citizen.phone}`,
    `خانم ${identity.family}‌ام`,
  ].join(" ");

/** Secrets, in both forms: those of filings, and the one that an inspector renewed. */
const secrets: string[] = [];
const toAgency: string[] = [];
const toCitizen: string[] = [];
let messages = "";
let logs = "";

beforeAll(async () => {
  for (const id of [await acceptedStory(), await withdrawnStory()]) toAgency.push((await asAgency(`/${id}`)).text);
  toAgency.push((await asAgency("?limit=100")).text);
  await sendRefused();
  const poison = {
    pk: complaintKey("QZ-0000-0000-0"),
    sk: eventKey(1),
    complaintId: "QZ-0000-0000-0",
    type: canary(),
    text: revealing(),
  };
  await cloud.tables.putComplaintItem(poison);
  await cloud.quiet();
  messages = JSON.stringify(await cloud.receiveEverywhere());
  logs = globSync("*", { cwd: join(cloud.state, "logs") })
    .map((file) => readFileSync(join(cloud.state, "logs", file), "utf8"))
    .join("\n");
});

async function asAgency(path: string, body?: unknown) {
  const whose = { as: "agency-social-security", path: `/v1/agency/complaints${path}` };
  const answered = await cloud.call(body ? { ...whose, method: "POST", body } : whose);
  toAgency.push(answered.text);
  return answered;
}

async function filed() {
  const employee = { name: canary(), personnelId: canary(), counter: revealing().slice(0, 100) };
  const receipt = await cloud.file({ description: revealing(), employee, citizen });
  secrets.push(receipt.secret, receipt.phoneSecret);
  return { ...receipt, officer: { name: canary(), personnelId: canary() } };
}

async function acceptedStory(): Promise<string> {
  const { id, secret, officer } = await filed();
  await asAgency(`/${id}/acknowledgement`, { officer });
  const actions = [{ text: canary() }];
  await asAgency(`/${id}/answer`, { officer, finding: "founded", cause: "none", text: canary(), actions });
  const opinion = { solved: "partly", handling: 4, pressured: true, comment: revealing() };
  for (const [act, body] of Object.entries({ opinion, acceptance: {} })) {
    const { status, text } = await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/${act}`, body });
    expect(status).toBe(200);
    toCitizen.push(text);
  }
  return id;
}

async function withdrawnStory(): Promise<string> {
  const { id } = await filed();
  const secret = await renewedSecretOf(id);
  // For two days a renewed secret withdraws nothing.
  await cloud.clock.advance(48 * 3_600_000);
  const path = `/v1/complaints/${id}/withdrawal`;
  const { status, text } = await cloud.call({ secret, method: "POST", path, body: { reason: revealing() } });
  expect(status).toBe(200);
  toCitizen.push(text);
  return id;
}

async function renewedSecretOf(id: string): Promise<string> {
  const call: Call = { as: "inspector-1", method: "POST", path: `/v1/inspector/complaints/${id}/secret` };
  const headers = { "idempotency-key": crypto.randomUUID() };
  const { nationalId } = citizen;
  const { secret, phoneSecret } = ComplaintSecrets.parse(
    (await cloud.call({ ...call, headers, body: { nationalId } })).body,
  );
  secrets.push(secret, phoneSecret);
  return secret;
}

/** The same words where nobody should write them: in requests that are refused, in headers, paths and queries. */
async function sendRefused(): Promise<void> {
  const key = () => ({ "idempotency-key": `${canary()}-${citizen.nationalId}` });
  const filing: Call = { as: "call-centre-128", method: "POST", path: "/v1/complaints" };
  const { id, secret } = await cloud.file();
  const calls: Call[] = [
    { ...filing, headers: key(), body: filingBody({ [canary()]: revealing() }) },
    { ...filing, headers: key(), body: filingBody({ description: canary().repeat(500) }) },
    { ...filing, headers: key(), body: filingBody({ citizen: { ...citizen, nationalId: canary() } }) },
    { ...filing, headers: key(), body: filingBody({ agencyId: canary() }) },
    { ...filing, headers: key(), body: filingBody({ description: revealing().repeat(2_000) }) },
    { ...filing, headers: key(), raw: `{"${canary()} at ${citizen.phone}` },
    { ...filing, headers: { ...key(), "content-type": `text/${canary()}` } },
    { ...filing, headers: { "idempotency-key": `${canary()} ${citizen.phone}` }, body: filingBody() },
    { ...filing, as: undefined, headers: { authorization: `Bearer ${canary()}` } },
    { secret: canary(), path: `/v1/complaints/${id}` },
    { secret, method: "POST", path: `/v1/complaints/${id}/opinion`, body: { solved: canary(), handling: 5 } },
    { secret, path: `/v1/complaints/${canary()}` },
    { secret, path: `/v1/complaints/${encodeURIComponent(citizen.name)}` },
    {
      secret,
      path: `/v1/complaints/${citizen.nationalId}`,
      headers: { "accept-language": canary(), "user-agent": canary() },
    },
    {
      as: "agency-gas",
      path: `/v1/agency/complaints/${citizen.phone}`,
      headers: { "if-match": canary(), "x-request-id": canary() },
    },
    { as: "agency-gas", path: `/v1/agency/complaints?status=${canary()}&${canary()}=1&cursor=${canary()}` },
    { path: `/v1/${canary()}` },
  ];
  for (const call of calls) expect((await cloud.call(call)).status).toBeGreaterThanOrEqual(400);
}

test("the words that were sent are known again if they may be read", () => {
  const told = toCitizen.join("\n");
  expect(needlesFound(Object.values(identity), told)).toEqual(Object.values(identity));
  expect(needlesFound(said, told).length).toBeGreaterThan(5);
  expect(needlesFound(said, toAgency.join("\n")).length).toBeGreaterThan(8);
  expect(logs).toContain("request answered");
  expect(logs).toContain("event delivered");
  expect(logs).toContain("event processing failed");
  expect(messages).toContain("ir.foad.complaint.withdrawn.v1");
});

test("no word of what anybody wrote, and nothing of who complains, is in a queue message", () => {
  expect(needlesFound([...said, citizen.email, ...Object.values(identity)], messages)).toEqual([]);
});

test("no word of what anybody wrote, and nothing of who complains, is in a log", () => {
  expect(needlesFound([...said, citizen.email, ...Object.values(identity)], logs)).toEqual([]);
});

test("no secret, first or renewed, is in a log, a message, an answer to the agency or the table of complaints", async () => {
  expect(secrets).toHaveLength(6);
  const { items } = await cloud.tables.allItems();
  expect(items.length).toBeGreaterThan(10);
  const stored = JSON.stringify(items);
  const everywhere = [...toAgency, messages, logs, stored].join("\n");
  expect(
    needlesFound(
      secrets.flatMap((one) => [one, one.replaceAll("-", "")]),
      everywhere,
    ),
  ).toEqual([]);
});

test("the digest of a request in which an inspector typed a national id cannot be searched for it", async () => {
  const { items } = await cloud.tables.allItems();
  const bodyMacs = items.flatMap(({ bodyMac }) => (typeof bodyMac === "string" ? [bodyMac] : []));
  const guessed = fingerprint(
    "POST /v1/inspector/complaints/{id}/secret",
    "",
    JSON.stringify({ nationalId: citizen.nationalId }),
  );
  expect(bodyMacs.length).toBeGreaterThan(1);
  expect(bodyMacs).not.toContain(guessed);
});

test("what a complaint is counted with is told to nobody, in no answer, message or log", () => {
  const everywhere = [...toAgency, ...toCitizen, messages, logs].join("\n");
  expect(needlesFound(["statistics", "phoneGiven", "cohort"], everywhere)).toEqual([]);
});

test("the agency is told nothing of who complains, in no answer, where that was not shared", () => {
  expect(needlesFound([citizen.email, ...Object.values(identity)], toAgency.join("\n"))).toEqual([]);
});

test("the agency is told who complains where the citizen shared it", async () => {
  const { id } = await cloud.file({ citizen: { ...citizen, shareWithAgency: true }, description: revealing() });
  expect((await asAgency(`/${id}`)).body).toMatchObject({
    citizen: { name: citizen.name, nationalId: citizen.nationalId },
  });
});
