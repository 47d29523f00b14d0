import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { dayMs } from "#shared/time/duration.ts";
import { changedToken } from "../../support/changed-token.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { noticesIn, noticeTexts, theEmployee } from "../../support/notice-story.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const notices = noticesIn(cloud);
const { asEmployee, inspect } = notices;
const words = z.object({ notices: z.array(z.looseObject({ id: z.string(), status: z.string() })).optional() });
const wordOf = async (complaint: Parameters<typeof notices.asCitizen>[0]) =>
  words.parse((await notices.asCitizen(complaint)).body).notices?.[0]?.status;
const judge = (id: string, outcome: "upheld" | "overturned", as = "reviewer") =>
  cloud.call({
    as,
    method: "POST",
    path: `/v1/reviewer/notices/${id}/decision`,
    body: { outcome, reasons: "گزارش بازرس حاضر در سالن آن را در بر دارد." },
  });

/** The beginning of all notices that wait, and the way to a day after it. */
let began = 0;
const untilDay = (days: number, ms = 60_000) => cloud.clock.advance(began + days * dayMs + ms - cloud.clock.now());
const waiting = {} as Record<
  "onPaper" | "silent" | "standing" | "upheld" | "overturned" | "unjudged",
  Awaited<ReturnType<typeof notices.heard>>
>;
const unserved = {} as Record<"lapsing" | "onLeave", string>;
let ofLapsing: Awaited<ReturnType<typeof notices.decided>>;
const register = (sub: string, role: object, headers = {}) => {
  const person = { name: "نیما صادقی", roles: [role] };
  return notices.done({ as: "admin", method: "PUT", path: `/v1/admin/people/${sub}`, body: person, headers });
};
const decision = { outcome: "stands", reasons: "گزارش بازدید و فیلم سالن آن را نشان می‌دهد." };

beforeAll(async () => {
  for (const name of ["silent", "standing", "upheld", "overturned", "unjudged"] as const)
    waiting[name] = await notices.heard();
  waiting.onPaper = await notices.heard({});
  ofLapsing = await notices.decided();
  unserved.lapsing = await notices.agreed(ofLapsing);
  unserved.onLeave = await notices.agreed(await notices.decided({}));
  began = cloud.clock.now();
});

describe("the letter", () => {
  test("says nothing of what it is about, and its secret opens the notice once", async () => {
    const complaint = await notices.decided();
    const id = await notices.agreed(complaint);
    const answer = await inspect(1, `${id}/letter`, {}, { "idempotency-key": "print-once" });
    const letter = z.looseObject({ secret: z.string(), address: z.string() }).parse(answer.body);
    expect(letter.address).toMatch(/\/notice$/);
    expect(answer.text).toContain(theEmployee.name);
    for (const told of [noticeTexts.allegation, noticeTexts.grounds, complaint.id, complaint.secret])
      expect(answer.text).not.toContain(told);
    expect((await inspect(1, `${id}/letter`, {}, { "idempotency-key": "print-once" })).body).toEqual(answer.body);

    const first = await asEmployee(id, letter.secret);
    expect(first.body).toMatchObject({ ...noticeTexts, id, name: theEmployee.name, status: "open" });
    expect(first.text).not.toContain(complaint.id);
    expect((await asEmployee(id, letter.secret)).status).toBe(404);
    const { secret } = z.looseObject({ secret: z.string() }).parse(first.body);
    const second = await asEmployee(id.toLowerCase(), secret);
    expect(second.status).toBe(200);
    expect(second.body).not.toHaveProperty("secret");
    // The secret of a letter that was opened is shown no more.
    expect((await inspect(1, `${id}/letter`, {}, { "idempotency-key": "print-once" })).body).toMatchObject({
      code: "notice-state",
    });
  });

  test("that is lost is replaced by another inspector; its secret then opens nothing", async () => {
    const id = await notices.agreed(await notices.decided());
    const lost = await notices.printed(id);
    expect((await inspect(1, `${id}/letter`)).body).toMatchObject({ code: "conflict-of-interest" });
    const found = await notices.printed(id, 2);
    expect((await asEmployee(id, lost)).status).toBe(404);
    expect((await asEmployee(id, found)).status).toBe(200);
  });
});

describe("the hearing", () => {
  test("runs from the second inspector's confirmation of the signed scan", async () => {
    const id = await notices.agreed(await notices.decided());
    await notices.printed(id);
    const service = { way: "receipt", name: theEmployee.name, employment: { personnelId: "40218" } };
    const notSent = await inspect(1, `${id}/service`, { ...service, scan: "0".repeat(32) });
    expect(notSent.body).toMatchObject({ code: "invalid", errors: [{ path: "scan" }] });
    const scan = await notices.fileSent(id);
    expect((await inspect(1, `${id}/service`, { ...service, scan })).status).toBe(201);
    const number = await notices.lastNumber(id);
    const own = await inspect(1, `${id}/service/confirmation`, { number });
    expect(own.body).toMatchObject({ code: "conflict-of-interest" });
    expect((await inspect(2, `${id}/service/confirmation`, { number: number - 1 })).status).toBe(409);
    const confirmed = await inspect(2, `${id}/service/confirmation`, { number });
    expect(confirmed.body).toMatchObject({ status: "served" });
    const path = `/v1/inspector/notices/${id}/attachments/${scan}`;
    const { url } = z.object({ url: z.string() }).parse((await cloud.call({ as: "inspector-3", path })).body);
    expect((await fetch(url)).status).toBe(200);
    const { body } = await cloud.call({ as: "admin", path: "/v1/admin/audit?limit=3" });
    const reading = { type: "notice-file-read", noticeId: id, attachmentId: scan, person: "inspector-3" };
    expect(body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining(reading)]) });
  });

  test("stops for a question, can be longer once, and ends with the one answer, with files", async () => {
    const { complaint, id, secret } = await notices.heard();
    expect((await asEmployee(id, secret, "/extension", {})).body).toMatchObject({ extended: true });
    expect((await asEmployee(id, secret, "/extension", {})).body).toMatchObject({ code: "already-extended" });
    const asked = await asEmployee(id, secret, "/questions", { text: "کدام روز؟ شمارهٔ من ۰۹۱۲۱۱۱۲۲۳۳ است." });
    expect(asked.body).toMatchObject({ stoppedSince: expect.any(String) });
    expect(asked.text).not.toContain("۰۹۱۲۱۱۱۲۲۳۳");
    const { answerBy } = z.looseObject({ answerBy: z.string() }).parse(asked.body);
    await cloud.clock.advance(2 * dayMs);
    const named = await inspect(2, `${id}/questions/1`, { text: "روزی که خانم محمدی آمد." });
    expect(named.body).toMatchObject({ code: "names-citizen" });
    expect((await inspect(2, `${id}/questions/1`, { text: "یکی از روزهای هفتهٔ گذشته، پیش از ظهر." })).status).toBe(201);
    const later = z.looseObject({ answerBy: z.string() }).parse((await asEmployee(id, secret)).body);
    expect(Date.parse(later.answerBy) - Date.parse(answerBy)).toBeGreaterThanOrEqual(2 * dayMs);
    const file = await notices.fileSent(id, { secret });
    const said = { text: "آن روز باجه شلوغ بود. خانم محمدی را نراندم.", attachments: [file] };
    const answered = await asEmployee(id, secret, "/answer", said);
    // What the employee knows or guesses is never compared with what the citizen gave.
    expect(answered.body).toMatchObject({ answer: { text: said.text } });
    expect((await asEmployee(id, secret, "/answer", said)).body).toMatchObject({ code: "notice-state" });
    const view = await notices.view(id);
    expect(view.body).toMatchObject({ answeredAt: expect.any(String), files: expect.any(Array) });
    const reads = (await notices.asCitizen(complaint)).text.split('"identity-read"').length - 1;
    expect(reads).toBe(1);
    // Inspector 3 may decide now. Inspector 2 decided the complaint, and a refusal of another move says so too.
    for (const [inspector, decides] of [
      [2, false],
      [3, true],
    ] as const) {
      const Moves = z.object({ allowedMoves: z.array(z.string()), blockedMoves: z.array(z.unknown()) });
      const refused = await inspect(inspector, `${id}/letter`);
      expect(refused.body).toMatchObject({ code: "notice-state" });
      const told = Moves.parse(refused.body);
      expect(told).toEqual(Moves.parse((await notices.view(id, inspector)).body));
      expect(told.allowedMoves.includes("decide")).toBe(decides);
    }
  });
});

describe("while weeks pass,", () => {
  test("an answer on paper is taken from an inspector who did not open the notice", async () => {
    const { id, secret } = waiting.onPaper;
    const attachments = [await notices.fileSent(id)];
    const paper = { text: "آن روز مرخصی بودم.", attachments };
    expect((await inspect(1, `${id}/answer`, paper)).body).toMatchObject({ code: "conflict-of-interest" });
    expect((await inspect(3, `${id}/answer`, paper)).status).toBe(201);
    expect((await asEmployee(id, secret)).body).toMatchObject({ answer: { text: paper.text, onPaper: true } });
  });

  test("a notice waits for the hearing, and leave lengthens the time for its service", async () => {
    const onLeaveUntil = new Date(cloud.clock.now() + 40 * dayMs).toISOString();
    expect((await inspect(2, `${unserved.onLeave}/leave`, { onLeaveUntil })).status).toBe(201);
    const { id } = waiting.silent;
    expect((await inspect(3, `${id}/decision`, decision)).body).toMatchObject({ code: "notice-state" });
    expect((await inspect(2, `${id}/decision`, decision)).body).toMatchObject({ code: "conflict-of-interest" });
    await untilDay(10);
  });

  test("after ten days without an answer an inspector decides that the allegation stands", async () => {
    expect((await notices.records()).body).toMatchObject({ items: [] });
    for (const name of ["standing", "upheld", "overturned", "unjudged"] as const) {
      const answer = await inspect(3, `${waiting[name].id}/decision`, decision);
      expect(answer.status, answer.text).toBe(201);
    }
  });

  test.each([
    ["upheld", "standing", "standing"],
    ["overturned", "overturned", "dismissed"],
  ] as const)("a contest is judged by the reviewer: %s", async (outcome, status, word) => {
    const { complaint, id, secret } = waiting[outcome];
    const path = `/v1/reviewer/notices/${id}`;
    // An employee may come and say that somebody else opened the letter: a reviewer reads what was served, and nothing before.
    expect((await cloud.call({ as: "reviewer", path })).body).toMatchObject({ status: "decided" });
    const unservedPath = `/v1/reviewer/notices/${unserved.onLeave}`;
    expect((await cloud.call({ as: "reviewer", path: unservedPath })).status).toBe(404);
    const contested = await asEmployee(id, secret, "/contest", { text: "فیلم صدا ندارد." });
    expect(contested.body).toMatchObject({ status: "contested", contest: { text: "فیلم صدا ندارد." } });
    const list = await cloud.call({ as: "reviewer", path: "/v1/reviewer/notices" });
    expect(list.text).toContain(id);
    expect((await cloud.call({ as: "reviewer", path })).body).toMatchObject({ status: "contested", ...noticeTexts });
    expect((await judge(id, outcome)).body).toMatchObject({ status });
    expect((await asEmployee(id, secret)).body).toMatchObject({ judgement: { outcome } });
    await cloud.clock.advance(2 * 60 * 60_000);
    expect(await wordOf(complaint)).toBe(word);
    expect((await notices.records()).text.includes(id)).toBe(outcome === "upheld");
  });

  test("who typed in the paper does not decide", async () => {
    const { id, secret } = waiting.unjudged;
    await asEmployee(id, secret, "/contest", { text: "فیلم صدا ندارد." });
    await untilDay(11);
    const typed = await inspect(3, `${waiting.onPaper.id}/decision`, decision);
    expect(typed.body).toMatchObject({ code: "conflict-of-interest" });
  });

  test.each([
    ["inspector", "onPaper", decision],
    ["reviewer", "unjudged", { ...decision, outcome: "upheld" }],
  ] as const)("who worked for the employee's agency judges nothing: %s", async (role, name, body) => {
    const sub = `moved-${role}`;
    await register(sub, { role: "officer", agencyId: theEmployee.agencyId });
    await register(sub, { role }, { "if-match": '"1"' });
    const headers = await changedToken(cloud, { sub }, "inspector-1");
    const path = `/v1/${role}/notices/${waiting[name].id}/decision`;
    const answer = await cloud.call({ method: "POST", path, body, headers });
    expect(answer.body).toMatchObject({ code: "conflict-of-interest", detail: expect.stringContaining("دو سال") });
  });

  test("who had a part in the complaint hands over no letter, whatever role came later", async () => {
    const { complaint, id } = waiting.silent;
    const sub = "reader-then-reviewer";
    await register(sub, { role: "inspector" });
    const reader = await changedToken(cloud, { sub }, "inspector-1");
    const identity = { path: `/v1/inspector/complaints/${complaint.id}/identity`, headers: reader };
    expect((await cloud.call(identity)).status).toBe(200);
    await register(sub, { role: "reviewer" }, { "if-match": '"1"' });
    const path = `/v1/reviewer/notices/${id}`;
    const letter = await cloud.call({ method: "POST", path: `${path}/letter`, body: {}, headers: reader });
    expect(letter).toMatchObject({ status: 409, body: { code: "conflict-of-interest" } });
    expect((await cloud.call({ path, headers: reader })).body).not.toMatchObject({
      allowedMoves: expect.arrayContaining(["hand-over-letter"]),
    });
    expect((await cloud.call({ as: "reviewer", path })).body).toMatchObject({
      allowedMoves: expect.arrayContaining(["hand-over-letter"]),
    });
  });

  test("the centre is reminded of a decision; without one the notice ends for the employee", async () => {
    const { complaint, id } = waiting.silent;
    await untilDay(26);
    const mails = await mailsAbout(cloud.endpoints, complaint.id);
    const due = mails.filter(({ subject }) => subject.includes("مهلت ابلاغیه"));
    expect((await notices.view(id)).text).toContain('"type":"reminded"');
    expect(due.map(({ to }) => to)).toEqual([["inspection-centre@qazvin.example"]]);
    await untilDay(31);
    expect((await notices.view(id)).body).toMatchObject({ status: "dismissed", end: "not-decided" });
    const summary = await cloud.call({ as: "inspector-3", path: "/v1/inspector/summary" });
    expect(summary.body).toMatchObject({ notices: { late: expect.any(Number) } });
    expect(z.object({ notices: z.object({ late: z.number() }) }).parse(summary.body).notices.late).toBeGreaterThan(0);
    expect(await wordOf(complaint)).toBe("dismissed");
  });

  test("a letter that nobody serves lapses, but not during leave", async () => {
    const { lapsing, onLeave } = unserved;
    expect((await notices.view(lapsing)).body).toMatchObject({ status: "lapsed", end: "not-served" });
    expect((await notices.view(onLeave)).body).toMatchObject({ status: "open" });
    expect((await asEmployee(lapsing, "7K3M-9XPT")).status).toBe(404);
    expect(await wordOf(ofLapsing)).toBe("not-served");
  });

  test("what stands uncontested becomes an entry after 30 days, which the personnel office reads", async () => {
    const { complaint, id } = waiting.standing;
    expect((await notices.records()).text).not.toContain(id);
    await untilDay(40, 2 * 60_000);
    const read = await notices.records();
    const texts = { ...noticeTexts, reasons: decision.reasons };
    expect(read.body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id, name: theEmployee.name, ...texts })]),
    });
    expect(read.text).not.toContain(complaint.id);
    expect((await notices.records("personnelId=1")).body).toMatchObject({ items: [] });
    expect((await notices.records("employer=شرکت")).status).toBe(400);
    const audit = await cloud.call({ as: "admin", path: "/v1/admin/audit?limit=100" });
    expect(audit.text).toContain('"records-read"');
    await cloud.clock.advance(60 * 60_000);
    expect(await wordOf(complaint)).toBe("standing");
  });

  test("an employee who says that somebody else answered is heard anew: the entry rests, another reviewer judges, and it counts once", async () => {
    const { complaint, id, secret: formerSecret } = waiting.standing;
    const path = `/v1/reviewer/notices/${id}/letter`;
    const entry = z.object({
      items: z.array(z.looseObject({ id: z.string(), standsSince: z.string(), standsUntil: z.string() })),
    });
    const entryNow = async () => entry.parse((await notices.records()).body).items.find((one) => one.id === id);
    const before = await entryNow();
    expect((await cloud.call({ as: "inspector-1", method: "POST", path, body: {} })).status).toBe(403);
    const printing = {
      as: "reviewer",
      method: "POST",
      path,
      body: {},
      headers: { "idempotency-key": "hand-over-once" },
    } as const;
    const answer = await cloud.call(printing);
    expect(answer.status, answer.text).toBe(201);
    expect((await cloud.call(printing)).body).toEqual(answer.body);
    const letter = z.looseObject({ secret: z.string() }).parse(answer.body);
    expect(await entryNow()).toBeUndefined();
    expect((await asEmployee(id, formerSecret)).status).toBe(404);
    const first = await asEmployee(id, letter.secret);
    expect(first.body).toMatchObject({
      status: "reheard",
      allowedMoves: expect.arrayContaining(["contest", "extend"]),
    });
    const { secret } = z.looseObject({ secret: z.string() }).parse(first.body);
    const again = await cloud.call({ as: "reviewer-2", method: "POST", path, body: {} });
    expect(again.body).toMatchObject({ code: "notice-state" });
    const said = await asEmployee(id, secret, "/contest", { text: "آن پاسخ را من ننوشته‌ام؛ آن روز در مرخصی بودم." });
    expect(said.body).toMatchObject({ status: "contested" });
    expect((await judge(id, "upheld")).body).toMatchObject({ code: "conflict-of-interest" });
    expect(await entryNow()).toBeUndefined();
    expect(await wordOf(complaint)).toBe("standing");
    await cloud.clock.advance(dayMs);
    expect((await judge(id, "upheld", "reviewer-2")).body).toMatchObject({ status: "standing" });
    const after = await entryNow();
    expect(after?.standsSince).toBe(before?.standsSince);
    expect(Date.parse(after?.standsUntil ?? "") - Date.parse(before?.standsUntil ?? "")).toBeGreaterThanOrEqual(dayMs);
  });

  test("a contest that nobody judges in time is overturned", async () => {
    const { id, secret } = waiting.unjudged;
    await untilDay(72);
    expect((await asEmployee(id, secret)).body).toMatchObject({ status: "overturned", end: "not-judged" });
    expect((await judge(id, "upheld")).body).toMatchObject({ code: "notice-state" });
  });
});

test("is read by nobody whom it does not concern", async () => {
  const { complaint, id, secret } = await notices.heard();
  const path = `/v1/inspector/notices/${id}`;
  for (const as of ["agency-education", "call-centre-128", "governor-qazvin", "reviewer", "personnel-education"])
    expect((await cloud.call({ as, path })).status).toBe(403);
  for (const wrong of [complaint.secret, "7K3M-9XPT", "", secret.slice(0, -1)])
    expect((await asEmployee(id, wrong || "x")).status).toBe(404);
  expect((await cloud.call({ secret, path: `/v1/complaints/${complaint.id}` })).status).toBe(404);
  expect((await cloud.call({ as: "inspector-1", path: "/v1/reviewer/notices" })).status).toBe(403);
  expect((await cloud.call({ as: "inspector-1", path: "/v1/agency/records?personnelId=40218" })).status).toBe(403);
});
