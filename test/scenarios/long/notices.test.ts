import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { comparableAnswer } from "../../support/alike.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { everyEntry, withoutTwinMarks } from "../../support/twins.ts";

const cloud = withLocalCloud();
const dayMs = 86_400_000;
const agencyId = "social-security";
const officer = { name: "الهام نوری" };
const citizen = { name: "زهرا محمدی", phone: "09121234567", email: "zahra-notices@reader.example" };
const opening = {
  employee: { agencyId, name: "رضا کریمی" },
  evidence: [4],
  allegation: "هنگام مراجعه، کارمند با صدای بلند ارباب‌رجوع را از باجه راند.",
  grounds: "بند ۲ ماده ۸ قانون رسیدگی به تخلفات اداری",
};

/** A complaint that inspector 2 decided as founded, with conduct as its cause. */
async function aDecidedComplaint(given: object = citizen): Promise<Receipt> {
  const filed = await cloud.file({ agencyId, ...(Object.keys(given).length > 0 && { citizen: given }) });
  const judged = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
  await done({
    as: `agency-${agencyId}`,
    path: `/v1/agency/complaints/${filed.id}/answer`,
    body: { officer, ...judged },
  });
  await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}/dispute`, body: { reason: "عذرخواهی نشد." } });
  const decision = { ...judged, actions: [], upholdsAnswer: true };
  await done({ as: "inspector-2", path: `/v1/inspector/complaints/${filed.id}/decision`, body: decision });
  return filed;
}

async function done(call: { as?: string; secret?: string; path: string; body: object }) {
  const answered = await cloud.call({ ...call, method: "POST" } as never);
  expect(answered.status, answered.text).toBeLessThan(300);
  return answered;
}

const open = ({ id }: Receipt, body: object = opening, key?: string) =>
  cloud.call({
    as: "inspector-1",
    method: "POST",
    path: `/v1/inspector/complaints/${id}/notices`,
    body,
    ...(key && { headers: { "idempotency-key": key } }),
  });
const Opened = z.object({ id: z.string(), status: z.string() });
async function opened(complaint: Receipt) {
  const answered = await open(complaint);
  expect(answered.status, answered.text).toBe(201);
  return Opened.parse(answered.body);
}
const answerQuestion = ({ id, secret }: Receipt, noticeId: string, agrees: boolean) =>
  cloud.call({ secret, method: "POST", path: `/v1/complaints/${id}/notices/${noticeId}/consent`, body: { agrees } });
const asCitizen = ({ id, secret }: Receipt) => cloud.call({ secret, path: `/v1/complaints/${id}` });
const asInspector = (noticeId: string) => cloud.call({ as: "inspector-1", path: `/v1/inspector/notices/${noticeId}` });

describe("a notice that an inspector opens", () => {
  let complaint: Receipt;
  let noticeId: string;
  beforeAll(async () => {
    complaint = await aDecidedComplaint();
    noticeId = (await opened(complaint)).id;
  });

  test("has an id of its own, a list and every text for inspectors", async () => {
    expect(noticeId).toMatch(/^N-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
    const { body } = await asInspector(noticeId.toLowerCase());
    expect(body).toMatchObject({ ...opening, id: noticeId, complaintId: complaint.id, status: "asked" });
    expect(body).toMatchObject({ openedBy: "inspector-1", people: { "inspector-1": "مریم احمدی" } });
    const list = await cloud.call({ as: "inspector-2", path: "/v1/inspector/notices" });
    expect(list.body).toMatchObject({ items: [expect.objectContaining({ id: noticeId, status: "asked" })] });
    expect(list.text).not.toContain(opening.employee.name);
    expect(list.text).not.toContain(opening.allegation);
  });

  test("asks the citizen with exactly its text, by a mail that says only that there is a question", async () => {
    const { body } = await asCitizen(complaint);
    const { allegation, grounds } = opening;
    expect(body).toMatchObject({
      notices: [{ id: noticeId, status: "asked", allegation, grounds, agreeBy: expect.any(String) }],
    });
    await cloud.quiet();
    const mails = await mailsAbout(cloud.endpoints, complaint.id);
    const asked = mails.filter(({ text }) => text.includes("پرسشی از شما هست"));
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked)).not.toContain("رضا کریمی");
  });

  test("is no second one for the same person, and one request opens one", async () => {
    const again = await open(complaint, { ...opening, employee: { agencyId, name: "رضا  كريمي" } });
    expect(again.body).toMatchObject({ status: 409, code: "notice-exists" });
    const other = { ...opening, employee: { agencyId, name: "ناصر تهرانی" } };
    const [one, same] = [await open(complaint, other, "a-notice-key"), await open(complaint, other, "a-notice-key")];
    expect(Opened.parse(same.body).id).toBe(Opened.parse(one.body).id);
  });

  test("goes on with the citizen's yes alone, once", async () => {
    const agreed = await answerQuestion(complaint, noticeId, true);
    expect(agreed.status, agreed.text).toBe(200);
    expect(agreed.body).toMatchObject({
      notices: expect.arrayContaining([expect.objectContaining({ id: noticeId, status: "open" })]),
    });
    expect((await asInspector(noticeId)).body).toMatchObject({ status: "open" });
    expect((await answerQuestion(complaint, noticeId, false)).body).toMatchObject({ code: "notice-state" });
  });

  test("leaves each reading in the audit", async () => {
    const { body } = await cloud.call({ as: "admin", path: "/v1/admin/audit?limit=100" });
    expect(body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ type: "notice-read", noticeId, person: "inspector-1" }),
      ]),
    });
  });
});

/** The bodies of all requests that change a notice, by the end of the path. An inspector could send them to learn the citizen's answer. */
const triedBeforeTheAnswer: Record<string, object> = {
  letter: {},
  leave: { onLeaveUntil: "2099-01-01T00:00:00.000Z" },
  attachments: { fileName: "scan.pdf", contentType: "application/pdf", size: 1_000 },
  service: { way: "receipt", name: "رضا کریمی", employment: { personnelId: "40218" }, scan: "0".repeat(32) },
  "service/confirmation": { number: 2 },
  "questions/1": { text: "هفتهٔ گذشته، پیش از ظهر." },
  answer: { text: "چنین نبود." },
  decision: { outcome: "dismissed", reasons: "گزارش بازدید آن را نشان نمی‌دهد و فیلم صدا ندارد." },
};

describe("a citizen who does not agree", () => {
  test("ends the notice; inspectors see until the end of the time that it waits, and never that it was a no", async () => {
    const [one, other] = [await aDecidedComplaint(), await aDecidedComplaint({})];
    const [refused, silent] = [(await opened(one)).id, (await opened(other)).id];
    expect((await answerQuestion(one, refused, false)).body).toMatchObject({ notices: [{ status: "declined" }] });
    const told = async () => {
      const answers = [[refused, one] as const, [silent, other] as const].map(async ([noticeId, { id }]) => {
        const { body } = await asInspector(noticeId);
        const list = await cloud.call({ as: "inspector-1", path: "/v1/inspector/notices" });
        const rows = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(list.body).items;
        const listed = JSON.stringify(rows.filter((row) => row.id === noticeId));
        const view = z.looseObject({ openedAt: z.string(), history: z.array(z.unknown()) }).parse(body);
        return withoutTwinMarks(JSON.stringify(view).replaceAll(noticeId, "N-") + listed.replaceAll(noticeId, "N-"), {
          id,
        });
      });
      return Promise.all(answers);
    };
    const [before, waiting] = await told();
    expect(before).toBe(waiting);
    expect(before).toContain('"status":"asked"');
    for (const [path, body] of Object.entries(triedBeforeTheAnswer)) {
      const [no, nothing] = await Promise.all(
        [refused, silent].map(async (id) => {
          const { status, text } = await cloud.call({
            as: "inspector-3",
            method: "POST",
            path: `/v1/inspector/notices/${id}/${path}`,
            body,
          });
          return { status, text: text.replaceAll(id, "N-") };
        }),
      );
      expect(no, path).toEqual(nothing);
      expect(no?.text, path).toContain('"code":"notice-state"');
    }
    await cloud.clock.advance(15 * dayMs);
    const [ended, over] = await told();
    expect(ended).toBe(over);
    expect(ended).toContain('"status":"declined"');
    expect((await asCitizen(other)).body).toMatchObject({ notices: [{ status: "declined" }] });
    expect((await answerQuestion(other, silent, true)).body).toMatchObject({ code: "notice-state" });
  });
});

test.each(["N-7K3M-9XPT-R", "QZ-7K3M-9XPT-Q", "__proto__", "%00", "%ff%fe", "N".repeat(3_000)])(
  "an id that cannot be one (%s) is refused with how one looks",
  async (id) => {
    const { status, body } = await asInspector(id);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ path: "noticeId" }], detail: expect.stringContaining("N-7K3M-9XPT-Q") });
  },
);

test("a later decision that the complaint is not founded ends its notice in the same moment", async () => {
  const filed = await cloud.file({ agencyId, citizen });
  const inspector = { as: "inspector-2" };
  const visits = `/v1/inspector/complaints/${filed.id}/visits`;
  const plannedAt = new Date(cloud.clock.now() + 3_600_000).toISOString();
  const ordered = await done({ ...inspector, path: visits, body: { plannedAt } });
  const { visitId } = z.object({ visitId: z.string() }).parse(ordered.body);
  const arrivedAt = new Date(cloud.clock.now()).toISOString();
  const report = { arrivedAt, visitResult: "confirmed", text: "کارمند با ارباب‌رجوع تند سخن می‌گفت." };
  await done({ ...inspector, path: `${visits}/${visitId}/report`, body: report });
  const judged = { finding: "founded", cause: "conduct", text: "رفتار کارمند درست نبود." };
  await done({
    as: `agency-${agencyId}`,
    path: `/v1/agency/complaints/${filed.id}/answer`,
    body: { officer, ...judged },
  });
  await cloud.clock.advance(11 * dayMs);
  const answered = await open(filed, { ...opening, evidence: [2] });
  const noticeId = Opened.parse(answered.body).id;
  expect((await answerQuestion(filed, noticeId, true)).status).toBe(200);
  await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}/dispute`, body: { reason: "چنین نبود." } });
  expect((await asInspector(noticeId)).body).toMatchObject({ status: "open" });
  const decision = { ...judged, finding: "unfounded", cause: "none", upholdsAnswer: false };
  await done({ ...inspector, path: `/v1/inspector/complaints/${filed.id}/decision`, body: decision });
  expect((await asInspector(noticeId)).body).toMatchObject({ status: "dismissed", end: "complaint-not-founded" });
  // The citizen learns of it by the hourly announcement.
  expect((await asCitizen(filed)).body).toMatchObject({ notices: [{ status: "open" }] });
  await cloud.clock.advance(60 * 60_000);
  expect((await asCitizen(filed)).body).toMatchObject({ notices: [{ status: "dismissed" }] });
});

test("an inspector cannot say yes with a secret that this inspector renewed, and nobody says no with it for 48 hours", async () => {
  const complaint = await aDecidedComplaint({ ...citizen, nationalId: "0499370899" });
  const { id: noticeId } = await opened(complaint);
  const path = `/v1/inspector/complaints/${complaint.id}/secret`;
  const renewed = await cloud.call({ as: "inspector-1", method: "POST", path, body: { nationalId: "0499370899" } });
  const { secret } = z.object({ secret: z.string() }).parse(renewed.body);
  const yes = await answerQuestion({ ...complaint, secret }, noticeId, true);
  expect(yes.body).toMatchObject({ status: 409, code: "notice-state" });
  const no = await answerQuestion({ ...complaint, secret }, noticeId, false);
  expect(no.body).toMatchObject({ status: 409, code: "wrong-state" });
  await cloud.clock.advance(2 * dayMs);
  expect((await answerQuestion({ ...complaint, secret }, noticeId, false)).status).toBe(200);
});

test("one key for two notices of a complaint is two requests", async () => {
  const complaint = await aDecidedComplaint();
  const [one, other] = [
    await opened(complaint),
    Opened.parse((await open(complaint, { ...opening, employee: { agencyId, name: "ناصر تهرانی" } })).body),
  ];
  const path = (id: string) => `/v1/complaints/${complaint.id}/notices/${id}/consent`;
  const say = (id: string) =>
    cloud.call({
      secret: complaint.secret,
      method: "POST",
      path: path(id),
      body: { agrees: true },
      headers: { "idempotency-key": "one-key-for-two" },
    });
  expect((await say(one.id)).status).toBe(200);
  expect((await say(other.id)).body).toMatchObject({ code: "idempotency-key-reused" });
});

test("an employee with the citizen's family name is named as anybody else: that name is not compared, the citizen's other name is", async () => {
  const complaint = await aDecidedComplaint();
  const namesake = { ...opening, employee: { agencyId, name: "رضا محمدی" } };
  const refused = await open(complaint, { ...namesake, allegation: "آقای محمدی زهرا را از باجه راند و ناسزا گفت." });
  expect(refused.body).toMatchObject({ code: "names-citizen" });
  const accepted = await open(complaint, { ...namesake, allegation: "آقای محمدی شهروند را از باجه راند و ناسزا گفت." });
  expect(accepted.status, accepted.text).toBe(201);
});

describe("a notice is refused", () => {
  test("with a word of what the citizen gave; the citizen sees the try, and it counts", async () => {
    const complaint = await aDecidedComplaint();
    const before = z
      .object({ history: z.array(z.object({ type: z.string() })) })
      .parse((await asCitizen(complaint)).body);
    for (const told of ["خانم محمدی را از باجه راند و ناسزا گفت.", "زهرا را از باجه راند و ناسزا گفت."]) {
      const refused = await open(complaint, { ...opening, allegation: told });
      expect(refused.body).toMatchObject({ status: 409, code: "names-citizen" });
    }
    const { body } = await asCitizen(complaint);
    const after = z.object({ history: z.array(z.object({ type: z.string() })) }).parse(body);
    const reads = (view: typeof after) => view.history.filter(({ type }) => type === "identity-read").length;
    expect(reads(after)).toBe(reads(before) + 2);
    expect(body).not.toHaveProperty("notices");
    // Where something else is wrong, nothing is compared.
    const early = await open(complaint, { ...opening, evidence: [3], allegation: "خانم محمدی را از باجه راند." });
    expect(early.body).toMatchObject({ code: "invalid", errors: [{ path: "evidence[0]" }] });
    expect(reads(after)).toBe(2);
    // Whose phone number it is decides nothing.
    for (const phone of ["۰۹۱۲۱۲۳۴۵۶۷", "۰۹۱۲۹۹۹۸۸۷۷"]) {
      const refused = await open(complaint, { ...opening, allegation: `به شمارهٔ ${phone} بد گفت و قطع کرد.` });
      expect(refused.body).toMatchObject({
        code: "invalid",
        errors: [{ path: "allegation" }],
      });
    }
  });

  test.each([
    ["a name with a number", { employee: { agencyId, name: "رضا کریمی ۱۲۳" } }, { code: "invalid" }],
    ["an event that is no report and no decision", { evidence: [3] }, { code: "invalid" }],
    [
      "an agency that is not there",
      { employee: { agencyId: "nobody", name: "رضا کریمی" } },
      { code: "unknown-agency" },
    ],
    [
      "an office that is not there",
      { employee: { ...opening.employee, officeId: "nowhere" } },
      { code: "unknown-office" },
    ],
  ])("with %s", async (_, changes, problem) => {
    const complaint = await aDecidedComplaint();
    expect((await open(complaint, { ...opening, ...changes })).body).toMatchObject(problem);
  });

  test("on an open complaint, and by others than inspectors", async () => {
    const unfinished = await cloud.file({ agencyId, citizen });
    expect((await open(unfinished)).body).toMatchObject({ code: "wrong-state" });
    const closed = await aDecidedComplaint();
    const path = `/v1/inspector/complaints/${closed.id}/notices`;
    expect((await cloud.call({ as: `agency-${agencyId}`, method: "POST", path, body: opening })).status).toBe(403);
    expect((await answerQuestion(closed, "N-7K3M-9XPT-Q", true)).status).toBe(404);
  });
});

test("an agency and a front end read the same bytes whether there is a notice or not", async () => {
  const pair = [await aDecidedComplaint(), await aDecidedComplaint()] as const;
  await answerQuestion(pair[0], (await opened(pair[0])).id, true);
  await cloud.clock.advance(60_000);
  const viewOf = ({ id }: Receipt) => cloud.call({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${id}` });
  const [one, other] = [await viewOf(pair[0]), await viewOf(pair[1])];
  expect(withoutTwinMarks(comparableAnswer(one), pair[0])).toBe(withoutTwinMarks(comparableAnswer(other), pair[1]));
  for (const [as, path] of [
    [`agency-${agencyId}`, "/v1/agency/complaints?status=closed&limit=100"],
    [`agency-${agencyId}`, "/v1/agency/events?limit=100"],
    ["call-centre-128", "/v1/front-end/events?limit=100"],
  ] as const) {
    const entries = await everyEntry(cloud, { as, path });
    const toldOf = (twin: Receipt) =>
      entries.filter((text) => text.includes(twin.id)).map((text) => withoutTwinMarks(text, twin));
    expect(toldOf(pair[0]).length).toBeGreaterThan(0);
    expect(toldOf(pair[0])).toEqual(toldOf(pair[1]));
  }
});
