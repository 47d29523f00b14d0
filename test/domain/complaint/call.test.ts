import { describe, expect, test } from "vitest";
import { historyFor } from "#functions/complaints/history.ts";
import {
  areOpinionCallsOver,
  type CallResult,
  callDueNow,
  callWindow,
  isCallStillPossible,
  recordCall,
  recordDisputeByPhone,
  recordPhoneRead,
} from "#shared/complaints/call-backs.ts";
import {
  allowCalls,
  areCallsAllowed,
  chooseCallDigits,
  endCalls,
  hasCallDigits,
} from "#shared/complaints/call-consent.ts";
import { openCall } from "#shared/complaints/call-opening.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { pressuredSince } from "#shared/complaints/confidential-commands.ts";
import type { NewEntry } from "#shared/complaints/confidential-log.ts";
import { Snapshot } from "#shared/complaints/event.ts";
import { aComplaint, aConfidentialLog, callCentrePrincipal, citizenPrincipal } from "../../support/a-complaint.ts";

const closedAt = "2026-11-24T07:00:00.000Z";
const silent = aComplaint({ status: "answered", confirmBy: "2026-12-04T07:00:00.000Z" });
const closed = (closure: Complaint["closure"]) => aComplaint({ ...silent, status: "closed", closure, closedAt });

const at = (now: string, says: object): NewEntry =>
  ({ by: "front-end", at: now, after: Snapshot.parse(silent), ...says }) as NewEntry;
const allowed = at("2026-11-24T06:10:00.000Z", { type: "call-consent-given" });
const read = (now: string) => at(now, { type: "phone-read" });
const opened = (now: string) => at(now, { type: "call-opened", purpose: "opinion" });
const called = (now: string, says: object) =>
  at(now, { type: "call-recorded", group: "silent", probability: 1, ...says });
const inVain = (now: string) => called(now, { outcome: "no-contact" });
/** The call for an opinion that the phone number is read for. */
const opinionCall = (group: "silent" | "accepted" = "silent") => ({ purpose: "opinion", group, daysTried: 0 }) as const;

describe("who is to be called", () => {
  const due = (complaint: Complaint, now: string, ...notes: NewEntry[]) =>
    callDueNow(complaint, {
      confidentialLog: aConfidentialLog(allowed, ...notes),
      now,
      isDrawn: true,
      isInformed: true,
    });

  test.each([
    ["is silent, three days before the time is over", silent, "2026-12-01T07:00:00.000Z", "silent"],
    ["is silent, at the last moment", silent, "2026-12-04T06:59:59.999Z", "silent"],
    ["has accepted", closed("accepted"), closedAt, "accepted"],
    ["has withdrawn", closed("withdrawn"), closedAt, "other"],
    ["was decided about, 30 days ago but for a moment", closed("decided"), "2026-12-24T06:59:59.999Z", "other"],
  ] as const)("whoever %s", (_, complaint, now, group) => {
    expect(due(complaint, now)).toMatchObject({ group, daysTried: 0 });
  });

  test.each([
    ["is silent, more than three days before", silent, "2026-12-01T06:59:59.999Z"],
    ["is silent, and the time is over", silent, "2026-12-04T07:00:00.000Z"],
    ["was silent to the end", closed("expired"), closedAt],
    ["was decided about 30 days ago", closed("decided"), "2026-12-24T07:00:00.000Z"],
    ["has not been answered", aComplaint(), closedAt],
    ["has disputed", aComplaint({ ...silent, status: "disputed" }), "2026-12-02T07:00:00.000Z"],
    ["reported a retaliation", aComplaint({ ...closed("decided"), retaliationFor: "QZ-0000-0000-0" }), closedAt],
  ])("not whoever %s", (_, complaint, now) => {
    expect(due(complaint, now)).toBeUndefined();
  });

  const now = "2026-12-03T12:00:00.000Z";
  test.each([
    ["took consent back", at(now, { type: "call-consent-withdrawn" })],
    ["is erased", at(now, { type: "identity-erased" })],
    ["declined", called(now, { outcome: "declined" })],
    ["has answered", called(now, { outcome: "answered", solved: "yes", handling: 4 })],
  ])("nobody who %s", (_, note) => {
    expect(due(silent, now, note)).toBeUndefined();
  });

  test("nobody any more who was rung in vain on three days of Tehran", () => {
    // 20:30 in UTC is midnight in Tehran.
    const [first, again, second, third] = ["T19:00", "T20:00", "T21:00"].map((time) =>
      inVain(`2026-12-01${time}:00.000Z`),
    );
    const tries = [first, again, second, third].flatMap((one) => one ?? []);
    expect(due(silent, now, ...tries)).toMatchObject({ daysTried: 2 });
    expect(due(silent, now, ...tries, inVain("2026-12-03T11:00:00.000Z"))).toBeUndefined();
  });

  test("nobody who never agreed", () => {
    expect(callDueNow(silent, { confidentialLog: [], now, isDrawn: true, isInformed: false })).toBeUndefined();
  });
});

test("a phone is noted as read once a day of Tehran", () => {
  const noted = (now: string) =>
    recordPhoneRead(silent, {
      by: callCentrePrincipal,
      now,
      confidentialLog: aConfidentialLog(read("2026-12-01T20:00:00.000Z")),
      due: opinionCall(),
    });
  expect(noted("2026-12-01T20:29:59.000Z")).toBeUndefined();
  expect(noted("2026-12-01T20:30:00.000Z")).toMatchObject({ type: "phone-read", by: "front-end" });
});

test("and once more when the citizen has accepted meanwhile; nobody reads for whom it stood", () => {
  const now = "2026-12-01T10:00:00.000Z";
  const noted = (group: "silent" | "accepted", ...notes: NewEntry[]) =>
    recordPhoneRead(silent, {
      by: callCentrePrincipal,
      now,
      confidentialLog: aConfidentialLog(...notes),
      due: opinionCall(group),
    }) as NewEntry;
  const first = noted("silent");
  expect(noted("silent", first)).toBeUndefined();
  expect(noted("accepted", first)).toMatchObject({ group: "accepted" });
  for (const as of ["citizen", "inspector"] as const)
    expect(
      historyFor({ events: [], confidentialLog: aConfidentialLog(first) }, { viewer: as, readsIdentity: true }),
    ).toEqual([{ entryNumber: 1, type: "phone-read", at: now, by: "front-end" }]);
});

describe("what came of a call", () => {
  const now = "2026-12-02T08:00:00.000Z";
  const recorded = (
    ringing: CallResult,
    { complaint = silent, notes = [read("2026-12-02T07:00:00.000Z"), opened(now)] } = {},
  ) =>
    recordCall(complaint, {
      by: callCentrePrincipal,
      now,
      confidentialLog: aConfidentialLog(allowed, ...notes),
      callResult: ringing,
      probability: 0.25,
    });
  const record = (...told: Parameters<typeof recorded>) => recorded(...told)[0];
  const opinion = { solved: "no", handling: 2, pressured: true } as const;

  test("is noted with the opinion, whom it stands for and the probability", () => {
    const noted = { type: "call-recorded", outcome: "answered", ...opinion, group: "silent", probability: 0.25 };
    expect(record({ outcome: "answered", opinion })).toMatchObject({ ...noted, clientId: "call-centre-128" });
  });

  test.each([
    ["silent", aComplaint({ ...silent, status: "disputed" })],
    ["silent", closed("expired")],
    ["accepted", closed("accepted")],
    ["other", closed("withdrawn")],
  ])("stands for the %s, where no note says for whom", (group, complaint) => {
    expect(record({ outcome: "declined" }, { complaint })).toMatchObject({ group });
  });

  test("stands for the silent who was listed as such, also if the answer was accepted during the call", () => {
    const notes = [
      recordPhoneRead(silent, {
        by: callCentrePrincipal,
        now,
        confidentialLog: aConfidentialLog(allowed),
        due: opinionCall(),
      }) as NewEntry,
    ];
    expect(record({ outcome: "declined" }, { complaint: closed("accepted"), notes })).toMatchObject({
      group: "silent",
    });
  });

  test("is nothing the second time in vain on one day", () => {
    const read = at("2026-12-02T07:00:00.000Z", { type: "phone-read" });
    const notes = [read, inVain("2026-12-02T07:30:00.000Z")];
    expect(record({ outcome: "no-contact" }, { notes })).toBeUndefined();
    expect(record({ outcome: "declined" }, { notes })).toMatchObject({ outcome: "declined" });
  });

  test("takes back that one may be called, where that is refused", () => {
    expect(recorded({ outcome: "declined" }).map(({ type }) => type)).toEqual([
      "call-recorded",
      "call-consent-withdrawn",
    ]);
    expect(areCallsAllowed(aConfidentialLog(allowed, ...recorded({ outcome: "declined" })))).toBe(false);
    expect(recorded({ outcome: "answered", opinion })).toHaveLength(1);
  });

  test("is what somebody says who rings back after the third day in vain; nothing else is noted of them", () => {
    const days = ["2026-11-30", "2026-12-01", "2026-12-02"].map((date) => inVain(`${date}T07:30:00.000Z`));
    const notes = [read("2026-12-02T07:00:00.000Z"), ...days, opened(now)];
    expect(areOpinionCallsOver(aConfidentialLog(allowed, ...notes))).toBe(true);
    expect(record({ outcome: "answered", opinion }, { notes })).toMatchObject({ outcome: "answered" });
    expect(recorded({ outcome: "no-contact" }, { notes })).toEqual([]);
  });

  test.each([
    ["whose phone nobody read", []],
    ["whose phone was read the day before yesterday", [read("2026-11-30T20:29:59.000Z")]],
    ["who took consent back", [read(now), at(now, { type: "call-consent-withdrawn" })]],
    ["who declined", [read(now), called(now, { outcome: "declined" }), at(now, { type: "call-consent-withdrawn" })]],
  ])("is not taken of one %s, as of one unknown", (_, notes) => {
    const notFound = expect.objectContaining({ code: "not-found" });
    expect(() => record({ outcome: "answered", opinion }, { notes })).toThrow(notFound);
    const confidentialLog = aConfidentialLog(allowed, ...notes);
    expect(() =>
      recordDisputeByPhone(silent, { by: callCentrePrincipal, now, confidentialLog: confidentialLog }),
    ).toThrow(notFound);
  });

  test.each([
    ["", "2026-12-02T20:29:59.999Z"],
    [" not", "2026-12-02T20:30:00.000Z"],
  ])("is%s taken at %s of one whose phone was noted as read on the first of December in Tehran", (not, now) => {
    const confidentialLog = aConfidentialLog(allowed, read("2026-12-01T06:00:00.000Z"), opened(now));
    const carry = expect(() =>
      recordDisputeByPhone(silent, { by: callCentrePrincipal, now, confidentialLog: confidentialLog }),
    );
    (not ? carry : carry.not).toThrow(expect.objectContaining({ code: "not-found" }));
  });

  test("is news, later or the wrong person without the citizen's digits; an opinion and a dispute need them", () => {
    const unopened = [read(now)];
    const confidentialLog = aConfidentialLog(allowed, ...unopened);
    const notOpened = expect.objectContaining({ code: "call-not-opened" });
    expect(() => record({ outcome: "answered", opinion }, { notes: unopened })).toThrow(notOpened);
    expect(() => recordDisputeByPhone(silent, { by: callCentrePrincipal, now, confidentialLog })).toThrow(notOpened);
    expect(() =>
      record({ outcome: "answered", opinion }, { notes: [read(now), opened("2026-12-02T05:00:00.000Z")] }),
    ).toThrow(notOpened);
    const typesAfter = (outcome: "informed" | "later" | "wrong-person") =>
      recorded({ outcome }, { notes: unopened }).map(({ type }) => type);
    expect(typesAfter("informed")).toEqual(["call-recorded"]);
    const withDigits = [at(now, { type: "call-digits-chosen" }), read(now)];
    expect(() => record({ outcome: "informed" }, { notes: withDigits })).toThrow(notOpened);
    expect(recorded({ outcome: "informed" }, { notes: [...withDigits, opened(now)] })).toHaveLength(1);
    expect(typesAfter("later")).toEqual(["call-recorded"]);
    expect(typesAfter("wrong-person")).toEqual(["call-recorded", "call-consent-withdrawn"]);
    expect(areOpinionCallsOver(aConfidentialLog(...recorded({ outcome: "later" }, { notes: unopened })))).toBe(false);
    expect(areOpinionCallsOver(aConfidentialLog(...recorded({ outcome: "informed" }, { notes: unopened })))).toBe(true);
  });

  test("may be a dispute after the opinion too", () => {
    const answered = record({ outcome: "answered", opinion }) as NewEntry;
    const confidentialLog = aConfidentialLog(allowed, read(now), opened(now), answered);
    expect(
      recordDisputeByPhone(silent, { by: callCentrePrincipal, now, confidentialLog: confidentialLog }),
    ).toMatchObject({
      type: "dispute-lodged-by-phone",
    });
    expect(pressuredSince(confidentialLog)).toBe(now);
  });

  test.each([
    [true, undefined, "written"],
    [undefined, true, "said"],
    [false, undefined, undefined],
  ])("pressured: %s in writing, and %s when called, is pressured since it was %s", (written, said, since) => {
    const earlier = "2026-12-01T08:00:00.000Z";
    const own = at(earlier, { type: "opinion-given", ...opinion, pressured: written });
    const ringing = { outcome: "answered", opinion: { ...opinion, pressured: said } } as const;
    const confidentialLog = aConfidentialLog(own, record(ringing) as NewEntry);
    expect(pressuredSince(confidentialLog)).toBe(since && { written: earlier, said: now }[since]);
  });

  test("is read whole by the citizen but for what figures need, and by inspectors where it calls for them", () => {
    const confidentialLog = aConfidentialLog(record({ outcome: "answered", opinion }) as NewEntry);
    const history = (as: "citizen" | "inspector" | "agency") =>
      historyFor({ events: [], confidentialLog: confidentialLog }, { viewer: as, readsIdentity: true });
    const entry = { entryNumber: 1, type: "call-recorded", at: now, by: "front-end", outcome: "answered" };
    expect(history("citizen")).toEqual([{ ...entry, ...opinion }]);
    expect(history("inspector")).toEqual([{ ...entry, pressured: true }]);
    expect(history("agency")).toEqual([]);
  });

  test("leaves no gap in what inspectors read, where nothing calls for them", () => {
    const content = record({ outcome: "answered", opinion: { solved: "yes", handling: 5 } }) as NewEntry;
    const confidentialLog = aConfidentialLog(
      read(now),
      content,
      at(now, { type: "identity-read", inspector: "inspector-1" }),
    );
    const numbers = historyFor(
      { events: [], confidentialLog: confidentialLog },
      { viewer: "inspector", readsIdentity: true },
    ).map((one) => one.entryNumber);
    expect(numbers).toEqual([1, 2]);
  });
});

test("once the citizen has agreed again, of the earlier calls only those with the digits count", () => {
  const now = "2026-12-03T12:00:00.000Z";
  const log = (...notes: NewEntry[]) => aConfidentialLog(allowed, ...notes);
  for (const outcome of ["declined", "wrong-person"]) {
    const ended = [called(now, { outcome }), at(now, { type: "call-consent-withdrawn" })];
    expect(areOpinionCallsOver(log(...ended))).toBe(true);
    expect(areOpinionCallsOver(log(...ended, allowed))).toBe(false);
  }
  const said = (outcome: string) => [called(now, { outcome }), at(now, { type: "call-consent-withdrawn" }), allowed];
  expect(areOpinionCallsOver(log(...said("answered")))).toBe(true);
  expect(areOpinionCallsOver(log(...said("informed")))).toBe(false);
  const later = ["01", "02", "03"].map((day) => called(`2026-12-${day}T12:00:00.000Z`, { outcome: "later" }));
  expect(areOpinionCallsOver(log(...later))).toBe(true);
  expect(areOpinionCallsOver(log(...later, allowed))).toBe(false);
});

describe("the citizen's digits, said in a call", () => {
  const now = "2026-12-02T08:00:00.000Z";
  const open = (areDigitsRight: boolean | undefined, ...notes: NewEntry[]) =>
    openCall(silent, {
      by: callCentrePrincipal,
      now,
      confidentialLog: aConfidentialLog(allowed, ...notes),
      areDigitsRight,
    });
  const wrong = at(now, { type: "call-digits-wrong", purpose: "opinion" });

  test("open it for three hours, in which they add no entry again", () => {
    expect(open(true, read(now))).toMatchObject({ type: "call-opened", purpose: "opinion", by: "front-end" });
    expect(open(true, read(now), opened("2026-12-02T05:00:00.001Z"))).toBeUndefined();
    expect(open(true, read(now), opened("2026-12-02T05:00:00.000Z"))).toMatchObject({ type: "call-opened" });
  });

  test("open it until the citizen chooses others, or takes back the consent", () => {
    const chosen = at(now, { type: "call-digits-chosen" });
    expect(open(true, read(now), opened(now), chosen)).toMatchObject({ type: "call-opened" });
    const ended = at(now, { type: "call-consent-withdrawn" });
    expect(open(true, read(now), opened(now), ended, allowed)).toMatchObject({ type: "call-opened" });
  });

  test("open it for the purpose that the phone number was read for", () => {
    const ofIssue = at(now, { type: "phone-read", purpose: "issue" });
    expect(open(true, read(now), ofIssue)).toMatchObject({ purpose: "issue" });
  });

  test("count each time they are wrong, in an open call too, and are not taken after the third time", () => {
    expect(open(false, read(now), opened(now))).toMatchObject({ type: "call-digits-wrong", purpose: "opinion" });
    expect(open(true, read(now), wrong, wrong)).toMatchObject({ type: "call-opened" });
    const notFound = expect.objectContaining({ code: "not-found" });
    expect(() => open(true, read(now), wrong, wrong, wrong)).toThrow(notFound);
    expect(() => open(true, read(now), opened(now), wrong, wrong, wrong)).toThrow(notFound);
  });

  test("are not asked for where nobody calls, or none are chosen", () => {
    expect(() => open(true)).toThrow(expect.objectContaining({ code: "not-found" }));
    expect(() => open(undefined)).toThrow(expect.objectContaining({ code: "not-found" }));
    expect(() => open(undefined, read(now))).toThrow(expect.objectContaining({ code: "call-digits-none" }));
  });
});

test.each([
  ["an open case", aComplaint({}), true],
  ["one that is answered", silent, true],
  ["one that was closed lately", closed("withdrawn"), true],
  ["one that closed in silence lately", closed("expired"), true],
  ["one closed a month ago", aComplaint({ ...closed("withdrawn"), closedAt: "2026-11-02T08:00:00.000Z" }), false],
  ["a retaliation report", aComplaint({ status: "disputed", retaliationFor: "QZ-7K3M-9XPT-Q" }), false],
])("a call may come of %s: %s", (_, complaint, may) => {
  expect(isCallStillPossible(complaint, "2026-12-02T08:00:00.000Z")).toBe(may);
});

test("who was silent to the end is called in no window", () => {
  expect(callWindow(closed("expired"))).toBeUndefined();
});

describe("consent to calls", () => {
  const now = closedAt;
  const allow = (notes: NewEntry[], hasPhone = true) =>
    allowCalls(silent, { by: citizenPrincipal, now, confidentialLog: aConfidentialLog(...notes), hasPhone });
  const ended = at(now, { type: "call-consent-withdrawn" });

  test("is given anew after it was taken back, and nothing is noted where it stands", () => {
    expect(allow([allowed])).toBeUndefined();
    expect(allow([allowed, ended])).toMatchObject({ type: "call-consent-given", by: "citizen" });
    expect(
      endCalls(silent, { by: citizenPrincipal, now, confidentialLog: aConfidentialLog(allowed, ended) }),
    ).toBeUndefined();
  });

  test("is not taken back for 48 hours after the secret was renewed", () => {
    const end = (secretRenewedAt: string, ...notes: NewEntry[]) =>
      endCalls(aComplaint({ ...silent, secretRenewedAt }), {
        by: citizenPrincipal,
        now,
        confidentialLog: aConfidentialLog(...notes),
      });
    const lately = "2026-11-22T07:00:00.001Z";
    expect(() => end(lately, allowed)).toThrow(expect.objectContaining({ reason: "secret-renewed-lately" }));
    expect(end(lately)).toBeUndefined();
    expect(end("2026-11-22T07:00:00.000Z", allowed)).toMatchObject({ type: "call-consent-withdrawn" });
  });

  test("ends with the third wrong digits, until new ones are chosen", () => {
    const wrong = at(now, { type: "call-digits-wrong", purpose: "opinion" });
    const chosen = at(now, { type: "call-digits-chosen" });
    const log = aConfidentialLog(allowed, chosen, wrong, wrong);
    expect(areCallsAllowed(log)).toBe(true);
    const blocked = [allowed, chosen, wrong, wrong, wrong];
    expect(areCallsAllowed(aConfidentialLog(...blocked))).toBe(false);
    expect(() => allow(blocked)).toThrow(expect.objectContaining({ reason: "call-digits-missing" }));
    expect(areCallsAllowed(aConfidentialLog(...blocked, chosen))).toBe(true);
    expect(hasCallDigits(aConfidentialLog(...blocked))).toBe(true);
    expect(hasCallDigits(aConfidentialLog(...blocked, ended))).toBe(false);
  });

  test("comes before digits, which are chosen five times after filing, and not with a secret that was renewed lately", () => {
    const choose = (notes: NewEntry[], complaint = silent, isAgreeing = false) =>
      chooseCallDigits(complaint, {
        by: citizenPrincipal,
        now,
        confidentialLog: aConfidentialLog(...notes),
        isAgreeing,
      });
    expect(() => choose([])).toThrow(expect.objectContaining({ reason: "calls-not-allowed" }));
    expect(choose([], silent, true)).toMatchObject({ type: "call-digits-chosen" });
    const renewed = aComplaint({ ...silent, secretRenewedAt: now });
    expect(() => choose([allowed], renewed)).toThrow(expect.objectContaining({ reason: "secret-renewed-lately" }));
    const five = Array.from({ length: 5 }, () => at(now, { type: "call-digits-chosen" }));
    expect(() => choose([allowed, ...five])).toThrow(expect.objectContaining({ code: "consent-limit" }));
  });

  test("ends with the identity", () => {
    expect(areCallsAllowed(aConfidentialLog(allowed, at(now, { type: "identity-erased" })))).toBe(false);
  });

  test("takes a phone, and is given five times after filing", () => {
    expect(() => allow([], false)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "phone-missing" }));
    const five = Array.from({ length: 5 }, () => [allowed, ended]).flat();
    expect(() => allow(five)).toThrow(expect.objectContaining({ code: "consent-limit" }));
    expect(allow(five.slice(2))).toBeDefined();
  });
});
