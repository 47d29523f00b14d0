import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../../support/a-complaint.ts";
import { type Call, Receipt } from "../../support/api-caller.ts";
import { killProcessesOf } from "../../support/processes.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { type Answering, acceptEvent, answers, webhookReceiver } from "../../support/webhook-receiver.ts";

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
  stopped: z.looseObject({ reason: z.string() }).optional(),
  lastEventId: z.string().optional(),
  attempts: z.array(z.record(z.string(), z.unknown())),
});
const at = (subscriber: string, more = "") => `/v1/admin/webhooks/${subscriber}${more}`;
const standing = async (subscriber: string) =>
  Delivery.parse((await cloud.call({ as: "admin", path: at(subscriber) })).body);
const resume = (subscriber: string, body: object = {}, headers: Record<string, string> = {}) =>
  cloud.call({ as: "admin", method: "POST", path: at(subscriber, "/resume"), body, headers });
/** What owners ask for themselves, by clients of the province's file. */
const own = (as: string, { more = "", ...call }: Partial<Call> & { more?: string } = {}) =>
  cloud.call({ as, path: `/v1/${as.startsWith("agency") ? "agency" : "front-end"}/webhook${more}`, ...call });
const secretOf = async (subscriber: string, secretVersion: number) => {
  const { body } = await cloud.call({
    as: "admin",
    method: "PUT",
    path: at(subscriber, "/secret"),
    body: { secretVersion },
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
  globSync("*deliverwebhooks*", { cwd: join(cloud.state, "logs") })
    .map((name) => readFileSync(join(cloud.state, "logs", name), "utf8"))
    .join("");

let killed = 0;
const bad: [what: string, how: Answering][] = [
  ["fails", answers(500)],
  ["leads elsewhere", answers(302, { location: "/elsewhere" })],
  ["breaks off", (request) => request.socket.destroy()],
  ["is slow", (request, response) => sleep(700).then(() => acceptEvent(request, response))],
  ["is asked by a function that dies meanwhile", () => (killed += killProcessesOf("deliverwebhooks"))],
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
    receiver.answer(acceptEvent);
    await cloud.clock.advance(3 * minute);
  }
  expect(killed).toBeGreaterThan(0);

  receiver.leave();
  await file("tax-affairs");
  await cloud.clock.advance(3 * hour);
  receiver.comeBack();
  await cloud.clock.advance(2 * hour);
  expect(await standing(tax)).toMatchObject({ state: "active", consecutiveFailures: 0 });

  receiver.leave();
  await file("tax-affairs");
  await cloud.clock.advance(30 * hour);
  receiver.comeBack();
  const before = receiver.of(tax).length;
  for (const subscriber of [tax, portal]) {
    expect(await standing(subscriber)).toMatchObject({ state: "stopped", stopped: { reason: "failing-too-long" } });
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
    // The header has whole seconds.
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(2_000);
  }
});

test("what it cannot digest is passed over by resuming after it; two secrets sign for a week", async () => {
  const first = await file("water-and-wastewater");
  await cloud.clock.advance(2 * minute);
  await acknowledge("water-and-wastewater", first);
  const last = await file("water-and-wastewater");
  receiver.answer((request, response) => answers(request.url?.includes("water") ? 410 : 204)(request, response));
  await cloud.clock.advance(2 * minute);
  const { state, stopped, lastEventId, attempts } = await standing(water);
  expect([state, stopped?.reason, lastEventId]).toEqual(["stopped", "gone", `${first}/1`]);
  expect(attempts.at(-1)).toEqual({
    at: expect.any(String),
    eventId: `${first}/2`,
    durationMs: expect.any(Number),
    status: 410,
  });

  receiver.answer(acceptEvent);
  // What is asked last counts: an event mistyped is taken back by asking for none.
  for (const body of [{ after: "AB-0000-0000-0/1" }, {}]) expect((await resume(water, body)).status).toBe(200);
  await cloud.clock.advance(2 * minute);
  expect(await standing(water)).toMatchObject({ state: "active", lastEventId: `${last}/1` });
  expect((await resume(water, { after: "AB-0000-0000-0/1" })).status).toBe(200);
  await cloud.clock.advance(2 * minute);
  expect(await standing(water)).toMatchObject({ state: "stopped", stopped: { reason: "unknown-event" } });
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

  const put = (subscriber: string, secretVersion: number) =>
    cloud.call({ as: "admin", method: "PUT", path: at(subscriber, "/secret"), body: { secretVersion } });
  expect(await put(water, 4)).toMatchObject({ status: 400, body: { errors: [{ code: "not-current-or-next" }] } });
  expect((await put("agency:gas", 1)).status).toBe(404);
});

test("an owner sees its own webhook and no other, and resumes it; an admin sees where all stand", async () => {
  const audit = async () => (await cloud.call({ as: "admin", path: "/v1/admin/audit?limit=100" })).body;
  const noted = await audit();
  receiver.answer(answers(410));
  await file("tax-affairs");
  await cloud.clock.advance(2 * minute);
  const owners = [
    ["agency-tax-affairs", tax],
    ["web-portal", portal],
  ] as const;
  receiver.answer(acceptEvent);
  for (const [as, subscriber] of owners) {
    const {
      url,
      subscriber: _,
      ...told
    } = z
      .looseObject({ url: z.string(), subscriber: z.string() })
      .parse((await cloud.call({ as: "admin", path: at(subscriber) })).body);
    const { body, text } = await own(as);
    expect(body).toEqual({ ...told, host: new URL(url).host });
    expect(body).toMatchObject({ state: "stopped", stopped: { reason: "gone" }, attempts: expect.any(Array) });
    for (const hidden of [url, new URL(url).pathname, "whsec_", "description", "water"])
      expect(text).not.toContain(hidden);
    const asked = {
      more: "/resume",
      method: "POST",
      body: {},
      headers: { "idempotency-key": "resumed-by-owner" },
    } as const;
    for (let n = 0; n < 2; n++)
      expect(await own(as, asked)).toMatchObject({ status: 200, body: { state: "validating" } });
    expect(await own(as, { ...asked, body: { after: "AB-0000-0000-0/1" } })).toMatchObject({ status: 422 });
    const wrong = { ...asked, headers: {} };
    for (const body of [{ subscriber: water }, { url }, { after: "1" }, { after: null }])
      expect((await own(as, { ...wrong, body })).status).toBe(400);
  }
  await cloud.clock.advance(2 * minute);
  for (const [as, subscriber] of owners) {
    expect((await own(as)).body).toMatchObject({ state: "active", consecutiveFailures: 0 });
    const events = await feed(as, as === "web-portal" ? "/v1/front-end/events" : "/v1/agency/events");
    expect(heard(subscriber).at(-1)?.id).toBe(events.at(-1)?.id);
  }
  // The audit is of what admins and inspectors do.
  expect(await audit()).toEqual(noted);

  const { body } = await cloud.call({ as: "admin", path: "/v1/admin/deliveries" });
  const { webhooks } = z.object({ webhooks: z.array(z.looseObject({ subscriber: z.string() })) }).parse(body);
  expect(webhooks.map(({ subscriber }) => subscriber).toSorted()).toEqual([tax, water, portal].toSorted());
  for (const { subscriber, ...standing } of webhooks)
    expect(await cloud.call({ as: "admin", path: at(subscriber) })).toMatchObject({ body: standing });
});

test("whoever has no webhook is told so, and whose it is decides the token alone", async () => {
  for (const as of ["agency-education", "call-centre-128"]) {
    for (const call of [{}, { more: "/resume", method: "POST", body: {} }] as const)
      expect(await own(as, call)).toMatchObject({
        status: 404,
        body: { code: "not-found", detail: expect.stringMatching(/webhook|وب‌هوک/) },
      });
  }
  const others = [
    ["agency-tax-affairs", "/v1/front-end/webhook"],
    ["web-portal", "/v1/agency/webhook"],
    ["agency-tax-affairs", at(water)],
    ["web-portal", "/v1/admin/deliveries"],
  ];
  for (const [as, path = ""] of others) expect((await cloud.call({ as, path })).status).toBe(403);
  for (const query of [`?subscriber=${water}`, "?agencyId=water-and-wastewater"]) {
    const { text } = await cloud.call({ as: "agency-tax-affairs", path: `/v1/agency/webhook${query}` });
    expect(text).not.toContain("water");
  }
});

test("what the guide does by curl works as it stands, for an admin and for an owner", async () => {
  const guide = readFileSync(join(import.meta.dirname, "../../../docs/webhooks.md"), "utf8");
  const steps = [...guide.matchAll(/^```sh\n(curl [\s\S]*?)^```$/gm)].map(([, step = ""]) => step);
  const follow = async (step: string, as: string) => {
    const env = { PATH: process.env.PATH, API: cloud.endpoints.api, TOKEN: await cloud.token(as) };
    const { stdout } = await promisify(execFile)("bash", ["-euc", step.replace("agency:post", tax)], { env });
    return JSON.parse(stdout);
  };
  expect(steps).toHaveLength(3);
  const [handing = "", reading = "", resuming = ""] = steps;
  expect(await follow(handing, "admin")).toEqual({ secretVersion: 1, secret: expect.stringMatching(/^whsec_/) });
  expect(await follow(reading, "agency-tax-affairs")).toMatchObject({
    state: expect.any(String),
    attempts: expect.any(Array),
  });
  expect(await follow(resuming, "agency-tax-affairs")).toMatchObject({ state: "validating" });
});

test("all that was posted is as the document says of webhooks", () => {
  const documented = { [tax]: "agencyEvent", [water]: "agencyEvent", [portal]: "frontEndEvent" };
  for (const [subscriber, webhook] of Object.entries(documented)) {
    const posted = receiver.of(subscriber);
    expect(posted.length).toBeGreaterThan(4);
    const faults = posted.flatMap(({ event, body }) =>
      cloud.openapi.faultsOfPosted(event.type.includes("validation") ? "validation" : webhook, JSON.parse(body)),
    );
    expect(faults).toEqual([]);
  }
});
