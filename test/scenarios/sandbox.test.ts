import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { localDate } from "#shared/time/local-time.ts";
import { filingBody } from "../support/a-complaint.ts";
import { type Call, Receipt } from "../support/api-caller.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { everyEntry } from "../support/twins.ts";

const cloud = withLocalCloud();
const trial = "trial-application";
const officer = { name: "مریم رستمی" };
const words = { finding: "founded", cause: "none", text: "رسیدگی شد." };
const citizen = {
  name: "زهرا محمدی",
  phone: "09122002580",
  email: "canary-of-the-sandbox@example.org",
  mayBeCalled: true,
  shareWithAgency: true,
};
const Item = z.looseObject({ pk: z.string(), sk: z.string().optional(), expiresAt: z.number().optional() });
type Item = z.infer<typeof Item>;

const post = (path: string, body: unknown, who: Pick<Call, "as" | "secret">) =>
  cloud.call({ method: "POST", path, body, ...who });
const filing = (fields: Record<string, unknown>, as: string) =>
  cloud.call({
    as,
    method: "POST",
    path: "/v1/complaints",
    body: filingBody(fields),
    headers: { "idempotency-key": crypto.randomUUID() },
  });

async function items(): Promise<Map<string, Item>> {
  const all = z.array(z.string()).parse(JSON.parse(await cloud.tables.everything()));
  const read = all.map((text) => Item.parse(JSON.parse(text)));
  return new Map(read.map((item) => [`${item.pk} ${item.sk}`, item]));
}

/** All that anybody else may read, in the order in which it is told. */
async function toldToOthers(): Promise<string[]> {
  const lists = [
    { as: "agency-social-security", path: "/v1/agency/complaints?limit=100" },
    { as: "agency-social-security", path: "/v1/agency/complaints?status=closed&limit=100" },
    { as: "agency-social-security", path: "/v1/agency/events?limit=100" },
    { as: "call-centre-128", path: "/v1/front-end/events?limit=100" },
    { as: "call-centre-128", path: "/v1/front-end/calls?limit=100" },
    { as: "governor-qazvin", path: "/v1/overseer/complaints?limit=100" },
    ...["disputed", "escalated", "pressured"].map((queue) => ({
      as: "inspector-1",
      path: `/v1/inspector/complaints?queue=${queue}&limit=100`,
    })),
    { as: "inspector-1", path: "/v1/inspector/visits?limit=100" },
    { as: "admin", path: "/v1/admin/audit?limit=100" },
    { as: "admin", path: "/v1/admin/deliveries?limit=100" },
  ];
  const entries: string[] = [];
  for (const list of lists) entries.push(list.path, ...(await everyEntry(cloud, list)));
  for (const path of [
    "/v1/catalog",
    "/v1/statistics/waiting",
    "/v1/statistics?period=quarter&table=agency",
    "/",
    "/en",
  ])
    entries.push(await (await fetch(`${cloud.endpoints.api}${path}`)).text());
  return [...entries, await (await fetch(cloud.endpoints.mail)).text()];
}

const hour = 3_600_000;
const isLateInTehran = () => localDate(later(hour / 2)) !== localDate(later(0));
const later = (ms: number) => new Date(cloud.clock.now() + ms).toISOString();

const tried: Receipt[] = [];
let [before, after] = [new Map<string, Item>(), new Map<string, Item>()];
let toldBefore: string[] = [];
let toldAfter: string[] = [];

/** Files at the sandbox and acts on it as its agency, all by one client. */
async function tryOut(fields: Record<string, unknown>): Promise<Receipt> {
  const filed = await filing({ agencyId: "sandbox", ...fields }, trial);
  expect(filed.status, filed.text).toBe(201);
  const one = Receipt.parse(filed.body);
  tried.push(one);
  const path = `/v1/agency/complaints/${one.id}`;
  for (const [act, body] of Object.entries({
    acknowledgement: { officer },
    extension: { reason: "پرونده در بایگانی است." },
    messages: { officer, text: "پیگیری می‌شود." },
    answer: { officer, ...words },
  })) {
    const { status, text } = await post(`${path}/${act}`, body, { as: trial });
    expect(status, text).toBeLessThan(202);
  }
  return one;
}

beforeAll(async () => {
  const real = await cloud.file({ citizen: { email: "canary-of-another@example.org" } });
  await post(`/v1/agency/complaints/${real.id}/answer`, { officer, ...words }, { as: "agency-social-security" });
  await post(`/v1/complaints/${real.id}/dispute`, { reason: "کار انجام نشده است." }, real);
  // The page names the day: half an hour is left of it for what follows.
  await cloud.clock.advance(60_000);
  if (isLateInTehran()) await cloud.clock.advance(hour);
  await cloud.runRarest();
  [toldBefore, before] = [await toldToOthers(), await items()];

  const accepted = await tryOut({ citizen });
  const disputed = await tryOut({ citizen: { ...citizen, mayBeCalled: false } });
  const acts: [path: string, body: unknown][] = [
    [`${accepted.id}/acceptance`, {}],
    [`${accepted.id}/opinion`, { solved: "no", handling: 1, pressured: true }],
    [`${disputed.id}/consent`, { shareWithAgency: false }],
    [`${disputed.id}/consent`, { mayBeCalled: true }],
    [`${disputed.id}/messages`, { text: "ممنون" }],
    [`${disputed.id}/dispute`, { reason: "کار انجام نشده است." }],
  ];
  for (const [path, body] of acts) {
    const { secret } = path.startsWith(accepted.id) ? accepted : disputed;
    const { status, text } = await post(`/v1/complaints/${path}`, body, { secret });
    expect(status, `${path}: ${text}`).toBeLessThan(202);
  }
  // Feeds tell what is older than half a minute.
  await cloud.clock.advance(60_000);
  await cloud.runRarest();
  [toldAfter, after] = [await toldToOthers(), await items()];
});

test("what others are told stands byte for byte as it did: lists, feeds, figures, pages and mails", () => {
  expect(toldAfter).toEqual(toldBefore);
  expect(toldBefore.join("\n")).toContain("canary-of-another");
});

test("what was written lapses, who complains too, and is in the lists of the sandbox alone", () => {
  const written = [...after.entries()].filter(
    ([key, item]) => JSON.stringify(before.get(key)) !== JSON.stringify(item),
  );
  const ids = tried.map(({ id }) => id);
  const own = written.map(([, item]) => item).filter(({ pk }) => ids.some((id) => pk.includes(id)));
  // Head, text, events and notes of two, with who complains and what of that was shared.
  expect(own.length).toBeGreaterThan(20);
  expect(own.filter(({ pk }) => !/^[CP]#/.test(pk)).length).toBeGreaterThanOrEqual(4);
  expect(own.filter(({ expiresAt }) => expiresAt === undefined)).toEqual([]);
  const lifetimes = own.filter(({ sk }) => !sk?.startsWith("idempotency#")).map(({ expiresAt }) => expiresAt);
  expect(new Set(lifetimes).size).toBeLessThanOrEqual(2);
  const lists = own.flatMap(({ inbox, workQueue, due, cohort }) =>
    [inbox, workQueue, due, cohort].filter(Boolean).map(String),
  );
  expect([...new Set(lists)].sort()).toEqual(
    ["AGENCY#sandbox#closed", "AGENCY#sandbox#events", "AGENCY#sandbox#open", `FRONT-END#${trial}`].sort(),
  );
  const others = written.map(([, item]) => item).filter((item) => !own.includes(item));
  const traces = new RegExp(["sandbox", ...ids].join("|"));
  expect(others.filter((item) => traces.test(JSON.stringify(item)))).toEqual([]);
});

test("the events lie in the queue of the sandbox and in no other", async () => {
  const found = await cloud.receiveEverywhere();
  const ids = tried.map(({ id }) => id);
  expect(found.sandbox?.filter(({ event }) => event.type === "ir.foad.complaint.filed.v1")).toHaveLength(2);
  const { sandbox: _, ...others } = found;
  expect(JSON.stringify(others)).not.toMatch(new RegExp(ids.join("|")));
});

test("no time changes anything of it, and nobody is mailed, however late it is", async () => {
  await tryOut({ citizen });
  await cloud.clock.advance(12 * 24 * 60 * 60_000);
  const statuses: unknown[] = [];
  for (const { id, secret } of tried) {
    const { body } = await cloud.call({ secret, path: `/v1/complaints/${id}` });
    statuses.push(z.object({ status: z.string(), level: z.int() }).parse(body));
  }
  expect(statuses).toEqual(["closed", "disputed", "answered"].map((status) => ({ status, level: 0 })));
  const mails = await (await fetch(cloud.endpoints.mail)).text();
  expect(mails).toContain("canary-of-another");
  expect(mails).not.toContain(citizen.email);
  expect(mails).not.toMatch(new RegExp(tried.map(({ id }) => id).join("|")));
});

test.each([
  ["a front end that is not on trial", { agencyId: "sandbox" }, "call-centre-128", 422, "unknown-agency"],
  ["a program on trial, at an agency", {}, trial, 422, "unknown-agency"],
])("nothing is filed by %s", async (_, fields, as, status, code) => {
  const refused = await filing(fields, as);
  expect([refused.status, refused.body]).toEqual([status, expect.objectContaining({ code })]);
});

test("whoever has no part in it finds nothing there", async () => {
  const id = tried[0]?.id ?? "";
  for (const call of [
    { as: "agency-social-security", path: `/v1/agency/complaints/${id}` },
    { as: "inspector-1", path: `/v1/inspector/complaints/${id}` },
    { as: "governor-general", path: `/v1/overseer/complaints/${id}` },
  ]) {
    const { status } = await cloud.call(call);
    expect([call.as, status]).toEqual([call.as, 404]);
  }
  const claimed = await post(`/v1/inspector/complaints/${id}/claim`, {}, { as: "inspector-1" });
  expect(claimed.status).toBe(404);
});

test("it leads to no agency, no file and no report of a retaliation", async () => {
  const filed = await filing({ agencyId: "sandbox" }, trial);
  const { id, secret } = Receipt.parse(filed.body);
  const toEducation = { toAgencyId: "education", reason: "به این اداره مربوط نیست." };
  const sent = await post(`/v1/agency/complaints/${id}/transfer`, toEducation, { as: trial });
  expect([sent.status, sent.body]).toEqual([422, expect.objectContaining({ code: "unknown-agency" })]);
  const file = { fileName: "نوبت.pdf", contentType: "application/pdf", size: 1_000 };
  const announced = await post(`/v1/complaints/${id}/attachments`, file, { secret });
  expect([announced.status, announced.body]).toEqual([403, expect.objectContaining({ code: "not-allowed" })]);
  const report = { retaliationFor: { id, secret } };
  const reported = await filing(report, "call-centre-128");
  expect([reported.status, reported.body]).toEqual([
    422,
    expect.objectContaining({ code: "unknown-earlier-complaint" }),
  ]);
  const tried = await filing({ agencyId: "sandbox", ...report }, trial);
  expect(tried.status).toBe(403);
});

test("its client sees no complaint but those of the sandbox", async () => {
  const real = await cloud.file();
  const read = await cloud.call({ as: trial, path: `/v1/agency/complaints/${real.id}` });
  expect(read.status).toBe(404);
  for (const path of [
    "/v1/agency/complaints?limit=100",
    "/v1/agency/events?limit=100",
    "/v1/front-end/events?limit=100",
  ])
    expect(JSON.stringify(await everyEntry(cloud, { as: trial, path }))).not.toContain(real.id);
});
