import { ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { quarterAt, quarterBefore } from "#functions/figures/called-citizens.ts";
import { writeCursor } from "#functions/http/parameters.ts";
import { clientSettings } from "#infra/programs/local-cloud/machine/aws-account.ts";
import { fingerprint } from "#shared/digest.ts";
import { spellingDigest } from "#shared/identities/address-mark.ts";
import { bucketFolders, callKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import type { Call, Receipt } from "../support/api-caller.ts";
import { callCentreOf, callDigits } from "../support/call-centre.ts";
import { closedQuarter } from "../support/closed-quarter.ts";
import { addressKeyOf, mailsAbout, putMessage } from "../support/mailbox.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { withoutTwinMarks } from "../support/twins.ts";

const cloud = withLocalCloud();
const agencyId = "social-security";
const hour = 60 * 60_000;
const day = 24 * hour;
const citizen = { name: "زهرا محمدی", phone: "09122002580", mayBeCalled: true, callDigits };
const centre = callCentreOf(cloud);
const { callIdOf } = centre;
const opinion = { solved: "no", handling: 2, comment: "گفتند اگر نپذیرم پرونده می‌ماند.", pressured: true };

const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().optional() });
const CallPage = z.object({ items: z.array(z.looseObject({ callId: z.string() })), nextCursor: z.string().optional() });

async function done(call: Call, status = 200) {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
  return z.record(z.string(), z.unknown()).parse(answered.body);
}

const agree = () => cloud.file({ agencyId, citizen });
const asCitizen = ({ id, secret }: Receipt, what: string, body: object = {}, status = 200) =>
  done({ secret, method: "POST", path: `/v1/complaints/${id}/${what}`, body }, status);
const answerUnread = ({ id }: Receipt) =>
  done({
    as: `agency-${agencyId}`,
    method: "POST",
    path: `/v1/agency/complaints/${id}/answer`,
    body: { officer: { name: "مریم رستمی" }, finding: "founded", cause: "conduct", text: "رسیدگی شد." },
  });
/** Answers, and the citizen looks: nobody has to call about the answer. */
async function answer(filed: Receipt) {
  await answerUnread(filed);
  return done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
}
const unopened = ({ id }: Receipt, body: object, status = 200) =>
  done({ as: "call-centre-128", method: "POST", path: centre.path(id), body }, status);
/** The citizen says the digits first, where there is a call. */
const called = async (filed: Receipt, body: { outcome: string; opinion?: object }, status = 200) => {
  if (["answered", "informed"].includes(body.outcome)) await centre.open(filed);
  return unopened(filed, body, status);
};
const carried = async (filed: Receipt, reason: string, status = 200) => {
  await centre.open(filed);
  const path = centre.path(filed.id, "/dispute");
  return done({ as: "call-centre-128", method: "POST", path, body: { reason } }, status);
};
const opened = async (filed: Receipt) => {
  const { status, text, body } = await centre.open(filed);
  expect(status, text).toBe(200);
  return body;
};

/** Everybody who is listed now, by call id. */
async function listed() {
  await cloud.quiet();
  const { items } = CallPage.parse(await done({ as: "call-centre-128", path: "/v1/front-end/calls?limit=100" }));
  return new Map(items.map((item) => [item.callId, item]));
}
const isListed = async (filed: Receipt) => (await listed()).has(callIdOf(filed));
/** Files, answers and waits until this citizen is to be called for an opinion. */
async function listedForOpinion(): Promise<Receipt> {
  const filed = await agree();
  await answer(filed);
  await cloud.clock.advance(8 * day);
  expect(await isListed(filed)).toBe(true);
  return filed;
}
/** Digits that somebody says, with the key of an earlier or of a later request. */
const saying = (filed: Receipt, digits: string, key: string): Call => ({
  as: "call-centre-128",
  method: "POST",
  path: centre.path(filed.id, "/opening"),
  body: { digits },
  headers: { "idempotency-key": key },
});

/** What a restored table must not forget: complaint and order of each. */
async function ordersKept() {
  const endpoint = cloud.environment.AWS_ENDPOINT_URL_S3 ?? "";
  const s3 = new S3Client({ ...clientSettings, endpoint, forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const listed = Buckets.map(({ Name }) =>
    s3.send(new ListObjectsV2Command({ Bucket: Name, Prefix: bucketFolders.orders })),
  );
  const keys = (await Promise.all(listed)).flatMap(({ Contents = [] }) => Contents.map(({ Key = "" }) => Key));
  s3.destroy();
  return keys.map((key) => key.split("/").slice(2));
}

async function historyOf({ id, secret }: Receipt) {
  const { history } = await done({ secret, path: `/v1/complaints/${id}` });
  return z.array(z.looseObject({ type: z.string() })).parse(history);
}

// The public page is made within five minutes of the first deployment, which takes as long as a scenario.
beforeAll(() => cloud.clock.advance(6 * 60_000));

describe("the silent", () => {
  test("are called in the last three days before the time is over, and the citizen sees each day's read", async () => {
    const filed = await agree();
    await answer(filed);
    await cloud.clock.advance(7 * day - hour);
    expect(await isListed(filed)).toBe(false);
    await called(filed, { outcome: "declined" }, 404);
    await cloud.clock.advance(2 * hour);
    const { confirmBy } = await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
    const [callId, phone, name] = [callIdOf(filed), "+989122002580", citizen.name];
    const entry = { callId, phone, name, language: "fa", hasDigits: true, daysTried: 0 };
    expect((await listed()).get(callId)).toEqual(entry);
    const about = { callId, agencyId, category: "postponed-without-reason", purpose: "opinion", group: "silent" };
    const told = { finding: "founded", actions: [], disputeBy: confirmBy };
    expect(await opened(filed)).toEqual({ ...about, filedAt: expect.any(String), answer: told });
    await listed();
    const reads = (await historyOf(filed)).filter(({ type }) => type === "phone-read");
    expect(reads).toMatchObject([{ by: "front-end" }]);
    await cloud.clock.advance(3 * day);
    expect(await isListed(filed)).toBe(false);
  });

  test("are not to be called again once the time is over in which they could dispute", async () => {
    const filed = await agree();
    await answer(filed);
    await cloud.clock.advance(10 * day - hour);
    expect(await isListed(filed)).toBe(true);
    await cloud.clock.advance(2 * hour);
    expect(await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` })).toMatchObject({
      closure: "expired",
    });
    expect(await called(filed, { outcome: "no-contact" })).toEqual({
      callId: callIdOf(filed),
      daysTried: 1,
      callAgain: false,
    });
  });

  test("are left alone after three days of ringing in vain, of which each counts once", async () => {
    const filed = await agree();
    await answer(filed);
    await cloud.clock.advance(7 * day + hour);
    for (const daysTried of [1, 2, 3]) {
      expect(await isListed(filed)).toBe(true);
      const recorded = { callId: callIdOf(filed), daysTried, callAgain: daysTried < 3 };
      expect(await called(filed, { outcome: "no-contact" })).toEqual(recorded);
      if (daysTried < 3) {
        expect(await called(filed, { outcome: "no-contact" })).toEqual(recorded);
        expect((await listed()).get(callIdOf(filed))).toMatchObject({ daysTried });
        await cloud.clock.advance(day);
      }
    }
    expect(await isListed(filed)).toBe(false);
    await asCitizen(filed, "acceptance");
    expect(await isListed(filed)).toBe(false);
  });

  test("dispute through who calls at the last minute, and say what they think of it before or after", async () => {
    const [before, after] = [await agree(), await agree()];
    for (const one of [before, after]) await answer(one);
    await cloud.clock.advance(10 * day - 50_000);
    expect([...(await listed()).keys()]).toEqual(expect.arrayContaining([callIdOf(before), callIdOf(after)]));
    await called(before, { outcome: "answered", opinion });
    expect(await carried(before, "کار انجام نشده است.")).toEqual({ callId: callIdOf(before), status: "disputed" });
    expect(await carried(after, "کار انجام نشده است.")).toEqual({ callId: callIdOf(after), status: "disputed" });
    await cloud.clock.advance(hour);
    expect(await called(after, { outcome: "answered", opinion })).toMatchObject({ callAgain: false });
    for (const one of [before, after]) {
      const view = await done({ secret: one.secret, path: `/v1/complaints/${one.id}` });
      expect(view).toMatchObject({ status: "disputed" });
      expect((await historyOf(one)).map(({ type }) => type)).toEqual(
        expect.arrayContaining(["disputed", "dispute-lodged-by-phone", "call-recorded"]),
      );
    }
  });
});

describe("somebody else picks up the phone", () => {
  const aboutTheCase = (filed: Receipt) => [filed.id, agencyId, "postponed-without-reason", "founded", "opinion"];

  test("and learns nothing from the operator, who knows nothing before the citizen's digits are said", async () => {
    const filed = await agree();
    await answer(filed);
    await cloud.clock.advance(8 * day);
    const { text } = await cloud.call({ as: "call-centre-128", path: "/v1/front-end/calls?limit=100" });
    expect(text).toContain(callIdOf(filed));
    for (const word of aboutTheCase(filed)) expect(text).not.toContain(word);
    const wrong = await centre.open(filed, "1234");
    expect([wrong.status, wrong.body]).toMatchObject([409, { code: "call-digits-wrong" }]);
    for (const word of aboutTheCase(filed)) expect(wrong.text).not.toContain(word);
    await unopened(filed, { outcome: "answered", opinion }, 409);
    const path = centre.path(filed.id, "/dispute");
    const dispute = { as: "call-centre-128", method: "POST", path, body: { reason: "کار انجام نشده است." } } as const;
    expect(await done(dispute, 409)).toMatchObject({ code: "call-not-opened" });
    expect(await unopened(filed, { outcome: "later" })).toMatchObject({ daysTried: 1, callAgain: true });
    expect(await opened(filed)).toMatchObject({ purpose: "opinion" });
    const types = (await historyOf(filed)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["call-digits-chosen", "call-digits-wrong", "call-opened"]));
  });

  test("a wrong try that is repeated with its key counts once, and a call that nobody makes is like none", async () => {
    const filed = await listedForOpinion();
    const wrong = saying(filed, "1234", "one-wrong-try");
    for (let n = 0; n < 4; n++) expect(await done(wrong, 409)).toMatchObject({ code: "call-digits-wrong" });
    // Other digits with the same key do not tell whether these are the right ones.
    const right = saying(filed, callDigits, "one-wrong-try");
    expect(await done(right, 422)).toMatchObject({ code: "idempotency-key-reused" });
    expect((await historyOf(filed)).filter(({ type }) => type === "call-digits-wrong")).toHaveLength(1);
    const unlisted = await agree();
    const unknown = `/v1/front-end/calls/${callIdOf(unlisted).split("").toReversed().join("")}/opening`;
    const answers = [centre.path(unlisted.id, "/opening"), unknown].map((path) =>
      cloud.call({ as: "call-centre-128", method: "POST", path, body: { digits: callDigits } }),
    );
    const [ofUnlisted, ofUnknown] = (await Promise.all(answers)).map(({ status, body }) => [status, Object(body).code]);
    expect(ofUnlisted).toEqual([404, "not-found"]);
    expect(ofUnknown).toEqual(ofUnlisted);
  });

  test("three wrong tries end the calls, and new digits, chosen by the code, begin anew", async () => {
    const filed = await listedForOpinion();
    for (let n = 0; n < 3; n++) expect((await centre.open(filed, `000${n}`)).status).toBe(409);
    expect((await centre.open(filed)).status).toBe(404);
    expect(await isListed(filed)).toBe(false);
    const view = await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` });
    expect(view).toMatchObject({ mayBeCalled: false, hasCallDigits: true });
    const consent = { secret: filed.secret, method: "POST", path: `/v1/complaints/${filed.id}/consent` } as const;
    expect(await done({ ...consent, body: { mayBeCalled: true } }, 409)).toMatchObject({ code: "wrong-state" });
    expect(await done({ ...consent, body: { callDigits: "۷۷۷۷" } })).toMatchObject({ mayBeCalled: true });
    expect(await isListed(filed)).toBe(true);
    expect((await centre.open(filed)).status).toBe(409);
    expect((await centre.open(filed, "7777")).status).toBe(200);
  });

  test("new digits replace the earlier ones at once, also long after the case is closed; a repeated request gets its first answer", async () => {
    const filed = await listedForOpinion();
    const early = saying(filed, "7777", "before-new-digits");
    expect(await done(early, 409)).toMatchObject({ code: "call-digits-wrong" });
    await opened(filed);
    await asCitizen(filed, "consent", { callDigits: "7777" });
    // The new digits closed the call, and the repeated request gets its first answer.
    await unopened(filed, { outcome: "answered", opinion }, 409);
    expect(await done(early, 409)).toMatchObject({ code: "call-digits-wrong" });
    expect((await centre.open(filed, "7777")).status).toBe(200);
    await cloud.clock.advance(60 * day);
    const macs = async () => (await cloud.tables.everything()).match(/digitsMac.{80}/g);
    const before = await macs();
    expect(before?.length).toBeGreaterThan(0);
    await asCitizen(filed, "consent", { callDigits: "1212" });
    expect(await macs()).not.toEqual(before);
    expect((await macs())?.length).toBe(before?.length);
  });

  test("a citizen who agrees again after somebody ended the calls is called again, and gives an opinion and a dispute", async () => {
    const filed = await listedForOpinion();
    expect(await unopened(filed, { outcome: "wrong-person" })).toMatchObject({ callAgain: false });
    await asCitizen(filed, "consent", { mayBeCalled: true, callDigits: "2468" });
    expect(await isListed(filed)).toBe(true);
    expect((await centre.open(filed, "2468")).status).toBe(200);
    expect(await unopened(filed, { outcome: "answered", opinion })).toMatchObject({ callAgain: false });
    const path = centre.path(filed.id, "/dispute");
    await done({ as: "call-centre-128", method: "POST", path, body: { reason: "کار انجام نشده است." } });
  });

  test("neither the list, its cursor nor a refusal says until when or about what", async () => {
    const filed = [await agree(), await agree()];
    for (const one of filed) await answer(one);
    await cloud.clock.advance(8 * day);
    const { confirmBy } = await done({ secret: filed[0]?.secret ?? "", path: `/v1/complaints/${filed[0]?.id}` });
    await cloud.quiet();
    const page = await done({ as: "call-centre-128", path: "/v1/front-end/calls?limit=1" });
    const cursor = Buffer.from(String(page.nextCursor), "base64url").toString();
    const { sealed } = z.tuple([z.string(), z.object({ sealed: z.string() })]).parse(JSON.parse(cursor))[1];
    const read = JSON.stringify(page) + cursor + Buffer.from(sealed, "base64url");
    expect(read).not.toContain(String(confirmBy).slice(0, 10));
    const next = await done({ as: "call-centre-128", path: `/v1/front-end/calls?limit=1&cursor=${page.nextCursor}` });
    expect(CallPage.parse(next).items).toHaveLength(1);
    for (const sealed of ["", "AAAA", "A".repeat(80)]) {
      const forged = writeCursor({ sealed }, { list: "calls" });
      const path = `/v1/front-end/calls?cursor=${forged}`;
      expect(await done({ as: "call-centre-128", path }, 400)).toMatchObject({ code: "cursor-invalid" });
    }
    const [first] = filed as [Receipt];
    const path = centre.path(first.id, "/issue-answer");
    const about = await done({ as: "call-centre-128", method: "POST", path, body: { answer: "yes" } }, 409);
    expect(about).toMatchObject({ code: "call-not-opened" });
  });

  test("without digits there is only news at 128; the wrong person is never called again", async () => {
    const { callDigits: _digits, ...without } = citizen;
    const [news, stranger] = [
      await cloud.file({ agencyId, citizen: without }),
      await cloud.file({ agencyId, citizen: { ...without, name: "شهرام سپهری" } }),
    ];
    for (const one of [news, stranger]) await answer(one);
    await cloud.clock.advance(8 * day);
    expect((await listed()).get(callIdOf(news))).toMatchObject({ hasDigits: false });
    expect((await centre.open(news)).body).toMatchObject({ code: "call-digits-none" });
    await unopened(news, { outcome: "answered", opinion }, 409);
    expect(await unopened(news, { outcome: "informed" })).toMatchObject({ callAgain: false });
    const countNames = async () => (await cloud.tables.everything()).split("شهرام سپهری").length - 1;
    const before = await countNames();
    expect(await unopened(stranger, { outcome: "wrong-person" })).toMatchObject({ callAgain: false });
    expect(await isListed(stranger)).toBe(false);
    // The identity itself stays; the call centre's copy of it is gone.
    expect(await countNames()).toBe(before - 1);
    expect(await ordersKept()).toContainEqual([stranger.id, "call-consent-withdrawn"]);
  });

  test("a plain digest of the citizen's request is stored nowhere: ten thousand tries would find the digits", async () => {
    const filed = await cloud.file({ agencyId, citizen });
    const body = { callDigits: "5173" };
    const consent: Call = { secret: filed.secret, method: "POST", path: `/v1/complaints/${filed.id}/consent`, body };
    await done({ ...consent, headers: { "idempotency-key": "new-digits" } });
    const stored = await cloud.tables.everything();
    const route = "POST /v1/complaints/{id}/consent";
    expect(stored).not.toContain(fingerprint(route, "", JSON.stringify(body)));
    // The key's own digest is there, so the request was recorded.
    expect(stored).toContain(fingerprint("citizen", "new-digits"));
  });

  test("a renewed secret ends the digits, and closes the call that they opened", async () => {
    const nationalId = "0499370899";
    const filed = await cloud.file({ agencyId, citizen: { ...citizen, nationalId } });
    await answer(filed);
    await cloud.clock.advance(8 * day);
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ hasDigits: true });
    await opened(filed);
    const path = `/v1/inspector/complaints/${filed.id}/secret`;
    await done({ as: "inspector-1", method: "POST", path, body: { nationalId } });
    await unopened(filed, { outcome: "answered", opinion }, 409);
    expect((await centre.open(filed)).body).toMatchObject({ code: "call-digits-none" });
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ hasDigits: false });
  });

  test("a consent that is refused leaves no order that a restored table would follow", async () => {
    const filed = await cloud.file({ agencyId, citizen: { ...citizen, phone: "02833330000" } });
    await asCitizen(filed, "consent", { callDigits: "1357", notifyBySms: true }, 409);
    expect(await ordersKept()).not.toContainEqual([filed.id, "call-digits-ended"]);
    await asCitizen(filed, "consent", { callDigits: "1357" });
    expect(await ordersKept()).toContainEqual([filed.id, "call-digits-ended"]);
  });

  test("neither the tables nor the export have the digits; the end of the consent, and erasure, remove their digest", async () => {
    const countMacs = async () => (await cloud.tables.everything()).split("digitsMac").length;
    const before = await countMacs();
    const filed = await cloud.file({ agencyId, citizen: { ...citizen, callDigits: "9182" } });
    expect(await countMacs()).toBe(before + 1);
    expect((await cloud.tables.everything()).includes('9182\\"')).toBe(false);
    const exported = await cloud.call({ secret: filed.secret, path: `/v1/complaints/${filed.id}/export` });
    expect(exported.text).not.toContain("9182");
    const ended = await asCitizen(filed, "consent", { mayBeCalled: false });
    expect(ended).toMatchObject({ mayBeCalled: false, hasCallDigits: false });
    expect(await countMacs()).toBe(before);
    const erased = await cloud.file({ agencyId, citizen: { ...citizen, callDigits: "9182" } });
    expect(await countMacs()).toBe(before + 1);
    await done({ secret: erased.secret, method: "DELETE", path: `/v1/complaints/${erased.id}/identity` });
    expect(await countMacs()).toBe(before);
    await asCitizen(filed, "consent", { callDigits: "9182" }, 409);
    const both = { mayBeCalled: false, callDigits: "9182" };
    expect(await asCitizen(filed, "consent", both, 400)).toMatchObject({ errors: [{ path: "callDigits" }] });
  });
});

describe("whom no notice of the answer reached", () => {
  /** An agency so large that hardly anybody is drawn for an opinion. */
  const undrawn = async (more: object = {}) => {
    const quarter = quarterBefore(quarterAt(new Date(cloud.clock.now()).toISOString()));
    for (const item of closedQuarter(quarter, { "social-security": 90_000_000 }))
      await cloud.tables.putComplaintItem(item);
    const filed = await cloud.file({ agencyId, citizen: { ...citizen, ...more } });
    for (const item of closedQuarter(quarter, { "social-security": 0 })) await cloud.tables.putComplaintItem(item);
    return filed;
  };
  const readAloud = (id: string, secret: string, status = 200) =>
    done({ as: "call-centre-128", secret, path: `/v1/front-end/complaints/${id}` }, status);

  test("is called from the fourth day, drawn or not, until the time to dispute is over; the case is read with its code alone", async () => {
    const filed = await undrawn();
    await answerUnread(filed);
    await cloud.clock.advance(3 * day - hour);
    expect(await isListed(filed)).toBe(false);
    await cloud.clock.advance(2 * hour);
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ phone: "+989122002580", daysTried: 0 });
    expect(await opened(filed)).toMatchObject({ purpose: "notice" });
    expect(await opened(filed)).not.toHaveProperty("group");
    await called(filed, { outcome: "answered", opinion }, 400);
    await called(filed, { outcome: "no-contact" });
    // No opinion is asked of one who was not drawn, and a case that closed in silence is still told of.
    await cloud.clock.advance(8 * day);
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ daysTried: 1 });
    await readAloud(filed.id, "0000-0000", 404);
    expect(await readAloud(filed.id, filed.secret)).toMatchObject({
      closure: "expired",
      answer: { text: "رسیدگی شد." },
    });
    await readAloud(filed.id, filed.secret);
    expect(await isListed(filed)).toBe(false);
    expect(await called(filed, { outcome: "informed" })).toMatchObject({ callAgain: false });
    expect(await carried(filed, "کار انجام نشده است.")).toEqual({ callId: callIdOf(filed), status: "disputed" });
    const types = (await historyOf(filed)).map(({ type }) => type);
    expect(types.filter((type) => type === "read-to-citizen")).toHaveLength(1);
    expect(types).toEqual(expect.arrayContaining(["phone-read", "notice-call-recorded", "dispute-lodged-by-phone"]));
    expect(JSON.stringify((await historyOf(filed)).filter(({ type }) => type === "phone-read"))).not.toContain(
      "notice",
    );
  });

  test("is called no more after a look at the case, a mail that arrived, or three days in vain; a bounced mail is no notice", async () => {
    const [looked, mailed, bounced, inVain] = [
      await undrawn(),
      await undrawn({ email: "arrives@mail.example" }),
      await undrawn({ email: "comes-back@mail.example" }),
      await undrawn(),
    ];
    for (const one of [looked, mailed, bounced, inVain]) await answerUnread(one);
    await cloud.clock.advance(day);
    await putMessage(cloud.endpoints, "NotifierBouncesQueue", {
      addressDigest: spellingDigest(addressKeyOf(cloud), "comes-back@mail.example"),
    });
    await cloud.clock.advance(3 * day);
    await done({ secret: looked.secret, path: `/v1/complaints/${looked.id}` });
    const ids = [...(await listed()).keys()];
    for (const one of [bounced, inVain]) expect(ids).toContain(callIdOf(one));
    for (const one of [looked, mailed]) expect(ids).not.toContain(callIdOf(one));
    for (const callAgain of [true, true, false]) {
      await listed();
      expect(await called(inVain, { outcome: "no-contact" })).toMatchObject({ callAgain });
      await cloud.clock.advance(day);
    }
    expect(await isListed(inVain)).toBe(false);
  });

  test("nobody reads a case of another front end's token, or without the secret", async () => {
    const { id, secret } = await agree();
    const path = `/v1/front-end/complaints/${id}`;
    expect(await done({ as: "web-portal", secret, path }, 403)).toMatchObject({ code: "not-allowed" });
    expect(await done({ as: "call-centre-128", path }, 400)).toMatchObject({ code: "invalid" });
  });
});

describe("the others", () => {
  test("are called once they have accepted; what they say is the citizen's, and the inspectors' where it calls for them", async () => {
    const filed = await agree();
    await answer(filed);
    await asCitizen(filed, "acceptance");
    await listed();
    expect(await opened(filed)).toMatchObject({ group: "accepted" });
    await called(filed, { outcome: "answered", opinion });
    expect(await isListed(filed)).toBe(false);
    await called(filed, { outcome: "answered", opinion }, 404);
    const entry = (await historyOf(filed)).find(({ type }) => type === "call-recorded");
    expect(entry).toMatchObject({ outcome: "answered", ...opinion });
    expect(entry).not.toHaveProperty("probability");
    const workQueue = Page.parse(
      await done({ as: "inspector-1", path: "/v1/inspector/complaints?queue=pressured&limit=100" }),
    );
    expect(workQueue.items.map(({ id }) => id)).toContain(filed.id);
    const { text } = await cloud.call({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}` });
    expect(text).toContain(opinion.comment);
    expect(text).not.toContain('"handling"');
  });

  test("are nobody's whom nobody is calling: `If-Match` tells an id that is there from none no better", async () => {
    const { id } = await cloud.file({ agencyId });
    const calls = [centre.path(id), centre.path("QZ-0000-0000-0"), `/v1/front-end/calls/${"A".repeat(22)}`];
    const bodies = {
      "": { outcome: "declined" },
      "/dispute": { reason: "کار انجام نشده است." },
      "/opening": { digits: "4031" },
    };
    for (const [path, body] of calls.flatMap((call) =>
      Object.entries(bodies).map(([what, body]) => [call + what, body] as const),
    )) {
      const headers = { "if-match": '"77"' };
      expect(await done({ as: "call-centre-128", method: "POST", path, headers, body }, 404)).toMatchObject({
        code: "not-found",
      });
    }
  });

  test("are called when it was closed otherwise, and once they refused not before they agree again", async () => {
    const filed = await agree();
    await asCitizen(filed, "withdrawal");
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ daysTried: 0 });
    expect(await opened(filed)).toMatchObject({ group: "other" });
    await called(filed, { outcome: "declined" });
    expect(await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` })).toMatchObject({
      mayBeCalled: false,
    });
    expect(await ordersKept()).toContainEqual([filed.id, "call-consent-withdrawn"]);
    await cloud.clock.advance(day);
    expect(await isListed(filed)).toBe(false);
    await carried(filed, "کار انجام نشده است.", 404);
    await asCitizen(filed, "consent", { mayBeCalled: true });
    expect((await listed()).get(callIdOf(filed))).toMatchObject({ hasDigits: false });
  });

  test("are kept nowhere any more who refused and then had themselves erased", async () => {
    const somebody = { name: "زهرا نازکاران", phone: "09121237799" };
    const filed = await cloud.file({ agencyId, citizen: { ...somebody, mayBeCalled: true, callDigits } });
    await asCitizen(filed, "withdrawal");
    expect(await isListed(filed)).toBe(true);
    await called(filed, { outcome: "declined" });
    await done({ secret: filed.secret, method: "DELETE", path: `/v1/complaints/${filed.id}/identity` });
    const everything = await cloud.tables.everything();
    for (const needle of ["نازکاران", somebody.phone.slice(1)]) expect(everything).not.toContain(needle);
  });

  test("are called for thirty days", async () => {
    const filed = await agree();
    await asCitizen(filed, "withdrawal");
    await cloud.clock.advance(30 * day - hour);
    expect(await isListed(filed)).toBe(true);
    await cloud.clock.advance(2 * hour);
    expect(await isListed(filed)).toBe(false);
  });
});

describe("nobody is listed", () => {
  const over = async (filed: Receipt) => {
    await asCitizen(filed, "withdrawal");
    return filed;
  };

  test("who did not agree, took it back, or is erased; agreeing later is as good", async () => {
    const { mayBeCalled: _, callDigits: _digits, ...silent } = citizen;
    const [never, ended, erased] = [await cloud.file({ citizen: silent }), await agree(), await agree()];
    for (const one of [never, ended, erased]) await over(one);
    expect((await listed()).has(callIdOf(never))).toBe(false);
    expect(await asCitizen(ended, "consent", { mayBeCalled: false })).toMatchObject({ mayBeCalled: false });
    await done({ secret: erased.secret, method: "DELETE", path: `/v1/complaints/${erased.id}/identity` });
    for (const { id } of [ended, erased])
      expect(await cloud.tables.complaintItem(confidentialLogKey(id), callKey)).not.toHaveProperty("workQueue");
    for (const one of [never, ended, erased]) {
      expect(await isListed(one)).toBe(false);
      await called(one, { outcome: "declined" }, 404);
    }
    for (const one of [never, ended]) {
      expect(await asCitizen(one, "consent", { mayBeCalled: true })).toMatchObject({ mayBeCalled: true });
      expect(await isListed(one)).toBe(true);
    }
    const again = { secret: erased.secret, method: "POST", path: `/v1/complaints/${erased.id}/consent` } as const;
    expect(await done({ ...again, body: { mayBeCalled: true } }, 409)).toMatchObject({ code: "wrong-state" });
  });

  test("who took it back while what was given along with it was refused", async () => {
    const filed = await over(await agree());
    const path = `/v1/complaints/${filed.id}/consent`;
    const body = { shareWithAgency: true, mayBeCalled: false };
    const call = { secret: filed.secret, method: "POST", path, body } as const;
    expect(await done({ ...call, headers: { "if-match": '"77"' } }, 412)).toMatchObject({ code: "version-outdated" });
    expect(await done({ secret: filed.secret, path: `/v1/complaints/${filed.id}` })).toMatchObject({
      mayBeCalled: false,
    });
    expect(await done(call, 409)).toMatchObject({ code: "wrong-state" });
    expect(await isListed(filed)).toBe(false);
  });

  test("who is not drawn, as most are not at an agency about which many complain", async () => {
    const quarter = quarterBefore(quarterAt(new Date(cloud.clock.now()).toISOString()));
    for (const item of closedQuarter(quarter, { gas: 90_000_000 })) await cloud.tables.putComplaintItem(item);
    const filed = await over(await cloud.file({ agencyId: "gas", citizen }));
    const later = await cloud.file({ agencyId: "gas", citizen: { phone: citizen.phone } });
    await asCitizen(later, "consent", { mayBeCalled: true, shareWithAgency: true });
    await over(later);
    for (const one of [filed, later]) expect(await isListed(one)).toBe(false);
  });

  test("who reports a retaliation", async () => {
    const { id, secret } = await cloud.file();
    const { body } = await cloud.call({
      as: "call-centre-128",
      method: "POST",
      path: "/v1/complaints",
      headers: { "idempotency-key": crypto.randomUUID() },
      body: {
        agencyId,
        countyId: "qazvin",
        category: "postponed-without-reason",
        description: "پس از شکایت مرا راه ندادند.",
        channel: "phone",
        citizen,
        retaliationFor: { id, secret },
      },
    });
    const report = z.looseObject({ id: z.string(), secret: z.string() }).parse(body) as unknown as Receipt;
    await over(report);
    expect(await isListed(report)).toBe(false);
  });

  test.each(["web-portal", "bank-melli-app"])("to %s, which the province does not name", async (as) => {
    const path = "/v1/front-end/calls";
    const { id } = await cloud.file();
    expect(await done({ as, path }, 403)).toMatchObject({ code: "not-allowed" });
    for (const one of ["", "/opening", "/dispute"].map((what) => centre.path(id, what)))
      expect(await done({ as, method: "POST", path: one, body: {} }, 403)).toMatchObject({ code: "not-allowed" });
  });
});

test("a page ends where it is asked to, and the next goes on", async () => {
  for (let n = 0; n < 3; n++) await asCitizen(await agree(), "withdrawal");
  const all = [...(await listed()).keys()].sort();
  const found: string[] = [];
  for (let next = ""; ; ) {
    const page = CallPage.parse(await done({ as: "call-centre-128", path: `/v1/front-end/calls?limit=2${next}` }));
    const ids = page.items.map(({ callId }) => callId);
    expect(ids).toEqual(ids.toSorted());
    found.push(...ids);
    if (!page.nextCursor) break;
    next = `&cursor=${page.nextCursor}`;
  }
  expect(found.sort()).toEqual(all);
});

describe("the agency reads the same bytes", () => {
  const { mayBeCalled: _, callDigits: _digits, ...quiet } = citizen;

  /** All that anybody but citizen and inspectors is told of a complaint, with its id and instants blanked. */
  async function toldOf(filed: Receipt) {
    const as = `agency-${agencyId}`;
    const paths = ["", "/deadlines"].map((rest) => `/v1/agency/complaints/${filed.id}${rest}`);
    const views = [];
    for (const path of paths) {
      const { text, headers } = await cloud.call({ as, path });
      views.push(withoutTwinMarks(text, filed), headers.get("etag"));
    }
    const lines = async (path: string) => {
      const { items } = Page.parse(await done({ as, path }));
      return items
        .filter((item) => JSON.stringify(item).includes(filed.id))
        .map((item) => withoutTwinMarks(JSON.stringify(item), filed));
    };
    const lists = [
      await lines("/v1/agency/complaints?limit=100"),
      await lines("/v1/agency/complaints?status=closed&limit=100"),
    ];
    const mails = (await mailsAbout(cloud.endpoints, filed.id)).map(({ to, subject, text, html }) =>
      withoutTwinMarks(JSON.stringify([to, subject, text, html]), filed),
    );
    mails.sort();
    return { views, lists, mails };
  }

  test("of a dispute that was carried and of the citizen's own, of a citizen who was called and of one who did not agree", async () => {
    await cloud.receiveAll(agencyId);
    const reason = "زهرا محمدی هستم، ۰۹۱۲۲۰۰۲۵۸۰، و کار انجام نشده است.";
    const [theirs, own] = [await agree(), await cloud.file({ agencyId, citizen: quiet })];
    const feed = `/v1/agency/events?limit=100&after=${encodeURIComponent(`${theirs.id}/1`)}`;
    for (const one of [theirs, own]) await answer(one);
    await cloud.clock.advance(9 * day);
    expect(await isListed(theirs)).toBe(true);
    await carried(theirs, reason);
    await asCitizen(own, "dispute", { reason });
    await called(theirs, { outcome: "answered", opinion });
    await cloud.clock.advance(hour);
    expect(await toldOf(theirs)).toEqual(await toldOf(own));
    const queue = (await cloud.receiveAll(agencyId)).map(({ text }) => text);
    const { items } = Page.parse(await done({ as: `agency-${agencyId}`, path: feed }));
    const events = items.map((item) => JSON.stringify(item)).filter((text) => !text.includes(`${theirs.id}/1"`));
    for (const entries of [queue, events]) {
      const about = (one: Receipt) =>
        entries
          .filter((text) => text.includes(one.id) && !text.includes(`${one.id}/1"`))
          .map((text) => withoutTwinMarks(text, one));
      expect(about(theirs)).toEqual(about(own));
      expect(about(own).length).toBeGreaterThan(1);
    }
    const { text } = await cloud.call({ as: `agency-${agencyId}`, path: `/v1/agency/complaints/${theirs.id}` });
    for (const given of ["زهرا", "۲۰۰۲۵۸۰", "call-centre"]) expect(text).not.toContain(given);
  });

  test("and no event, queue, feed or log of ours names the phone", async () => {
    const filed = await agree();
    await asCitizen(filed, "withdrawal");
    expect(await isListed(filed)).toBe(true);
    const items = JSON.stringify(await cloud.tables.itemsOf(filed.id));
    for (const given of ["9122002580", "mayBeCalled", "calls", "CALL"]) expect(items).not.toContain(given);
  });
});
