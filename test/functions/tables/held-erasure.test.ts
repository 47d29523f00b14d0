import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { handler as giveConsent } from "#functions/complaints/consent.function.ts";
import { handler as fileComplaint } from "#functions/complaints/file-complaint.function.ts";
import { saveHold } from "#functions/retention/holds.store.ts";
import { reapplyRetentionOrders } from "#functions/retention/restored-tables.store.ts";
import { holdOf } from "#shared/complaints/confidential-commands.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import { readAnyIdentity } from "#shared/identities/identities.store.ts";
import { confidentialLogKey } from "#shared/runtime/keys.ts";
import { readPartition, table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { adminPrincipal, filingBody } from "../../support/a-complaint.ts";
import { aContext, anApiEvent } from "../../support/api-event.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { captureLog } from "../../support/written-log.ts";

withRealTables();
mockClient(SecretsManagerClient).on(GetSecretValueCommand).resolves({ SecretString: "a key for tests" });
const files = mockClient(S3Client);
const log = captureLog();
const bucket = "https://files.example";
/** The names of all orders that are kept beside the tables. */
const kept = new Set<string>();
/** Whether the bucket stores nothing now. */
let isBucketDown = false;
/** What happens while an erasure's order is on its way to the bucket, once. */
let meanwhile = async (_id: string, _at: string) => {};

beforeAll(() => {
  vi.stubGlobal("fetch", async (url: string) => {
    if (isBucketDown) return new Response(undefined, { status: 503 });
    const name = decodeURIComponent(url.slice(`${bucket}/`.length));
    kept.add(name);
    const [, at = "", id = "", act] = name.split("/");
    const happens = meanwhile;
    if (act === "identity-erased") meanwhile = async () => {};
    if (act === "identity-erased") await happens(id, at);
    return new Response();
  });
  files.on(ListObjectsV2Command).callsFake(() => ({ Contents: [...kept].sort().map((Key) => ({ Key })) }));
  for (const name of ["PEPPER", "MASK_KEY", "ADDRESS_KEY"]) vi.stubEnv(`${name}_SECRET`, name);
  vi.stubEnv("ATTACHMENTS_URL", bucket);
  vi.stubEnv("ATTACHMENTS_BUCKET", "files");
});
beforeEach(() => kept.clear());
afterAll(() => {
  log.release();
  files.restore();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

let keys = 0;
async function filed() {
  const headers = { "idempotency-key": `held-erasure-${keys++}` };
  const body = filingBody({ citizen: { name: "زهرا محمدی" } });
  const sent = anApiEvent({ routeKey: "POST /v1/complaints", clientId: "call-centre-128", body, headers });
  const answer = (await fileComplaint(sent, aContext)) as { body: string };
  const own = JSON.parse(answer.body) as { id: string; secret: string };
  const identity = await table.send(new GetCommand({ TableName: process.env.IDENTITIES_TABLE, Key: { pk: own.id } }));
  return { ...own, identity: identity.Item };
}

type Own = Awaited<ReturnType<typeof filed>>;
async function erase({ id, secret }: Own) {
  const headers = { "foad-secret": secret };
  const sent = anApiEvent({ routeKey: "DELETE /v1/complaints/{id}/identity", id, headers });
  const { statusCode, body } = (await giveConsent(sent, aContext)) as { statusCode: number; body: string };
  return [statusCode, JSON.parse(body).code];
}

const hold = (act: "hold-set" | "hold-lifted", { id, now }: { id: string; now: string }) =>
  saveHold({ type: act, id, now, by: adminPrincipal, reason: "دادگاه خواسته است" });
const holdAfter = async (id: string, at: string) => {
  await hold("hold-set", { id, now: addMilliseconds(at, 1_000) });
};

/** What orders make of tables of the instant at which the case was filed. */
async function afterRestore({ id, identity }: Own) {
  const TableName = process.env.COMPLAINTS_TABLE;
  for (const { pk, sk } of await readPartition(confidentialLogKey(id)))
    await table.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  await table.send(new PutCommand({ TableName: process.env.IDENTITIES_TABLE, Item: identity }));
  await reapplyRetentionOrders(addMilliseconds(new Date().toISOString(), 60_000), { areRestored: true });
  const { confidentialLog } = await readConfidentialRecord(id);
  return { isNamed: (await readAnyIdentity(id)) !== undefined, isHeld: holdOf(confidentialLog).held };
}

test("an erasure that a hold overtakes and so is refused is not carried out by a restore to before both", async () => {
  const own = await filed();
  meanwhile = holdAfter;
  expect(await erase(own)).toEqual([409, "legal-hold"]);
  expect(await afterRestore(own)).toEqual({ isNamed: true, isHeld: true });
});

test("asked for again once the hold is lifted, it is done, also by a restore", async () => {
  const own = await filed();
  meanwhile = holdAfter;
  expect(await erase(own)).toEqual([409, "legal-hold"]);
  await hold("hold-lifted", { id: own.id, now: addMilliseconds(new Date().toISOString(), 2_000) });
  expect(await erase(own)).toEqual([200, undefined]);
  expect(await afterRestore(own)).toEqual({ isNamed: false, isHeld: false });
});

test("one that another erasure overtook, before the hold, stands", async () => {
  const own = await filed();
  meanwhile = async (id, at) => {
    expect(await erase(own)).toEqual([200, undefined]);
    await holdAfter(id, at);
  };
  expect(await erase(own)).toEqual([200, undefined]);
  expect(await afterRestore(own)).toEqual({ isNamed: false, isHeld: true });
});

test("a lifting whose order could not be saved is tried again, and a restore then lifts the hold too", async () => {
  const own = await filed();
  const now = addMilliseconds(new Date().toISOString(), 1_000);
  await hold("hold-set", { id: own.id, now });
  isBucketDown = true;
  const lifting = { id: own.id, now: addMilliseconds(now, 1_000) };
  await expect(hold("hold-lifted", lifting)).rejects.toMatchObject({ code: "unavailable" });
  isBucketDown = false;
  expect(await hold("hold-lifted", lifting)).toEqual({ held: false });
  expect(await afterRestore(own)).toEqual({ isNamed: true, isHeld: false });
});
