import { beforeEach, describe, expect, test } from "vitest";
import {
  changeHours,
  listPendingHoursChanges,
  readCalendar,
  readDayHours,
  readPendingHoursChange,
  savePendingPosition,
} from "#functions/hours/office-hours.store.ts";
import { liftHours, openHours, setHours } from "#shared/hours/office-hours.ts";
import type { HoursOverride } from "#shared/time/calendar.ts";
import { adminPrincipal } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const by = adminPrincipal;
/** A Saturday of its own for each test, and the Friday before it, on which everything is set. */
let [date, now] = ["", ""];
let week = 0;

beforeEach(() => {
  const saturday = Date.parse("2026-11-28T06:00:00.000Z") + week++ * 7 * 86_400_000;
  date = new Date(saturday).toISOString().slice(0, 10);
  now = new Date(saturday - 86_400_000).toISOString();
});

type Setting = Partial<Pick<HoursOverride, "countyId" | "intervals" | "reason">> & { at?: string };
const set = ({ countyId, intervals = [], reason = "برف", at = now }: Setting = {}) =>
  changeHours({
    date,
    countyId,
    now: at,
    by,
    decide: (hours) => setHours({ date, countyId, intervals, reason }, { ...hours, now: at }),
  });
const lift = ({ countyId }: Setting = {}) =>
  changeHours({ date, countyId, now, by, decide: (hours) => liftHours({ date, countyId }, { ...hours, now }) });
const hoursIn = async (countyId: string, from = now) => openHours(await readCalendar({ countyId, from }), date);
const changes = async () => (await readDayHours(date)).changes;

test("a filing a moment later counts with what was set for its county, and for no other", async () => {
  await set({ countyId: "qazvin" });
  expect(await hoursIn("qazvin")).toMatchObject({ dayType: "closed", reason: { fa: "برف" } });
  expect(await hoursIn("takestan")).toMatchObject({ dayType: "open" });
});

test("what was set for the province holds where a county has no hours of its own", async () => {
  const intervals = [{ from: "09:00", to: "10:00" }];
  await set();
  await set({ countyId: "qazvin", intervals });
  expect(await hoursIn("qazvin")).toMatchObject({ dayType: "open", intervals });
  expect(await hoursIn("takestan")).toMatchObject({ dayType: "closed" });
});

test("days before the one asked for are not read", async () => {
  await set();
  const later = new Date(Date.parse(now) + 2 * 86_400_000).toISOString();
  expect((await readCalendar({ countyId: "qazvin", from: later })).live).toEqual([]);
});

test("what is taken back leaves the day as usual, and stays to be followed", async () => {
  await set({ reason: "آلودگی هوا" });
  await lift();
  expect(await hoursIn("qazvin")).toMatchObject({ dayType: "open" });
  expect(await changes()).toMatchObject([{ version: 2, reason: "آلودگی هوا", pending: {} }]);
});

test("what was never set cannot be taken back, and nothing is written", async () => {
  await lift({ countyId: "avaj" });
  expect(await changes()).toEqual([]);
});

test("the change tells who made it", async () => {
  await set();
  expect(await changes()).toMatchObject([{ clientId: "admins-application", person: "admin", setAt: now }]);
});

test("the same again writes nothing, and another reason does", async () => {
  await set();
  await set();
  expect(await changes()).toMatchObject([{ version: 1 }]);
  await set({ reason: "یخبندان" });
  expect(await changes()).toMatchObject([{ version: 2, reason: "یخبندان" }]);
});

test("of two admins at the same instant neither is lost: the later one decides on what the first one left", async () => {
  await Promise.all([set({ countyId: "qazvin", reason: "برف" }), set({ countyId: "qazvin", reason: "یخبندان" })]);
  expect(await changes()).toMatchObject([{ version: 2 }]);
});

describe("a change that deadlines have yet to follow", () => {
  const isPending = async () => (await listPendingHoursChanges()).some((pending) => pending.date === date);

  test("is found until they have", async () => {
    await set({ countyId: "qazvin" });
    expect(await isPending()).toBe(true);
    const pending = await readPendingHoursChange({ date, countyId: "qazvin" });
    expect(pending).toMatchObject({ version: 1, pending: { since: now, dueAt: now } });
    if (pending) expect(await savePendingPosition(pending, undefined)).toBe(true);
    expect(await isPending()).toBe(false);
    expect(await readPendingHoursChange({ date, countyId: "qazvin" })).toBeUndefined();
    expect(await hoursIn("qazvin")).toMatchObject({ dayType: "closed" });
  });

  test("is not ended by who walked for the version before", async () => {
    await set();
    const pending = await readPendingHoursChange({ date });
    await set({ reason: "یخبندان" });
    if (pending) expect(await savePendingPosition(pending, undefined)).toBe(false);
    expect(await isPending()).toBe(true);
  });

  test("is gone on with by one of two runs that came to the same place, and stays the admin's version", async () => {
    await set();
    const read = await readPendingHoursChange({ date });
    if (!read) return expect.fail("must be pending");
    const { since, dueAt } = read.pending;
    const walk = { startedAt: now, moved: 1, failed: 0, agencyId: "gas" };
    expect(await savePendingPosition(read, { since, dueAt, progress: walk })).toBe(true);
    expect(await savePendingPosition(read, { since, dueAt })).toBe(false);
    expect(await readPendingHoursChange({ date })).toMatchObject({ version: 1, pending: { progress: walk } });
  });

  test("acts from the first of several changes on", async () => {
    await set();
    const at = new Date(Date.parse(now) + 60_000).toISOString();
    await set({ reason: "یخبندان", at });
    expect(await readPendingHoursChange({ date })).toMatchObject({ setAt: at, pending: { since: now, dueAt: at } });
  });
});
