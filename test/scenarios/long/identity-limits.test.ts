import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { identityReadsPerDay, phoneReadsPerDay } from "#shared/province/slices.static.ts";
import { partitions } from "#shared/runtime/keys.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { callIdIn } from "../../support/call-centre.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const Page = z.object({
  items: z.array(z.looseObject({ type: z.string(), at: z.string() })),
  nextCursor: z.string().optional(),
});
type Page = z.infer<typeof Page>;
let filed: Receipt;
beforeAll(async () => {
  filed = await cloud.file({ citizen: { name: "زهرا محمدی" } });
});

const read = (as: string, { id }: Receipt = filed) =>
  cloud.call({ as, path: `/v1/inspector/complaints/${id}/identity` });
const policy = `"identities";q=${identityReadsPerDay};w=86400`;
const limits = async () => (await cloud.call({ as: "admin", path: "/v1/admin/identity-limits" })).body;
const lift = async (sub: string) =>
  (await cloud.call({ as: "admin", method: "DELETE", path: `/v1/admin/identity-limits/${sub}` })).body;

describe("an inspector who reads too many identities", () => {
  test("is refused, however many are asked for at once, and nothing is noted of what was refused", async () => {
    const asked = Array.from({ length: identityReadsPerDay + 20 }, (_, n) => n).values();
    const statuses: number[] = [];
    const serve = async () => {
      for (const _ of asked) statuses.push((await read("inspector-1")).status);
    };
    await Promise.all(Array.from({ length: 4 }, serve));
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(identityReadsPerDay);
    const refused = await read("inspector-1");
    expect(refused).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
    expect(refused.headers.get("retry-after")).toBeNull();
    expect(refused.headers.get("ratelimit-policy")).toBe(policy);
    // Without a time: it is an admin who lifts it.
    expect(refused.headers.get("ratelimit")).toBe('"identities";r=0');
    const { text } = await cloud.call({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
    const noted = text.match(/"identity-read"/g)?.length ?? 0;
    expect(noted).toBe(statuses.filter((status) => status === 200).length);
  });

  test("is refused the next day too, until an admin lifts it; who lifted it is kept", async () => {
    await cloud.clock.advance(24 * 60 * 60_000);
    expect(await read("inspector-1")).toMatchObject({ status: 429 });
    expect(await limits()).toMatchObject({ items: [{ sub: "inspector-1", readCount: identityReadsPerDay }] });
    expect(await lift("inspector-1")).toEqual({ sub: "inspector-1", lifted: true });
    expect(await lift("inspector-1")).toEqual({ sub: "inspector-1", lifted: false });
    // A thousand bytes, which no key of the table may have.
    expect(await lift(encodeURIComponent("😀".repeat(130)))).toMatchObject({ lifted: false });
    expect(await limits()).toEqual({ items: [] });
    expect(await read("inspector-1")).toMatchObject({ status: 200 });
    // Nobody lifts their own.
    const own = { as: "admin", method: "DELETE", path: "/v1/admin/identity-limits/admin" } as const;
    expect(await cloud.call(own)).toMatchObject({ status: 403, body: { code: "not-allowed" } });
  });

  test("keeps no other from reading", async () => {
    const answer = await read("inspector-2");
    expect(answer).toMatchObject({ status: 200, body: { name: "زهرا محمدی" } });
    expect(answer.headers.get("ratelimit-policy")).toBe(policy);
    const [, left, seconds] = /^"identities";r=(\d+);t=(\d+)$/.exec(answer.headers.get("ratelimit") ?? "") ?? [];
    expect(Number(left)).toBe(identityReadsPerDay - 1);
    const midnight = new Date(cloud.clock.now() + Number(seconds) * 1_000).toISOString();
    // In Tehran.
    expect(midnight).toMatch(/T20:(29:[3-5]|30:[0-3])/);
    const nobody = await read("inspector-2", await cloud.file());
    expect([nobody.body, nobody.headers.get("ratelimit")]).toEqual([{}, null]);
  });

  test("stands in the audit with all else that is no move, the newest first, page after page, and without an identity", async () => {
    const date = new Date(cloud.clock.now() + 30 * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const day = { as: "admin", path: `/v1/admin/office-hours/${date}` } as const;
    const hours = { method: "PUT", body: { countyId: "avaj", closed: true, reason: "برف" } } as const;
    expect(await cloud.call({ ...day, ...hours })).toMatchObject({ status: 200 });
    await cloud.call({ ...day, path: `${day.path}?countyId=avaj`, method: "DELETE" });
    await cloud.call({ as: "admin", method: "POST", path: "/v1/admin/deliveries/redrive", body: {} });
    const hold = { as: "admin", path: `/v1/admin/holds/${filed.id}`, body: { reason: "دادگاه خواسته است" } } as const;
    expect(await cloud.call({ ...hold, method: "PUT" })).toMatchObject({ status: 200, body: { held: true } });
    expect(await cloud.call({ ...hold, method: "DELETE" })).toMatchObject({ status: 200, body: { held: false } });
    const nowhere = { ...hold, path: "/v1/admin/holds/QZ-7K3M-9XPT-Q" } as const;
    expect(await cloud.call({ ...nowhere, body: undefined })).toMatchObject({ status: 200, body: { held: false } });
    for (const method of ["PUT", "DELETE"] as const)
      expect(await cloud.call({ ...nowhere, method })).toMatchObject({ status: 404 });
    const found: Page["items"] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: "40", ...(cursor && { cursor }) });
      const { text } = await cloud.call({ as: "admin", path: `/v1/admin/audit?${query}` });
      expect(text).not.toContain("محمدی");
      const page = Page.parse(JSON.parse(text));
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(found.map(({ type }) => type).slice(0, 10)).toEqual([
      "hold-refused",
      "hold-refused",
      "hold-lifted",
      "hold-set",
      "redrive-ordered",
      "office-hours-reverted",
      "office-hours-set",
      "identity-read",
      "identity-read",
      "identity-limit-lifted",
    ]);
    expect(found.map(({ at }) => at)).toEqual(
      found
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(found[3]).toMatchObject({ complaintId: filed.id, ...hold.body });
    expect(found[7]).toMatchObject({ complaintId: filed.id, person: "inspector-2" });
    const { at = "" } = found[6] ?? {};
    const since = await cloud.call({ as: "admin", path: `/v1/admin/audit?since=${at}` });
    expect(Page.parse(since.body).items).toEqual(found.slice(0, 7));
  });
});

describe("a call centre that lists too many phones", () => {
  const centre = "call-centre-128";
  const Phones = z.object({ items: z.array(z.object({ callId: z.string(), phone: z.string() })) });
  const list = () => cloud.call({ as: centre, path: "/v1/front-end/calls?limit=100" });
  const phones = async () => Phones.parse((await list()).body).items.map(({ callId }) => callId);
  /** A citizen who is called from now on, since the case is closed. */
  const toCall = async () => {
    const { id, secret } = await cloud.file({ citizen: { phone: "09122002580", mayBeCalled: true } });
    const reason = "حل شد";
    await cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal`, body: { reason } });
    return callIdIn(cloud, id);
  };

  test("is shown what is left of the day's, then refused, the next day too, until an admin lifts it", async () => {
    const first = await toCall();
    await cloud.quiet();
    expect(await phones()).toContain(first);
    // As after a day of calling.
    const counted = await cloud.tables.complaintItem(partitions.identityReads, centre);
    expect(counted).toMatchObject({ readCount: (await phones()).length });
    const almostAll = { readCount: phoneReadsPerDay - 1, version: 9 };
    await cloud.tables.putComplaintItem({ ...counted, ...almostAll, pk: partitions.identityReads, sk: centre });
    const others = [await toCall(), await toCall(), await toCall()];
    await cloud.quiet();
    const answer = await list();
    const policy = `"phones";q=${phoneReadsPerDay};w=86400`;
    expect(answer.headers.get("ratelimit-policy")).toBe(policy);
    expect(answer.headers.get("ratelimit")).toMatch(/^"phones";r=0;t=\d+$/);
    const shown = Phones.parse(answer.body).items.map(({ callId }) => callId);
    expect(shown).toContain(first);
    expect(others.filter((id) => shown.includes(id))).toHaveLength(1);
    const refused = await list();
    expect(refused).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
    expect(refused.text).toContain("تا زمانی که مدیر سامانه اجازه ندهد");
    expect(refused.headers.get("ratelimit")).toBe('"phones";r=0');
    await cloud.clock.advance(24 * 60 * 60_000);
    expect(await list()).toMatchObject({ status: 429 });
    expect(await limits()).toEqual({
      items: [{ sub: centre, readCount: phoneReadsPerDay, blockedAt: expect.any(String) }],
    });
    expect(await lift(centre)).toEqual({ sub: centre, lifted: true });
    expect(await phones()).toEqual(expect.arrayContaining([first, ...others]));
  });
});
