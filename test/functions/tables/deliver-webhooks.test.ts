import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { handler } from "#functions/deliveries/deliver-webhooks.function.ts";
import { readWebhookSubscriptions } from "#functions/deliveries/webhook-subscriptions.store.ts";
import { file } from "#shared/complaints/filing.ts";
import { webhooks } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { complaintKey, eventKey, partitions } from "#shared/runtime/keys.ts";
import { table } from "#shared/storage/table.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { aFiling, callCentrePrincipal } from "../../support/a-complaint.ts";
import { aContext } from "../../support/api-event.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { writeComplaint } from "../../support/stored-complaints.ts";
import { captureLog } from "../../support/written-log.ts";

// The one province that has webhooks.
vi.hoisted(() => {
  process.env.FOAD_PROVINCE_FILE = process.env.FOAD_PROVINCE_FILE?.replace("qazvin", "alborz");
});
withRealTables();
const log = captureLog();

const deployed = "2026-11-24T10:00:00.000Z";
const minute = 60_000;
const clientId = "web-portal";
const Event = z.looseObject({ id: z.string(), type: z.string() });
/** What came, by the path's first part: the host. */
const posted = new Map<string, string[]>();
/** `<host>/<event id>` of what the receiver refuses, once: both of an event's followers are served side by side. */
const refused = new Set<string>();
let receiver: Server;
/** By how much more the time of runs has passed. */
let lostMs = 0;
// Fetching the key, once, takes the whole of the first run.
mockClient(SecretsManagerClient)
  .on(GetSecretValueCommand)
  .callsFake(() => {
    lostMs = minute;
    return { SecretString: "a key for tests" };
  });

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const real = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => real() + lostMs);
  receiver = createServer(async (request, response) => {
    const { id, type } = Event.parse(JSON.parse(await text(request)));
    const host = request.url?.split("/")[1] ?? "";
    posted.set(host, [...(posted.get(host) ?? []), type.includes("validation") ? "validation" : id]);
    response.writeHead(refused.delete(`${host}/${id}`) ? 500 : 204).end();
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const address = receiver.address();
  process.env.LOCAL_RECEIVER = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  process.env.WEBHOOK_KEY_SECRET = "webhook-key";
});
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  receiver.close();
  log.release();
});

let count = 0;

/** Files at an agency, through a front end that both have webhooks. */
async function fileAt(agencyId: string, at: string): Promise<string> {
  const id = `AB-${String(count++).padStart(4, "0")}-0000-0`;
  const deadlines = { acknowledgeBy: addMilliseconds(at, minute), answerBy: addMilliseconds(at, minute) };
  const by = { ...callCentrePrincipal, clientId };
  const filing = aFiling({ agencyId, countyId: "karaj" });
  await writeComplaint(
    file(filing, { id, by, now: at, deadlines, identityDigest: String, digitsMac: String, mayMail: true }),
  );
  return `${id}/1`;
}

async function runAt(now: string): Promise<void> {
  vi.setSystemTime(now);
  await handler({}, aContext);
}

const agencies = webhooks.flatMap(({ feed }) => ("agencyId" in feed ? feed.agencyId : []));
const hosts = new Map(webhooks.map(({ subscriber, url }) => [subscriber, new URL(url).host]));

/** What came to the front end, whose ids have no numbers: each complaint has one event here. */
const postedToFrontEnd = () =>
  (posted.get(hosts.get(`front-end:${clientId}`) ?? "") ?? []).map((id) => id.replace(/\/[0-9A-Z]{8}$/, "/1"));

test("a new webhook is told what happens from its deployment on, also where its turn does not come in the first run", async () => {
  expect(webhooks.length).toBeGreaterThan(2);
  for (const agencyId of agencies) await fileAt(agencyId, addMilliseconds(deployed, -5 * minute));
  const before = await Promise.all(agencies.map((agencyId) => fileAt(agencyId, addMilliseconds(deployed, 1_000))));
  await runAt(addMilliseconds(deployed, minute));
  expect([posted.size, lostMs]).toEqual([0, minute]);
  expect((await readWebhookSubscriptions()).size).toBe(webhooks.length);

  const between = await Promise.all(
    agencies.map((agencyId) => fileAt(agencyId, addMilliseconds(deployed, 2 * minute))),
  );
  lostMs = 0;
  await runAt(addMilliseconds(deployed, 10 * minute));
  for (const [n, agencyId] of agencies.entries())
    expect(posted.get(hosts.get(`agency:${agencyId}`) ?? "")).toEqual(["validation", before[n], between[n]]);
  const [first, ...rest] = postedToFrontEnd();
  expect([first, rest.toSorted()]).toEqual(["validation", [...before, ...between].toSorted()]);
});

test("a webhook whose last event is kept no longer goes on with what happened since", async () => {
  for (const follower of (await readWebhookSubscriptions()).values()) {
    const Key = { pk: complaintKey(follower?.lastEventId?.split("/")[0] ?? ""), sk: eventKey(1) };
    await table.send(new DeleteCommand({ TableName: env("COMPLAINTS_TABLE"), Key }));
  }
  const next = await Promise.all(agencies.map((agencyId) => fileAt(agencyId, addMilliseconds(deployed, 20 * minute))));
  await runAt(addMilliseconds(deployed, 30 * minute));
  for (const [n, agencyId] of agencies.entries())
    expect(posted.get(hosts.get(`agency:${agencyId}`) ?? "")?.at(-1)).toBe(next[n]);
  expect(postedToFrontEnd()).toEqual(expect.arrayContaining(next));
});

test("an event that is not taken is the last of its run, and the first of the next", async () => {
  const [agencyId = ""] = agencies;
  const [one, other] = [
    await fileAt(agencyId, addMilliseconds(deployed, 40 * minute)),
    await fileAt(agencyId, addMilliseconds(deployed, 41 * minute)),
  ];
  const host = hosts.get(`agency:${agencyId}`) ?? "";
  refused.add(`${host}/${one}`);
  const told = () => posted.get(host);
  const before = told() ?? [];
  await runAt(addMilliseconds(deployed, 50 * minute));
  expect(told()).toEqual([...before, one]);
  await runAt(addMilliseconds(deployed, 51 * minute));
  expect(told()).toEqual([...before, one, one, other]);
});

test("a webhook of which this code cannot read how far it is waits, and keeps no other from being served", async () => {
  const [first = "", ...rest] = agencies;
  const subscriber = `agency:${first}`;
  const Key = { pk: partitions.webhook, sk: subscriber };
  const { Item } = await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key }));
  const newer = { ...Item, state: "resting" };
  await table.send(new PutCommand({ TableName: env("COMPLAINTS_TABLE"), Item: newer }));
  const told = await Promise.all(agencies.map((agencyId) => fileAt(agencyId, addMilliseconds(deployed, 40 * minute))));
  await runAt(addMilliseconds(deployed, 50 * minute));
  for (const [n, agencyId] of rest.entries())
    expect(posted.get(hosts.get(`agency:${agencyId}`) ?? "")?.at(-1)).toBe(told[n + 1]);
  expect(posted.get(hosts.get(subscriber) ?? "")).not.toContain(told[0]);
  const { Item: after } = await table.send(new GetCommand({ TableName: env("COMPLAINTS_TABLE"), Key }));
  expect(after).toEqual(newer);
});
