import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../support/a-complaint.ts";
import { type Answered, Receipt as AnyReceipt } from "../support/api-caller.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
const Receipt = AnyReceipt.extend({ filedAt: z.string() });
const minute = 60_000;
/** What the province file lets the kiosk file in a minute. */
const limit = 60;

// The first page is made within five minutes, which takes as long as a scenario.
beforeAll(() => cloud.clock.advance(6 * 60_000));

function file(as: string, fields: Record<string, unknown>, key: string = crypto.randomUUID()): Promise<Answered> {
  const headers = { "idempotency-key": key };
  return cloud.call({ as, method: "POST", path: "/v1/complaints", body: filingBody(fields), headers });
}
const byKiosk = (key?: string) => file("service-kiosk", { channel: "kiosk" }, key);
const restOfMinute = () => minute - (cloud.clock.now() % minute);

/** Files until the kiosk is refused: eight at a time, as a flood would. */
async function flood(): Promise<Answered[]> {
  const answers: Answered[] = [];
  const clerk = async () => {
    while (answers.every(({ status }) => status === 201)) answers.push(await byKiosk());
  };
  await Promise.all(Array.from({ length: 8 }, clerk));
  return answers;
}

test("a flood is slowed: each filing is either filed or refused with the time to wait, and in the next minute it goes on", async () => {
  // All of it within one minute of the virtual clock.
  await cloud.clock.advance(restOfMinute());
  const answers = await flood();
  const filed = answers.filter(({ status }) => status === 201).map(({ body }) => Receipt.parse(body));
  const refused = answers.filter(({ status }) => status === 429);
  expect(filed.length + refused.length).toBe(answers.length);
  // Those that are under way at the same instant may pass; a slow machine may be in its second minute.
  const minutes = [...Map.groupBy(filed, ({ filedAt }) => filedAt.slice(0, 16)).values()];
  expect(Math.max(...minutes.map(({ length }) => length))).toBeGreaterThanOrEqual(limit);
  for (const { length } of minutes) expect(length).toBeLessThan(limit + 8);
  for (const { headers } of answers) {
    expect(headers.get("ratelimit-policy")).toBe(`"filings";q=${limit};w=60`);
    expect(headers.get("ratelimit")).toMatch(/^"filings";r=\d+;t=([1-9]|[1-5]\d|60)$/);
  }
  for (const { body, headers } of refused) {
    expect(headers.get("ratelimit")).toBe(`"filings";r=0;t=${headers.get("retry-after")}`);
    expect(body).toMatchObject({
      type: expect.stringMatching(/\/v1\/docs#problem-too-many-requests$/),
      status: 429,
      code: "too-many-requests",
    });
    expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  }
  for (const { id, secret } of filed)
    expect((await cloud.call({ secret, path: `/v1/complaints/${id}` })).status).toBe(200);
  await cloud.quiet();
  const told = (await cloud.receiveAll("social-security")).map(({ event }) => event.id);
  expect(told.toSorted()).toEqual(filed.map(({ id }) => `${id}/1`).toSorted());
});

test("a refused filing leaves nothing behind, keeps no other client from filing, and is taken once the wait is over", async () => {
  await cloud.clock.advance(restOfMinute());
  await flood();
  await cloud.quiet();
  const before = await cloud.tables.everything();
  const refused = await byKiosk("sent-again-later");
  expect(refused.status).toBe(429);
  expect(await cloud.tables.everything()).toBe(before);
  expect((await file("call-centre-128", {})).status).toBe(201);
  await cloud.clock.advance(Number(refused.headers.get("retry-after")) * 1_000);
  expect((await byKiosk("sent-again-later")).status).toBe(201);
});

test("what is left of the minute is told with each filing, and of nobody else's", async () => {
  await cloud.clock.advance(restOfMinute());
  const left = async (answer: Promise<Answered>) =>
    Number(/;r=(\d+);/.exec((await answer).headers.get("ratelimit") ?? "")?.[1]);
  expect([await left(byKiosk()), await left(byKiosk()), await left(byKiosk())]).toEqual([59, 58, 57]);
  const other = await file("call-centre-128", {});
  const [, most = 0] = /q=(\d+)/.exec(other.headers.get("ratelimit-policy") ?? "") ?? [];
  expect(await left(Promise.resolve(other))).toBe(Number(most) - 1);
  expect(other.headers.get("retry-after")).toBeNull();
});

test("a filing that is repeated is counted once", async () => {
  await cloud.clock.advance(restOfMinute());
  for (let n = 0; n < limit + 5; n++) expect((await byKiosk("one-and-the-same")).status).toBe(201);
});
