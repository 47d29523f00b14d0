import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { Receipt } from "../support/api-caller.ts";
import { mailsAbout } from "../support/mailbox.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const citizen = { name: "زهرا محمدی", phone: "09122002580", email: "zahra@mail.example" };
const [first, second] = ["social-security", "gas"] as const;

async function expectOf(call: Parameters<typeof cloud.call>[0], status: number) {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
  return z.looseObject({ code: z.string().optional() }).parse(answered.body);
}

const consent = ({ id, secret }: Pick<Receipt, "id" | "secret">, shareWithAgency: boolean, status = 200) =>
  expectOf({ secret, method: "POST", path: `/v1/complaints/${id}/consent`, body: { shareWithAgency } }, status);
const erase = ({ id, secret }: Receipt, status = 200) =>
  expectOf({ secret, method: "DELETE", path: `/v1/complaints/${id}/identity` }, status);
const transfer = ({ id }: Receipt, toAgencyId: string) =>
  expectOf(
    {
      as: "inspector-1",
      method: "POST",
      path: `/v1/inspector/complaints/${id}/transfer`,
      body: { toAgencyId, reason: "به آنجا مربوط است." },
    },
    200,
  );

/** The name that an agency reads in its view; undefined if it is told nobody's. */
async function nameReadBy(agencyId: string, { id }: Receipt): Promise<unknown> {
  const { citizen: told } = await expectOf({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}` }, 200);
  return z.object({ name: z.string() }).optional().parse(told)?.name;
}
const isShared = async ({ id, secret }: Receipt) =>
  (await expectOf({ secret, path: `/v1/complaints/${id}` }, 200)).identityShared;

describe("consent", () => {
  test("given at filing is the named agency's, ends with a transfer, and comes back with no other", async () => {
    const filed = await cloud.file({ citizen: { ...citizen, shareWithAgency: true } });
    expect([await nameReadBy(first, filed), await isShared(filed)]).toEqual([citizen.name, true]);
    await transfer(filed, second);
    expect([await nameReadBy(second, filed), await isShared(filed)]).toEqual([undefined, false]);
    expect(await consent(filed, true)).toMatchObject({ identityShared: true });
    expect(await nameReadBy(second, filed)).toBe(citizen.name);
    await transfer(filed, first);
    expect([await nameReadBy(first, filed), await isShared(filed)]).toEqual([undefined, false]);
  });

  test("is taken back at once, also of a closed complaint, and mailed both times", async () => {
    const filed = await cloud.file({ citizen });
    await consent(filed, true);
    expect(await nameReadBy(first, filed)).toBe(citizen.name);
    await expectOf({ secret: filed.secret, method: "POST", path: `/v1/complaints/${filed.id}/withdrawal` }, 200);
    expect(await consent(filed, false)).toMatchObject({ status: "closed", identityShared: false });
    expect(await nameReadBy(first, filed)).toBeUndefined();
    expect(await consent(filed, true, 409)).toMatchObject({ code: "wrong-state" });
    await cloud.quiet();
    const texts = (await mailsAbout(cloud.endpoints, filed.id)).map(({ text }) => text);
    expect(texts.filter((text) => text.includes("اکنون دستگاهی که پروندهٔ شما نزد آن است می‌تواند ببیند"))).toHaveLength(
      1,
    );
    expect(texts.filter((text) => text.includes("دستگاه دیگر نمی‌تواند ببیند"))).toHaveLength(1);
  });

  test("is given five times after filing, and no sixth; what stands already is no further one", async () => {
    const filed = await cloud.file({ citizen: { ...citizen, shareWithAgency: true } });
    for (let n = 0; n < 5; n++) {
      await consent(filed, false);
      await consent(filed, true);
      await consent(filed, true);
    }
    await consent(filed, false);
    expect(await consent(filed, true, 409)).toMatchObject({ code: "consent-limit" });
    expect(await consent(filed, false)).toMatchObject({ identityShared: false });
    expect(await nameReadBy(first, filed)).toBeUndefined();
  });

  test("is not given again by a repetition of what noted nothing, and is taken back whatever version was seen", async () => {
    const { id, secret } = await cloud.file({ citizen: { ...citizen, shareWithAgency: true } });
    const path = `/v1/complaints/${id}/consent`;
    const headers = { "idempotency-key": "a-key-that-noted-nothing" };
    const giving = { secret, method: "POST", path, headers, body: { shareWithAgency: true } } as const;
    expect(await expectOf(giving, 200)).toMatchObject({ identityShared: true });
    const seenLongAgo = { "if-match": '"9"', ...headers };
    const takingBack = { ...giving, headers: seenLongAgo, body: { shareWithAgency: false } };
    expect(await expectOf(takingBack, 200)).toMatchObject({ identityShared: false });
    expect(await expectOf(giving, 200)).toMatchObject({ identityShared: false });
  });

  test("is nobody's to give who is not named, and where no agency holds the case", async () => {
    expect(await consent(await cloud.file(), true, 409)).toMatchObject({ code: "wrong-state" });
    const report = await cloud.reportRetaliation(await cloud.file());
    expect(await consent(report, true, 409)).toMatchObject({ code: "wrong-state" });
    expect(await consent(report, false)).toMatchObject({ identityShared: false });
  });

  test("and its end are told to citizen and inspectors, and to no agency", async () => {
    const filed = await cloud.file({ citizen });
    await consent(filed, true);
    await consent(filed, false);
    const typesIn = ({ history }: Record<string, unknown>) =>
      z
        .array(z.object({ type: z.string() }))
        .parse(history)
        .map(({ type }) => type);
    const told = ["filed", "consent-given", "consent-withdrawn"];
    expect(typesIn(await expectOf({ secret: filed.secret, path: `/v1/complaints/${filed.id}` }, 200))).toEqual(told);
    const inspected = await expectOf({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}` }, 200);
    expect(typesIn(inspected)).toEqual(told);
    const theirs = await expectOf({ as: `agency-${first}`, path: `/v1/agency/complaints/${filed.id}` }, 200);
    expect([typesIn(theirs), theirs.version]).toEqual([["filed"], 1]);
  });
});

describe("an identity that is erased", () => {
  test("is in no table any more, is mailed no more, and its texts stay masked", async () => {
    const family = "نازکاران";
    const somebody = { name: `زهرا ${family}`, phone: "09121237788", email: "erased@mail.example" };
    const filed = await cloud.file({ citizen: { ...somebody, shareWithAgency: true } });
    await transfer(filed, second);
    await consent(filed, true);
    expect(await erase(filed)).toMatchObject({ identityShared: false });
    expect(await erase(filed)).toMatchObject({ identityShared: false });
    const everything = await cloud.tables.everything();
    for (const needle of [family, somebody.phone.slice(1), somebody.email]) expect(everything).not.toContain(needle);
    expect(await nameReadBy(second, filed)).toBeUndefined();
    expect(await expectOf({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}/identity` }, 200)).toEqual(
      {},
    );
    expect(await consent(filed, true, 409)).toMatchObject({ code: "wrong-state" });
    const path = `/v1/complaints/${filed.id}/messages`;
    await expectOf({ secret: filed.secret, method: "POST", path, body: { text: `من خانم ${family} هستم` } }, 201);
    const { text } = await cloud.call({ as: `agency-${second}`, path: `/v1/agency/complaints/${filed.id}` });
    expect(text).toContain("من خانم █████ هستم");
    await cloud.quiet();
    const before = (await mailsAbout(cloud.endpoints, filed.id)).length;
    const answer = { officer: { name: "مریم رستمی" }, finding: "founded", cause: "none", text: "رسیدگی شد." };
    await expectOf(
      { as: `agency-${second}`, method: "POST", path: `/v1/agency/complaints/${filed.id}/answer`, body: answer },
      200,
    );
    await cloud.quiet();
    const mails = await mailsAbout(cloud.endpoints, filed.id);
    expect(mails.slice(before).filter(({ to }) => to.includes(somebody.email))).toEqual([]);
  });

  test("stays while an admin holds the case, which no agency notices, and goes once that is lifted", async () => {
    const filed = await cloud.file({ citizen: { ...citizen, shareWithAgency: true } });
    const hold = (method: "PUT" | "DELETE") =>
      expectOf(
        { as: "admin", method, path: `/v1/admin/holds/${filed.id}`, body: { reason: "دادگاه خواسته است." } },
        200,
      );
    const seenByAgency = async () => {
      const told = ["", "/deadlines"].map((part) => `/v1/agency/complaints/${filed.id}${part}`);
      const answers = await Promise.all(told.map((path) => cloud.call({ as: `agency-${first}`, path })));
      return answers.map(({ status, headers, text }) => [status, headers.get("etag"), text]);
    };
    const before = await seenByAgency();
    expect(await hold("PUT")).toMatchObject({ held: true });
    expect(await erase(filed, 409)).toMatchObject({ code: "legal-hold" });
    expect(await nameReadBy(first, filed)).toBe(citizen.name);
    expect(await seenByAgency()).toEqual(before);
    expect(await hold("DELETE")).toMatchObject({ held: false });
    expect(await seenByAgency()).toEqual(before);
    await erase(filed);
    expect(await nameReadBy(first, filed)).toBeUndefined();
  });
});
