import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { answerNoticeKey, complaintKey, confidentialLogKey, headKey } from "#shared/runtime/keys.ts";
import { comparableAnswer } from "../../support/alike.ts";
import type { Answered, Receipt } from "../../support/api-caller.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { sendForm, someFiles } from "../../support/sample-files.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const citizen = { name: "زهرا محمدی", nationalId: "0499370899", email: "zahra@reader.example" };
const Secrets = z.strictObject({ secret: z.string(), phoneSecret: z.string() });
type Codes = Pick<Receipt, "id" | "secret" | "phoneSecret">;

type Renewing = { as?: string; key?: string; nationalId?: string };
const renew = (id: string, { as = "inspector-1", key, nationalId = "۰۴۹۹۳۷۰۸۹۹" }: Renewing = {}) =>
  cloud.call({
    as,
    method: "POST",
    path: `/v1/inspector/complaints/${id}/secret`,
    body: { nationalId },
    ...(key && { headers: { "idempotency-key": key } }),
  });
const renewed = async (id: string) => {
  const answered = await renew(id);
  expect(answered.status, answered.text).toBe(200);
  return Secrets.parse(answered.body);
};
const read = (id: string, secret: string) => cloud.call({ secret, path: `/v1/complaints/${id}` });
const agencyReads = (id: string) => cloud.call({ as: "agency-social-security", path: `/v1/agency/complaints/${id}` });

describe("a secret that an inspector renews in person", () => {
  let filed: Receipt;
  let seenBefore: Answered[];
  let first: z.infer<typeof Secrets>;
  const lookAsAgency = async () => [
    await agencyReads(filed.id),
    await cloud.call({ as: "agency-social-security", path: "/v1/agency/complaints" }),
    await cloud.call({ as: "agency-social-security", path: "/v1/agency/events" }),
    await cloud.call({ as: "call-centre-128", path: "/v1/front-end/events" }),
    await cloud.call({ as: "governor-qazvin", path: "/v1/overseer/complaints" }),
  ];
  beforeAll(async () => {
    filed = await cloud.file({ citizen });
    await cloud.clock.advance(60_000);
    seenBefore = await lookAsAgency();
    first = await renewed(filed.id);
    await cloud.quiet();
  });

  test("opens the complaint in both forms, and the old one opens nothing", async () => {
    for (const secret of [first.secret, first.phoneSecret]) expect((await read(filed.id, secret)).status).toBe(200);
    const never = comparableAnswer(await read(filed.id, "0000-0000"));
    const unknown = comparableAnswer(await read("QZ-7K3M-9XPT-Q", filed.secret));
    for (const secret of [filed.secret, filed.phoneSecret])
      expect(comparableAnswer(await read(filed.id, secret))).toBe(never);
    expect(unknown).toBe(never);
    const message = { method: "POST", path: `/v1/complaints/${filed.id}/messages`, body: { text: "سلام" } } as const;
    expect((await cloud.call({ ...message, secret: filed.secret })).status).toBe(404);
  });

  test("stands in the citizen's history with the inspector's name, and the citizen is mailed", async () => {
    const { body } = await read(filed.id, first.secret);
    const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(body);
    expect(history.find(({ type }) => type === "secret-renewed")).toMatchObject({
      by: "inspector",
      inspector: expect.stringMatching(/\S/),
      generation: 1,
    });
    expect(JSON.stringify(history)).not.toContain("inspector-1");
    const mails = (await mailsAbout(cloud.endpoints, filed.id)).filter(({ to }) => to.includes(citizen.email));
    expect(mails.some(({ text }) => text.includes("رمز پروندهٔ شما"))).toBe(true);
    for (const { text } of mails) expect(text).not.toContain(first.secret);
  });

  test("changes nothing that an agency, a front end or a governor reads", async () => {
    expect((await lookAsAgency()).map(comparableAnswer)).toEqual(seenBefore.map(comparableAnswer));
  });

  test("stands in the audit without the national id", async () => {
    const { body, text } = await cloud.call({ as: "admin", path: "/v1/admin/audit" });
    expect(body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ type: "secret-renewed", complaintId: filed.id, person: "inspector-1" }),
      ]),
    });
    expect(text).not.toContain(citizen.nationalId);
  });

  test("proves no earlier complaint once it is dead", async () => {
    const proof = { id: filed.id, secret: filed.secret };
    await expect(cloud.reportRetaliation(proof)).rejects.toThrow(/unknown-earlier-complaint/);
    expect(await cloud.reportRetaliation({ ...proof, secret: first.secret })).toMatchObject({ status: "disputed" });
  });

  test("survives what the agency does at the same time", async () => {
    const [answered] = await Promise.all([
      renewed(filed.id),
      cloud.call({
        as: "agency-social-security",
        method: "POST",
        path: `/v1/agency/complaints/${filed.id}/acknowledgement`,
        body: { officer: { name: "علی رضایی" } },
      }),
    ]);
    expect((await read(filed.id, answered.secret)).body).toMatchObject({ status: "acknowledged" });
    expect((await read(filed.id, first.secret)).status).toBe(404);
  });
});

test("a repeated request answers the same secret, and a repeated filing the first one, which is dead", async () => {
  const [key, filingKey] = [crypto.randomUUID(), crypto.randomUUID()];
  const filed = await cloud.file({ citizen }, filingKey);
  const answers = [await renew(filed.id, { key }), await renew(filed.id, { key })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.body).toEqual(answers[0]?.body);
  const reused = await renew(filed.id, { key, nationalId: "0084575948" });
  expect(reused).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
  expect(await cloud.file({ citizen }, filingKey)).toEqual(filed);
  expect((await read(filed.id, filed.secret)).status).toBe(404);
});

test("the sixth renewal needs a second inspector within 15 minutes, and fifteen renewals are all", async () => {
  const filed: Codes = await cloud.file({ citizen });
  const all = [filed.secret];
  for (let n = 0; n < 5; n++) all.push((await renewed(filed.id)).secret);
  const once = { key: "asked-once" };
  const asked = await renew(filed.id, once);
  expect(asked.status).toBe(202);
  await cloud.clock.advance(60_000);
  expect(await renew(filed.id, once)).toMatchObject({ status: 202, body: asked.body });
  const { confirmBy } = z.strictObject({ confirmBy: z.string() }).parse(asked.body);
  expect(Date.parse(confirmBy) - cloud.clock.now()).toBeLessThanOrEqual(15 * 60_000);
  // The same inspector asks again, and a second one comes too late or with another card.
  expect((await renew(filed.id)).status).toBe(202);
  const another = { as: "inspector-2" };
  expect(await renew(filed.id, { ...another, nationalId: "0084575948" })).toMatchObject({ status: 422 });
  await cloud.clock.advance(16 * 60_000);
  expect((await renew(filed.id, another)).status).toBe(202);
  expect((await read(filed.id, all.at(-1) ?? "")).status).toBe(200);
  const confirmed = await renew(filed.id);
  expect(confirmed.status).toBe(200);
  all.push(Secrets.parse(confirmed.body).secret);
  expect((await renew(filed.id)).status).toBe(202);
  const { body } = await read(filed.id, all.at(-1) ?? "");
  const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(body);
  expect(history.filter(({ type }) => type === "renewal-requested")).toHaveLength(4);
  for (let n = 0; n < 9; n++) {
    const second = await renew(filed.id, another);
    all.push(Secrets.parse(second.body).secret);
    expect(await renew(filed.id)).toMatchObject(
      n < 8 ? { status: 202 } : { status: 409, body: { code: "renewal-limit" } },
    );
  }
  expect(new Set(all).size).toBe(16);
  const statuses = await Promise.all(all.map(async (secret) => (await read(filed.id, secret)).status));
  expect(statuses).toEqual([...Array(15).fill(404), 200]);
});

test("for 48 hours a renewed secret ends, shares and silences nothing and gives no opinion; it reads, writes and disputes", async () => {
  const callable = { ...citizen, phone: "09122002580", mayBeCalled: true, notifyBySms: true };
  const filed = await cloud.file({ citizen: callable });
  const path = `/v1/agency/complaints/${filed.id}/answer`;
  const answer = { officer: { name: "علی رضایی" }, finding: "founded", cause: "no-substitute", text: "باجه باز شد." };
  expect((await cloud.call({ as: "agency-social-security", method: "POST", path, body: answer })).status).toBe(200);
  const { secret } = await renewed(filed.id);
  const act = (method: "POST" | "DELETE", what: string, body?: object) =>
    cloud.call({ secret, method, path: `/v1/complaints/${filed.id}/${what}`, ...(body && { body }) });
  const resting = [
    () => act("POST", "acceptance"),
    () => act("POST", "withdrawal"),
    () => act("DELETE", "identity"),
    () => act("POST", "consent", { shareWithAgency: true }),
    () => act("POST", "consent", { mayBeCalled: false }),
    () => act("POST", "consent", { notifyBySms: false, shareWithAgency: false }),
    () => act("POST", "opinion", { solved: "yes", handling: 5 }),
    () => act("POST", "opinion", { solved: "no", handling: 1, pressured: true }),
  ];
  for (const one of resting) {
    const refused = await one();
    expect(refused, refused.text).toMatchObject({ status: 409, body: { code: "wrong-state" } });
    expect(refused.text).toContain("۴۸ ساعت");
  }
  const { body } = await read(filed.id, secret);
  expect(body).toMatchObject({
    mayBeCalled: true,
    notifyBySms: true,
    blockedMoves: expect.arrayContaining([expect.objectContaining({ move: "accept", reason: expect.any(String) })]),
  });
  expect((await act("POST", "messages", { text: "رمزم را گم کرده بودم." })).status).toBe(201);
  // Whoever looks with the renewed secret may be another than the citizen, who is then still called about the answer.
  const noticeByView = () => cloud.tables.complaintItem(confidentialLogKey(filed.id), answerNoticeKey("view"));
  expect(await noticeByView()).toEqual({});
  await cloud.clock.advance(48 * 3_600_000 + 60_000);
  expect((await read(filed.id, secret)).status).toBe(200);
  expect(await noticeByView()).toMatchObject({ way: "view" });
  expect((await act("POST", "opinion", { solved: "yes", handling: 5 })).status).toBe(200);
  expect((await act("POST", "consent", { mayBeCalled: false, notifyBySms: false })).body).toMatchObject({
    mayBeCalled: false,
    notifyBySms: false,
  });
  expect((await act("POST", "consent", { shareWithAgency: true })).status).toBe(200);
  expect((await act("POST", "acceptance")).status).toBe(200);
  expect((await act("DELETE", "identity")).status).toBe(200);

  const other = await cloud.file({ citizen });
  expect(
    (
      await cloud.call({
        as: "agency-social-security",
        method: "POST",
        path: path.replace(filed.id, other.id),
        body: answer,
      })
    ).status,
  ).toBe(200);
  const fresh = (await renewed(other.id)).secret;
  const dispute = {
    secret: fresh,
    method: "POST",
    path: `/v1/complaints/${other.id}/dispute`,
    body: { reason: "باجه بسته است." },
  } as const;
  expect((await cloud.call(dispute)).status).toBe(200);
});

test("a wrong card, an anonymous complaint and one without a national id are refused, and change nothing", async () => {
  const filed = await cloud.file({ citizen });
  const wrong = await renew(filed.id, { nationalId: "0084575948" });
  expect(wrong).toMatchObject({ status: 422, body: { code: "national-id-differs" } });
  expect(wrong.text).not.toContain("0084575948");
  expect((await read(filed.id, filed.secret)).status).toBe(200);
  const { body } = await cloud.call({ as: "admin", path: "/v1/admin/audit" });
  expect(body).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ type: "secret-not-renewed", complaintId: filed.id })]),
  });
  for (const fields of [{}, { citizen: { name: citizen.name } }, { citizen: { nationalId: citizen.nationalId } }]) {
    const { id } = await cloud.file(fields);
    expect(await renew(id)).toMatchObject({ status: 409, body: { code: "wrong-state" } });
  }
  expect(await renew(filed.id, { nationalId: "1234567890" })).toMatchObject({ status: 400, body: { code: "invalid" } });
});

test("a closed complaint is renewed too, until its identity is erased", async () => {
  const filed = await cloud.file({ citizen });
  const post = (path: string, secret: string, method: "POST" | "DELETE" = "POST") =>
    cloud.call({ secret, method, path: `/v1/complaints/${filed.id}/${path}` });
  expect((await post("withdrawal", filed.secret)).status).toBe(200);
  const { secret } = await renewed(filed.id);
  expect((await read(filed.id, secret)).body).toMatchObject({ status: "closed" });
  await cloud.clock.advance(49 * 3_600_000);
  expect((await post("identity", secret, "DELETE")).status).toBe(200);
  expect(await renew(filed.id)).toMatchObject({ status: 409, body: { code: "wrong-state" } });
});

test("a file that was announced with the old secret does not come in any more", async () => {
  const filed = await cloud.file({ citizen });
  const pdf = new Uint8Array(someFiles["application/pdf"]);
  const body = { fileName: "نوبت.pdf", contentType: "application/pdf", size: pdf.length };
  const announce = async (secret: string) => {
    const path = `/v1/complaints/${filed.id}/attachments`;
    const answered = await cloud.call({ secret, method: "POST", path, body });
    expect(answered.status).toBe(201);
    const Form = z.object({ attachmentId: z.string(), url: z.string(), fields: z.record(z.string(), z.string()) });
    return Form.parse(answered.body);
  };
  const stale = await announce(filed.secret);
  const { secret } = await renewed(filed.id);
  const fresh = await announce(secret);
  for (const { attachmentId: _, ...form } of [stale, fresh]) await sendForm(form, pdf);
  const uploads = async () => {
    await cloud.quiet();
    const { body } = await read(filed.id, secret);
    const Upload = z.object({ attachmentId: z.string(), state: z.string(), reason: z.string().optional() });
    return z.object({ uploads: z.array(Upload) }).parse(body).uploads;
  };
  await expect.poll(async () => (await uploads()).map(({ state }) => state)).not.toContain("pending");
  expect(await uploads()).toEqual(
    expect.arrayContaining([
      { attachmentId: stale.attachmentId, state: "refused", reason: "secret-renewed" },
      { attachmentId: fresh.attachmentId, state: "ready" },
    ]),
  );
});

test("the head alone says which secret lives, and no event does", async () => {
  const { id } = await cloud.file({ citizen });
  await renewed(id);
  const head = await cloud.tables.complaintItem(complaintKey(id), headKey);
  expect(head).toMatchObject({ version: 1, secretGeneration: 1 });
});
