import { describe, expect, test } from "vitest";
import { recordReadToCitizen } from "#shared/complaints/answer-notices.ts";
import { recordCall, recordDisputeByPhone, recordPhoneRead } from "#shared/complaints/call-backs.ts";
import { allowCalls, chooseCallDigits, endCalls } from "#shared/complaints/call-consent.ts";
import { openCall } from "#shared/complaints/call-opening.ts";
import { type Complaint, Status, type Visit } from "#shared/complaints/complaint.ts";
import {
  eraseIdentity,
  giveConsent,
  giveOpinion,
  isIdentityShared,
  recordIdentityRead,
  renewSecret,
  withdrawConsent,
} from "#shared/complaints/confidential-commands.ts";
import { ConfidentialEntry, type NewEntry } from "#shared/complaints/confidential-log.ts";
import { Snapshot } from "#shared/complaints/event.ts";
import { allowSms, endSms } from "#shared/complaints/sms-consent.ts";
import { cancelVisit, noteOverdueVisit, orderVisit, planVisit } from "#shared/complaints/visits.ts";
import { visitTerms } from "../../support/a-calendar.ts";
import {
  aComplaint,
  aConfidentialLog,
  agencyPrincipal,
  callCentrePrincipal,
  citizenPrincipal,
  inspectorPrincipal,
} from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const later = "2026-11-24T08:00:00.000Z";
const order = {
  confidentialLog: [],
  by: inspectorPrincipal,
  now,
  visitId: "v1",
  inspector: "inspector-2",
  terms: visitTerms,
};
/** Late in the evening: an hour after the visit is planned the offices are closed. */
const visit: Visit = { visitId: "v1", orderedAt: now, plannedAt: now, reportBy: "2026-11-24T20:00:00.000Z" };
const open = aComplaint({ version: 3, transferCount: 2, level: 1, nextLevelAt: later, escalationExecution: "one" });
const closed = aComplaint({ status: "closed", closedAt: now });
const report = aComplaint({ status: "disputed", retaliationFor: "QZ-0000-0000-0", reviewBy: later });

type Noting = { confidentialLog: readonly ConfidentialEntry[]; hasIdentity: boolean };
const give = (complaint: Complaint, noting: Noting) => giveConsent(complaint, { by: citizenPrincipal, now, ...noting });
const takeBack = (complaint: Complaint, { confidentialLog }: Noting) =>
  withdrawConsent(complaint, { by: citizenPrincipal, now, confidentialLog });
const erase = (complaint: Complaint, noting: Noting) =>
  eraseIdentity(complaint, { by: citizenPrincipal, now, ...noting });

const by = { by: "citizen", at: now, after: Snapshot.parse(open) } as const;
const given: NewEntry = { type: "consent-given", agencyId: "social-security", transferCount: 0, ...by };
const takenBack: NewEntry = { type: "consent-withdrawn", ...by };
const erased: NewEntry = { type: "identity-erased", ...by };

const allowed: NewEntry = { type: "call-consent-given", ...by };
const inCall = aConfidentialLog(allowed, { type: "phone-read", ...by, by: "front-end" });
const inOpenedCall = aConfidentialLog(
  allowed,
  { type: "phone-read", ...by, by: "front-end" },
  { type: "call-opened", purpose: "opinion", ...by, by: "front-end" },
);
const inNoticeCall = aConfidentialLog(allowed, { type: "phone-read", purpose: "notice", ...by, by: "front-end" });
const inIssueCall = aConfidentialLog(allowed, { type: "phone-read", purpose: "issue", ...by, by: "front-end" });
const due = { purpose: "opinion", group: "silent", daysTried: 0 } as const;
const the128 = { by: "front-end", clientId: "call-centre-128" };

const callers = {
  citizen: citizenPrincipal,
  agency: agencyPrincipal,
  inspector: inspectorPrincipal,
  "front-end": callCentrePrincipal,
};
type Caller = keyof typeof callers;
const whileOpen = Status.options.filter((status) => status !== "closed");
const declared = { name: "زهرا محمدی", nationalId: "0499370899" };
const opinion = { solved: "partly", handling: 3, comment: "ممنون" } as const;

type Row = {
  whose: Caller;
  /** The statuses of the complaints that it is taken of. */
  from: readonly Status[];
  act: (complaint: Complaint, by: never) => NewEntry | undefined;
  told: object;
};

const theCentre = { by: "inspector", clientId: "inspectors-application", person: "inspector-1" };

/** Every confidential entry that a person causes: who may, in which statuses, and the fields of the entry. */
const acts: Record<
  Exclude<
    ConfidentialEntry["type"],
    | "texts-erased"
    | "hold-set"
    | "hold-lifted"
    | "visit-overdue"
    // The rules of notices refuse these (test/domain/notices).
    | "notice-opened"
    | "notice-agreed"
    | "notice-disagreed"
    | "notice-served"
    | "notice-ended"
    | "notice-due"
  >,
  Row
> = {
  "visit-ordered": {
    whose: "inspector",
    from: whileOpen,
    act: (it, by) => orderVisit(it, { ...order, by, plannedAt: later }),
    told: {
      visitId: "v1",
      inspector: "inspector-2",
      plannedAt: later,
      reportBy: "2026-11-28T06:00:00.000Z",
      ...theCentre,
    },
  },
  "visit-planned": {
    whose: "inspector",
    from: whileOpen,
    act: (it, by) =>
      planVisit(it, { confidentialLog: [], by, now, visit, inspector: "inspector-2", plannedAt: later }).entry,
    told: { visitId: "v1", inspector: "inspector-2", plannedAt: later, ...theCentre },
  },
  "visit-cancelled": {
    whose: "inspector",
    from: whileOpen,
    act: (it, by) => cancelVisit(it, { confidentialLog: [], by, now, visit, reason: "دستگاه بسته است." }).entry,
    told: { visitId: "v1", reason: "دستگاه بسته است.", ...theCentre },
  },
  "identity-read": {
    whose: "inspector",
    from: Status.options,
    act: (it, by) => recordIdentityRead(it, { by, now, name: "مینا احمدی" }),
    told: { inspector: "inspector-1", name: "مینا احمدی", ...theCentre },
  },
  "renewal-requested": {
    whose: "inspector",
    from: Status.options,
    act: (it, by) =>
      renewSecret(
        { ...it, secretGeneration: 5 },
        { by, now, name: "مینا احمدی", nationalId: "0499370899", declared, confidentialLog: [] },
      ),
    told: { inspector: "inspector-1", name: "مینا احمدی", ...theCentre },
  },
  "secret-renewed": {
    whose: "inspector",
    from: Status.options,
    act: (it, by) =>
      renewSecret(it, { by, now, name: "مینا احمدی", nationalId: "0499370899", declared, confidentialLog: [] }),
    told: { generation: 1, inspector: "inspector-1", name: "مینا احمدی", ...theCentre },
  },
  "consent-given": {
    whose: "citizen",
    from: whileOpen,
    act: (it, by) => giveConsent(it, { by, now, confidentialLog: [], hasIdentity: true }),
    told: { agencyId: "social-security", transferCount: 2, by: "citizen" },
  },
  "consent-withdrawn": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => withdrawConsent(it, { by, now, confidentialLog: aConfidentialLog(given) }),
    told: { by: "citizen" },
  },
  "opinion-given": {
    whose: "citizen",
    from: ["answered", "disputed", "closed"],
    act: (it, by) => giveOpinion(it, { by, now, confidentialLog: [], opinion }),
    told: { ...opinion, by: "citizen" },
  },
  "call-consent-given": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => allowCalls(it, { by, now, confidentialLog: [], hasPhone: true }),
    told: { by: "citizen" },
  },
  "call-consent-withdrawn": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => endCalls(it, { by, now, confidentialLog: aConfidentialLog(allowed) }),
    told: { by: "citizen" },
  },
  "call-digits-chosen": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => chooseCallDigits(it, { by, now, confidentialLog: aConfidentialLog(allowed), isAgreeing: false }),
    told: { by: "citizen" },
  },
  "call-opened": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) => openCall(it, { by, now, confidentialLog: inCall, areDigitsRight: true }),
    told: { purpose: "opinion", ...the128 },
  },
  "call-digits-wrong": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) => openCall(it, { by, now, confidentialLog: inCall, areDigitsRight: false }),
    told: { purpose: "opinion", ...the128 },
  },
  "sms-consent-given": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => allowSms(it, { by, now, confidentialLog: [], hasMobile: true }),
    told: { by: "citizen" },
  },
  "sms-consent-withdrawn": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) =>
      endSms(it, { by, now, confidentialLog: aConfidentialLog({ ...allowed, type: "sms-consent-given" }) }),
    told: { by: "citizen" },
  },
  "phone-read": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) => recordPhoneRead(it, { by, now, confidentialLog: [], due }),
    told: { group: "silent", ...the128 },
  },
  "call-recorded": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) =>
      recordCall(it, { by, now, confidentialLog: inCall, probability: 0.5, callResult: { outcome: "no-contact" } })[0],
    told: { outcome: "no-contact", group: "silent", probability: 0.5, ...the128 },
  },
  "notice-call-recorded": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) =>
      recordCall(it, {
        by,
        now,
        confidentialLog: inNoticeCall,
        probability: 0.5,
        callResult: { outcome: "informed" },
      })[0],
    told: { outcome: "informed", ...the128 },
  },
  "issue-call-recorded": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) =>
      recordCall(it, {
        by,
        now,
        confidentialLog: inIssueCall,
        probability: undefined,
        callResult: { outcome: "no-contact" },
      })[0],
    told: { outcome: "no-contact", ...the128 },
  },
  "read-to-citizen": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) => recordReadToCitizen(it, { by, now, confidentialLog: [] }),
    told: the128,
  },
  "dispute-lodged-by-phone": {
    whose: "front-end",
    from: Status.options,
    act: (it, by) => recordDisputeByPhone(it, { by, now, confidentialLog: inOpenedCall }),
    told: the128,
  },
  "identity-erased": {
    whose: "citizen",
    from: Status.options,
    act: (it, by) => eraseIdentity(it, { by, now, confidentialLog: [], hasIdentity: true }),
    told: { by: "citizen" },
  },
};

describe.each(Object.entries(acts))("%s", (type, { whose, from, act, told }) => {
  const taken: Complaint = { ...open, status: from[0] ?? "filed" };
  const noted = (complaint: Complaint) => act(complaint, callers[whose] as never);

  test("is noted with what was done, by whom and how the complaint stood, and has no version", () => {
    expect(noted(taken)).toEqual({ type, ...told, at: now, after: Snapshot.parse(taken) });
  });

  test("is read from the confidential log as it was noted", () => {
    const confidentialLog = aConfidentialLog(noted(taken) as NewEntry);
    expect(confidentialLog.map((one) => ConfidentialEntry.parse(one))).toEqual(confidentialLog);
  });

  test("tells no earlier time than what came before it", () => {
    expect(noted({ ...taken, lastEventAt: later })?.at).toBe(later);
  });

  test.each(Status.options)("is taken of a complaint that is %s, unless it is too early or over", (status) => {
    const complaint = aComplaint({ status, ...(status === "closed" && { closedAt: now }) });
    if (from.includes(status)) expect(noted(complaint)?.type).toBe(type);
    else expect(() => noted(complaint)).toThrow(expect.objectContaining({ code: "wrong-state", values: { status } }));
  });

  // A gateway that let others through is not to be relied on.
  const others = (Object.keys(callers) as Caller[]).filter((caller) => caller !== whose);
  test.each(others)("is not the part of the %s", (caller) => {
    expect(() => act(taken, callers[caller] as never)).toThrow(expect.objectContaining({ code: "not-allowed" }));
  });
});

const ofAnother = aComplaint({ id: "QZ-0000-0000-0" });
const five = Array.from({ length: 5 }, () => [given, takenBack]).flat();
const twentyVisits = Array.from(
  { length: 20 },
  (_, n): NewEntry => ({ ...by, type: "visit-ordered", visitId: `v${n}`, reportBy: later }),
);
const atFiling: NewEntry = { ...given, clientId: "call-centre-128" };
const anonymous = { confidentialLog: [], hasIdentity: false };
const named = { confidentialLog: [], hasIdentity: true };

test.each<[string, () => unknown, object]>([
  [
    "a visit planned for what has passed",
    () => orderVisit(open, { ...order, now: later, plannedAt: now }),
    { code: "invalid", errors: [{ path: "plannedAt", rule: "in-the-past" }] },
  ],
  [
    "a twenty-first visit",
    () => orderVisit(open, { ...order, confidentialLog: aConfidentialLog(...twentyVisits), plannedAt: later }),
    { code: "wrong-state", reason: "visit-limit" },
  ],
  ["consent of a stranger", () => give(ofAnother, named), { code: "not-found" }],
  [
    "a stranger's taking back",
    () => takeBack(ofAnother, { ...named, confidentialLog: aConfidentialLog(given) }),
    { code: "not-found" },
  ],
  ["a stranger's erasure", () => erase(ofAnother, named), { code: "not-found" }],
  ["consent in a closed complaint", () => give(closed, named), { code: "wrong-state", values: { status: "closed" } }],
  ["consent in a retaliation report", () => give(report, named), { code: "wrong-state", reason: "agency-missing" }],
  ["consent of nobody named", () => give(open, anonymous), { code: "wrong-state", reason: "identity-missing" }],
  [
    "a sixth consent",
    () => give(open, { ...named, confidentialLog: aConfidentialLog(...five) }),
    { code: "consent-limit" },
  ],
  [
    "a sixth consent after that at filing",
    () => give(open, { ...named, confidentialLog: aConfidentialLog(atFiling, takenBack, ...five) }),
    { code: "consent-limit" },
  ],
  [
    "a sixth consent, to another agency than five had",
    () => give({ ...open, agencyId: "gas" }, { ...named, confidentialLog: aConfidentialLog(...five) }),
    { code: "consent-limit" },
  ],
])("%s is refused, and told why", (_, attempt, refusal) => {
  expect(attempt).toThrow(expect.objectContaining(refusal));
});

test("a visit may be ordered for this very moment", () => {
  expect(orderVisit(open, { ...order, plannedAt: now })).toMatchObject({ plannedAt: now });
});

test.each([
  ["the agency it was given to", {}, true],
  ["the same agency after another transfer", { transferCount: 2 }, false],
  ["another agency, were it under the same number", { agencyId: "gas" }, false],
])("consent stands for %s, or not", (_, fields, stands) => {
  expect(isIdentityShared(aComplaint(fields), aConfidentialLog(given))).toBe(stands);
});

test.each<[string, ConfidentialEntry[]]>([
  ["four were given after filing", aConfidentialLog(...five.slice(0, 8))],
  ["four were given after filing, and one there", aConfidentialLog(atFiling, takenBack, ...five.slice(0, 8))],
  ["much else was noted", aConfidentialLog(takenBack, takenBack, ...five.slice(0, 8), takenBack, takenBack, takenBack)],
])("consent can be given where %s", (_, confidentialLog) => {
  expect(give(aComplaint(), { confidentialLog, hasIdentity: true })).toMatchObject({ type: "consent-given" });
});

test.each<[string, () => NewEntry | undefined]>([
  ["giving what stands", () => give(aComplaint(), { ...named, confidentialLog: aConfidentialLog(given) })],
  [
    "giving what stands since filing",
    () => give(aComplaint(), { ...named, confidentialLog: aConfidentialLog(atFiling) }),
  ],
  [
    "giving what stands, of a closed complaint",
    () => give(closed, { ...named, confidentialLog: aConfidentialLog(given) }),
  ],
  [
    "giving what stands since it was given the fifth time",
    () => give(aComplaint(), { ...named, confidentialLog: aConfidentialLog(...five.slice(0, 9)) }),
  ],
  ["taking back what was never given", () => takeBack(open, named)],
  ["taking back twice", () => takeBack(open, { ...named, confidentialLog: aConfidentialLog(given, takenBack) })],
  [
    "taking back what ended with the erasure",
    () => takeBack(open, { ...anonymous, confidentialLog: aConfidentialLog(given, erased) }),
  ],
  ["erasing nobody", () => erase(open, anonymous)],
  ["erasing twice", () => erase(open, { ...anonymous, confidentialLog: aConfidentialLog(erased) })],
])("%s is no act", (_, act) => {
  expect(act()).toBeUndefined();
});

describe("a visit that is not over", () => {
  const command = { confidentialLog: [], by: inspectorPrincipal, now };
  const plan = (changes: Partial<Parameters<typeof planVisit>[1]>) =>
    planVisit(open, { ...command, visit, inspector: "inspector-2", plannedAt: later, ...changes });
  const planned: NewEntry = { ...by, type: "visit-planned", visitId: "v1", inspector: "inspector-1", plannedAt: later };

  test("is planned anew and handed on, and its deadline stays", () => {
    expect(plan({}).visit).toEqual({ ...visit, inspector: "inspector-2", plannedAt: later });
  });

  test.each<[string, Partial<Parameters<typeof planVisit>[1]>, object]>([
    [
      "for what has passed",
      { now: later, plannedAt: now },
      { code: "invalid", errors: [{ path: "plannedAt", rule: "in-the-past" }] },
    ],
    [
      "for more than 400 days later",
      { plannedAt: "2028-01-01T08:00:00.000Z" },
      { code: "invalid", errors: [{ path: "plannedAt", rule: "too-far-ahead", values: { limit: 400 } }] },
    ],
    [
      "for after its deadline",
      { plannedAt: "2026-11-24T20:00:00.001Z" },
      { code: "invalid", errors: [{ path: "plannedAt", rule: "after-report-deadline" }] },
    ],
    [
      "more than a hundred times",
      { confidentialLog: aConfidentialLog(...Array.from({ length: 100 }, () => planned)) },
      { code: "wrong-state", reason: "visit-limit" },
    ],
    ["that was never ordered", { visit: undefined }, { code: "not-found" }],
    ["that was reported", { visit: { ...visit, reportedAt: now } }, { code: "wrong-state", reason: "visit-reported" }],
    [
      "that was cancelled",
      { visit: { ...visit, cancelledAt: now } },
      { code: "wrong-state", reason: "visit-cancelled" },
    ],
  ])("is not planned %s", (_, changes, refusal) => {
    expect(() => plan(changes)).toThrow(expect.objectContaining(refusal));
  });

  test("is planned for after its deadline once that has passed: it must still be made", () => {
    const now = "2026-11-24T20:00:00.000Z";
    expect(plan({ now, plannedAt: "2026-11-25T06:00:00.000Z" }).visit).toMatchObject({ reportBy: now });
  });

  test("is cancelled where an inspector ordered it, and never where the clock did", () => {
    const cancel = (visit: Visit) => cancelVisit(open, { ...command, visit, reason: "تعطیل است" });
    expect(cancel(visit).visit).toEqual({ ...visit, cancelledAt: now });
    expect(() => cancel({ ...visit, byClock: true })).toThrow(
      expect.objectContaining({ code: "wrong-state", reason: "visit-by-clock" }),
    );
  });

  test.each<[string, Parameters<typeof aComplaint>[0], Partial<Visit>, string, boolean]>([
    ["at its deadline", {}, {}, visit.reportBy, true],
    ["before its deadline", {}, {}, "2026-11-24T19:59:59.999Z", false],
    ["that was reported", {}, { reportedAt: now }, visit.reportBy, false],
    ["that was cancelled", {}, { cancelledAt: now }, visit.reportBy, false],
    ["of a closed complaint", { status: "closed", closedAt: now }, {}, visit.reportBy, false],
  ])("is noted as late %s or not", (_, fields, changes, now, isLate) => {
    const found = { visit: { ...visit, ...changes }, confidentialLog: [], now };
    const entry = noteOverdueVisit(aComplaint(fields), found);
    expect(entry && { type: entry.type, by: entry.by }).toEqual(
      isLate ? { type: "visit-overdue", by: "system" } : undefined,
    );
  });

  test("is noted as late once, and each visit by itself", () => {
    const noteAfter = (visitId: string) => {
      const confidentialLog = aConfidentialLog({ ...by, by: "system", type: "visit-overdue", visitId });
      return noteOverdueVisit(open, { visit, confidentialLog, now: visit.reportBy })?.type;
    };
    expect(noteAfter(visit.visitId)).toBeUndefined();
    expect(noteAfter("another")).toBe("visit-overdue");
  });
});
