import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { confidentialLogKey, visitKey } from "#shared/runtime/keys.ts";
import type { Call } from "../../support/api-caller.ts";
import { mailsAbout } from "../../support/mailbox.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";
import { advanceToOrdinaryWeek } from "../../support/working-days.ts";

const cloud = withLocalCloud();
const hour = 60 * 60_000;
const inHours = (hours: number) => new Date(cloud.clock.now() + hours * hour).toISOString();
const dayOf = (instant: string) => new Date(Date.parse(instant) + 3.5 * hour).toISOString().slice(0, 10);

const Visits = z.object({
  items: z.array(z.looseObject({ visitId: z.string(), complaint: z.looseObject({ id: z.string() }) })),
  people: z.record(z.string(), z.string()),
});
async function visits(query = "") {
  const answer = await cloud.call({ as: "inspector-2", path: `/v1/inspector/visits${query}` });
  expect(answer.status, answer.text).toBe(200);
  return Visits.parse(answer.body);
}
const idsIn = ({ items }: z.infer<typeof Visits>) => items.map(({ complaint }) => complaint.id);

const act = (as: string, id: string, what: string, body: object = {}): Call => ({
  as,
  method: "POST",
  path: `/v1/inspector/complaints/${id}/${what}`,
  body,
  headers: { "idempotency-key": crypto.randomUUID() },
});
async function done(call: Call) {
  const answer = await cloud.call(call);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body as Record<string, unknown>;
}
const refusal = async (call: Call) => (await cloud.call(call)).body;
const Ordered = z.object({ visitId: z.string() });
const order = async (id: string, plannedAt: string, inspector?: string) =>
  Ordered.parse(await done(act("inspector-1", id, "visits", { plannedAt, inspector }))).visitId;

describe("a visit that an inspector orders", () => {
  let id: string;
  let visitId: string;
  beforeAll(async () => {
    ({ id } = await cloud.file());
    visitId = await order(id, inHours(2));
  });
  const mine = async (query = "") => (await visits(query)).items.filter(({ complaint }) => complaint.id === id);

  test("is in the calendar with its complaint and the names of inspectors", async () => {
    expect(await mine()).toMatchObject([
      {
        visitId,
        inspector: "inspector-1",
        complaint: { id, names: { agency: { fa: "اداره کل تأمین اجتماعی استان قزوین" } } },
      },
    ]);
    expect((await visits()).people).toMatchObject({ "inspector-1": expect.any(String) });
    expect(await mine("?inspector=inspector-2")).toEqual([]);
  });

  test("is moved and handed on, and its deadline stays", async () => {
    const reportBy = (await mine())[0]?.reportBy;
    const plannedAt = inHours(3);
    await done(act("inspector-1", id, `visits/${visitId}/plan`, { plannedAt, inspector: "inspector-2" }));
    expect(await mine("?inspector=inspector-2")).toMatchObject([{ plannedAt, reportBy }]);
    expect(
      await refusal(act("inspector-1", id, `visits/${visitId}/plan`, { plannedAt, inspector: "admin" })),
    ).toMatchObject({
      errors: [{ path: "inspector", code: "unknown-inspector" }],
    });
  });

  test("is cancelled with a reason, and stands among the past ones of its day", async () => {
    const plannedAt = (await mine())[0]?.plannedAt;
    await done(act("inspector-2", id, `visits/${visitId}/cancellation`, { reason: "همان موضوع دیروز دیده شد." }));
    expect(await mine()).toEqual([]);
    expect(await mine(`?from=${dayOf(String(plannedAt))}`)).toMatchObject([
      { visitId, cancelledAt: expect.any(String) },
    ]);
    for (const what of ["cancellation", "plan"])
      expect(
        await refusal(
          act("inspector-1", id, `visits/${visitId}/${what}`, what === "plan" ? { plannedAt } : { reason: "دوباره" }),
        ),
      ).toMatchObject({ code: "wrong-state" });
    const days = (from: number, to: number) => `?from=${dayOf(inHours(from * 24))}&to=${dayOf(inHours(to * 24))}`;
    expect(await mine(days(-160, -100))).toEqual([]);
    expect(await refusal({ as: "inspector-1", path: `/v1/inspector/visits${days(-160, -40)}` })).toMatchObject({
      errors: [{ path: "to", code: "too-many-days" }],
    });
  });
});

test("a visit that is not reported in time is late: the centre is mailed once, and no agency, overseer or front end notices", async () => {
  // Over long holidays the case would be closed before the report is due.
  await advanceToOrdinaryWeek(cloud.clock);
  const { id, secret } = await cloud.file();
  const seen = async () => {
    const readers: Call[] = [
      { as: "agency-social-security", path: `/v1/agency/complaints/${id}` },
      { as: "agency-social-security", path: "/v1/agency/complaints?limit=100" },
      { as: "call-centre-128", path: "/v1/front-end/events?limit=100" },
    ];
    // Other complaints go on meanwhile.
    const own = (text: string) => text.split(/[\],}]*(?=\{"id":|$)/).filter((part) => part.includes(id));
    return Promise.all(readers.map(async (call) => own((await cloud.call(call)).text)));
  };
  await done({
    ...act("agency-social-security", id, "answer", { finding: "unfounded", cause: "none", text: "بررسی شد." }),
    path: `/v1/agency/complaints/${id}/answer`,
    as: "officer-social-security",
  });
  await cloud.clock.advance(hour);
  const before = await seen();
  const visitId = await order(id, inHours(1));
  const open = async () => (await visits()).items.find((visit) => visit.visitId === visitId);
  const { reportBy } = (await open()) as { reportBy?: string };
  await cloud.clock.advance(Date.parse(reportBy ?? "") - cloud.clock.now() + 2 * 60_000);
  await cloud.quiet();
  const aboutVisit = async () =>
    (await mailsAbout(cloud.endpoints, id)).filter(({ subject }) => subject.includes("بازدید بی‌گزارش"));
  expect((await aboutVisit()).flatMap(({ to }) => to)).toEqual(["inspection-centre@qazvin.example"]);
  expect(await seen()).toEqual(before);
  const view = await done({ as: "inspector-1", path: `/v1/inspector/complaints/${id}` });
  expect(view).toMatchObject({ history: expect.arrayContaining([expect.objectContaining({ type: "visit-overdue" })]) });
  await cloud.clock.advance(24 * hour);
  await cloud.quiet();
  expect(await aboutVisit()).toHaveLength(1);
  // It is still to be made, and is planned anew.
  await done(act("inspector-1", id, `visits/${visitId}/plan`, { plannedAt: inHours(1) }));
  const report = { arrivedAt: inHours(0), visitResult: "not-confirmed", text: "باجه باز بود." };
  await done(act("inspector-1", id, `visits/${visitId}/report`, report));
  expect(await open()).toBeUndefined();
  expect((await cloud.call({ secret, path: `/v1/complaints/${id}` })).text).not.toContain("inspector-1");
});

test("the clock's visit is planned and not cancelled; when its case is closed it is in no list of open visits", async () => {
  const { id, secret } = await cloud.file();
  // Until the level that orders a visit: two weeks of holidays may lie between.
  for (let day = 0; day < 30 && !idsIn(await visits()).includes(id); day++) await cloud.clock.advance(24 * hour);
  const [visit] = (await visits()).items.filter(({ complaint }) => complaint.id === id);
  expect(visit).toMatchObject({ byClock: true });
  expect(visit).not.toHaveProperty("inspector");
  const path = `visits/${visit?.visitId}`;
  expect(await refusal(act("inspector-1", id, `${path}/cancellation`, { reason: "وقت نیست" }))).toMatchObject({
    code: "wrong-state",
  });
  await done(act("inspector-1", id, `${path}/plan`, { plannedAt: inHours(1) }));
  await done({ secret, method: "POST", path: `/v1/complaints/${id}/withdrawal`, body: {} });
  expect(idsIn(await visits())).not.toContain(id);
  await cloud.clock.advance(96 * hour);
  await cloud.quiet();
  // The clock has looked at it after its deadline, and it stands among the past visits.
  const stored = await cloud.tables.complaintItem(confidentialLogKey(id), visitKey(String(visit?.visitId)));
  expect(stored.workQueue).toMatch(/^visits#\d{4}-\d{2}$/);
  expect(stored).not.toHaveProperty("due");
  expect((await mailsAbout(cloud.endpoints, id)).filter(({ subject }) => subject.includes("بازدید بی‌گزارش"))).toEqual(
    [],
  );
  const report = { arrivedAt: inHours(0), visitResult: "confirmed", text: "باجه بسته بود." };
  await done(act("inspector-1", id, `${path}/report`, report));
});
