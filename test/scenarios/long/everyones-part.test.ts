import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { filingBody } from "../../support/a-complaint.ts";
import type { Call, Receipt } from "../../support/api-caller.ts";
import { expectHeadsMatchEvents } from "../../support/heads-made-of-events.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const agency = "agency-social-security";
const officer = { name: "مریم رستمی", personnelId: "1024" };
const hour = 60 * 60_000;

// The first page is made within five minutes, which takes as long as a scenario.
beforeAll(() => cloud.clock.advance(6 * 60_000));

const View = z.looseObject({
  status: z.string(),
  version: z.int(),
  level: z.int(),
  closure: z.string().optional(),
  history: z.array(z.looseObject({ version: z.int().optional(), private: z.int().optional(), type: z.string() })),
});
const List = z.object({
  items: z.array(z.looseObject({ id: z.string().optional() })),
  nextCursor: z.string().optional(),
});

async function expectOf(call: Call, status: number): Promise<unknown> {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
  return answered.body;
}
const viewBy = async (call: Call) => View.parse(await expectOf(call, 200));
const listBy = async (call: Call) => List.parse(await expectOf(call, 200));

/** What a caller does with a complaint: `act("inspector-1", id, "decision", body)`. */
const places: Record<string, string> = { agency: "agency/complaints", inspector: "inspector/complaints" };
const placeOf = (as: string) => places[as.split("-")[0] ?? ""] ?? "complaints";
const act = (as: string, id: string, what: string, body: unknown, status = 200) =>
  expectOf({ as, method: "POST", path: `/v1/${placeOf(as)}/${id}/${what}`, body }, status);
const ownAct = ({ id, secret }: Receipt, what: string, body: unknown, status = 200) =>
  expectOf({ secret, method: "POST", path: `/v1/complaints/${id}/${what}`, body }, status);
const own = ({ id, secret }: Receipt) => viewBy({ secret, path: `/v1/complaints/${id}` });
const typesIn = ({ history }: z.infer<typeof View>) => history.map(({ type }) => type);

const answer = { officer, finding: "unfounded", cause: "none", text: "کارشناس در مأموریت بود.", actions: [] };
const ofInspector = {
  finding: "founded",
  cause: "staff-absent",
  text: "در بازدید کسی پشت باجه نبود.",
  actions: [{ text: "باجهٔ دوم باز شود" }],
};
/** On what an agency has answered. */
const decision = { ...ofInspector, upholdsAnswer: false };

async function disputed(fields: Record<string, unknown> = {}): Promise<Receipt> {
  const filed = await cloud.file(fields);
  await act(agency, filed.id, "answer", answer);
  await ownAct(filed, "dispute", { reason: "همان روز هم کسی نبود." });
  return filed;
}

describe("a dispute", () => {
  test("goes to the inspectors, who look, ask, report and decide; everybody is told their part of it", async () => {
    const filed = await disputed({ citizen: { name: "زهرا محمدی", phone: "09122002580" } });
    const { id, secret } = filed;
    expect((await listBy({ as: "inspector-1", path: "/v1/inspector/complaints?queue=disputed" })).items).toMatchObject([
      { id, status: "disputed" },
    ]);
    const plannedAt = new Date(cloud.clock.now() + 24 * hour).toISOString();
    const ordered = z.object({ visitId: z.string() }).parse(await act("inspector-1", id, "visits", { plannedAt }, 201));
    const visits = () => listBy({ as: "inspector-2", path: "/v1/inspector/visits" });
    expect((await visits()).items).toMatchObject([{ visitId: ordered.visitId, plannedAt, complaint: { id } }]);
    expect(typesIn(await viewBy({ as: agency, path: `/v1/agency/complaints/${id}` }))).not.toContain("visit-ordered");

    await ownAct(filed, "messages", { text: "من زهرا محمدی هستم، شماره‌ام ۰۹۱۲۲۰۰۲۵۸۰" }, 201);
    await act("inspector-1", id, "messages", { text: "ممنون خانم محمدی" }, 201);
    await act(agency, id, "messages", { officer, text: "پرونده را بررسی می‌کنیم." }, 201);
    await act(agency, id, "statement", { employee: { name: "رضا کریمی" }, text: "در مأموریت اداری بودم." });
    const identity = await expectOf({ as: "inspector-2", path: `/v1/inspector/complaints/${id}/identity` }, 200);
    expect(identity).toEqual({ name: "زهرا محمدی", phone: "+989122002580" });

    const report = {
      arrivedAt: new Date(cloud.clock.now()).toISOString(),
      visitResult: "confirmed",
      text: "کسی نبود",
      location: { latitude: 36.3, longitude: 50 },
    };
    await act("inspector-1", id, `visits/${ordered.visitId}/report`, report);
    expect((await visits()).items).toEqual([]);
    await act("inspector-1", id, "decision", decision);

    const seen = await own(filed);
    expect(seen).toMatchObject({
      status: "closed",
      closure: "decided",
      answer: { finding: "unfounded", cause: "none" },
      decision,
    });
    expect(seen).toMatchObject({ identityReads: [{ inspector: "رضا کاظمی" }] });
    const numbersOf = (history: { version?: number | undefined }[]) => history.flatMap(({ version }) => version ?? []);
    expect(numbersOf(seen.history)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(seen.history.flatMap(({ entryNumber: n, type }) => (n ? [[n, type]] : []))).toEqual([
      [1, "visit-ordered"],
      [2, "identity-read"],
    ]);
    expect(typesIn(seen)).toEqual([
      "filed",
      "answered",
      "disputed",
      "visit-ordered",
      "message-posted",
      "message-posted",
      "message-posted",
      "internal",
      "identity-read",
      "visit-reported",
      "decided",
    ]);
    const theirs = await cloud.call({ as: agency, path: `/v1/agency/complaints/${id}` });
    // No gap tells that an inspector is coming, or has asked who complains.
    expect(numbersOf(View.parse(theirs.body).history)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(typesIn(View.parse(theirs.body))).toEqual([
      "filed",
      "answered",
      "disputed",
      "message-posted",
      "message-posted",
      "message-posted",
      "statement-added",
      "visit-reported",
      "decided",
    ]);
    expect(theirs.text).not.toMatch(/زهرا|محمدی|۰۹۱۲/);
    expect(theirs.text).toContain("ممنون خانم █████");
    expect(await expectOf({ secret, path: `/v1/complaints/${id}/deadlines` }, 200)).toMatchObject({
      clocks: [{}, {}, {}, { step: "review", metAt: expect.any(String), breached: false }],
    });
  });

  test("cannot be decided by an agency, and a closed case takes no message, visit or move", async () => {
    const { id } = await disputed();
    await act("inspector-1", id, "rejection", { reason: "out-of-scope", text: "به مرجع قضایی مربوط است." });
    for (const [what, body] of Object.entries({
      decision,
      visits: { plannedAt: new Date(cloud.clock.now()).toISOString() },
      messages: { text: "سلام" },
    }))
      expect(await act("inspector-1", id, what, body, 409)).toMatchObject({ code: "wrong-state" });
  });
});

describe("a decision", () => {
  const refusal = (path: string) => ({ code: "invalid", errors: [{ path, message: expect.any(String) }] });

  test("on an answer says whether that is upheld, and names a cause of the province's, before it is taken", async () => {
    const { id } = await disputed();
    const tried = (body: object) => act("inspector-1", id, "decision", body, 400);
    expect(await tried(ofInspector)).toMatchObject(refusal("upholdsAnswer"));
    expect(await tried({ ...decision, cause: undefined })).toMatchObject(refusal("cause"));
    expect(await tried({ ...decision, cause: "bad-weather" })).toMatchObject(refusal("cause"));
    expect(await act("inspector-1", id, "decision", decision)).toMatchObject({
      decision: { cause: "staff-absent", upholdsAnswer: false },
    });
  });

  test("does not contradict itself: a founded complaint has a cause, and an answer is upheld with its own finding", async () => {
    const { id } = await disputed();
    const tried = (body: object) => act("inspector-1", id, "decision", body, 400);
    expect(await tried({ ...decision, cause: "none" })).toMatchObject(refusal("cause"));
    expect(await tried({ ...decision, upholdsAnswer: true })).toMatchObject(refusal("upholdsAnswer"));
    const upheld = { ...decision, finding: "unfounded", cause: "none", upholdsAnswer: true };
    expect(await act("inspector-1", id, "decision", upheld)).toMatchObject({
      decision: { finding: "unfounded", upholdsAnswer: true },
    });
  });

  test("on what nobody has answered upholds nothing", async () => {
    const { id } = await cloud.file();
    expect(await act("inspector-1", id, "decision", decision, 400)).toMatchObject(refusal("upholdsAnswer"));
    const decided = z.looseObject({ decision: z.looseObject({}) });
    const view = decided.parse(await act("inspector-1", id, "decision", ofInspector));
    expect(view.decision).not.toHaveProperty("upholdsAnswer");
  });
});

describe("what names the citizen", () => {
  test("is read masked by everybody else, though it was as long as it may be and is longer masked", async () => {
    const citizen = { name: "رضا تقوی", phone: "09122002580" };
    const naming = (longest: number) => "رضا تقوی ".repeat(longest / 9).trim();
    const filed = await disputed({ citizen, employee: { counter: naming(100) } });
    await act("inspector-1", filed.id, "decision", { ...decision, actions: [{ text: naming(1_000) }] });
    const { status, text } = await cloud.call({ as: agency, path: `/v1/agency/complaints/${filed.id}` });
    expect([status, text.includes("تقوی")]).toEqual([200, false]);
    expect(text).toContain(`"counter":"${"█████ █████ ".repeat(11).trim()}"`);
    expect(text).toContain(`"text":"${"█████ █████ ".repeat(111).trim()}"`);
    expect(await viewBy({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}` })).toMatchObject({
      decision: { actions: [{ text: naming(1_000) }] },
    });
    expect(await own(filed)).toMatchObject({ decision: { actions: [{ text: naming(1_000) }] } });
  });
});

describe("a third transfer", () => {
  test("is an inspector's to make", async () => {
    const { id } = await cloud.file();
    await act(agency, id, "transfer", { toAgencyId: "gas", reason: "به گاز مربوط است." });
    await act("agency-gas", id, "transfer", { toAgencyId: "post", reason: "به پست مربوط است." });
    const third = { toAgencyId: "tax-affairs", reason: "به مالیات مربوط است." };
    expect(await act("agency-post", id, "transfer", third, 409)).toMatchObject({ code: "transfer-limit" });
    expect(await act("inspector-1", id, "transfer", third)).toMatchObject({
      agencyId: "tax-affairs",
      transferCount: 3,
    });
    expect(await act("agency-post", id, "acknowledgement", { officer }, 404)).toMatchObject({ code: "not-found" });
    await act("agency-tax-affairs", id, "acknowledgement", { officer });
  });
});

describe("somebody anonymous", () => {
  test("is answered, writes back, rates, and was never anybody", async () => {
    const filed = await cloud.file();
    await act(agency, filed.id, "messages", { officer, text: "شمارهٔ نوبت شما چند بود؟" }, 201);
    await ownAct(filed, "messages", { text: "نوبت ۱۲" }, 201);
    await act(agency, filed.id, "answer", answer);
    expect(await expectOf({ as: "inspector-1", path: `/v1/inspector/complaints/${filed.id}/identity` }, 200)).toEqual(
      {},
    );
    await ownAct(filed, "acceptance", {});
    const seen = await own(filed);
    expect(seen).toMatchObject({
      closure: "accepted",
      identityReads: [],
      messages: [
        { by: "agency", officer: { name: officer.name } },
        { by: "citizen", text: "نوبت ۱۲" },
      ],
    });
  });
});

describe("a retaliation report", () => {
  test("is the inspectors' alone: no agency sees, hears or is mailed of it, and who judged before does not judge it", async () => {
    const before = await disputed();
    await act("inspector-1", before.id, "decision", decision);
    const { version } = await own(before);
    const refused = await cloud.call({
      as: "call-centre-128",
      method: "POST",
      path: "/v1/complaints",
      headers: { "idempotency-key": "no-proof-1" },
      body: filingBody({ retaliationFor: { id: before.id, secret: "0000-0000" } }),
    });
    expect(refused).toMatchObject({ status: 422, body: { code: "unknown-earlier-complaint" } });

    const { id, secret } = await cloud.reportRetaliation(before);
    expect((await own(before)).version).toBe(version);
    expect(await act(agency, id, "acknowledgement", { officer }, 404)).toMatchObject({ code: "not-found" });
    await expectOf({ as: agency, path: `/v1/agency/complaints/${id}` }, 404);
    const listed = await listBy({ as: agency, path: "/v1/agency/complaints?limit=100" });
    expect(listed.items.map((item) => item.id)).not.toContain(id);
    expect(await act("inspector-1", id, "decision", ofInspector, 409)).toMatchObject({ code: "conflict-of-interest" });
    await act("inspector-2", id, "messages", { text: "پیگیری می‌شود." }, 201);
    // Nobody ever answered it, so there is no answer to uphold.
    expect(await act("inspector-2", id, "decision", decision, 400)).toMatchObject({
      errors: [{ path: "upholdsAnswer" }],
    });
    expect(await act("inspector-2", id, "decision", ofInspector)).toMatchObject({ retaliationFor: before.id });
    await cloud.clock.advance(60_000);
    const queued = JSON.stringify(await cloud.receiveEverywhere());
    expect(queued).not.toContain(id);
    expect(queued).toContain(before.id);
    const fed = await cloud.call({ as: agency, path: "/v1/agency/events?limit=100" });
    expect(fed.text).not.toContain(id);
    expect(await expectOf({ secret, path: `/v1/complaints/${id}/deadlines` }, 200)).toMatchObject({
      clocks: [{ step: "review", breached: false }],
    });
  });

  test("whose review is late comes before the governor-general, and not before the county's governor", async () => {
    const { id } = await cloud.reportRetaliation(await cloud.file());
    await cloud.clock.advance(49 * hour);
    const seen = async (as: string) => {
      const path = "/v1/overseer/complaints";
      const listed = await listBy({ as, path: `${path}?limit=100` });
      return [listed.items.some((item) => item.id === id), (await cloud.call({ as, path: `${path}/${id}` })).status];
    };
    expect(await seen("governor-general")).toEqual([true, 200]);
    for (const as of ["governor-qazvin", "overseer-governor-qazvin"]) expect(await seen(as)).toEqual([false, 404]);
  });
});

describe("what climbs", () => {
  test("comes before the overseers of its level and counties, and the inspectors, and leaves them when it is closed", async () => {
    const filed = await cloud.file({ category: "disrespect", countyId: "takestan" });
    const path = "/v1/overseer/complaints?limit=100";
    const sees = async (as: string) => (await listBy({ as, path })).items.some(({ id }) => id === filed.id);
    const opens = async (as: string) => (await cloud.call({ as, path: `/v1/overseer/complaints/${filed.id}` })).status;
    expect([await sees("governor-takestan"), await opens("governor-takestan")]).toEqual([false, 404]);
    // To the county governor's level: the breach, and three office hours more.
    while ((await own(filed)).level < 2) await cloud.clock.advance(4 * hour);
    expect([await sees("governor-takestan"), await opens("governor-takestan")]).toEqual([true, 200]);
    expect([await sees("governor-qazvin"), await opens("governor-qazvin")]).toEqual([false, 404]);
    const desk = () => listBy({ as: "inspector-1", path: "/v1/inspector/complaints?queue=escalated&limit=100" });
    expect((await desk()).items.map(({ id }) => id)).toContain(filed.id);
    await ownAct(filed, "withdrawal", {});
    expect(await sees("governor-takestan")).toBe(false);
    expect((await desk()).items.map(({ id }) => id)).not.toContain(filed.id);
  });
});

describe("a feed", () => {
  const Feed = z.object({
    items: z.array(z.looseObject({ id: z.string(), type: z.string() })),
    nextCursor: z.string().optional(),
  });
  async function follow(as: string, path: string, after?: string) {
    const all: z.infer<typeof Feed>["items"] = [];
    for (let cursor = after; ; ) {
      const page = Feed.parse(await expectOf({ as, path: `${path}?limit=2${cursor ? `&after=${cursor}` : ""}` }, 200));
      all.push(...page.items);
      cursor = page.nextCursor;
      if (!cursor) return all;
    }
  }

  test("tells an agency what its queue told, half a minute later, and goes on after any event", async () => {
    const filed = await cloud.file({ agencyId: "gas" });
    await act("agency-gas", filed.id, "acknowledgement", { officer });
    await act("agency-gas", filed.id, "transfer", { toAgencyId: "post", reason: "به پست مربوط است." });
    const fresh = await follow("agency-gas", "/v1/agency/events");
    expect(fresh.map(({ id }) => id)).not.toContain(`${filed.id}/3`);
    await cloud.clock.advance(31_000);
    const ids = async (as: string, after?: string) =>
      (await follow(as, "/v1/agency/events", after)).map(({ id }) => id).filter((id) => id.startsWith(filed.id));
    expect(await ids("agency-gas")).toEqual([1, 2, 3].map((n) => `${filed.id}/${n}`));
    expect(await ids("agency-gas", `${filed.id}/1`)).toEqual([2, 3].map((n) => `${filed.id}/${n}`));
    expect(await ids("agency-post")).toEqual([`${filed.id}/3`]);
    const foreign = await cloud.call({ as: "agency-post", path: `/v1/agency/events?after=${filed.id}/1` });
    expect(foreign).toMatchObject({ status: 400, body: { code: "cursor-invalid" } });
  });

  test("tells both agencies of a transfer who has it now and who is to drop it, and so do their queues", async () => {
    const filed = await cloud.file({ agencyId: "gas" });
    await act("agency-gas", filed.id, "transfer", { toAgencyId: "post", reason: "به پست مربوط است." });
    await cloud.clock.advance(31_000);
    for (const agencyId of ["gas", "post"]) {
      const fed = (await follow(`agency-${agencyId}`, "/v1/agency/events")).find(({ id }) => id === `${filed.id}/2`);
      expect(fed).toMatchObject({ data: { agencyId: "post", fromAgencyId: "gas" } });
      const queued = (await cloud.receiveAll(agencyId)).map(({ event }) => event);
      expect(queued.find(({ id }) => id === `${filed.id}/2`)).toEqual(fed);
      for (const { type, data } of queued)
        expect(Object.keys(data).includes("fromAgencyId")).toBe(type.includes("transferred"));
    }
  });

  test("tells a front end what happened to its own filings, and no word of what anybody wrote", async () => {
    const filed = await cloud.file();
    await act(agency, filed.id, "answer", answer);
    await cloud.clock.advance(31_000);
    const told = (await follow("call-centre-128", "/v1/front-end/events")).filter(({ id }) => id.startsWith(filed.id));
    expect(told).toEqual([
      {
        id: expect.stringMatching(new RegExp(`^${filed.id}/[0-9A-Z]{8}$`)),
        complaintId: filed.id,
        type: "filed",
        status: "filed",
        time: expect.any(String),
      },
      expect.objectContaining({ type: "answered", status: "answered" }),
    ]);
    expect(await follow("web-portal", "/v1/front-end/events")).toEqual([]);
  });
});

test("every head is what its events make of it", async () => {
  expect(await expectHeadsMatchEvents(cloud)).toBeGreaterThan(0);
});

test("an inspector's claim is seen by colleagues alone, gives way to one of them, lapses after a day and is no event", async () => {
  const { id, secret } = await disputed({ countyId: "takestan", officeId: undefined });
  const one = { path: `/v1/inspector/complaints/${id}` };
  const claim = (as: string) => expectOf({ as, method: "POST", path: `${one.path}/claim`, body: {} }, 200);
  const leave = (as: string) => expectOf({ as, method: "DELETE", path: `${one.path}/claim` }, 200);
  const before = await own({ id, secret } as Receipt);
  expect(await claim("inspector-1")).toMatchObject({ id, claim: { inspector: "inspector-1" } });
  const listed = async (as: string, query: string) =>
    (await listBy({ as, path: `/v1/inspector/complaints?${query}` })).items.filter((item) => item.id === id);
  for (const query of ["queue=disputed&countyId=takestan&limit=100", "mine=true", "queue=disputed&mine=true"])
    expect(await listed("inspector-1", query), query).toMatchObject([{ claim: { inspector: "inspector-1" } }]);
  expect(await listed("inspector-2", "mine=true")).toEqual([]);
  expect(await listed("inspector-2", "queue=disputed&countyId=qazvin&limit=100")).toEqual([]);
  expect(await expectOf({ as: "inspector-2", ...one }, 200)).toMatchObject({ claim: { inspector: "inspector-1" } });
  expect(await leave("inspector-2")).toMatchObject({ claim: { inspector: "inspector-1" } });
  expect(await claim("inspector-2")).toMatchObject({
    claim: { inspector: "inspector-2" },
    takenFrom: { inspector: "inspector-1" },
  });
  expect(await listed("inspector-1", "mine=true")).toEqual([]);
  expect(await leave("inspector-2")).toEqual({ id });
  await claim("inspector-1");
  expect(await own({ id, secret } as Receipt)).toEqual(before);
  expect(JSON.stringify(await expectOf({ as: agency, path: `/v1/agency/complaints/${id}` }, 200))).not.toContain(
    "claim",
  );
  await cloud.clock.advance(24 * hour);
  expect(await listed("inspector-1", "mine=true")).toEqual([]);
  expect(await expectOf({ as: "inspector-2", ...one }, 200)).not.toHaveProperty("claim");
  // Without a queue the whole province is searched.
  expect(await listed("inspector-1", "countyId=takestan&status=disputed")).toMatchObject([{ id }]);
});
