import { expect, test } from "vitest";
import * as z from "zod";
import { withLocalCloud } from "../support/the-local-cloud.ts";

/** A Saturday morning. */
const cloud = withLocalCloud("qazvin", Date.parse("2026-12-05T04:40:00.000Z"));
const hour = 60 * 60_000;
const head = "head@gas.qazvin.example";

async function mailsTo(address: string) {
  await cloud.quiet();
  const mails = z.array(z.object({ to: z.array(z.string()), subject: z.string(), text: z.string() }));
  return mails.parse(await (await fetch(cloud.endpoints.mail)).json()).filter(({ to }) => to.includes(address));
}

test("of several late complaints the head of an agency is mailed once at once and once within the hour, with where to go on", async () => {
  const first = await cloud.file({ agencyId: "gas" });
  await cloud.clock.advance(10 * 60_000);
  const others = [
    await cloud.file({ agencyId: "gas" }),
    await cloud.file({ agencyId: "gas" }),
    await cloud.file({ agencyId: "gas" }),
  ];
  await cloud.clock.advance(3 * hour - 9 * 60_000);
  const [atOnce, ...more] = await mailsTo(head);
  expect(more).toEqual([]);
  expect(atOnce?.subject).toBe(`سامانهٔ ۱۲۸: گذشت مهلت، ${first.id}`);
  expect(atOnce?.text).toContain(`/desk/complaints/${first.id}`);
  expect(atOnce?.text).toMatch(/دستگاه: .*گاز/);
  expect(atOnce?.text).toMatch(/دیرکرد: /);
  // Of those that wait, one is acknowledged before the hour is over.
  await cloud.clock.advance(20 * 60_000);
  expect(await mailsTo(head)).toHaveLength(1);
  const officer = { name: "مریم رستمی" };
  const path = `/v1/agency/complaints/${others[2]?.id}/acknowledgement`;
  expect(await cloud.call({ as: "agency-gas", method: "POST", path, body: { officer } })).toMatchObject({
    status: 200,
  });
  await cloud.clock.advance(50 * 60_000);
  const [, together, ...further] = await mailsTo(head);
  expect(further).toEqual([]);
  expect(together?.subject).toBe("سامانهٔ ۱۲۸: ۲ پروندهٔ دیرشدهٔ دیگر");
  const named = [first, ...others].filter(({ id }) => together?.text.includes(id));
  expect(named).toEqual(others.slice(0, 2));
  await cloud.clock.advance(2 * hour);
  expect(await mailsTo(head)).toHaveLength(2);
});
