import { beforeAll, describe, expect, test } from "vitest";
import type { Call, Receipt } from "../../support/api-caller.ts";
import { changedToken } from "../../support/changed-token.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const day = 24 * 60 * 60_000;
const agency = "social-security";
const email = "citizen@mail.example";
const officer = { name: "مریم رستمی" };
const inDays = (days: number) =>
  new Date(cloud.clock.now() + days * day).toLocaleDateString("sv-SE", { timeZone: "Asia/Tehran" });

type Acting = Pick<Call, "as" | "secret">;
const post = (who: Acting, path: string, body: object, key: string = crypto.randomUUID()): Call => ({
  ...who,
  method: "POST",
  path,
  body,
  headers: { "idempotency-key": key },
});
async function done(call: Call) {
  const answer = await cloud.call(call);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body as { version: number; promises: object[]; history: { type: string }[] };
}
const refusal = async (call: Call) => (await cloud.call(call)).body;
const byAgency = { as: `agency-${agency}` };
const byInspector = { as: "inspector-1" };
const report = (id: string, n: number, key?: string) =>
  post(byAgency, `/v1/agency/complaints/${id}/actions/${n}/report`, { officer, text: "تابلو نصب شد." }, key);
const objection = ({ id, secret }: Receipt, n: number) =>
  post({ secret }, `/v1/complaints/${id}/actions/${n}/objection`, { text: "چنین تابلویی نیست. زهرا محمدی" });
const judgement = (id: string, n: number) =>
  post(byInspector, `/v1/inspector/complaints/${id}/actions/${n}/judgement`, { kept: false, text: "تابلو نبود." });
const view = (who: Acting, path: string) => done({ ...who, path });
const listed = async () => {
  const { body } = await cloud.call({ ...byInspector, path: "/v1/inspector/complaints?queue=promises" });
  return (body as { items: { id: string; status: string; promisesSince?: string }[] }).items;
};

/** A complaint that the agency has answered with these actions, and the citizen has accepted. */
async function promised(actions: object[], filing: Record<string, unknown> = {}): Promise<Receipt> {
  const own = await cloud.file(filing);
  const answered = { officer, finding: "founded", cause: "none", text: "حق با شماست.", actions };
  await done(post(byAgency, `/v1/agency/complaints/${own.id}/answer`, answered));
  await done(post({ secret: own.secret }, `/v1/complaints/${own.id}/acceptance`, {}));
  return own;
}

describe("a promise of a closed complaint", () => {
  let own: Receipt;
  beforeAll(async () => {
    const actions = [{ text: "تابلو نصب می‌شود", dueOn: inDays(20) }, { text: "آموزش" }];
    own = await promised(actions, { citizen: { name: "زهرا محمدی", email } });
  });
  const typesOf = async (who: Acting, path: string) => (await view(who, path)).history.map(({ type }) => type);
  const readers = (): [Acting, string][] => [
    [{ secret: own.secret }, `/v1/complaints/${own.id}`],
    [byAgency, `/v1/agency/complaints/${own.id}`],
    [byInspector, `/v1/inspector/complaints/${own.id}`],
  ];

  test("is reminded three days before, once, by the queue and by mail to the agency alone", async () => {
    await cloud.clock.advance(16 * day);
    expect(await typesOf(byInspector, `/v1/inspector/complaints/${own.id}`)).not.toContain("promise-reminded");
    await cloud.clock.advance(2 * day);
    await cloud.quiet();
    for (const [who, path] of readers())
      expect((await typesOf(who, path)).filter((type) => type === "promise-reminded")).toHaveLength(1);
    const types = (await cloud.receiveAll(agency)).map(({ event: { subject, type } }) => `${subject} ${type}`);
    expect(types.filter((type) => type === `${own.id} ir.foad.complaint.promise-reminded.v1`)).toHaveLength(1);
    const about = (await mailsAbout(cloud.endpoints, own.id)).filter(({ subject }) => subject.includes("یادآوری"));
    expect(about.map(({ to }) => to)).toEqual([[`inspection@${agency}.qazvin.example`]]);
  });

  test("is overdue from the end of its day, and then on the inspectors' list", async () => {
    expect((await listed()).map(({ id }) => id)).not.toContain(own.id);
    await cloud.clock.advance(3 * day);
    const row = (await listed()).find(({ id }) => id === own.id);
    expect(row).toMatchObject({ status: "closed", promisesSince: expect.stringContaining("T20:30:00.000Z") });
  });

  test("is reported, late too: it reads that the agency says so, and the citizen is mailed", async () => {
    const key = crypto.randomUUID();
    const { version, promises } = await done(report(own.id, 1, key));
    expect(promises).toMatchObject([
      { number: 1, status: "agency-says-kept" },
      { number: 2, status: "open" },
    ]);
    expect((await listed()).map(({ id }) => id)).not.toContain(own.id);
    // The same request again changes nothing; the same key for another promise is another request.
    expect((await done(report(own.id, 1, key))).version).toBe(version);
    expect(await refusal(report(own.id, 2, key))).toMatchObject({ code: "idempotency-key-reused" });
    expect(await refusal(report(own.id, 1))).toMatchObject({ code: "wrong-state" });
    expect(await refusal(report(own.id, 3))).toMatchObject({ status: 404 });
    expect(await refusal({ ...report(own.id, 2), headers: { "if-match": '"1"' } })).toMatchObject({
      code: "version-outdated",
    });
    await cloud.quiet();
    const mails = await mailsAbout(cloud.endpoints, own.id);
    expect(mails.filter(({ to, text }) => to.includes(email) && text.includes("گزارش داده است"))).toHaveLength(1);
  });

  test("is objected to: on the list again, masked for the agency, until an inspector's word", async () => {
    const { promises } = await done(objection(own, 1));
    expect(promises).toMatchObject([{ status: "objected", objection: { text: expect.stringContaining("زهرا") } }, {}]);
    expect((await listed()).map(({ id }) => id)).toContain(own.id);
    const ofAgency = await view(byAgency, `/v1/agency/complaints/${own.id}`);
    expect(JSON.stringify(ofAgency)).not.toContain("محمدی");
    expect(ofAgency.promises).toMatchObject([{ status: "objected" }, {}]);
    await done(judgement(own.id, 1));
    expect((await listed()).map(({ id }) => id)).not.toContain(own.id);
    for (const [who, path] of readers())
      expect((await view(who, path)).promises).toMatchObject([{ status: "not-kept" }, {}]);
  });

  test("reaches no front end", async () => {
    await cloud.clock.advance(60_000);
    const { body } = await cloud.call({ as: "call-centre-128", path: "/v1/front-end/events?limit=100" });
    expect(JSON.stringify(body)).toContain(own.id);
    expect(JSON.stringify(body)).not.toContain("promise-");
  });
});

test("an objection after ten days is refused; without objection it stays what the agency says", async () => {
  const own = await promised([{ text: "آموزش" }]);
  expect(await refusal(objection(own, 1))).toMatchObject({ code: "wrong-state" });
  await done(report(own.id, 1));
  await cloud.clock.advance(10 * day);
  expect(await refusal(objection(own, 1))).toMatchObject({ code: "wrong-state" });
  expect((await view({ secret: own.secret }, `/v1/complaints/${own.id}`)).promises).toMatchObject([
    { status: "agency-says-kept" },
  ]);
});

test("the accused employee reports nothing, nor does another agency, an inspector or a stranger", async () => {
  const own = await promised([{ text: "آموزش" }], { employee: { name: "رضا کریمی" } });
  const path = `/v1/agency/complaints/${own.id}/actions/1/report`;
  const accused = { officer: { name: "رضا کریمی" }, text: "انجام شد." };
  expect(await refusal(post(byAgency, path, accused))).toMatchObject({ code: "conflict-of-interest" });
  expect(await refusal({ ...report(own.id, 1), as: "agency-post" })).toMatchObject({ status: 404 });
  expect(await refusal({ ...report(own.id, 1), as: "inspector-1" })).toMatchObject({ status: 403 });
  await done(report(own.id, 1));
  expect(await refusal(objection({ ...own, secret: "2222-2222" }, 1))).toMatchObject({ status: 404 });
  expect(await refusal(judgement(own.id, 1))).toMatchObject({ code: "wrong-state" });
});

test("a withdrawn complaint has no promises, and is reminded of none", async () => {
  const own = await cloud.file();
  const actions = [{ text: "تابلو", dueOn: inDays(5) }];
  const answered = { officer, finding: "founded", cause: "none", text: "حق با شماست.", actions };
  await done(post(byAgency, `/v1/agency/complaints/${own.id}/answer`, answered));
  await done(post({ secret: own.secret }, `/v1/complaints/${own.id}/withdrawal`, {}));
  await cloud.clock.advance(7 * day);
  const { history, promises } = await view({ secret: own.secret }, `/v1/complaints/${own.id}`);
  expect(promises).toEqual([]);
  expect(history.map(({ type }) => type)).not.toContain("promise-reminded");
  expect((await listed()).map(({ id }) => id)).not.toContain(own.id);
});

test("an inspector who worked for the agency judges none of its promises, another inspector does", async () => {
  const path = "/v1/admin/people/moved-inspector";
  const register = (role: object, headers = {}): Call => ({
    as: "admin",
    method: "PUT",
    path,
    body: { name: "نیما صادقی", roles: [role] },
    headers,
  });
  await done(register({ role: "officer", agencyId: agency }));
  await done(register({ role: "inspector" }, { "if-match": '"1"' }));
  const { id } = await promised([{ text: "تابلو نصب می‌شود", dueOn: inDays(1) }]);
  await cloud.clock.advance(3 * day);
  const { as: _, ...call } = judgement(id, 1);
  const headers = { ...call.headers, ...(await changedToken(cloud, { sub: "moved-inspector" }, "inspector-1")) };
  expect(await refusal({ ...call, headers })).toMatchObject({
    status: 409,
    code: "conflict-of-interest",
    detail: expect.stringContaining("دو سال"),
  });
  expect(await done(judgement(id, 1))).toMatchObject({ promises: [{ status: "not-kept" }] });
});
