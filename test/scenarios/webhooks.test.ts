import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../support/a-complaint.ts";
import { Receipt } from "../support/api-caller.ts";
import { killProcessesOf } from "../support/function-processes.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { type Answering, answers, takes, webhookReceiver } from "../support/webhook-receiver.ts";

const cloud = withLocalCloud("alborz");
const [minute, hour] = [60_000, 3_600_000];
let receiver: ReturnType<typeof webhookReceiver>;
beforeAll(async () => {
  receiver = webhookReceiver(cloud);
  await receiver.listen();
  // The first run, from which on it is told.
  await cloud.clock.advance(minute);
});
afterAll(() => receiver.close());

const countyId = "karaj";
const [tax, portal, water] = ["agency:tax-affairs", "front-end:web-portal", "agency:water-and-wastewater"] as const;

async function file(agencyId: string): Promise<string> {
  const body = filingBody({ agencyId, countyId, channel: "web" });
  const headers = { "idempotency-key": crypto.randomUUID() };
  const filed = await cloud.call({ as: "web-portal", method: "POST", path: "/v1/complaints", body, headers });
  return Receipt.parse(filed.body).id;
}

async function acknowledge(agencyId: string, id: string): Promise<void> {
  const path = `/v1/agency/complaints/${id}/acknowledgement`;
  const body = { officer: { name: "مریم رستمی" } };
  expect((await cloud.call({ as: `agency-${agencyId}`, method: "POST", path, body })).status).toBe(200);
}

const Delivery = z.looseObject({
  state: z.string(),
  stopped: z.looseObject({ because: z.string() }).optional(),
  cursor: z.string().optional(),
  attempts: z.array(z.record(z.string(), z.unknown())),
});
const at = (subscriber: string, more = "") => `/v1/admin/deliveries/${subscriber}${more}`;
const standing = async (subscriber: string) =>
  Delivery.parse((await cloud.call({ as: "admin", path: at(subscriber) })).body);
const resume = (subscriber: string, body: object = {}, headers: Record<string, string> = {}) =>
  cloud.call({ as: "admin", method: "POST", path: at(subscriber, "/resume"), body, headers });
const secretOf = async (subscriber: string, generation: number) => {
  const { body } = await cloud.call({
    as: "admin",
    method: "PUT",
    path: at(subscriber, "/secret"),
    body: { generation },
  });
  return z.object({ secret: z.string() }).parse(body).secret;
};

const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().optional() });

/** Everything in a feed, as its owner reads it. */
async function feed(as: string, path: string) {
  const items: z.infer<typeof Page>["items"] = [];
  let after: string | undefined;
  do {
    const page = Page.parse(
      (await cloud.call({ as, path: `${path}?limit=100${after ? `&after=${after}` : ""}` })).body,
    );
    items.push(...page.items);
    after = page.nextCursor;
  } while (after);
  return items;
}

/** What came to a webhook beside validation, each event once, in the order in which it came first. */
const heard = (subscriber: string) =>
  [
    ...new Map(
      receiver
        .of(subscriber)
        .filter(({ event }) => !event.type.includes("validation"))
        .toReversed()
        .map(({ event }) => [event.id, event]),
    ).values(),
  ].toReversed();

const logOfThePusher = () =>
  globSync("*pushevents*", { cwd: join(cloud.state, "logs") })
    .map((name) => readFileSync(join(cloud.state, "logs", name), "utf8"))
    .join("");

let killed = 0;
const bad: [what: string, how: Answering][] = [
  ["fails", answers(500)],
  ["leads elsewhere", answers(302, { location: "/elsewhere" })],
  ["breaks off", (request) => request.socket.destroy()],
  ["is slow", (request, response) => sleep(700).then(() => takes(request, response))],
  ["is asked by a function that dies meanwhile", () => (killed += killProcessesOf("pushevents"))],
];

test("through failures, kills, 3 and 30 hours of silence, each event comes, in the feed's order, signed, and none is lost", async () => {
  const filed = [await file("tax-affairs"), await file("tax-affairs"), await file("education")];
  await cloud.clock.advance(2 * minute);
  expect(receiver.of(tax).map(({ event }) => event.type)).toEqual([
    "ir.foad.webhook.validation.v1",
    "ir.foad.complaint.filed.v1",
    "ir.foad.complaint.filed.v1",
  ]);
  for (const [, how] of bad) {
    await acknowledge("tax-affairs", filed.shift() ?? "");
    filed.unshift(await file("tax-affairs"));
    receiver.answer(how);
    await cloud.clock.advance(2 * minute);
    receiver.answer(takes);
    await cloud.clock.advance(3 * minute);
  }
  expect(killed).toBeGreaterThan(0);

  await receiver.close();
  await file("tax-affairs");
  await cloud.clock.advance(3 * hour);
  await receiver.listen();
  await cloud.clock.advance(2 * hour);
  expect(await standing(tax)).toMatchObject({ state: "active", failures: 0 });

  await receiver.close();
  await file("tax-affairs");
  await cloud.clock.advance(30 * hour);
  await receiver.listen();
  const before = receiver.of(tax).length;
  for (const subscriber of [tax, portal]) {
    expect(await standing(subscriber)).toMatchObject({ state: "stopped", stopped: { because: "nothing-taken" } });
    expect(logOfThePusher()).toMatch(new RegExp(`"message":"webhook stopped".*"subscriber":"${subscriber}"`));
  }
  await cloud.clock.advance(hour);
  expect(receiver.of(tax).length).toBe(before);
  for (const subscriber of [tax, portal]) expect((await resume(subscriber)).status).toBe(200);
  await cloud.clock.advance(3 * minute);

  const [ofTax, ofPortal] = [
    await feed("agency-tax-affairs", "/v1/agency/events"),
    await feed("web-portal", "/v1/front-end/events"),
  ];
  expect(ofTax.length).toBeGreaterThan(13);
  expect(heard(tax)).toEqual(ofTax);
  const seen = heard(portal).map(({ id, type, time, data }) => ({ id, type, time, ...data }));
  expect(seen).toEqual(ofPortal.map((one) => ({ ...one, type: `ir.foad.complaint.${one.type}.v1` })));
  expect(receiver.paths()).not.toContain("/elsewhere");
  const signer = new Webhook(await secretOf(tax, 1));
  for (const { id, event, body, sentAt, signatures, lateMs } of receiver.of(tax)) {
    expect([id, signatures]).toEqual([event.id, [signer.sign(id, sentAt, body)]]);
    expect(Math.abs(lateMs)).toBeLessThan(10_000);
  }
}, 120_000);

test("what it cannot digest is passed over by resuming after it; two secrets sign for a week", async () => {
  const first = await file("water-and-wastewater");
  await cloud.clock.advance(2 * minute);
  await acknowledge("water-and-wastewater", first);
  const last = await file("water-and-wastewater");
  receiver.answer((request, response) => answers(request.url?.includes("water") ? 410 : 204)(request, response));
  await cloud.clock.advance(2 * minute);
  const { state, stopped, cursor, attempts } = await standing(water);
  expect([state, stopped?.because, cursor]).toEqual(["stopped", "gone", `${first}/1`]);
  expect(attempts.at(-1)).toEqual({
    at: expect.any(String),
    eventId: `${first}/2`,
    tookMs: expect.any(Number),
    status: 410,
  });

  receiver.answer(takes);
  expect((await resume(water, { after: "AB-0000-0000-0/1" })).status).toBe(200);
  await cloud.clock.advance(2 * minute);
  expect(await standing(water)).toMatchObject({ state: "stopped", stopped: { because: "unknown-event" } });
  expect([await secretOf(water, 1), await secretOf(water, 2)]).toEqual([expect.any(String), expect.any(String)]);
  const key = { "idempotency-key": "resumed-once" };
  for (let n = 0; n < 2; n++) expect((await resume(water, { after: `${first}/2` }, key)).status).toBe(200);
  expect((await resume(water, {}, key)).status).toBe(422);
  await cloud.clock.advance(2 * minute);
  expect(
    receiver
      .of(water)
      .slice(-2)
      .map(({ event }) => event.type),
  ).toEqual(["ir.foad.webhook.validation.v1", "ir.foad.complaint.filed.v1"]);
  const newest = receiver.of(water).at(-1) ?? expect.unreachable();
  expect(newest.id).toBe(`${last}/1`);
  const signers = [new Webhook(await secretOf(water, 2)), newest] as const;
  expect(newest.signatures).toHaveLength(2);
  expect(newest.signatures[0]).toBe(signers[0].sign(newest.id, newest.sentAt, newest.body));

  const put = (subscriber: string, generation: number) =>
    cloud.call({ as: "admin", method: "PUT", path: at(subscriber, "/secret"), body: { generation } });
  expect(await put(water, 4)).toMatchObject({ status: 400, body: { errors: [{ code: "present-or-next" }] } });
  expect((await put("agency:gas", 1)).status).toBe(404);
}, 60_000);
