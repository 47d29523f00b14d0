import { beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { callRound } from "#shared/domain/issues/issue-call-round.ts";
import { issueRequest } from "../support/an-issue.ts";
import type { Call, Receipt } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { withoutTwinMarks } from "../support/twins.ts";

// Months pass in these tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const cloud = withLocalCloud();
const { agencyId, category, title } = issueRequest;
const agency = `agency-${agencyId}`;
const hour = 3_600_000;
const day = 24 * hour;
const later = (ms: number) => new Date(cloud.clock.now() + ms).toISOString();
const until = (instant: string) => Date.parse(instant) - cloud.clock.now();

async function done(call: Call, status = 200) {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
  return z.record(z.string(), z.unknown()).parse(answered.body);
}
const post = (as: string, path: string, body: object, status?: number) =>
  done({ as, method: "POST", path, body }, status);

/** An issue that its agency says is mended, with so many linked citizens who agree to be called. */
async function mended({ citizens }: { citizens: number }) {
  const { id } = await post("inspector-1", "/v1/inspector/issues", issueRequest, 201);
  const issueId = String(id);
  const linked: Receipt[] = [];
  for (let n = 0; n < citizens; n++) linked.push(await agreed());
  if (citizens > 0) await link(issueId, linked);
  return { issueId, linked, doneAt: await mend(issueId) };
}
const agreed = () =>
  cloud.file({ agencyId, category, citizen: { name: "زهرا محمدی", phone: "09122002580", mayBeCalled: true } });
const link = (issueId: string, complaints: { id: string }[]) =>
  post("inspector-1", `/v1/inspector/issues/${issueId}/links`, { complaintIds: complaints.map(({ id }) => id) });
async function mend(issueId: string) {
  const plan = { what: "سرور نوبت‌دهی عوض می‌شود.", responsible: "ادارهٔ فناوری اطلاعات", by: later(30 * day) };
  await post(agency, `/v1/agency/issues/${issueId}/plan`, plan);
  await post(agency, `/v1/agency/issues/${issueId}/done`, { text: "سرور تازه یک هفته است که کار می‌کند." });
  const { doneAt } = await inPublic(issueId);
  return String(doneAt);
}
const inPublic = (issueId: string) => done({ path: `/v1/issues/${issueId}` });

const CallPage = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().optional() });
/** Everybody whom the call centre is to call now, by id. */
async function listed() {
  const all = new Map<string, Record<string, unknown>>();
  for (let next = ""; ; ) {
    const page = CallPage.parse(await done({ as: "call-centre-128", path: `/v1/front-end/calls?limit=50${next}` }));
    for (const item of page.items) all.set(item.id, item);
    if (!page.nextCursor) return all;
    next = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
const say = ({ id }: { id: string }, answer: string, status?: number) =>
  post("call-centre-128", `/v1/front-end/calls/${id}/issue-answer`, { answer }, status);
const record = ({ id }: { id: string }, outcome: string, status?: number) =>
  post("call-centre-128", `/v1/front-end/calls/${id}`, { outcome }, status);
const roundBegins = async (doneAt: string) => cloud.clock.advance(until(callRound(doneAt).from) + hour + 60_000);

describe("ten citizens verify an issue, and nine do not", () => {
  let ten: Awaited<ReturnType<typeof mended>>;
  let nine: typeof ten;
  let doubtful: typeof ten;
  beforeAll(async () => {
    ten = await mended({ citizens: 11 });
    nine = await mended({ citizens: 9 });
    doubtful = await mended({ citizens: 10 });
    await cloud.clock.advance(until(callRound(ten.doneAt).from) - hour);
    expect([...(await listed()).values()].filter(({ purpose }) => purpose === "issue")).toEqual([]);
    await roundBegins(doubtful.doneAt);
  });

  test("the call centre learns the title of the issue, and nothing else of it", async () => {
    const all = await listed();
    for (const { id } of [...ten.linked, ...nine.linked, ...doubtful.linked])
      expect(all.get(id)).toEqual({
        id,
        phone: "+989122002580",
        name: "زهرا محمدی",
        agencyId,
        category,
        language: "fa",
        purpose: "issue",
        issueTitle: title,
        callBefore: expect.any(String),
        daysTried: 0,
      });
    expect(all.get(ten.linked[0]?.id ?? "")).toMatchObject({ callBefore: callRound(ten.doneAt).before });
  });

  test("each citizen answers once; a repeated request counts once", async () => {
    const [first, ...others] = ten.linked.slice(0, 10);
    const call = {
      as: "call-centre-128",
      method: "POST",
      path: `/v1/front-end/calls/${first?.id}/issue-answer`,
      body: { answer: "yes" },
      headers: { "idempotency-key": "one-answer" },
    } as const;
    const answered = { id: first?.id, daysTried: 0, callAgain: false };
    expect(await done(call)).toEqual(answered);
    expect(await done(call)).toEqual(answered);
    await done({ ...call, headers: {} }, 404);
    for (const [n, complaint] of others.entries()) await say(complaint, n < 6 ? "yes" : "no");
    for (const complaint of nine.linked) await say(complaint, "yes");
    for (const [n, complaint] of doubtful.linked.entries()) await say(complaint, n < 6 ? "yes" : "no");
    const left = [...(await listed()).values()].filter(({ purpose }) => purpose === "issue").map(({ id }) => id);
    expect(left).toEqual([ten.linked[10]?.id]);
    expect(await record({ id: String(left[0]) }, "no-contact")).toEqual({ id: left[0], daysTried: 1, callAgain: true });
  });

  test("the citizen reads that the centre rang, nobody reads what was said, and inspectors not even that", async () => {
    const [{ id, secret } = { id: "", secret: "" }] = ten.linked;
    const citizen = await cloud.call({ secret, path: `/v1/complaints/${id}` });
    const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(citizen.body);
    expect(history.filter(({ type }) => type === "issue-call-recorded")).toEqual([
      {
        type: "issue-call-recorded",
        entryNumber: expect.any(Number),
        at: expect.any(String),
        by: "front-end",
        outcome: "answered",
      },
    ]);
    const inspector = await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` });
    expect(inspector.text).not.toContain("issue-call-recorded");
    expect(inspector.text).toContain("phone-read");
    const ofAgency = await cloud.call({ as: agency, path: `/v1/agency/complaints/${id}` });
    for (const type of ["issue-call-recorded", "phone-read"]) expect(ofAgency.text).not.toContain(type);
  });

  test("the result comes on the Saturday morning after the round, as one word, and says nothing of the others", async () => {
    const { before, resultAt } = callRound(doubtful.doneAt);
    const local = (instant: string) =>
      new Date(instant).toLocaleString("en-GB", { timeZone: "Asia/Tehran", weekday: "long", hour: "2-digit" });
    expect(local(resultAt)).toBe("Saturday, 08");
    await cloud.clock.advance(until(before) + 60_000);
    await cloud.clock.advance(until(resultAt) - 60_000);
    const all = [ten, nine, doubtful];
    const views = () =>
      Promise.all(all.map(({ issueId }) => done({ as: agency, path: `/v1/agency/issues/${issueId}` })));
    const lasting = await views();
    expect(lasting.map(({ status }) => status)).toEqual(["done", "done", "done"]);
    await cloud.clock.advance(hour + 120_000);
    const [verified, ...same] = await views();
    expect(same).toEqual(lasting.slice(1));
    const publicly = await inPublic(ten.issueId);
    expect(publicly).toMatchObject({ status: "verified", verifiedBy: "calls" });
    expect(local(String(publicly.verifiedAt))).toMatch(/^Saturday, 0[89]$/);
    const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(verified);
    expect(history.at(-1)).toEqual({
      type: "verified",
      verifiedBy: "calls",
      by: "system",
      number: history.length,
      at: publicly.verifiedAt,
    });
    await cloud.clock.advance(2 * 7 * day);
    expect((await views()).map(({ status }) => status)).toEqual(["verified", "unconfirmed", "unconfirmed"]);
  });
});

describe("who is called", () => {
  test("is nobody who is anonymous, did not agree, was linked later or unlinked, or wants no more calls", async () => {
    const { issueId, linked, doneAt } = await mended({ citizens: 3 });
    const [unlinked, stays, refuses] = linked as [Receipt, Receipt, Receipt];
    const anonymous = await cloud.file({ agencyId, category });
    const silent = await cloud.file({ agencyId, category, citizen: { phone: "09122002580", mayBeCalled: false } });
    await link(issueId, [anonymous, silent]);
    await cloud.clock.advance(until(callRound(doneAt).from) + 60_000);
    const late = await agreed();
    await link(issueId, [late]);
    await cloud.clock.advance(hour);
    expect(await listed()).toSatisfy(
      (all: Map<string, unknown>) =>
        [unlinked, stays, refuses].every(({ id }) => all.has(id)) &&
        ![anonymous, silent, late].some(({ id }) => all.has(id)),
    );
    const body = { complaintIds: [unlinked.id] };
    await done({ as: "inspector-1", method: "DELETE", path: `/v1/inspector/issues/${issueId}/links`, body });
    expect(await record(refuses, "refused")).toMatchObject({ callAgain: false });
    const now = await listed();
    expect([unlinked, stays, refuses].map(({ id }) => now.has(id))).toEqual([false, true, false]);
    for (const complaint of [unlinked, refuses, late, anonymous]) await say(complaint, "yes", 404);
    const opinion = { solved: "yes", handling: 5 };
    const path = `/v1/front-end/calls/${stays.id}`;
    await done({ as: "call-centre-128", method: "POST", path, body: { outcome: "answered", opinion } }, 400);
    await done({ as: "agency-post", method: "POST", path: `${path}/issue-answer`, body: { answer: "yes" } }, 403);
  });

  test("is nobody once the issue is verified by a visit, and the answers before count for nothing", async () => {
    const { issueId, linked, doneAt } = await mended({ citizens: 2 });
    const [one, other] = linked as [Receipt, Receipt];
    await roundBegins(doneAt);
    await listed();
    await say(one, "no");
    const visit = { arrivedAt: later(0), text: "در بازدید، سامانه کار می‌کرد." };
    await post("inspector-1", `/v1/inspector/issues/${issueId}/verification`, visit);
    expect((await listed()).has(other.id)).toBe(false);
    await say(other, "yes", 404);
    const reason = "سامانه دوباره قطع شده است.";
    await post("inspector-1", `/v1/inspector/issues/${issueId}/recurrence`, { reason });
    await cloud.clock.advance(day);
    // Another proof begins another round, in which everybody is asked again.
    await roundBegins(await mend(issueId));
    const again = await listed();
    expect([one, other].map(({ id }) => again.get(id)?.purpose)).toEqual(["issue", "issue"]);
  });
});

test("two complaints of which one citizen is called look the same to the agency, byte by byte", async () => {
  const { issueId, linked, doneAt } = await mended({ citizens: 1 });
  const called = linked[0] as Receipt;
  const other = await cloud.file({ agencyId, category, citizen: { name: "زهرا محمدی", phone: "09122002580" } });
  await link(issueId, [other]);
  await roundBegins(doneAt);
  expect((await listed()).has(called.id)).toBe(true);
  await say(called, "no");
  await cloud.clock.advance(day);
  for (const path of ["", "/deadlines"]) {
    const read = async (complaint: Receipt) => {
      const { status, text } = await cloud.call({ as: agency, path: `/v1/agency/complaints/${complaint.id}${path}` });
      return [status, withoutTwinMarks(text, complaint)];
    };
    expect(await read(called)).toEqual(await read(other));
  }
  const feed = async ({ id }: Receipt) => {
    const { body } = await cloud.call({ as: agency, path: `/v1/agency/events?after=${id}/1&limit=100` });
    const { items } = z
      .object({ items: z.array(z.looseObject({ subject: z.string(), type: z.string() })) })
      .parse(body);
    return items.filter(({ subject }) => subject === id).map(({ type }) => type);
  };
  expect(await feed(called)).toEqual(await feed(other));
});
