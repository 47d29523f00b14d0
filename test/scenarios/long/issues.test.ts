import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { nextResultMorning } from "#functions/issues/issue-clock.ts";
import { issueRequest } from "../../support/an-issue.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const dayMs = 86_400_000;
const agencyId = "social-security";
const agency = `agency-${agencyId}`;
const what = "سرور نوبت‌دهی عوض می‌شود و تا آن روز نوبت کاغذی می‌دهیم.";
const proof = "سرور تازه یک هفته است که بی‌وقفه کار می‌کند.";
const reason = "قطعهٔ سفارش‌داده‌شده در گمرک مانده است.";
const later = (days: number) => new Date(cloud.clock.now() + days * dayMs).toISOString();

const Row = z.looseObject({ id: z.string(), status: z.string(), level: z.int().optional() });
const Page = z.object({ items: z.array(Row) });
type Send = { as?: string; secret?: string; path: string; method?: "POST" | "DELETE"; body?: object; key?: string };

const post = ({ key, ...call }: Send) =>
  cloud.call({ method: "POST", body: {}, ...call, ...(key && { headers: { "idempotency-key": key } }) });
async function done(call: Send) {
  const answered = await post(call);
  expect(answered.status, answered.text).toBeLessThan(300);
  return answered.body;
}
const asInspector = (path: string, body: object) =>
  done({ as: "inspector-1", path: `/v1/inspector/issues${path}`, body });
const asAgency = (path: string, body: object) => done({ as: agency, path: `/v1/agency/issues${path}`, body });
const opened = async (changes: object = {}) => Row.parse(await asInspector("", { ...issueRequest, ...changes })).id;
const plan = (issueId: string, days = 30) =>
  asAgency(`/${issueId}/plan`, { what, responsible: "ادارهٔ فناوری اطلاعات", by: later(days) });
const inPublic = async (issueId: string) => (await cloud.call({ path: `/v1/issues/${issueId}` })).body;
const filed = (changes: object = {}) => cloud.file({ agencyId, category: issueRequest.category, ...changes });
const link = (issueId: string, complaintIds: string[]) => asInspector(`/${issueId}/links`, { complaintIds });

describe("an issue that is mended", () => {
  let issueId: string;
  let complaint: Receipt;
  beforeAll(async () => {
    issueId = await opened();
    complaint = await filed();
  });

  test("is public from its opening, and in the lists of its agency and of inspectors", async () => {
    expect(await inPublic(issueId.toLowerCase())).toMatchObject({ title: issueRequest.title, status: "open" });
    const lists = [
      { path: "/v1/issues" },
      { as: "inspector-2", path: "/v1/inspector/issues?status=open" },
      { as: agency, path: "/v1/agency/issues?late=false" },
    ];
    for (const call of lists)
      expect(Page.parse((await cloud.call(call)).body).items.map(({ id }) => id)).toContain(issueId);
    const others = [
      { as: "agency-post", path: "/v1/agency/issues" },
      { as: agency, path: "/v1/agency/issues?late=true" },
      { as: "governor-qazvin", path: "/v1/overseer/issues" },
    ];
    for (const call of others) {
      const { status, body, text } = await cloud.call(call);
      expect(status, text).toBe(200);
      expect(Page.parse(body).items.map(({ id }) => id)).not.toContain(issueId);
    }
    expect((await cloud.call({ as: "agency-post", path: `/v1/agency/issues/${issueId}` })).status).toBe(404);
  });

  test("is linked to complaints, which only those learn who may", async () => {
    expect(await link(issueId, [complaint.id])).toEqual({ complaintIds: [complaint.id], refused: [] });
    await cloud.quiet();
    const before = await cloud.tables.everything();
    // The repetition of a request whose answer was lost writes nothing, with or without a key.
    const path = `/v1/inspector/issues/${issueId}/links`;
    const body = { complaintIds: [complaint.id] };
    for (const headers of [undefined, { "idempotency-key": "linked-again" }])
      expect(
        (await cloud.call({ as: "inspector-1", method: "POST", path, body, ...(headers && { headers }) })).body,
      ).toEqual({
        complaintIds: [complaint.id],
        refused: [],
      });
    expect(await cloud.tables.everything()).toBe(before);
    const links = await cloud.call({ as: "inspector-2", path: `/v1/inspector/issues/${issueId}/links` });
    expect(links.body).toMatchObject({ items: [{ complaintId: complaint.id, status: "filed" }] });
    const readers = [
      { secret: complaint.secret, path: `/v1/complaints/${complaint.id}` },
      { as: agency, path: `/v1/agency/complaints/${complaint.id}` },
      { as: "inspector-1", path: `/v1/inspector/complaints/${complaint.id}` },
    ];
    for (const call of readers) {
      const { body } = await cloud.call(call);
      expect(body).toMatchObject({ issueId });
      const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(body);
      expect(history.filter(({ type }) => type === "issue-linked")).toHaveLength(1);
    }
    await cloud.clock.advance(60_000);
    expect((await cloud.call({ as: "call-centre-128", path: "/v1/front-end/events?limit=100" })).text).not.toContain(
      "issue-",
    );
    expect(JSON.stringify(await inPublic(issueId))).not.toContain(complaint.id);
  });

  test("is planned once, whatever is repeated; the plan is published once an inspector has read it", async () => {
    const body = { what, responsible: "ادارهٔ فناوری اطلاعات", by: later(30) };
    const path = `/v1/agency/issues/${issueId}/plan`;
    const answers = [
      await post({ as: agency, path, body, key: "key-of-a-plan" }),
      await post({ as: agency, path, body, key: "key-of-a-plan" }),
    ];
    expect(
      answers.map(({ status }) => status),
      answers[0]?.text,
    ).toEqual([200, 200]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(
      (await post({ as: agency, path, body: { ...body, by: later(31) }, key: "key-of-a-plan" })).body,
    ).toMatchObject({
      code: "idempotency-key-reused",
    });
    expect((await post({ as: agency, path, body })).body).toMatchObject({ code: "issue-state" });
    expect(JSON.stringify(await inPublic(issueId))).not.toContain(what);
    expect((await cloud.call({ as: "inspector-1", path: "/v1/inspector/issues?unread=true" })).text).toContain(issueId);
    await asInspector(`/${issueId}/reading`, { number: 2 });
    const published = await inPublic(issueId);
    expect(published).toMatchObject({ status: "planned", plan: { what }, promisedBy: body.by });
    expect(JSON.stringify(published)).not.toContain("فناوری اطلاعات");
    expect(JSON.stringify(published)).not.toContain("inspector-1");
  });

  test("is answered once for all linked complaints, not for the complaint about the officer who answers", async () => {
    const officer = { name: "الهام نوری" };
    const aboutOfficer = await filed({ employee: officer });
    const others = [await filed(), await filed()];
    const ids = [aboutOfficer, ...others].map(({ id }) => id);
    expect(await link(issueId, ids)).toMatchObject({ refused: [] });
    const body = { officer, finding: "founded", cause: "system-down", text: "سامانه تا پایان آذر درست می‌شود." };
    const path = `/v1/agency/issues/${issueId}/answer`;
    expect((await post({ as: agency, path, body, key: "one-answer" })).status).toBe(200);
    expect((await post({ as: agency, path, body, key: "one-answer" })).status).toBe(200);
    await cloud.clock.advance(120_000);
    for (const { id, secret } of [complaint, ...others])
      expect((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body).toMatchObject({
        status: "answered",
        answer: { text: body.text, finding: "founded" },
      });
    const { id, secret } = aboutOfficer;
    expect((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body).toMatchObject({ status: "filed" });
    const { body: view } = await cloud.call({ as: agency, path: `/v1/agency/issues/${issueId}` });
    expect(view).toMatchObject({
      answersUnderWay: false,
      history: expect.arrayContaining([expect.objectContaining({ type: "answers-given", answered: 3, skipped: 1 })]),
    });
  });

  test("is done, and verified by a visit on the next Saturday", async () => {
    await asAgency(`/${issueId}/done`, { text: proof });
    const visit = { arrivedAt: later(0), text: "در بازدید، سامانه کار می‌کرد." };
    expect(await asInspector(`/${issueId}/verification`, visit)).toMatchObject({ status: "done" });
    await cloud.clock.advance(Date.parse(nextResultMorning(visit.arrivedAt)) - cloud.clock.now() + 3_600_000);
    expect(JSON.stringify(await inPublic(issueId))).not.toContain(proof);
    const { unread } = z
      .object({ unread: z.object({ number: z.int() }) })
      .parse((await cloud.call({ as: "inspector-1", path: `/v1/inspector/issues/${issueId}` })).body);
    await asInspector(`/${issueId}/reading`, { number: unread.number });
    expect(await inPublic(issueId)).toMatchObject({ status: "verified", proof: { text: proof } });
  });

  test("reaches the queue and the feed of its agency alone, numbered without gaps", async () => {
    await cloud.clock.advance(60_000);
    const all = (await cloud.receiveAll(agencyId)).map(({ event }) => event);
    const queued = all.filter(({ subject }) => subject === issueId);
    const versions = queued.map(({ data }) => data.version);
    expect(versions).toEqual(versions.map((_, n) => n + 1));
    expect(queued.map(({ type }) => type)).toContain("ir.foad.issue.verified.v1");
    const { body } = await cloud.call({ as: agency, path: "/v1/agency/events?limit=100" });
    const { items } = z.object({ items: z.array(z.looseObject({ id: z.string(), subject: z.string() })) }).parse(body);
    const inFeed = items.filter(({ subject }) => subject === issueId);
    expect(inFeed).toEqual(queued);
    const after = await cloud.call({ as: agency, path: `/v1/agency/events?after=${issueId}/1` });
    expect(after.text).toContain(`"id":"${issueId}/2"`);
    expect(after.text).not.toContain(`"id":"${issueId}/1"`);
    expect((await cloud.call({ as: "agency-post", path: `/v1/agency/events?after=${issueId}/1` })).status).toBe(400);
  });

  test("recurs: it climbs a level at once and needs a new plan", async () => {
    expect(await asInspector(`/${issueId}/recurrence`, { reason })).toMatchObject({ status: "recurred", level: 2 });
    const { body } = await cloud.call({ as: "governor-qazvin", path: "/v1/overseer/issues" });
    expect(Page.parse(body).items).toMatchObject([{ id: issueId, level: 2 }]);
    expect(await plan(issueId)).toMatchObject({ status: "planned" });
  });
});

describe("an issue whose agency does nothing", () => {
  let nobodys: string;
  test("climbs each level once, by the sweep and the state machine of complaints, from the county's governor on", async () => {
    const [issueId, ofSeveral] = [await opened(), await opened({ countyIds: ["qazvin", "takestan"] })];
    // Its months pass together with these.
    nobodys = await opened();
    await plan(nobodys);
    await asAgency(`/${nobodys}/done`, { text: proof });
    await cloud.clock.advance(5 * dayMs);
    expect(JSON.stringify(await inPublic(issueId))).toContain('"open"');
    await cloud.clock.advance(40 * dayMs);
    for (const [id, levels] of [
      [issueId, [2, 3, 4, 5]],
      [ofSeveral, [4, 5]],
    ] as const) {
      const { body } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/issues/${id}` });
      const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(body);
      expect(history.filter(({ type }) => type === "escalated").map(({ level }) => level)).toEqual(levels);
    }
    const late = await cloud.call({ as: agency, path: "/v1/agency/issues?late=true" });
    expect(Page.parse(late.body).items.map(({ id }) => id)).toEqual(expect.arrayContaining([issueId, ofSeveral]));
    expect((await cloud.call({ as: "governor-qazvin", path: `/v1/overseer/issues/${issueId}` })).status).toBe(200);
    expect((await cloud.call({ as: "governor-takestan", path: `/v1/overseer/issues/${issueId}` })).status).toBe(404);
  });

  test("and whose texts nobody reads: the centre is late, and what nobody verifies is not confirmed", async () => {
    await cloud.clock.advance((13 * 7 + 1 - 45) * dayMs);
    const { body } = await cloud.call({ as: agency, path: `/v1/agency/issues/${nobodys}` });
    const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(body);
    expect(history.map(({ type }) => type)).toEqual(["opened", "planned", "done", "reading-overdue", "unconfirmed"]);
    expect(await inPublic(nobodys)).toMatchObject({ status: "unconfirmed" });
  });
});

test("an outage stands in the catalog until the agency says that it is over", async () => {
  const outages = async () => {
    const { body } = await cloud.call({ path: "/v1/catalog" });
    return z.object({ outages: z.array(z.looseObject({ issueId: z.string() })) }).parse(body).outages;
  };
  const issueId = await opened({ outage: true });
  expect(await outages()).toMatchObject([{ issueId, agencyId, title: issueRequest.title }]);
  const by = later(2);
  await asAgency(`/${issueId}/plan`, { what, responsible: "فناوری", by });
  expect(await outages()).toMatchObject([{ issueId, expectedUntil: by }]);
  await asAgency(`/${issueId}/done`, { text: proof });
  expect(await outages()).toEqual([]);
});

describe("refused", () => {
  const codeOf = async (call: Send) => {
    const { body } = await post(call);
    const { code, errors } = z
      .object({ code: z.string(), errors: z.array(z.looseObject({ code: z.string() })).optional() })
      .parse(body);
    return errors ? `${code} ${errors[0]?.code}` : code;
  };

  test("is an issue about the conduct of a person, or one whose text has a number of a person", async () => {
    const path = "/v1/inspector/issues";
    const opening = (changes: object) => codeOf({ as: "inspector-1", path, body: { ...issueRequest, ...changes } });
    expect(await opening({ cause: "conduct" })).toBe("invalid personal-cause");
    expect(await opening({ title: "با ۰۹۱۲۱۲۳۴۵۶۷ تماس بگیرید" })).toBe("invalid personal-number");
    expect(await opening({ agencyId: "nowhere" })).toBe("unknown-agency");
    expect(await opening({ countyIds: ["nowhere"] })).toBe("unknown-county");
  });

  test("is a link of what does not belong to it, and a transfer ends a link", async () => {
    const issueId = await opened();
    const other = await filed({ category: "disrespect" });
    const elsewhere = await cloud.file({ agencyId: "post", category: issueRequest.category });
    const report = await cloud.reportRetaliation(await filed());
    const linked = await filed();
    const unknown = "QZ-7K3M-9XPT-Q";
    const ids = [other.id, elsewhere.id, report.id, unknown, linked.id];
    expect(await link(issueId, ids)).toEqual({
      complaintIds: [linked.id],
      refused: [
        { complaintId: other.id, refusal: "other-category" },
        { complaintId: elsewhere.id, refusal: "other-agency" },
        { complaintId: report.id, refusal: "retaliation-report" },
        { complaintId: unknown, refusal: "not-found" },
      ],
    });
    expect(await link(await opened(), [linked.id])).toMatchObject({ refused: [{ refusal: "other-issue" }] });
    const transfer = { toAgencyId: "post", reason: "به این اداره مربوط نیست." };
    await done({ as: agency, path: `/v1/agency/complaints/${linked.id}/transfer`, body: transfer });
    const { body } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/issues/${issueId}/links` });
    expect(body).toEqual({ items: [] });
    const unlink = { as: "inspector-1", method: "DELETE" as const, path: `/v1/inspector/issues/${issueId}/links` };
    expect(await done({ ...unlink, body: { complaintIds: [linked.id] } })).toMatchObject({
      refused: [{ refusal: "not-linked" }],
    });
  });

  test("is the act of another agency, which cannot tell the issue from one that does not exist", async () => {
    const issueId = await opened();
    const body = { what, responsible: "فناوری", by: later(3) };
    for (const id of [issueId, "IS-7K3M-9XPT-Q"])
      expect(await codeOf({ as: "agency-post", path: `/v1/agency/issues/${id}/plan`, body })).toBe("not-found");
    const answer = { officer: { name: "الهام نوری" }, finding: "founded", cause: "conduct", text: "سامانه قطع بود." };
    const path = `/v1/agency/issues/${issueId}/answer`;
    expect(await codeOf({ as: agency, path, body: answer })).toBe("invalid personal-cause");
    const numbered = { ...answer, cause: "system-down", text: "با ۰۹۱۲۱۲۳۴۵۶۷ تماس بگیرید." };
    expect(await codeOf({ as: agency, path, body: numbered })).toBe("invalid personal-number");
    const promising = { ...answer, cause: "system-down", actions: [{ text: "تماس با ۰۹۱۲۱۲۳۴۵۶۷" }] };
    expect(await codeOf({ as: agency, path, body: promising })).toBe("invalid personal-number");
    expect(await codeOf({ as: agency, path, body: { ...answer, cause: "system-down" } })).toBe("issue-state");
  });
});
