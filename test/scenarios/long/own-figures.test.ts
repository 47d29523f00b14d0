import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { closesAt } from "#functions/figures/publication.ts";
import type { Receipt } from "../../support/api-caller.ts";
import { createUniqueIdentity } from "../../support/canaries.ts";
import { withLocalCloud } from "../../support/the-local-cloud.ts";

/** A Tuesday morning of Azar, a week before its end. */
const cloud = withLocalCloud("qazvin", Date.parse("2026-12-15T06:00:00.000Z"));
const month = "1405-09";
const hour = 60 * 60_000;
const officer = { name: "مریم رستمی" };

const Counts = z.strictObject({ count: z.int(), breakdowns: z.record(z.string(), z.record(z.string(), z.int())) });
const Performance = z.strictObject({
  month: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  agencyId: z.string(),
  total: Counts,
  categories: z.array(Counts.extend({ category: z.string() })),
});
const Performances = z.object({ items: z.array(Performance) });

async function own(agencyId: string) {
  const { body } = await cloud.call({ as: `agency-${agencyId}`, path: "/v1/agency/performance" });
  return Performances.parse(body).items;
}

async function done(call: Parameters<typeof cloud.call>[0], status = 200): Promise<void> {
  const answered = await cloud.call(call);
  expect(answered.status, answered.text).toBe(status);
}

const act = (agencyId: string, { id }: Receipt, what: string, body: object) =>
  done({ as: `agency-${agencyId}`, method: "POST", path: `/v1/agency/complaints/${id}/${what}`, body });
const say = ({ id, secret }: Receipt, what: string, body: object = {}) =>
  done({ secret, method: "POST", path: `/v1/complaints/${id}/${what}`, body });
const answer = (agencyId: string, receipt: Receipt) =>
  act(agencyId, receipt, "answer", { officer, finding: "founded", cause: "none", text: "پاسخ", actions: [] });
const transfer = (agencyId: string, receipt: Receipt, toAgencyId: string) =>
  act(agencyId, receipt, "transfer", { toAgencyId, reason: "به این اداره مربوط نیست." });

/** Two agencies whose complaints differ only in who complains, and two whose complaints differ only in what another did. */
const [known, anonymous] = ["education", "tax-affairs"];
const [ended, withdrawn] = ["environment", "civil-registration"];
const receiver = "gas";

beforeAll(async () => {
  const { name, phone } = createUniqueIdentity().citizen;
  const twins = [
    await cloud.file({ agencyId: known, citizen: { name, phone, mayBeCalled: true } }),
    await cloud.file({ agencyId: anonymous }),
  ] as const;
  const away = [await cloud.file({ agencyId: ended }), await cloud.file({ agencyId: withdrawn })] as const;
  await transfer(ended, away[0], receiver);
  await transfer(withdrawn, away[1], receiver);
  await cloud.clock.advance(hour / 2);
  await answer(known, twins[0]);
  await answer(anonymous, twins[1]);
  await answer(receiver, away[0]);
  await cloud.clock.advance(2 * hour);
  for (const one of [...twins, away[0]]) await say(one, "acceptance");
  await say(away[1], "withdrawal");
  await say(twins[0], "opinion", { solved: "no", handling: 1, pressured: true });
  await done({ as: "inspector-1", path: `/v1/inspector/complaints/${twins[0].id}/identity` });
  await cloud.reportRetaliation(twins[0]);
});

test("an agency has none of a month that has not closed, and none of what it received then", async () => {
  const none = { count: 0, breakdowns: {} };
  expect(await own(known)).toMatchObject([{ month: "1405-08", total: none, categories: [] }]);
});

describe("once the month has closed", () => {
  beforeAll(async () => {
    await cloud.clock.advance(Date.parse(closesAt(month)) + 2 * hour - cloud.clock.now());
  });

  const confirmed = {
    count: 1,
    breakdowns: {
      outcome: { confirmed: 1 },
      finding: { founded: 1 },
      closure: { accepted: 1 },
      level: { "0": 1 },
      "time-office-hours": { PT1H: 1 },
      "time-elapsed": { PT1H: 1 },
      extended: { "not-extended": 1 },
      "transferred-out": { "not-transferred-out": 1 },
    },
  };
  const category = "postponed-without-reason";

  test("an agency reads exactly what it received, by its own events", async () => {
    expect(await own(anonymous)).toEqual([
      {
        month,
        firstDay: "2026-11-22",
        lastDay: "2026-12-21",
        agencyId: anonymous,
        total: confirmed,
        categories: [{ category, ...confirmed }],
      },
    ]);
    const [ofReceiver] = await own(receiver);
    expect(ofReceiver?.total).toMatchObject({
      count: 2,
      breakdowns: { outcome: { confirmed: 1, excluded: 1 }, closure: { accepted: 1, withdrawn: 1 } },
    });
  });

  test("two agencies read the same where their complaints differ only in who complains and in what is private", async () => {
    const [one, other] = [await own(known), await own(anonymous)];
    expect(one).toEqual(other.map((item) => ({ ...item, agencyId: known })));
  });

  test("an agency learns nothing of a complaint after it transferred the complaint out", async () => {
    const transferredOut = { count: 1, breakdowns: { "transferred-out": { "transferred-out": 1 } } };
    for (const agencyId of [ended, withdrawn])
      expect(await own(agencyId)).toMatchObject([
        { agencyId, total: transferredOut, categories: [{ category, ...transferredOut }] },
      ]);
  });

  test("an admin reads those of every agency as each agency reads its own, with nothing if there was nothing", async () => {
    const { body } = await cloud.call({ as: "admin", path: "/v1/admin/performance?groupBy=agency" });
    const { items } = Performances.parse(body);
    expect(items.length).toBeGreaterThan(30);
    for (const agencyId of [known, ended, receiver])
      expect(items.filter((item) => item.agencyId === agencyId)).toEqual(await own(agencyId));
    const none = { count: 0, breakdowns: {} };
    expect(items.find(({ agencyId }) => agencyId === "post")).toMatchObject({ total: none, categories: [] });
  });
});
