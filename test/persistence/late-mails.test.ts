import { expect, test } from "vitest";
import { addMilliseconds, minuteMs } from "#shared/domain/time/duration.ts";
import {
  isMailedAtOnce,
  listDueLateMails,
  readWaitingMails,
  recordLateMail,
} from "#shared/persistence/notifications/late-mails.ts";
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
  expect(await readWaitingMails(name, later(60))).toBeUndefined();
  expect(await listDueLateMails(later(60))).toEqual({ names: [], next: later(61) });
  expect(await listDueLateMails(later(61))).toEqual({ names: [name], next: undefined });

  const first = (await readWaitingMails(name, later(61))) ?? expect.unreachable();
  expect(first.late).toEqual(Array.from({ length: 50 }, (_, n) => late(n + 2)));
  // One more becomes late while the mail is being sent.
  expect(await isMailedAtOnce(name, late(90), later(61))).toBe(false);
  await recordLateMail(name, { ...first, now: later(61) });
  // The same order again changes nothing.
  await recordLateMail(name, { ...first, now: later(61) });
  expect(await readWaitingMails(name, later(62))).toBeUndefined();
  const second = (await readWaitingMails(name, later(121))) ?? expect.unreachable();
  expect(second.late).toEqual([...Array.from({ length: 10 }, (_, n) => late(n + 52)), late(90)]);
  await recordLateMail(name, { ...second, now: later(121) });

  // The hour after it nothing waits.
  const none = (await readWaitingMails(name, later(181))) ?? expect.unreachable();
  expect(none.late).toEqual([]);
  await recordLateMail(name, { ...none, now: later(181) });
  expect(await listDueLateMails(later(999))).toEqual({ names: [], next: undefined });
  expect(await isMailedAtOnce(name, late(99), later(181))).toBe(true);
});

test("one official's mail does not delay another's", async () => {
  expect(await isMailedAtOnce("agency-head#gas", late(1), now)).toBe(true);
  expect(await isMailedAtOnce("agency-head#post", late(2), now)).toBe(true);
});
