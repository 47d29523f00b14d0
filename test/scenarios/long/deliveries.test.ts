import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { eventId } from "#shared/complaints/event.ts";
import { complaintKey, eventKey } from "#shared/runtime/keys.ts";
import { createQueueLoser } from "../../support/lost-messages.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { startOfHour, withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
const as = "admin";
const minute = 60_000;
let queues: ReturnType<typeof createQueueLoser>;
beforeAll(() => {
  queues = createQueueLoser(cloud.endpoints);
});

const Delivery = z.strictObject({
  eventId: z.string(),
  type: z.string().optional(),
  time: z.iso.datetime().optional(),
  agencyIds: z.array(z.string()),
  failedAt: z.iso.datetime(),
});
const Page = z.object({ items: z.array(Delivery), nextCursor: z.string().optional() });
const Ordered = z.object({ order: z.record(z.string(), z.unknown()), orderedAt: z.string() });

async function undelivered(query = "") {
  await cloud.quiet();
  const answered = await cloud.call({ as, path: `/v1/admin/deliveries${query}` });
  expect(answered.status, answered.text).toBe(200);
  return Page.parse(answered.body);
}
const idsOf = ({ items }: z.infer<typeof Page>) => items.map((item) => item.eventId);

function order(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  return cloud.call({ as, method: "POST", path: "/v1/admin/deliveries/redrive", body, headers });
}

/** Orders, and lets the minutes pass in which it is carried out. */
async function redriven(body: Record<string, unknown>) {
  const answered = await order(body);
  expect(answered.status, answered.text).toBe(200);
  await cloud.clock.advance(2 * minute);
  return Ordered.parse(answered.body);
}

const heardBy = async (agencyId: string) => (await cloud.receiveAll(agencyId)).map(({ event }) => event.id);
const now = () => new Date(cloud.clock.now()).toISOString();

test("what an agency's lost queue did not take is listed, is sent again once ordered, and then leaves the list", async () => {
  await queues.lose("gas");
  const [first, second] = [await cloud.file({ agencyId: "gas" }), await cloud.file({ agencyId: "gas" })];
  const ids = [first, second].map(({ id }) => eventId(id, 1));
  const { items } = await undelivered();
  expect(items.map((item) => item.eventId).toSorted()).toEqual(ids.toSorted());
  for (const { type, agencyIds } of items) expect([type, agencyIds]).toEqual(["filed", ["gas"]]);
  await queues.remake("gas");
  const { order } = await redriven({ eventIds: [ids[0]] });
  expect(order).toEqual({ eventIds: [ids[0]] });
  expect(await heardBy("gas")).toEqual([ids[0]]);
  expect(idsOf(await undelivered())).toEqual([ids[1]]);
  await redriven({});
  expect(await heardBy("gas")).toEqual([ids[1]]);
  expect(idsOf(await undelivered())).toEqual([]);
});

test("the list is read in pages, the oldest first, and an event that still cannot be sent stays in it", async () => {
  await queues.lose("tax-affairs");
  const filed = [];
  for (let n = 0; n < 3; n++) filed.push(await cloud.file({ agencyId: "tax-affairs" }));
  const { items, nextCursor } = await undelivered("?limit=2");
  expect(items).toHaveLength(2);
  const rest = await undelivered(`?limit=2&cursor=${nextCursor}`);
  const all = [...items, ...rest.items];
  expect(all.map((item) => item.eventId).toSorted()).toEqual(filed.map(({ id }) => eventId(id, 1)).toSorted());
  expect(all.map(({ failedAt }) => failedAt)).toEqual(all.map(({ failedAt }) => failedAt).toSorted());
  await redriven({});
  expect(idsOf(await undelivered())).toEqual(all.map((item) => item.eventId));
  await queues.remake("tax-affairs");
  await redriven({});
  expect((await heardBy("tax-affairs")).toSorted()).toEqual(all.map((item) => item.eventId).toSorted());
  expect(idsOf(await undelivered())).toEqual([]);
});

test("a record that nobody can read is listed by its place, with nothing of what it holds, and is sent once it can be read", async () => {
  const { id } = await cloud.file();
  const poison = { pk: complaintKey(id), sk: eventKey(7), complaintId: id, type: "of-another-age", text: "canary" };
  await cloud.tables.putComplaintItem(poison);
  const { items } = await undelivered();
  expect(items).toEqual([{ eventId: eventId(id, 7), agencyIds: [], failedAt: expect.any(String) }]);
  await redriven({});
  expect(idsOf(await undelivered())).toEqual([eventId(id, 7)]);
  const sound = { ...(await cloud.tables.complaintItem(complaintKey(id), eventKey(1))), sk: poison.sk, version: 7 };
  await cloud.tables.putComplaintItem(sound);
  await cloud.receiveAll("social-security");
  await redriven({});
  expect(await heardBy("social-security")).toContain(eventId(id, 7));
  expect(idsOf(await undelivered())).toEqual([]);
});

test("a past period is sent again under the same ids, to the agencies concerned and in order, and nobody is mailed twice", async () => {
  await cloud.clock.advance(minute);
  const before = await cloud.file({ agencyId: "gas" });
  await cloud.clock.advance(minute);
  const since = now();
  const kept = await cloud.file({ agencyId: "gas" });
  const given = await cloud.file({ agencyId: "education" });
  const path = `/v1/agency/complaints/${given.id}`;
  const officer = { name: "مریم رستمی" };
  await cloud.call({ as: "agency-education", method: "POST", path: `${path}/acknowledgement`, body: { officer } });
  const transfer = { toAgencyId: "gas", reason: "در صلاحیت شرکت گاز است" };
  await cloud.call({ as: "agency-education", method: "POST", path: `${path}/transfer`, body: transfer });
  await cloud.clock.advance(minute);
  const until = now();
  const after = await cloud.file({ agencyId: "gas" });
  await cloud.quiet();
  const all = [before, kept, given, after];
  const mails = async () => (await Promise.all(all.map(({ id }) => mailsAbout(cloud.endpoints, id)))).flat().length;
  const mailed = await mails();
  expect(mailed).toBeGreaterThanOrEqual(all.length);
  const [e1, e2, e3] = [1, 2, 3].map((version) => eventId(given.id, version));
  // Queues made anew: these have no memory by which they would drop what comes again within five minutes.
  for (const agencyId of ["gas", "education"]) await queues.replace(agencyId);
  await redriven({ since, until, agencyId: "education" });
  expect(await heardBy("education")).toEqual([e1, e2, e3]);
  expect(await heardBy("gas")).toEqual([]);
  for (const agencyId of ["gas", "education"]) await queues.replace(agencyId);
  const { order } = await redriven({ since, until });
  expect(order).toEqual({ since, until });
  expect(await heardBy("education")).toEqual([e1, e2, e3]);
  expect((await heardBy("gas")).toSorted()).toEqual([eventId(kept.id, 1), e3].toSorted());
  await cloud.quiet();
  expect(await mails()).toBe(mailed);
});

test("an order repeated with its key is the same order and writes nothing; another body under that key is refused", async () => {
  const headers = { "idempotency-key": "send-them-again" };
  const today = { since: now().slice(0, 10).concat("T00:00:00Z") };
  const first = await order(today, headers);
  // Carried out by then: what is pending is written in some minute, whoever looks.
  await cloud.clock.advance(2 * minute);
  const before = await cloud.tables.everything();
  const again = await order(today, headers);
  expect([again.status, again.text]).toEqual([200, first.text]);
  const other = await order({}, headers);
  expect([other.status, other.body]).toMatchObject([422, { code: "idempotency-key-reused" }]);
  expect(await cloud.tables.everything()).toBe(before);
});

const day = 24 * 60 * minute;
const ago = (ms: number) => new Date(cloud.clock.now() - ms).toISOString();

test.each<[string, () => Record<string, unknown>, number, string, string?]>([
  ["more than 30 days back", () => ({ since: ago(30 * day + minute) }), 400, "invalid", "since"],
  ["for a period yet to come", () => ({ since: ago(-minute) }), 400, "invalid", "since"],
  ["for a period that ends before it starts", () => ({ since: ago(minute), until: ago(day) }), 400, "invalid", "until"],
  ["for events and a period at once", () => ({ since: ago(day), eventIds: ["x"] }), 400, "invalid", "since"],
  ["for an agency without a period", () => ({ agencyId: "gas" }), 400, "invalid", "since"],
  ["for no event at all", () => ({ eventIds: [] }), 400, "invalid", "eventIds"],
  ["with a field nobody knows", () => ({ everything: true }), 400, "invalid", "everything"],
  ["for an agency nobody knows", () => ({ since: ago(day), agencyId: "nobody" }), 422, "unknown-agency"],
])("an order %s is refused, and nothing is written", async (_, body, status, code, path) => {
  await cloud.quiet();
  const before = await cloud.tables.everything();
  const refused = await order(body());
  expect(refused.body).toMatchObject({ status, code });
  if (path !== undefined) expect(refused.body).toMatchObject({ errors: [{ path, message: expect.any(String) }] });
  expect(await cloud.tables.everything()).toBe(before);
});
