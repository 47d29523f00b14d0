import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as z from "zod";
import { partitions } from "#shared/runtime/keys.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const day = 24 * 60 * 60_000;
/** Noon in Tehran: a day later the job of the morning has run. */
const noon = Math.floor(Date.now() / day) * day + 8.5 * 60 * 60_000;
const cloud = withLocalCloud("qazvin", noon);
const agency = "social-security";
const Listed = z.object({
  morning: z.string().optional(),
  items: z.array(
    z.object({
      agencyId: z.string(),
      category: z.string().optional(),
      countyId: z.string().optional(),
      cause: z.string().optional(),
      count: z.int(),
      expected: z.number(),
      oneSource: z.string().optional(),
      since: z.string(),
    }),
  ),
});
async function proposals() {
  const { status, text, body } = await cloud.call({ as: "inspector-1", path: "/v1/inspector/proposals" });
  expect(status, text).toBe(200);
  return Listed.parse(body);
}
const tehranDay = () => new Date(cloud.clock.now()).toLocaleDateString("sv-SE", { timeZone: "Asia/Tehran" });

/** As if the mornings of ten weeks had counted one complaint, the first: before eight weeks are counted, nothing is proposed. */
async function countTenQuietWeeks(): Promise<void> {
  const first = { agencyId: "gas", subject: "disrespect", filedBy: "call-centre-128", count: 1 };
  for (let n = 70; n > 7; n--) {
    const sk = new Date(cloud.clock.now() - n * day).toISOString().slice(0, 10);
    const counts = gzipSync(JSON.stringify(n === 70 ? [first] : []));
    await cloud.tables.putComplaintItem({ pk: partitions.dayCounts, sk, counts });
  }
}

test("inspectors are proposed what repeats on the next morning, with its cause, and nobody else reads it", async () => {
  await countTenQuietWeeks();
  await cloud.clock.advance(day);
  expect(await proposals()).toMatchObject({ morning: tehranDay(), items: [] });
  const filed = [];
  for (let n = 0; n < 7; n++) filed.push(await cloud.file({ category: "systems-not-ready" }));
  const officer = { name: "مریم رستمی" };
  const answered = { officer, finding: "founded", cause: "system-down", text: "سامانه از کار افتاده بود." };
  for (const { id } of filed.slice(0, 6))
    await cloud.call({
      as: `agency-${agency}`,
      method: "POST",
      path: `/v1/agency/complaints/${id}/answer`,
      body: answered,
    });
  const [first = expect.unreachable()] = filed;
  const withdrawal = `/v1/complaints/${first.id}/withdrawal`;
  expect((await cloud.call({ secret: first.secret, method: "POST", path: withdrawal, body: {} })).status).toBe(200);
  await cloud.reportRetaliation(first);
  await cloud.clock.advance(day);
  const morning = tehranDay();
  const common = { agencyId: agency, expected: 0.4, oneSource: "call-centre-128", since: morning };
  const list = await proposals();
  expect(list.morning).toBe(morning);
  expect(list.items).toEqual([
    { ...common, category: "systems-not-ready", countyId: "qazvin", count: 6 },
    { ...common, cause: "system-down", count: 5 },
  ]);
  await cloud.clock.advance(day);
  expect((await proposals()).items).toEqual(list.items);
  const path = "/v1/inspector/proposals";
  for (const as of ["agency-social-security", "call-centre-128", "governor-qazvin", "admin"])
    expect((await cloud.call({ as, path })).status, as).toBe(403);
  expect((await cloud.call({ path })).status).toBe(401);
});
