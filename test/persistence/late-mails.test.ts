import { expect, test } from "vitest";
import {
  endLateMail,
  isMailedAtOnce,
  listDueLateMails,
  returnLateMail,
  takeWaitingMails,
} from "#functions/messages/late-mails.store.ts";
import { addMilliseconds, minuteMs } from "#shared/time/duration.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

const now = "2026-11-24T07:00:00.000Z";
const later = (minutes: number) => addMilliseconds(now, minutes * minuteMs);
const late = (n: number) => ({ complaintId: `QZ-${String(n).padStart(4, "0")}-0000-0`, version: 2 });

test("the first late complaint is mailed at once, those of the next hour wait and are mailed together", async () => {
  const name = "county-governor#qazvin";
  expect(await isMailedAtOnce(name, late(1), now)).toBe(true);
  // A mail that failed is sent again at once.
  expect(await isMailedAtOnce(name, late(1), later(1))).toBe(true);
  const others = await Promise.all(Array.from({ length: 60 }, (_, n) => isMailedAtOnce(name, late(n + 2), later(2))));
  expect(others.every((isAtOnce) => !isAtOnce)).toBe(true);
  expect(await takeWaitingMails(name, later(59))).toBeUndefined();

  // Of two runs at once one takes them.
  const both = await Promise.all([takeWaitingMails(name, later(60)), takeWaitingMails(name, later(60))]);
  const [first = expect.unreachable()] = both.filter((taken) => taken !== undefined);
  expect(both).toContain(undefined);
  expect(first).toEqual(Array.from({ length: 50 }, (_, n) => late(n + 2)));
  expect(await listDueLateMails(later(59))).toEqual({ names: [], next: later(120) });
  // One more becomes late while the mail is being sent, which fails once.
  expect(await isMailedAtOnce(name, late(90), later(60))).toBe(false);
  await returnLateMail(name, later(60));
  expect(await listDueLateMails(later(60))).toEqual({ names: [name], next: undefined });
  expect(await takeWaitingMails(name, later(61))).toEqual(first);
  await endLateMail(name, { late: first, wasSent: true, now: later(61) });

  const second = (await takeWaitingMails(name, later(121))) ?? expect.unreachable();
  expect(second).toEqual([...Array.from({ length: 10 }, (_, n) => late(n + 52)), late(90)]);
  // None of them is late any more: no mail is sent, and the hour is over.
  await endLateMail(name, { late: second, wasSent: false, now: later(121) });
  expect(await takeWaitingMails(name, later(122))).toBeUndefined();
  expect(await listDueLateMails(later(999))).toEqual({ names: [], next: undefined });
  expect(await isMailedAtOnce(name, late(99), later(122))).toBe(true);
});

test("one official's mail does not delay another's", async () => {
  expect(await isMailedAtOnce("agency-head#gas", late(1), now)).toBe(true);
  expect(await isMailedAtOnce("agency-head#post", late(2), now)).toBe(true);
});
