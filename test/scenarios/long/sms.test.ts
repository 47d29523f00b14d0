import { describe, expect, test } from "vitest";
import * as z from "zod";
import { citizenSmsText } from "#shared/messages/sms.ts";
import { answerNoticeKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { everyEntry, readTwin, withoutTwinMarks } from "../../support/twins.ts";

// Half past nine in Tehran, so that the first messages leave half an hour later.
const cloud = withLocalCloud("qazvin", Date.parse(`${new Date().toISOString().slice(0, 10)}T06:00:00.000Z`));
const hour = 3_600_000;
const agency = "social-security";
const officer = { name: "مریم رستمی" };
const Sms = z.object({ to: z.string(), text: z.string(), provider: z.string(), state: z.string(), at: z.string() });

let phones = 9_120_000_000;
const aPhone = () => String(++phones);
const messages = async () => z.array(Sms).parse(await (await fetch(cloud.endpoints.sms)).json());
const messagesTo = async (phone: string) => (await messages()).filter(({ to }) => to === `+98${phone}`);
const order = (fault: object) =>
  fetch(cloud.endpoints.sms.replace("/messages", "/faults"), { method: "POST", body: JSON.stringify(fault) });
/** The time in Tehran, as `10:00`. */
const tehran = (at: string) => new Date(Date.parse(at) + 3.5 * hour).toISOString().slice(11, 16);

/** Advances to the next hour of the day in Tehran at which messages leave. */
async function toNext(hourOfDay: number): Promise<void> {
  const sinceMidnight = (cloud.clock.now() + 3.5 * hour) % (24 * hour);
  const wait = (hourOfDay * hour - sinceMidnight + 24 * hour) % (24 * hour);
  await cloud.clock.advance((wait === 0 ? 24 * hour : wait) + 60_000);
}
/** News that is a moment old is left to the next run. */
const settle = () => cloud.clock.advance(3 * 60_000);

const filed = (phone: string, fields: object = {}) =>
  cloud.file({ citizen: { phone: `0${phone}`, notifyBySms: true, ...fields } });
async function answer({ id }: Receipt, as = `agency-${agency}`): Promise<void> {
  const body = { officer, finding: "founded", cause: "none", text: "انجام شد و پوزش می‌خواهیم." };
  const answered = await cloud.call({ as, method: "POST", path: `/v1/agency/complaints/${id}/answer`, body });
  expect(answered.status, answered.text).toBe(200);
}
const consent = ({ id, secret }: Receipt, body: object) =>
  cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/consent`, body });

describe("a citizen who wants messages", () => {
  test("gets the one text at the next of three hours, and nothing tells what it is about", async () => {
    const phone = aPhone();
    const one = await filed(phone);
    await answer(one);
    await settle();
    expect(await messagesTo(phone)).toEqual([]);
    await toNext(10);
    const [message, ...others] = await messagesTo(phone);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ text: citizenSmsText("foad.qazvin.example"), provider: "kavenegar" });
    expect(tehran(message?.at ?? "")).toBe("10:00");
    // A notice of the answer that was delivered counts as having reached the citizen, an hour later at the latest.
    await cloud.clock.advance(hour);
    const reached = await cloud.tables.complaintItem(confidentialLogKey(one.id), answerNoticeKey("sms"));
    expect(reached).toMatchObject({ at: expect.any(String) });
  });

  test("gets one message in a run about everything new, and hears of later news in the next run", async () => {
    const phone = aPhone();
    const one = await filed(phone);
    const path = `/v1/agency/complaints/${one.id}/messages`;
    for (const text of ["کدام روز بود؟", "کدام باجه بود؟"])
      await cloud.call({ as: `agency-${agency}`, method: "POST", path, body: { text, officer } });
    await settle();
    await toNext(14);
    expect(await messagesTo(phone)).toHaveLength(1);
    await answer(one);
    await toNext(18);
    expect((await messagesTo(phone)).map(({ at }) => tehran(at))).toEqual(["14:00", "18:00"]);
    await toNext(10);
    expect(await messagesTo(phone)).toHaveLength(2);
  });

  test("is reminded three days before silence closes the case, unless it is closed by then", async () => {
    const [phone, other] = [aPhone(), aPhone()];
    const [one, two] = [await filed(phone), await filed(other)];
    await answer(one);
    await answer(two);
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toHaveLength(1);
    await cloud.call({ secret: two.secret, method: "POST", path: `/v1/complaints/${two.id}/acceptance`, body: {} });
    await cloud.clock.advance(6 * 24 * hour);
    expect(await messagesTo(phone)).toHaveLength(1);
    await cloud.clock.advance(3 * 24 * hour);
    expect(await messagesTo(phone)).toHaveLength(2);
    expect(await messagesTo(other)).toHaveLength(1);
  });

  test("gets none after taking the consent back, and none after the identity was erased", async () => {
    const [phone, other] = [aPhone(), aPhone()];
    const [one, two] = [await filed(phone), await filed(other)];
    expect((await consent(one, { notifyBySms: false })).body).toMatchObject({ notifyBySms: false });
    expect(
      (await cloud.call({ secret: two.secret, method: "DELETE", path: `/v1/complaints/${two.id}/identity` })).status,
    ).toBe(200);
    await answer(one);
    await answer(two);
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toEqual([]);
    expect(await messagesTo(other)).toEqual([]);
  });

  test("may agree later, and needs a phone for it", async () => {
    const phone = aPhone();
    const one = await cloud.file({ citizen: { phone: `0${phone}` } });
    expect((await consent(one, { notifyBySms: true })).body).toMatchObject({ notifyBySms: true });
    await answer(one);
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toHaveLength(1);
    const anonymous = await cloud.file();
    expect((await consent(anonymous, { notifyBySms: true })).body).toMatchObject({ code: "wrong-state" });
  });

  test("of an agency that carries messages gets none about it", async () => {
    const phone = aPhone();
    const one = await cloud.file({
      agencyId: "telecommunications",
      citizen: { phone: `0${phone}`, notifyBySms: true },
    });
    await answer(one, "agency-telecommunications");
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toEqual([]);
  });
});

test("a number gets one message in a run for all its complaints, which counts for each, and again in a later run of the day", async () => {
  const phone = aPhone();
  const all: Receipt[] = [];
  for (let n = 0; n < 7; n++) all.push(await filed(phone));
  for (const one of all) await answer(one);
  await settle();
  await toNext(10);
  expect(await messagesTo(phone)).toHaveLength(1);
  await cloud.clock.advance(hour);
  for (const { id } of all.slice(0, 2)) {
    const path = `/v1/agency/complaints/${id}/messages`;
    const body = { officer: { name: "علی رضایی" }, text: "یک پرسش دیگر هم داریم." };
    expect((await cloud.call({ as: `agency-${agency}`, method: "POST", path, body })).status).toBe(201);
  }
  // For each complaint the message counts as a notice of its answer.
  for (const { id } of all)
    expect(await cloud.tables.complaintItem(confidentialLogKey(id), answerNoticeKey("sms"))).toBeDefined();
  await settle();
  await toNext(14);
  expect(await messagesTo(phone)).toHaveLength(2);
});

test("an official with a phone gets a message of the first late complaint at once, beside the mail", async () => {
  const { acknowledgeBy } = await cloud.file({ agencyId: "gas", countyId: "abyek" });
  const before = (await messagesTo("9120000128")).length;
  await cloud.clock.advance(Date.parse(acknowledgeBy) - cloud.clock.now() + 60_000);
  // Three hours of open offices later: within days, or after the holidays.
  for (let days = 0; days < 14 && (await messagesTo("9120000128")).length === before; days++)
    await cloud.clock.advance(24 * hour);
  const [message] = (await messagesTo("9120000128")).slice(before);
  expect(message?.text).toContain("/desk");
  expect(message?.text).not.toContain("QZ-");
});

test("an agency and a front end read the same bytes whether the citizen gets messages or not", async () => {
  const phone = aPhone();
  const pair = [await filed(phone), await cloud.file({ citizen: { phone: `0${phone}` } })] as const;
  for (const one of pair) await answer(one);
  await settle();
  await toNext(18);
  await cloud.clock.advance(hour);
  expect((await messagesTo(phone)).map(({ state }) => state)).toEqual(["delivered"]);
  const [one, other] = pair.map((receipt) => ({ ...receipt, answers: [], phone, messages: "none" as const }));
  if (!one || !other) throw new Error("no pair");
  expect(await readTwin(cloud, one)).toEqual(await readTwin(cloud, other));
  for (const [as, path] of [
    [`agency-${agency}`, "/v1/agency/complaints?status=answered&limit=100"],
    [`agency-${agency}`, "/v1/agency/events?limit=100"],
    ["call-centre-128", "/v1/front-end/events?limit=100"],
  ] as const) {
    const entries = await everyEntry(cloud, { as, path });
    const toldOf = (twin: Receipt) =>
      entries.filter((text) => text.includes(twin.id)).map((text) => withoutTwinMarks(text, twin));
    expect(toldOf(one).length).toBeGreaterThan(0);
    expect(toldOf(one)).toEqual(toldOf(other));
  }
});

describe("a provider that fails", () => {
  test("after accepting is asked what it has, and nothing is sent again", async () => {
    const phone = aPhone();
    await order({ provider: "kavenegar", fault: "cut-after", to: `+98${phone}` });
    await answer(await filed(phone));
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toHaveLength(1);
    await toNext(10);
    await toNext(14);
    expect(await messagesTo(phone)).toHaveLength(1);
  });

  test("without accepting has its message sent again by the next run, and once", async () => {
    const phone = aPhone();
    await order({ provider: "kavenegar", fault: "html", to: `+98${phone}` });
    await answer(await filed(phone));
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toEqual([]);
    await toNext(10);
    expect(await messagesTo(phone)).toHaveLength(1);
    await toNext(14);
    expect(await messagesTo(phone)).toHaveLength(1);
  });

  test("and has no credit leaves its messages to the second", async () => {
    const phone = aPhone();
    await order({ provider: "kavenegar", fault: "no-credit", to: `+98${phone}` });
    await answer(await filed(phone));
    await settle();
    await toNext(18);
    expect(await messagesTo(phone)).toMatchObject([{ provider: "sms-ir" }]);
  });
});
