import { describe, expect, test } from "vitest";
import {
  afterUse,
  casesOfRun,
  type EarlierSms,
  mayContinueAt,
  mayUse,
  nextRunAt,
  runStartingAt,
  type SmsNews,
  type SmsUse,
  shuffled,
  sinceFor,
} from "#functions/messages/sms-run.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { allowSms, endSms, isSmsAllowed, refuseSmsNotOffered } from "#shared/complaints/sms-consent.ts";
import { citizenSmsText, officialSmsText, smsExcess, smsParts } from "#shared/messages/sms.ts";
import { aComplaint } from "../../support/a-complaint.ts";

describe("the text", () => {
  test.each([citizenSmsText("foad.qazvin.example"), officialSmsText("https://api.foad.qazvin.example/desk")])(
    "fits into two parts, has the regulator's words and no word of a case",
    (text) => {
      expect(smsParts(text)).toBeLessThanOrEqual(2);
      expect(smsExcess(text)).toBe(0);
      expect(text).toContain("لغو۱۱");
      expect(text).not.toMatch(/QZ-|\d{4}-\d{2}/);
    },
  );

  test.each([
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
  ])("of %i characters has %i parts", (length, parts) => {
    expect([smsParts("س".repeat(length)), smsExcess("س".repeat(length))]).toEqual([parts, Math.max(0, length - 134)]);
  });
});

describe("the hour", () => {
  test.each([
    ["2026-11-30T06:30:00.000Z", "2026-11-30T10"],
    ["2026-11-30T07:29:59.000Z", "2026-11-30T10"],
    ["2026-11-30T10:30:00.000Z", "2026-11-30T14"],
    ["2026-11-30T14:45:00.000Z", "2026-11-30T18"],
    ["2026-11-30T06:29:59.000Z", undefined],
    ["2026-11-30T22:30:00.000Z", undefined],
  ])("%s starts the run %s", (now, name) => {
    expect(runStartingAt(now)).toBe(name);
  });

  test("goes on with a run by day, and not in the night", () => {
    expect(mayContinueAt("2026-11-30T17:30:00.000Z")).toBe(true);
    expect(mayContinueAt("2026-11-30T18:30:00.000Z")).toBe(false);
    expect(mayContinueAt("2026-11-30T05:30:00.000Z")).toBe(false);
  });

  test("of the next run is the next of the three, or the first of the next day", () => {
    expect(nextRunAt("2026-11-30T06:31:00.000Z", { onlyFirstOfDay: false })).toBe("2026-11-30T10:30:00.000Z");
    expect(nextRunAt("2026-11-30T06:31:00.000Z", { onlyFirstOfDay: true })).toBe("2026-12-01T06:30:00.000Z");
  });
});

const run = { name: "2026-11-30T14", since: "2026-11-30T06:00:00.000Z", to: "2026-11-30T10:28:00.000Z" };
const finishedTo = "2026-11-30T06:28:00.000Z";
const news = (complaintId: string, at: string, more: Partial<SmsNews> = {}): SmsNews => ({
  complaintId,
  at,
  ...more,
});
const ids = (all: SmsNews[], earlier: EarlierSms[] = [], finished: string | undefined = finishedTo) =>
  casesOfRun(all, { run, finishedTo: finished, earlier }).map(({ complaintId }) => complaintId);

describe("the complaints of a run", () => {
  const at = "2026-11-30T08:00:00.000Z";
  const sentToday = { complaintId: "A", to: "2026-11-30T06:28:00.000Z", isSent: true };

  test("are those with news since the last run, each once", () => {
    expect(ids([news("A", at), news("A", "2026-11-30T09:00:00.000Z"), news("B", at)])).toEqual(["A", "B"]);
    expect(ids([news("A", "2026-11-30T06:10:00.000Z")])).toEqual([]);
    expect(ids([news("A", "2026-11-30T10:29:00.000Z")])).toEqual([]);
  });

  test("have those with news after their message of the same day, and leave out those without", () => {
    expect(ids([news("A", at)], [sentToday])).toEqual(["A"]);
    expect(ids([news("A", "2026-11-30T06:28:00.000Z")], [sentToday])).toEqual([]);
  });

  test("have those that got a message yesterday before their last news", () => {
    const yesterday = { ...sentToday, to: "2026-11-30T06:05:00.000Z" };
    expect(ids([news("A", "2026-11-30T06:10:00.000Z")], [yesterday])).toEqual(["A"]);
    expect(ids([news("A", "2026-11-30T06:04:00.000Z")], [yesterday])).toEqual([]);
  });

  test("have those whose message every provider rejected, without further news", () => {
    expect(ids([], [{ ...sentToday, isSent: false }])).toEqual(["A"]);
    expect(ids([], [{ ...sentToday, isSent: false }, sentToday])).toEqual([]);
  });

  test("have those whose last message every provider rejected, although an earlier one of the day was sent", () => {
    const rejectedLater = { ...sentToday, to: "2026-11-30T08:28:00.000Z", isSent: false };
    expect(ids([], [sentToday, rejectedLater])).toEqual(["A"]);
    expect(ids([], [rejectedLater, sentToday])).toEqual(["A"]);
    const sentAgain = { ...sentToday, to: "2026-11-30T09:28:00.000Z" };
    expect(ids([], [sentToday, rejectedLater, sentAgain])).toEqual([]);
  });
});

describe("news is read", () => {
  const to = "2026-11-30T10:28:00.000Z";
  const dayBefore = "2026-11-29T09:28:00.000Z";

  test("from the end of the last run of the day, and a day more before the first is finished", () => {
    expect(sinceFor({ to, finishedTo: "2026-11-30T06:28:00.000Z" })).toBe("2026-11-30T06:28:00.000Z");
    expect(sinceFor({ to, finishedTo: "2026-11-29T14:28:00.000Z" })).toBe(dayBefore);
    expect(sinceFor({ to, finishedTo: undefined })).toBe(dayBefore);
  });

  test("after an outage from where it stopped, but no week back", () => {
    expect(sinceFor({ to, finishedTo: "2026-11-26T06:28:00.000Z" })).toBe("2026-11-26T06:28:00.000Z");
    expect(sinceFor({ to, finishedTo: "2026-10-01T06:28:00.000Z" })).toBe("2026-11-23T10:28:00.000Z");
  });

  test("after a clock was set back from no later time than it is read to", () => {
    expect(sinceFor({ to, finishedTo: "2026-11-30T12:28:00.000Z" })).toBe(to);
  });
});

describe("a front end's messages of a month", () => {
  const smsPerMonth = 10;
  const used = (n: number): SmsUse => {
    let use: SmsUse = { used: 0 };
    for (let k = 0; k < n; k++) use = afterUse(use, { smsPerMonth, now: "2026-11-30T06:30:00.000Z" });
    return use;
  };
  const older = { smsPerMonth, filedAt: "2026-11-20T06:30:00.000Z" };
  const newer = { smsPerMonth, filedAt: "2026-11-30T06:31:00.000Z" };

  test("are for every case until four fifths are used, then for the cases that were filed before, then for none", () => {
    expect([mayUse(used(7), older), mayUse(used(7), newer)]).toEqual([true, true]);
    expect([mayUse(used(8), older), mayUse(used(8), newer)]).toEqual([true, false]);
    expect([mayUse(used(10), older), mayUse(used(10), newer)]).toEqual([false, false]);
  });
});

test("a random order has the same entries, and depends on the random numbers alone", () => {
  const all = [1, 2, 3, 4, 5];
  expect(shuffled(all, () => 0)).toEqual([2, 3, 4, 5, 1]);
  expect(shuffled(all, (below) => below - 1)).toEqual(all);
});

describe("consent", () => {
  const citizen = { caller: "citizen" as const, complaintId: aComplaint().id };
  const now = "2026-11-30T06:30:00.000Z";
  const allow = (confidentialLog: ConfidentialEntry[], hasMobile = true) =>
    allowSms(aComplaint(), { by: citizen as never, now, confidentialLog, hasMobile });
  const entry = (
    type: "sms-consent-given" | "sms-consent-withdrawn" | "identity-erased",
    n: number,
    clientId?: string,
  ) => ({ ...allow([]), type, entryNumber: n, ...(clientId && { clientId }) }) as ConfidentialEntry;

  test("needs a phone, and is given once", () => {
    expect(allow([])).toMatchObject({ type: "sms-consent-given", by: "citizen" });
    expect(allow([entry("sms-consent-given", 1)])).toBeUndefined();
    expect(() => allow([], false)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "mobile-missing" }));
  });

  test("is taken back, ends with the identity, and can be given five times after filing", () => {
    const given = [entry("sms-consent-given", 1, "call-centre-128")];
    expect(endSms(aComplaint(), { by: citizen as never, now, confidentialLog: given })).toMatchObject({
      type: "sms-consent-withdrawn",
    });
    const renewed = aComplaint({ secretRenewedAt: now });
    expect(() => endSms(renewed, { by: citizen as never, now, confidentialLog: given })).toThrow(
      expect.objectContaining({ reason: "secret-renewed-lately" }),
    );
    expect(isSmsAllowed([...given, entry("identity-erased", 2)])).toBe(false);
    const often = [1, 2, 3, 4, 5].flatMap((n) => [
      entry("sms-consent-given", 2 * n),
      entry("sms-consent-withdrawn", 2 * n + 1),
    ]);
    expect(allow([...given, ...often.slice(0, 8)])).toMatchObject({ type: "sms-consent-given" });
    expect(() => allow([...given, ...often])).toThrow(expect.objectContaining({ code: "consent-limit" }));
  });

  test("is refused at its field where the province sends no messages", () => {
    const at = { isOffered: false, path: "citizen.notifyBySms" };
    expect(refuseSmsNotOffered(true, at)).toMatchObject({
      errors: [{ path: "citizen.notifyBySms", rule: "sms-not-offered" }],
    });
    expect(refuseSmsNotOffered(false, at)).toBeUndefined();
    expect(refuseSmsNotOffered(true, { ...at, isOffered: true })).toBeUndefined();
  });
});
