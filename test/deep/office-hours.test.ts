import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { localDate } from "#shared/time/local-time.ts";
import type { Receipt } from "../support/api-caller.ts";
import { expectHeadsMatchEvents } from "../support/heads-made-of-events.ts";
import { withLocalCloud } from "../support/the-local-cloud.ts";
import { instantOf, type WorkingDay, workingDaysAfter } from "../support/working-days.ts";

const cloud = withLocalCloud();

/** Acknowledged within one hour of office time, answered within three. */
const category = "disrespect";
const hour = 3_600_000;
const minutes = (n: number) => n * 60_000;

/** A working day that no test before had anything to do with, and the two that follow it. */
let [today, next, afterNext]: [WorkingDay, WorkingDay, WorkingDay] = [
  { date: "", opens: "", closes: "" },
  { date: "", opens: "", closes: "" },
  { date: "", opens: "", closes: "" },
];

// The first page and figures are made within the first hour, which takes as long as a scenario.
beforeAll(() => cloud.clock.advance(hour));
beforeEach(() => {
  const from = localDate(new Date(cloud.clock.now() + 2 * 24 * hour).toISOString());
  const days = workingDaysAfter(from);
  [today, next, afterNext] = [days.next().value, days.next().value, days.next().value];
});

const goTo = (time: string, { date } = today) => cloud.clock.advance(instantOf(date, time) - cloud.clock.now());
const goToMinutesBeforeClosing = (n: number) =>
  cloud.clock.advance(instantOf(today.date, today.closes) - minutes(n) - cloud.clock.now());
const opening = ({ date, opens }: WorkingDay) => instantOf(date, opens);
const iso = (instant: number) => new Date(instant).toISOString();
const file = (countyId = "qazvin") => cloud.file({ countyId, category, agencyId: "education" });

type Wanted = { countyId?: string; closed?: true; intervals?: { from: string; to: string }[]; reason?: string };
const set = ({ reason = "بارش برف", ...wanted }: Wanted, { date } = today) =>
  cloud.call({ as: "admin", method: "PUT", path: `/v1/admin/office-hours/${date}`, body: { reason, ...wanted } });
const take = (countyId: string, { date } = today) =>
  cloud.call({ as: "admin", method: "DELETE", path: `/v1/admin/office-hours/${date}?countyId=${countyId}` });

const View = z.object({
  version: z.number(),
  level: z.number(),
  acknowledgeBy: z.string(),
  answerBy: z.string(),
  history: z.array(z.looseObject({ type: z.string() })),
});
async function standing({ id, secret }: Receipt) {
  return View.parse((await cloud.call({ secret, path: `/v1/complaints/${id}` })).body);
}
const movesIn = ({ history }: z.infer<typeof View>) => history.filter(({ type }) => type === "deadlines-changed");

const Day = z.object({
  counties: z.array(z.object({ countyId: z.string(), intervals: z.array(z.object({ to: z.string() })) })),
});
/** When the county closes by the hours that were answered. */
const closingIn = (body: unknown) => Day.parse(body).counties[0]?.intervals.at(-1)?.to ?? "";

describe("a county that is closed at 10:30 the same morning", () => {
  test("leaves a complaint the 20 minutes it had, for when the office opens again; another county goes on", async () => {
    await goTo("09:51");
    const [here, elsewhere] = [await file(), await file("takestan")];
    await goTo("10:30");
    const closed = await set({ countyId: "qazvin", closed: true });
    expect(closed).toMatchObject({
      status: 200,
      body: { date: today.date, province: { dayType: "open" }, deadlinesPending: true },
    });
    const closing = closingIn(closed.body);
    expect(closing).toBe("10:31");
    await goTo("10:33");

    const left = Date.parse(here.acknowledgeBy) - instantOf(today.date, closing);
    expect(Math.floor(left / minutes(1))).toBe(20);
    const moved = await standing(here);
    expect(moved).toMatchObject({
      acknowledgeBy: iso(opening(next) + left),
      answerBy: iso(opening(next) + left + 2 * hour),
    });
    expect(movesIn(moved)).toMatchObject([
      {
        by: "admin",
        reason: "بارش برف",
        date: today.date,
        previousDeadlines: { acknowledgeBy: here.acknowledgeBy, answerBy: here.answerBy },
      },
    ]);
    expect(await standing(elsewhere)).toMatchObject({ version: 1, acknowledgeBy: elsewhere.acknowledgeBy });
    const events = (await cloud.receiveAll("education")).filter(({ group }) => group === here.id);
    expect(events.map(({ event }) => event.type)).toEqual([
      "ir.foad.complaint.filed.v1",
      "ir.foad.complaint.deadlines-changed.v1",
    ]);
    expect(events[1]?.event.data).toMatchObject({ acknowledgeBy: moved.acknowledgeBy });

    await goTo("12:59");
    expect([(await standing(here)).level, (await standing(elsewhere)).level]).toEqual([0, 1]);
    await cloud.clock.advance(Date.parse(moved.acknowledgeBy) - cloud.clock.now() + minutes(2));
    expect((await standing(here)).level).toBe(1);
  });

  test("is explained to the citizen and to the agency, to the minute", async () => {
    await goTo("09:51");
    const receipt = await file();
    await goTo("10:30");
    const closing = closingIn((await set({ countyId: "qazvin", closed: true })).body);
    await goTo("10:33");
    const { acknowledgeBy } = await standing(receipt);
    const path = `complaints/${receipt.id}/deadlines`;
    const told = await cloud.call({ secret: receipt.secret, path: `/v1/${path}` });
    expect(told).toMatchObject({
      status: 200,
      body: {
        clocks: [
          {
            step: "acknowledge",
            clock: "office-hours",
            duration: "PT1H",
            dueAt: acknowledgeBy,
            breached: false,
            counted: [{ to: iso(instantOf(today.date, closing)) }, { from: iso(opening(next)), to: acknowledgeBy }],
          },
          { step: "answer", duration: "PT3H" },
        ],
      },
    });
    expect(await cloud.call({ as: "agency-education", path: `/v1/agency/${path}` })).toMatchObject({ body: told.body });
    expect(await cloud.call({ as: "agency-gas", path: `/v1/agency/${path}` })).toMatchObject({ status: 404 });
  });

  test("is not opened by sending the same once more, and nobody is told again", async () => {
    await goTo("09:51");
    const receipt = await file();
    await goTo("10:30");
    const first = await set({ countyId: "qazvin", closed: true });
    await goTo("10:45");
    const second = await set({ countyId: "qazvin", closed: true });
    expect(second.body).toEqual({ ...z.looseObject({}).parse(first.body), deadlinesPending: false });
    await goTo("10:50");
    expect(movesIn(await standing(receipt))).toHaveLength(1);
  });

  test("counts again from when it is taken back, and the deadline comes back", async () => {
    await goTo("09:31");
    const receipt = await file();
    await goTo("10:00");
    const closing = closingIn((await set({ countyId: "qazvin", closed: true })).body);
    await goTo("10:20");
    await take("qazvin");
    await goTo("10:23");
    const back = await standing(receipt);
    const lost = instantOf(today.date, "10:21") - instantOf(today.date, closing);
    expect(back.acknowledgeBy).toBe(iso(Date.parse(receipt.acknowledgeBy) + lost));
    expect(movesIn(back)).toMatchObject([{ reason: "بارش برف" }, { reason: "بارش برف", reverted: true }]);
    expect(await take("qazvin")).toMatchObject({ status: 200 });
  });

  test("takes back no breach that has been recorded, and moves the answer that is still to come", async () => {
    await goTo("09:00");
    const receipt = await file();
    await goTo("10:10");
    expect((await standing(receipt)).level).toBe(1);
    await goTo("10:30");
    await set({ countyId: "qazvin", closed: true });
    await goTo("10:33");
    const after = await standing(receipt);
    expect(after).toMatchObject({ level: 1, acknowledgeBy: receipt.acknowledgeBy });
    expect(Date.parse(after.answerBy)).toBeGreaterThan(opening(next));
  });
});

test("a province that is closed tomorrow moves what would have been due then, and a filing knows at once", async () => {
  await goToMinutesBeforeClosing(10);
  const before = await file("takestan");
  await set({ closed: true, reason: "آلودگی هوا" }, next);
  const after = await file("takestan");
  await goToMinutesBeforeClosing(7);
  const moved = await standing(before);
  expect(localDate(moved.acknowledgeBy)).toBe(afterNext.date);
  expect(movesIn(moved)).toMatchObject([{ date: next.date, reason: "آلودگی هوا" }]);
  expect(localDate(after.acknowledgeBy)).toBe(afterNext.date);
  const told = await cloud.call({ secret: before.secret, path: `/v1/complaints/${before.id}/deadlines` });
  expect(JSON.stringify(told.body)).toContain(
    `{"date":"${next.date}","dayType":"closed","reason":{"fa":"آلودگی هوا"}}`,
  );
});

describe("refused, and nothing changes", () => {
  const english = { "accept-language": "en" };

  test("is a day that has passed, in the admin's language", async () => {
    const past = new Date(cloud.clock.now() - 250 * 86_400_000).toISOString().slice(0, 10);
    const path = `/v1/admin/office-hours/${past}`;
    const body = { closed: true, reason: "snow" };
    const refused = await cloud.call({ as: "admin", method: "PUT", path, body, headers: english });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: "invalid",
        detail: "The date has passed.",
        errors: [{ path: "date", code: "in-the-past", message: "has passed" }],
      },
    });
    expect(await cloud.call({ as: "admin", method: "DELETE", path })).toMatchObject({
      status: 400,
      body: { detail: "تاریخ گذشته است.", errors: [{ path: "date", message: "گذشته است" }] },
    });
  });

  test.each<[string, object, string, string]>([
    ["neither closed nor open", {}, "closed", "or a list of office hours (`intervals`) is needed, and not both"],
    [
      "both closed and open",
      { closed: true, intervals: [{ from: "08:00", to: "09:00" }] },
      "closed",
      "or a list of office hours (`intervals`) is needed, and not both",
    ],
    [
      "a time that is none",
      { intervals: [{ from: "8:00", to: "09:00" }] },
      "intervals[0].from",
      "must be a time of day like 08:00",
    ],
    [
      "an end before its start",
      { intervals: [{ from: "10:00", to: "09:00" }] },
      "intervals[0].to",
      "must be after the start",
    ],
    [
      "hours that overlap",
      {
        intervals: [
          { from: "08:00", to: "10:00" },
          { from: "09:00", to: "11:00" },
        ],
      },
      "intervals",
      "must be in order and not overlap",
    ],
  ])("is a day that is %s", async (_, hours, path, message) => {
    const address = `/v1/admin/office-hours/${next.date}`;
    const body = { reason: "snow", ...hours };
    const refused = await cloud.call({ as: "admin", method: "PUT", path: address, body, headers: english });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid", errors: [{ path, message }] } });
    expect(await cloud.call({ as: "admin", path: address })).toMatchObject({
      status: 200,
      body: { counties: [], deadlinesPending: false },
    });
  });

  test("is a county that the province does not have", async () => {
    expect(await set({ countyId: "moon", closed: true }, next)).toMatchObject({
      status: 422,
      body: { code: "unknown-county" },
    });
    expect(await take("moon", next)).toMatchObject({ status: 422, body: { code: "unknown-county" } });
  });

  test.each(["agency-education", "governor-qazvin", "national-organization", "inspector-1", "call-centre-128"])(
    "is whoever is no admin: %s",
    async (as) => {
      const path = `/v1/admin/office-hours/${next.date}`;
      const all = await Promise.all([
        cloud.call({ as, path }),
        cloud.call({ as, method: "PUT", path, body: { closed: true, reason: "snow" } }),
        cloud.call({ as, method: "DELETE", path }),
      ]);
      expect(all.map(({ status }) => status)).toEqual([403, 403, 403]);
    },
  );
});

const Numbers = z.object({ dueSoon: z.int(), agencies: z.array(z.looseObject({ id: z.string(), dueSoon: z.int() })) });
const Rows = z.object({ items: z.array(z.object({ id: z.string() })) });

test("what is due soon follows the hours as they are set now, in numbers and lists alike", async () => {
  await cloud.clock.advance(instantOf(next.date, "11:00") - 48 * hour - cloud.clock.now());
  const { id, answerBy } = await cloud.file({
    category: "postponed-without-reason",
    agencyId: "post",
    officeId: undefined,
  });
  // The clock goes on while the tests run.
  expect(Date.parse(answerBy) - instantOf(next.date, "11:00")).toBeLessThan(minutes(1));
  const acknowledged = await cloud.call({
    as: "officer-post",
    method: "POST",
    path: `/v1/agency/complaints/${id}/acknowledgement`,
    body: {},
    headers: { "idempotency-key": crypto.randomUUID() },
  });
  expect(acknowledged.status, acknowledged.text).toBe(200);
  const read = async (as: string, who: string) => {
    const list = `/v1/${who}/complaints?${who === "agency" ? "" : "agencyId=post&"}dueSoon=`;
    const [summary, soon, others] = await Promise.all(
      [`/v1/${who}/summary`, `${list}true`, `${list}false`].map((path) => cloud.call({ as, path })),
    );
    const numbers = Numbers.partial({ agencies: true }).parse(summary?.body);
    const { dueSoon = numbers.dueSoon } = numbers.agencies?.find((agency) => agency.id === "post") ?? {};
    const ids = [soon, others].map((page) => Rows.parse(page?.body).items.map((row) => row.id));
    return { dueSoon, ids };
  };
  const expectSoon = async (isSoon: boolean) => {
    // Numbers of inspectors are kept for half a minute.
    await cloud.clock.advance(minutes(1));
    const wanted = { dueSoon: isSoon ? 1 : 0, ids: isSoon ? [[id], []] : [[], [id]] };
    expect([await read("agency-post", "agency"), await read("inspector-1", "inspector")]).toEqual([wanted, wanted]);
  };

  await goTo("08:40", next);
  await expectSoon(false);
  const { opens, closes } = next;
  const intervals = [
    { from: opens, to: "09:30" },
    { from: "10:00", to: closes },
  ];
  expect((await set({ countyId: "qazvin", intervals }, next)).status).toBe(200);
  await expectSoon(true);
  expect((await take("qazvin", next)).status).toBe(200);
  await expectSoon(false);
  await goTo("09:01", next);
  await expectSoon(true);
  await goTo("11:01", next);
  await expectSoon(false);
});

test("every head is what its events make of it", async () => {
  expect(await expectHeadsMatchEvents(cloud)).toBeGreaterThan(0);
});
