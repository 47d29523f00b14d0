import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { callRound } from "#functions/issues/issue-call-round.ts";
import { nextResultMorning } from "#functions/issues/issue-clock.ts";
import { issueRequest } from "../../support/an-issue.ts";
import type { Call, Receipt } from "../../support/api-caller.ts";
import { callCentreOf, callDigits } from "../../support/call-centre.ts";
import { startOfHour, withLocalCloud } from "../../support/the-local-cloud.ts";
import { everyEntry, withoutTwinMarks } from "../../support/twins.ts";

// All rounds have one Saturday, whenever the test runs.
const cloud = withLocalCloud("qazvin", startOfHour());
const { agencyId, category, title } = issueRequest;
const agency = `agency-${agencyId}`;
const hour = 3_600_000;
const day = 24 * hour;
const later = (ms: number) => new Date(cloud.clock.now() + ms).toISOString();
const localHour = (instant: string) =>
  new Date(instant).toLocaleString("en-GB", { timeZone: "Asia/Tehran", weekday: "long", hour: "2-digit" });
const until = (instant: string) => Date.parse(instant) - cloud.clock.now();

async function done(call: Call, status = 200) {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
  return z.record(z.string(), z.unknown()).parse(answered.body);
}
const post = (as: string, path: string, body: object, status?: number) =>
  done({ as, method: "POST", path, body }, status);

/** An issue that its agency answers for all and says is mended, with so many linked citizens who agree to be called. */
async function mended({ citizens }: { citizens: number }) {
  const { id } = await post("inspector-1", "/v1/inspector/issues", issueRequest, 201);
  const issueId = String(id);
  const linked: Receipt[] = [];
  for (let n = 0; n < citizens; n++) linked.push(await agreed());
  if (citizens > 0) await link(issueId, linked);
  return { issueId, linked, doneAt: await mend(issueId) };
}
const agreed = () =>
  cloud.file({
    agencyId,
    category,
    citizen: { name: "زهرا محمدی", phone: "09122002580", mayBeCalled: true, callDigits },
  });
const link = (issueId: string, complaints: { id: string }[]) =>
  post("inspector-1", `/v1/inspector/issues/${issueId}/links`, { complaintIds: complaints.map(({ id }) => id) });
async function mend(issueId: string) {
  const plan = { what: "سرور نوبت‌دهی عوض می‌شود.", responsible: "ادارهٔ فناوری اطلاعات", by: later(30 * day) };
  await post(agency, `/v1/agency/issues/${issueId}/plan`, plan);
  const answer = { officer: { name: "مریم رستمی" }, finding: "founded", cause: "none", text: "سرور تازه کار می‌کند." };
  await post(agency, `/v1/agency/issues/${issueId}/answer`, answer);
  await post(agency, `/v1/agency/issues/${issueId}/done`, { text: "سرور تازه یک هفته است که کار می‌کند." });
  const { doneAt } = await inPublic(issueId);
  return String(doneAt);
}
const inPublic = (issueId: string) => done({ path: `/v1/issues/${issueId}` });

const CallPage = z.object({ items: z.array(z.looseObject({ callId: z.string() })), nextCursor: z.string().optional() });
/** Everybody whom the call centre is to call now, by call id. */
async function listed() {
  const all = new Map<string, Record<string, unknown>>();
  for (let next = ""; ; ) {
    const page = CallPage.parse(await done({ as: "call-centre-128", path: `/v1/front-end/calls?limit=50${next}` }));
    for (const item of page.items) {
      expect(all.has(item.callId), "listed twice").toBe(false);
      all.set(item.callId, item);
    }
    if (!page.nextCursor) return all;
    next = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}
const centre = callCentreOf(cloud);
const { callIdOf } = centre;
const say = async (complaint: { id: string }, answer: string, status?: number) => {
  await centre.open(complaint);
  return post("call-centre-128", centre.path(complaint.id, "/issue-answer"), { answer }, status);
};
const record = ({ id }: { id: string }, outcome: string, status?: number) =>
  post("call-centre-128", centre.path(id), { outcome }, status);
const allListed = async (complaints: readonly Receipt[]) => {
  const all = await listed();
  return complaints.map((one) => all.has(callIdOf(one)));
};

/** Everybody's rounds begin within the same hour, so that the months pass once. */
const issues = {} as Record<"called" | "few" | "visited", Awaited<ReturnType<typeof mended>>>;
let anonymous: Receipt;
let silent: Receipt;
/** Withdrawn a moment before the round: the citizen is to be called for an opinion as well. */
let withdrawn: Receipt;
/** Two complaints that differ in whether the citizen agreed to be called. */
let twins: [Receipt, Receipt];

beforeAll(async () => {
  issues.called = await mended({ citizens: 30 });
  issues.few = await mended({ citizens: 5 });
  issues.visited = await mended({ citizens: 30 });
  anonymous = await cloud.file({ agencyId, category });
  const citizen = { name: "زهرا محمدی", phone: "09122002580" };
  silent = await cloud.file({ agencyId, category, citizen });
  twins = [await agreed(), await cloud.file({ agencyId, category, citizen })];
  await link(issues.called.issueId, [anonymous, silent, ...twins]);
  await cloud.clock.advance(until(callRound(issues.called.doneAt).from) - hour);
  const linked = [...issues.called.linked, ...issues.visited.linked];
  expect(await allListed(linked)).toEqual(linked.map(() => false));
  withdrawn = await agreed();
  await link(issues.called.issueId, [withdrawn]);
  await done({ secret: withdrawn.secret, method: "POST", path: `/v1/complaints/${withdrawn.id}/withdrawal`, body: {} });
  await cloud.clock.advance(2 * hour + 60_000);
});

describe("ten answers of thirty citizens verify an issue, and of few nobody is asked", () => {
  test("the call centre learns the title of the issue from who says the digits, and nothing else of it", async () => {
    const all = await listed();
    expect(issues.few.linked.filter((one) => all.has(callIdOf(one)))).toEqual([]);
    for (const one of [...issues.called.linked, ...issues.visited.linked])
      expect(all.get(callIdOf(one))).toEqual({
        callId: callIdOf(one),
        phone: "+989122002580",
        name: "زهرا محمدی",
        language: "fa",
        hasDigits: true,
        daysTried: 0,
      });
    const [first] = issues.called.linked as [Receipt];
    const { body } = await centre.open(first);
    expect(body).toMatchObject({ agencyId, category, purpose: "issue", issueTitle: title });
    expect(JSON.stringify(body)).not.toContain(issues.called.issueId);
  });

  test("a citizen with two calls due is listed once, and again once the first was made", async () => {
    expect(await allListed([withdrawn])).toEqual([true]);
    expect((await centre.open(withdrawn)).body).toMatchObject({ purpose: "opinion" });
    const opinion = { outcome: "answered", opinion: { solved: "yes", handling: 4 } };
    await post("call-centre-128", centre.path(withdrawn.id), opinion);
    expect(await allListed([withdrawn])).toEqual([true]);
    expect((await centre.open(withdrawn)).body).toMatchObject({ purpose: "issue", issueTitle: title });
  });

  test("each citizen answers once; a repeated request counts once", async () => {
    const [first, ...others] = issues.called.linked.slice(0, 10);
    const call = {
      as: "call-centre-128",
      method: "POST",
      path: centre.path(first?.id ?? "", "/issue-answer"),
      body: { answer: "yes" },
      headers: { "idempotency-key": "one-answer" },
    } as const;
    const answered = { callId: callIdOf({ id: first?.id ?? "" }), daysTried: 0, callAgain: false };
    expect(await done(call)).toEqual(answered);
    expect(await done(call)).toEqual(answered);
    await done({ ...call, headers: {} }, 404);
    for (const [n, complaint] of others.entries()) await say(complaint, n < 6 ? "yes" : "no");
    const [unreached, unasked] = issues.called.linked.slice(10) as [Receipt, Receipt];
    expect(await allListed([...issues.called.linked.slice(0, 10), unreached, unasked])).toEqual([
      ...Array(10).fill(false),
      true,
      true,
    ]);
    expect(await record(unreached, "no-contact")).toEqual({
      callId: callIdOf(unreached),
      daysTried: 1,
      callAgain: true,
    });
  });

  test("the citizen reads that the centre rang, nobody reads what was said, and inspectors not even that", async () => {
    const [{ id, secret } = { id: "", secret: "" }] = issues.called.linked;
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
    const ofAgency = await cloud.call({ as: agency, path: `/v1/agency/complaints/${id}` });
    // Who was not called again has answered: an inspector could count the answers before the result.
    for (const { text } of [inspector, ofAgency])
      for (const type of ["issue-call-recorded", "phone-read", "call-opened"]) expect(text).not.toContain(type);
  });
});

describe("who is called", () => {
  test("is nobody who is anonymous, did not agree, was linked later or unlinked, or wants no more calls", async () => {
    const { issueId, linked } = issues.called;
    const [unlinked, stays, declines] = linked.slice(12) as [Receipt, Receipt, Receipt];
    const late = await agreed();
    await link(issueId, [late]);
    await cloud.clock.advance(hour);
    expect(await allListed([unlinked, stays, declines, anonymous, silent, late])).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    const body = { complaintIds: [unlinked.id] };
    await done({ as: "inspector-1", method: "DELETE", path: `/v1/inspector/issues/${issueId}/links`, body });
    expect(await record(declines, "declined")).toMatchObject({ callAgain: false });
    expect(await allListed([unlinked, stays, declines])).toEqual([false, true, false]);
    for (const complaint of [unlinked, declines, late, anonymous]) await say(complaint, "yes", 404);
    const path = centre.path(stays.id);
    const opinion = { solved: "yes", handling: 5 };
    const answered = { as: "call-centre-128", method: "POST", path, body: { outcome: "answered", opinion } } as const;
    await done(answered, 409);
    await centre.open(stays);
    await done(answered, 400);
    await done({ as: "agency-post", method: "POST", path: `${path}/issue-answer`, body: { answer: "yes" } }, 403);
  });

  test("does not change with a visit before it is published: nobody learns of it, and answers are taken and dropped", async () => {
    const { issueId, linked } = issues.visited;
    const [one, other, another] = linked as [Receipt, Receipt, Receipt];
    const readers = [
      { path: `/v1/issues/${issueId}` },
      { as: agency, path: `/v1/agency/issues/${issueId}` },
      { as: agency, path: "/v1/agency/issues" },
      { as: "governor-qazvin", path: "/v1/overseer/issues" },
    ];
    const read = async () => {
      const texts = await Promise.all(readers.map(async (call) => (await cloud.call(call)).text));
      return [...texts, ...[...(await listed()).values()].map((item) => JSON.stringify(item)).sort()];
    };
    await say(one, "no");
    const unvisited = await read();
    const visit = { arrivedAt: later(0), text: "در بازدید، سامانه کار می‌کرد." };
    const path = `/v1/inspector/issues/${issueId}`;
    expect(await post("inspector-1", `${path}/verification`, visit)).toMatchObject({ status: "done" });
    expect(await read()).toEqual(unvisited);
    await cloud.clock.advance(60_000);
    const feed = await everyEntry(cloud, { as: agency, path: "/v1/agency/events?limit=100" });
    expect(feed.filter((entry) => entry.includes(issueId) && entry.includes("verified"))).toEqual([]);
    const { visits, people } = await done({ as: "inspector-2", path });
    const publishAt = nextResultMorning(visit.arrivedAt);
    expect(visits).toEqual([{ ...visit, reportedAt: expect.any(String), person: "inspector-1", publishAt }]);
    expect(people).toMatchObject({ "inspector-1": expect.any(String) });
    await say(other, "no");

    await cloud.clock.advance(until(publishAt) + hour);
    const { verifiedAt, ...publicly } = await inPublic(issueId);
    expect(publicly).toMatchObject({ status: "verified" });
    expect(localHour(String(verifiedAt))).toMatch(/^Saturday, 0[89]$/);
    expect(await allListed([one, other, another])).toEqual([false, false, false]);
    await say(another, "yes", 404);
    for (const call of readers) expect((await cloud.call(call)).text).not.toContain(visit.text);
  });
});

test("two complaints of which one citizen is called look the same to the agency, byte by byte", async () => {
  const [called, other] = twins;
  expect(await allListed(twins)).toEqual([true, false]);
  await say(called, "yes");
  await cloud.clock.advance(day);
  for (const path of ["", "/deadlines"]) {
    const read = async (complaint: Receipt) => {
      const { status, text } = await cloud.call({ as: agency, path: `/v1/agency/complaints/${complaint.id}${path}` });
      return [status, withoutTwinMarks(text, complaint)];
    };
    expect(await read(called)).toEqual(await read(other));
  }
  const feed = await everyEntry(cloud, { as: agency, path: "/v1/agency/events?limit=100" });
  const [ofCalled, ofOther] = twins.map((twin) =>
    feed.filter((entry) => entry.includes(twin.id)).map((entry) => withoutTwinMarks(entry, twin)),
  );
  expect(ofCalled?.length).toBeGreaterThan(2);
  expect(ofCalled).toEqual(ofOther);
});

test("the result comes on the Saturday morning after the round, in one word as after a visit, and says nothing of the others", async () => {
  const { before, resultAt } = callRound(issues.called.doneAt);
  expect(localHour(resultAt)).toBe("Saturday, 08");
  await cloud.clock.advance(until(before) + 60_000);
  await cloud.clock.advance(until(resultAt) - 60_000);
  const all = [issues.called, issues.few];
  const views = () => Promise.all(all.map(({ issueId }) => done({ as: agency, path: `/v1/agency/issues/${issueId}` })));
  const lasting = await views();
  expect(lasting.map(({ status }) => status)).toEqual(["done", "done"]);
  await cloud.clock.advance(hour + 120_000);
  const [verified, ...same] = await views();
  expect(same).toEqual(lasting.slice(1));
  const publicly = await inPublic(issues.called.issueId);
  expect(publicly).toMatchObject({ status: "verified" });
  expect(localHour(String(publicly.verifiedAt))).toMatch(/^Saturday, 0[89]$/);
  const wordIn = (view: unknown) => {
    const { history } = z.object({ history: z.array(z.looseObject({ type: z.string() })) }).parse(view);
    return history.find(({ type }) => type === "verified");
  };
  const word = { type: "verified", by: "system", number: expect.any(Number), at: expect.any(String) };
  expect(wordIn(verified)).toEqual(word);
  expect(wordIn(await done({ as: agency, path: `/v1/agency/issues/${issues.visited.issueId}` }))).toEqual(word);
  await cloud.clock.advance(2 * 7 * day + 2 * hour);
  expect((await views()).map(({ status }) => status)).toEqual(["verified", "unconfirmed"]);
});
