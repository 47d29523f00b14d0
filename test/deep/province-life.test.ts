import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { provinceFile, readProvince } from "#infra/provinces/province-files.ts";
import type { Province } from "#shared/province/schema.ts";
import { localDate } from "#shared/time/local-time.ts";
import { filingBody } from "../support/a-complaint.ts";
import type { Call } from "../support/api-caller.ts";
import { cloudOver, type RunningCloud, synthesizeProvince } from "../support/restarted-cloud.ts";
import { assemblyOf } from "../support/synthesized.ts";

const hour = 3_600_000;
const before = readProvince("alborz");
const closed = "tax-affairs";
const joined = "finance";
/** Everything that goes with the second version of the file. */
const going = {
  agencyId: closed,
  countyId: "taleqan",
  officeId: "tax-affairs-taleqan-1",
  category: "postponed-without-reason",
};
const officer = { name: "مریم رستمی" };
const words = { finding: "founded", cause: "capacity", text: "رسیدگی شد." };
const upheld = { ...words, upholdsAnswer: true };

/** A year later: an agency joined to a new one, a county renamed; a category, a cause, an office and clients ended. */
function grown(today: string): Province {
  const gone = (successorId: string) => ({ retiredFrom: today, successorId });
  const file = structuredClone(before);
  const [agency, county] = [file.agencies.find(({ id }) => id === closed), file.counties.find(isTaleqan)];
  if (!agency || !county) throw new Error("the province has another shape now");
  file.counties.push({ ...county, id: "upper-taleqan", tile: undefined });
  Object.assign(county, gone("upper-taleqan"));
  for (const one of [...file.agencies, ...file.overseers])
    if (one.countyIds?.includes("taleqan")) one.countyIds.push("upper-taleqan");
  const office = { id: `${joined}-1`, name: agency.name, countyId: "upper-taleqan" };
  // It came later, so it serves the renamed county by its new id alone.
  const countyIds = agency.countyIds.filter((id) => id !== "taleqan");
  file.agencies.push({ ...agency, id: joined, countyIds, offices: [office], clientIds: [`agency-${joined}`] });
  Object.assign(agency, gone(joined));
  Object.assign(file.categories.find(({ id }) => id === "postponed-without-reason") ?? {}, gone("disrespect"));
  Object.assign(file.causes.find(({ id }) => id === "conduct") ?? {}, gone("none"));
  Object.assign(file.agencies[0]?.offices[0] ?? {}, { retiredFrom: today });
  for (const one of [...file.frontEnds, ...file.overseers])
    if (one.clientId === "web-portal" || one.clientId === "governor-fardis") one.retiredFrom = today;
  const shorter = { intervals: [{ from: "09:00", to: "11:00" }], source: ["made up"], certain: true };
  for (const days of [9, 10, 11, 12, 13, 14, 15])
    file.officeHours.overrides.push({ ...shorter, date: dayAfter(today, days), reason: "ساعت کاری تازه" });
  return file;
}
const isTaleqan = ({ id }: { id: string }) => id === "taleqan";
const dayAfter = (today: string, days: number) =>
  new Date(Date.parse(today) + days * 24 * hour).toISOString().slice(0, 10);

const folder = mkdtempSync(join(tmpdir(), "foad-life-"));
const state = join(folder, "state");
let cloud: RunningCloud;
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const Opened = z.object({ id: z.string(), secret: z.string() });
type Opened = z.infer<typeof Opened>;
const open: Record<string, Opened> = {};
const one = (name: string): Opened => open[name] ?? { id: "", secret: "" };

/** Nothing may answer 500, whoever asks for what. */
async function called(call: Call) {
  const answered = await cloud.call(call);
  expect(answered.status, `${call.method} ${call.path}: ${answered.text}`).toBeLessThan(500);
  return answered;
}
const post = (path: string, body: unknown, by: Partial<Call>) => called({ ...by, method: "POST", path, body });
const asAgency = (name: string, move: string, body: unknown) =>
  post(`/v1/agency/complaints/${one(name).id}/${move}`, body, { as: `agency-${closed}` });
const asCitizen = (name: string, move: string, body: unknown) =>
  post(`/v1/complaints/${one(name).id}/${move}`, body, { secret: one(name).secret });
const asInspector = (name: string, move: string, body: unknown) =>
  post(`/v1/inspector/complaints/${one(name).id}/${move}`, body, { as: "inspector-1" });
const filing = (fields: Record<string, unknown>, { as = "call-centre-128", key = `${crypto.randomUUID()}` } = {}) =>
  post("/v1/complaints", filingBody({ ...going, ...fields }), { as, headers: { "idempotency-key": key } });
const standing = async (name: string) =>
  (await called({ secret: one(name).secret, path: `/v1/complaints/${one(name).id}` })).body;

const fromTheWeb = () => filing({ channel: "web" }, { as: "web-portal", key: "filed-before-the-day" });
const fileAs = async (name: string, fields: Record<string, unknown> = {}) => {
  open[name] = Opened.parse(await cloud.file({ ...going, ...fields }));
};

/** With a key, so that it can be sent again, and with the cause that goes. */
const answerAgain = () =>
  post(
    `/v1/agency/complaints/${one("answered").id}/answer`,
    { officer, ...words, cause: "conduct" },
    { as: `agency-${closed}`, headers: { "idempotency-key": "answered-before-the-day" } },
  );

/** One of each status, one that is late, one by the front end that goes, a retaliation report and one elsewhere. */
async function openEverywhere(): Promise<void> {
  await fileAs("late");
  await cloud.advance(8 * 24 * hour);
  for (const name of ["filed", "acknowledged", "answered", "disputed", "to be sent on"]) await fileAs(name);
  await fileAs("elsewhere", { agencyId: "education", officeId: undefined });
  for (const name of ["acknowledged", "disputed"]) await asAgency(name, "acknowledgement", { officer });
  await asAgency("disputed", "answer", { officer, ...words });
  await answerAgain();
  await asCitizen("disputed", "dispute", { reason: "کار انجام نشده است." });
  open.retaliation = Opened.parse((await filing({ retaliationFor: one("answered") })).body);
  open["from the web"] = Opened.parse((await fromTheWeb()).body);
  // Feeds serve what is half a minute old.
  await cloud.advance(60_000);
}

beforeAll(async () => {
  const after = grown(localDate(new Date().toISOString()));
  const next = await synthesizeProvince(after, join(folder, "next"));
  const first = { provinceFile: provinceFile(before.id), assembly: assemblyOf(before.id) };
  cloud = await cloudOver(state, first);
  await openEverywhere();
  await cloud.stop();
  cloud = await cloudOver(state, next);
});

test("the catalog marks what is retired, and what takes its place", async () => {
  const { body } = await called({ path: "/v1/catalog" });
  const gone = (id: string, successorId: string) =>
    expect.objectContaining({ id, successorId, retiredFrom: expect.any(String) });
  expect(body).toMatchObject({
    counties: expect.arrayContaining([gone("taleqan", "upper-taleqan")]),
    agencies: expect.arrayContaining([gone(closed, joined)]),
    categories: expect.arrayContaining([gone("postponed-without-reason", "disrespect")]),
    causes: expect.arrayContaining([gone("conduct", "none")]),
  });
});

describe("a filing", () => {
  const kept = { agencyId: "education", countyId: "karaj", officeId: undefined, category: "disrespect" };
  const first = before.agencies[0]?.offices[0]?.id;

  test.each([
    ["an agency that is closed", { ...kept, agencyId: closed }, joined],
    ["a county that was renamed", { ...kept, countyId: "taleqan" }, "upper-taleqan"],
    ["a category that is not used any more", { ...kept, category: "postponed-without-reason" }, "disrespect"],
    ["an office that is closed", { ...kept, agencyId: before.agencies[0]?.id, officeId: first }, undefined],
  ])("to %s is refused, and told where to", async (_, fields, successorId) => {
    const { status, body } = await filing(fields);
    expect({ status, body }).toMatchObject({ status: 422, body: { code: "retired" } });
    expect(Object(body).successorId).toBe(successorId);
  });

  test("to what took its place is taken, under the county's new name", async () => {
    const fields = { agencyId: joined, countyId: "upper-taleqan", officeId: `${joined}-1`, category: "disrespect" };
    expect((await filing(fields)).status).toBe(201);
  });

  test("by a front end that is retired is refused, but what it filed before is answered as it was", async () => {
    const fields = { ...kept, channel: "web" };
    expect(await filing(fields, { as: "web-portal" })).toMatchObject({ status: 422, body: { code: "retired" } });
    expect(await fromTheWeb()).toMatchObject({ status: 201, body: one("from the web") });
    expect(await standing("from the web")).toMatchObject({ status: "filed" });
    expect(await called({ as: "web-portal", path: "/v1/front-end/events" })).toMatchObject({
      body: { items: [{ complaintId: one("from the web").id }] },
    });
  });

  test("about retaliation is taken, though the agency whose people it is about is closed", async () => {
    const fields = { retaliationFor: one("acknowledged") };
    expect(await filing(fields)).toMatchObject({ status: 201, body: { status: "disputed" } });
  });
});

describe("a cause that is not named any more", () => {
  const gone = { status: 422, body: { code: "retired", successorId: "none" } };

  test("is refused in an answer and in a decision, and told what to name", async () => {
    const body = { ...words, cause: "conduct" };
    expect(await asAgency("filed", "answer", { officer, ...body })).toMatchObject(gone);
    expect(await asInspector("elsewhere", "decision", body)).toMatchObject(gone);
  });

  test("stands where it was named before, and the answer that named it is answered as it was if it is sent again", async () => {
    const answer = { cause: "conduct", text: words.text };
    expect(await answerAgain()).toMatchObject({ status: 200, body: { status: "answered", answer } });
    expect(await standing("answered")).toMatchObject({ version: 2, answer });
  });
});

test("everything open is read, and its deadlines are explained", async () => {
  for (const name of Object.keys(open)) {
    const { id, secret } = one(name);
    expect(await standing(name)).toMatchObject({ id, category: going.category });
    const { body } = await called({ secret, path: `/v1/complaints/${id}/deadlines` });
    const { clocks } = z.object({ clocks: z.array(z.object({ duration: z.string() })).min(1) }).parse(body);
    expect(clocks.length).toBeGreaterThan(0);
    for (const path of [id, `${id}/deadlines`])
      expect((await called({ as: "inspector-1", path: `/v1/inspector/complaints/${path}` })).status).toBe(200);
  }
});

test("what is late climbs on and its overseers see it, but not the one whose access ended", async () => {
  const { level } = z.object({ level: z.number() }).parse(await standing("late"));
  await cloud.advance(8 * 24 * hour);
  expect(await standing("late")).toMatchObject({ level: level + 1 });
  const seen = await called({ as: "governor-taleqan", path: "/v1/overseer/complaints?limit=100" });
  expect(JSON.stringify(seen.body)).toContain(one("late").id);
  expect(await called({ as: "governor-fardis", path: "/v1/overseer/complaints" })).toMatchObject({
    status: 403,
    body: { code: "not-registered" },
  });
});

test("nothing is sent on to an agency that is closed; what it has, it may send on to the one that took its place", async () => {
  const transfer = { toAgencyId: closed, reason: "به آن اداره مربوط است." };
  const elsewhere = `complaints/${one("elsewhere").id}/transfer`;
  for (const [as, caller] of [
    ["agency-education", "agency"],
    ["inspector-1", "inspector"],
  ])
    expect(await post(`/v1/${caller}/${elsewhere}`, transfer, { as: as ?? "" })).toMatchObject({
      status: 422,
      body: { code: "retired", successorId: joined },
    });
  expect(await asAgency("to be sent on", "transfer", { ...transfer, toAgencyId: joined })).toMatchObject({
    status: 200,
    body: { agencyId: joined },
  });
});

test("nothing open is stuck: all of it is finished by whoever had it", async () => {
  const done = async (call: Promise<{ status: number; text: string }>) => {
    const { status, text } = await call;
    expect(status, text).toBe(200);
  };
  for (const name of ["filed", "late"]) await done(asAgency(name, "acknowledgement", { officer }));
  for (const name of ["filed", "late", "acknowledged", "from the web"])
    await done(asAgency(name, "answer", { officer, ...words }));
  for (const name of ["filed", "from the web"]) await done(asCitizen(name, "acceptance", {}));
  for (const name of ["late", "acknowledged"]) await done(asCitizen(name, "dispute", { reason: "انجام نشده است." }));
  for (const name of ["late", "acknowledged", "disputed"]) await done(asInspector(name, "decision", upheld));
  for (const name of ["retaliation", "to be sent on", "elsewhere"]) await done(asInspector(name, "decision", words));
  await cloud.advance(11 * 24 * hour);
  for (const name of Object.keys(open)) expect(await standing(name), name).toMatchObject({ status: "closed" });
});

test("the closed agency's queue and feed go on, and hold all of it", async () => {
  await cloud.advance(hour);
  const told = (await cloud.receiveAll(closed)).map(({ event }) => event);
  const ends = { filed: "accepted", late: "decided", acknowledged: "decided", "to be sent on": "transferred" };
  for (const [name, end] of Object.entries(ends))
    expect(told).toContainEqual(
      expect.objectContaining({ subject: one(name).id, type: `ir.foad.complaint.${end}.v1` }),
    );
  const { body } = await called({ as: `agency-${closed}`, path: "/v1/agency/events?limit=100" });
  const fed = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(body)
    .items.map(({ id }) => id);
  expect(new Set(told.map(({ id }) => id))).toEqual(new Set(fed));
  expect((await cloud.receiveAll(joined)).map(({ event }) => event.subject)).toContain(one("to be sent on").id);
});
