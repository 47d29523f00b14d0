import { expect, test } from "vitest";
import * as z from "zod";
import { dayMs } from "#shared/time/duration.ts";
import { localDate } from "#shared/time/local-time.ts";
import { expectHeadsMatchEvents } from "../support/heads-made-of-events.ts";
import { openListeners } from "../support/processes.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud();
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

const filing = {
  agencyId: "social-security",
  officeId: "social-security-qazvin-1",
  category: "nobody-at-the-desk",
  description: "متصدی باجهٔ ۳ مرخصی بود و گفتند کسی جز او کار را نمی‌داند؛ فردا بیایید.",
  occurredAt: inDays(-7),
  employee: { counter: "۳" },
};
const officer = { name: "مریم رستمی", personnelId: "۴۴۱۲" };
const answer = {
  finding: "founded",
  cause: "no-substitute",
  text: "جانشین تعیین شد و کار شما امروز انجام می‌شود.",
  actions: [{ text: "آموزش جانشین", dueOn: localDate(inDays(7)) }],
};

const Seen = z.object({ history: z.array(z.object({ version: z.number(), type: z.string() })) });
const toldIn = (view: unknown) => Seen.parse(view).history.map(({ version, type }) => `${version} ${type}`);

function asAgency(id: string, move?: string, body?: unknown) {
  const whose = { as: "agency-social-security", path: `/v1/agency/complaints/${id}` };
  return move ? cloud.call({ ...whose, method: "POST", path: `${whose.path}/${move}`, body }) : cloud.call(whose);
}

function asCitizen({ id, secret }: { id: string; secret: string }, move?: string, body?: unknown) {
  const whose = { secret, path: `/v1/complaints/${id}` };
  return move ? cloud.call({ ...whose, method: "POST", path: `${whose.path}/${move}`, body }) : cloud.call(whose);
}

async function emptyQueues() {
  await cloud.quiet();
  return cloud.receiveEverywhere();
}

test("a complaint filed in Persian goes to its agency, is acknowledged, answered and accepted", async () => {
  const receipt = await cloud.file(filing);
  const { id } = receipt;
  expect(await asCitizen(receipt)).toMatchObject({
    status: 200,
    body: { id, status: "filed", description: filing.description },
  });
  expect(await cloud.call({ as: "agency-social-security", path: "/v1/agency/complaints" })).toMatchObject({
    body: { items: [{ id, status: "filed", officeId: filing.officeId }] },
  });
  expect(await asAgency(id)).toMatchObject({
    status: 200,
    body: { description: filing.description, employee: { counter: "۳" }, occurredAt: filing.occurredAt },
  });
  expect(await asAgency(id, "acknowledgement", { officer })).toMatchObject({
    status: 200,
    body: { status: "acknowledged", version: 2, officer: { name: officer.name, personnelId: "4412" } },
  });
  expect(await asAgency(id, "answer", { officer, ...answer })).toMatchObject({
    status: 200,
    body: { status: "answered", answer },
  });
  expect(await asCitizen(receipt)).toMatchObject({ body: { status: "answered", answer } });
  const accepted = await asCitizen(receipt, "acceptance", {});
  expect(accepted).toMatchObject({ status: 200, body: { status: "closed", closure: "accepted", version: 4 } });
  expect(accepted.headers.get("etag")).toBe('"4"');
  expect(toldIn(accepted.body)).toEqual(["1 filed", "2 acknowledged", "3 answered", "4 accepted"]);
});

test("the agency finds each of its events once in its own queue, and no other agency finds any", async () => {
  await emptyQueues();
  const { id, acknowledgeBy, answerBy } = await cloud.file(filing);
  const found = await emptyQueues();
  expect(Object.keys(found)).toEqual([filing.agencyId]);
  expect(found[filing.agencyId]).toHaveLength(1);
  const [message] = found[filing.agencyId] ?? [];
  expect(message).toMatchObject({ group: id, deduplication: `${id}/1` });
  expect(message?.event).toEqual({
    specversion: "1.0",
    id: `${id}/1`,
    source: "foad/qazvin",
    type: "ir.foad.complaint.filed.v1",
    subject: id,
    time: expect.stringMatching(/Z$/),
    datacontenttype: "application/json",
    data: {
      complaintId: id,
      version: 1,
      status: "filed",
      category: filing.category,
      countyId: "qazvin",
      acknowledgeBy,
      answerBy,
      level: 0,
    },
  });
});

test("the queue tells each complaint's events in order, whatever other complaints do meanwhile", async () => {
  await emptyQueues();
  const receipts = await Promise.all(Array.from({ length: 5 }, () => cloud.file(filing)));
  await Promise.all(
    receipts.map(async (receipt) => {
      await asAgency(receipt.id, "acknowledgement", { officer });
      await asAgency(receipt.id, "answer", { officer, ...answer });
      await asCitizen(receipt, "acceptance", {});
    }),
  );
  const { [filing.agencyId]: messages = [] } = await emptyQueues();
  const byComplaint = Map.groupBy(messages, ({ event }) => event.subject);
  for (const { id } of receipts)
    expect(byComplaint.get(id)?.map(({ event }) => [event.id, event.type.split(".")[3], event.data.status])).toEqual([
      [`${id}/1`, "filed", "filed"],
      [`${id}/2`, "acknowledged", "acknowledged"],
      [`${id}/3`, "answered", "answered"],
      [`${id}/4`, "accepted", "closed"],
    ]);
});

test("a withdrawn complaint is closed, its agency is told, and no further move is taken", async () => {
  await emptyQueues();
  const receipt = await cloud.file(filing);
  expect(await asCitizen(receipt, "withdrawal", { reason: "مشکل حل شد." })).toMatchObject({
    status: 200,
    body: { status: "closed", closure: "withdrawn", version: 2 },
  });
  const late = { status: 409, body: { code: "wrong-state", detail: expect.stringContaining("closed") } };
  expect(await asAgency(receipt.id, "acknowledgement", { officer })).toMatchObject(late);
  expect(await asCitizen(receipt, "withdrawal")).toMatchObject(late);
  const { [filing.agencyId]: told } = await emptyQueues();
  expect(told?.map(({ event }) => [event.type, event.data.status])).toEqual([
    ["ir.foad.complaint.filed.v1", "filed"],
    ["ir.foad.complaint.withdrawn.v1", "closed"],
  ]);
  const list = await cloud.call({ as: `agency-${filing.agencyId}`, path: "/v1/agency/complaints?status=closed" });
  expect(list.body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id: receipt.id })]) });
});

test("the citizen is told the officer's name, and not the number that officer carries", async () => {
  const receipt = await cloud.file(filing);
  await asAgency(receipt.id, "acknowledgement", { officer });
  const { text } = await asCitizen(receipt);
  expect(text).toContain(officer.name);
  expect(text).not.toContain("4412");
});

test("an id and a secret are read as a person types them", async () => {
  const { id, secret } = await cloud.file(filing);
  const typed = {
    id: `qz ${id.slice(3).toLowerCase().replaceAll("0", "o").replaceAll("1", "l")}`,
    secret: secret.toLowerCase().replace("-", " "),
  };
  expect(await asCitizen({ ...typed, id: encodeURIComponent(typed.id) })).toMatchObject({ status: 200, body: { id } });
});

test("the officer who is complained of may neither acknowledge nor answer", async () => {
  const { id } = await cloud.file({ ...filing, employee: { name: "مريم  رستمي" } });
  const refused = { status: 409, body: { code: "conflict-of-interest" } };
  expect(await asAgency(id, "acknowledgement", { officer: { name: officer.name } })).toMatchObject(refused);
  expect(await asAgency(id, "answer", { officer: { name: officer.name }, ...answer })).toMatchObject(refused);
});

test("an agency pages through its list without missing or repeating a complaint", async () => {
  const filed = await Promise.all(Array.from({ length: 5 }, () => cloud.file({ agencyId: "gas" })));
  const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().optional() });
  const ids: string[] = [];
  let query = "limit=2";
  for (let pages = 0; query && pages < 5; pages++) {
    const page = Page.parse((await cloud.call({ as: "agency-gas", path: `/v1/agency/complaints?${query}` })).body);
    ids.push(...page.items.map(({ id }) => id));
    query = page.nextCursor ? `limit=2&cursor=${page.nextCursor}` : "";
  }
  expect(ids.toSorted()).toEqual(filed.map(({ id }) => id).toSorted());
});

test("every schema of the served document can be compiled, each reference leading somewhere", () => {
  expect(cloud.openapi.brokenSchemas()).toEqual([]);
});

test("everything but DynamoDB Local listens on 127.0.0.1 alone", async () => {
  const found = openListeners();
  expect(new Set(found.map(({ address }) => address))).toEqual(new Set(["127.0.0.1"]));
  const ports = found.map(({ port }) => port);
  const { api, sqs, mail, clock, tokenEndpoint } = cloud.endpoints;
  for (const url of [api, sqs, mail, clock, tokenEndpoint]) expect(ports).toContain(Number(new URL(url).port));
});

test("every head is what its events make of it", async () => {
  expect(await expectHeadsMatchEvents(cloud)).toBeGreaterThan(0);
});
