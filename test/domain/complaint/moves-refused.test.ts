import { describe, expect, test } from "vitest";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { expire } from "#shared/complaints/lifecycle.ts";
import {
  accept,
  acknowledge,
  answer,
  decide,
  dispute,
  extend,
  reject,
  transfer,
  withdraw,
} from "#shared/complaints/moves.ts";
import { addStatement, postMessage, reportVisit } from "#shared/complaints/remarks.ts";
import { Fault } from "#shared/fault.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const judged = { finding: "founded" as const, cause: "staff-absent", text: "دیده شد", actions: [] };
const receiver = { toAgencyId: "gas", exists: true, servesCounty: true, operatesFrontEnd: false };
const acknowledgeBy = now;
const refusedCause = new Fault("retired", { values: { id: "staff-absent", successorId: "no-substitute" } });
const visit = { visitId: "v1", orderedAt: now, reportBy: now };
const report = { visitId: "v1", arrivedAt: now, visitResult: "confirmed", text: "کسی نبود" } as const;
const promising = (...days: string[]) => ({ ...judged, actions: days.map((dueOn) => ({ text: "باجهٔ دیگر", dueOn })) });
const acknowledged = aComplaint({ status: "acknowledged" });
const answered = aComplaint({ status: "answered", confirmBy: now });

const callers = { citizen: citizenPrincipal, agency: agencyPrincipal, inspector: inspectorPrincipal };
type Caller = keyof typeof callers;

/** What somebody attempts whose part it may not be; a gateway that let them through is not to be relied on. */
const attempts: [string, Caller[], (by: never) => unknown][] = [
  ["acknowledge", ["agency"], (by) => acknowledge(aComplaint(), { by, now, officer })],
  ["answer", ["agency"], (by) => answer(aComplaint(), { by, now, officer, ...judged, confirmBy: now })],
  ["extend", ["agency"], (by) => extend(acknowledged, { by, now, reason: "بایگانی", answerBy: now })],
  [
    "send on",
    ["agency", "inspector"],
    (by) => transfer(aComplaint(), { by, now, ...receiver, reason: "مربوط به گاز", acknowledgeBy }),
  ],
  ["accept", ["citizen"], (by) => accept(answered, { by, now })],
  ["dispute", ["citizen"], (by) => dispute(answered, { by, now, reason: "درست نیست", reviewBy: now })],
  ["withdraw", ["citizen"], (by) => withdraw(aComplaint(), { by, now })],
  ["decide", ["inspector"], (by) => decide(aComplaint(), { by, now, ...judged })],
  ["reject", ["inspector"], (by) => reject(aComplaint(), { by, now, reason: "out-of-scope", text: "نه" })],
  ["write", ["citizen", "agency", "inspector"], (by) => postMessage(aComplaint(), { by, now, text: "سلام" })],
  [
    "make a statement",
    ["agency"],
    (by) => addStatement(aComplaint(), { by, now, employee: { counter: "3" }, text: "نه" }),
  ],
  [
    "report a visit",
    ["inspector"],
    (by) => reportVisit(aComplaint(), { by, now, ...report, areTextsOver: false, confidentialLog: [], visit }),
  ],
];

describe.each(attempts)("to %s", (_, whose, attempt) => {
  test.each(Object.keys(callers) as Caller[])("is allowed to a caller whose part it is, or refused: %s", (caller) => {
    const act = () => attempt(callers[caller] as never);
    if (whose.includes(caller)) expect(act).not.toThrow();
    else expect(act).toThrow(expect.objectContaining({ code: "not-allowed" }));
  });
});

test.each<[string, () => unknown, object]>([
  [
    "an extension that comes too late",
    () => extend(acknowledged, { by: agencyPrincipal, now: acknowledged.answerBy, reason: "بایگانی", answerBy: now }),
    { code: "wrong-state", reason: "answer-overdue" },
  ],
  [
    "a transfer to an agency that is not there",
    () =>
      transfer(aComplaint(), {
        by: agencyPrincipal,
        now,
        ...receiver,
        exists: false,
        servesCounty: false,
        reason: "گاز",
        acknowledgeBy,
      }),
    { code: "unknown-agency", reason: "receiver-unknown" },
  ],
  [
    "a transfer to an agency that is not in the county",
    () =>
      transfer(aComplaint(), {
        by: agencyPrincipal,
        now,
        ...receiver,
        servesCounty: false,
        reason: "گاز",
        acknowledgeBy,
      }),
    { code: "unknown-agency", reason: "receiver-outside-county" },
  ],
  [
    "a transfer to the agency that has it",
    () =>
      transfer(aComplaint(), {
        by: agencyPrincipal,
        now,
        ...receiver,
        toAgencyId: aComplaint().agencyId,
        reason: "گاز",
        acknowledgeBy,
      }),
    { code: "unknown-agency", reason: "receiver-has-complaint" },
  ],
  [
    "a transfer to an agency that is retired",
    () =>
      transfer(aComplaint(), {
        by: agencyPrincipal,
        now,
        ...receiver,
        retiredFault: new Fault("retired", { values: { id: "gas", successorId: "energy" } }),
        reason: "گاز",
        acknowledgeBy,
      }),
    { code: "retired", values: { id: "gas", successorId: "energy" } },
  ],
  [
    "a decision by whoever decided before",
    () => decide(aComplaint(), { by: inspectorPrincipal, now, ...judged, earlierInspector: "inspector-1" }),
    { code: "conflict-of-interest", reason: "decided-earlier-complaint" },
  ],
  [
    "an answer that promises a day that has passed",
    () =>
      answer(aComplaint(), {
        by: agencyPrincipal,
        now,
        officer,
        ...promising("2026-11-24", "2026-11-23"),
        confirmBy: now,
      }),
    { code: "invalid", errors: [{ path: "actions[1].dueOn", rule: "in-the-past" }] },
  ],
  [
    "a decision that promises a day that has passed in Tehran",
    () => decide(aComplaint(), { by: inspectorPrincipal, now: "2026-11-24T20:30:00.000Z", ...promising("2026-11-24") }),
    { code: "invalid", errors: [{ path: "actions[0].dueOn", rule: "in-the-past" }] },
  ],
  [
    "an answer that names a cause that is retired",
    () =>
      answer(aComplaint(), { by: agencyPrincipal, now, officer, ...judged, causeFault: refusedCause, confirmBy: now }),
    { code: "retired", values: { id: "staff-absent", successorId: "no-substitute" } },
  ],
  [
    "a decision that names a cause that is retired",
    () => decide(aComplaint(), { by: inspectorPrincipal, now, ...judged, causeFault: refusedCause }),
    { code: "retired", values: { id: "staff-absent", successorId: "no-substitute" } },
  ],
  [
    "a decision that leaves open whether the agency's answer is upheld",
    () => decide(answered, { by: inspectorPrincipal, now, ...judged }),
    { code: "invalid", errors: [{ path: "upholdsAnswer", rule: "judgement-missing" }] },
  ],
  [
    "a decision that leaves that open once the answer is disputed",
    () => decide(aComplaint({ status: "disputed", reviewBy: now }), { by: inspectorPrincipal, now, ...judged }),
    { code: "invalid", errors: [{ path: "upholdsAnswer", rule: "judgement-missing" }] },
  ],
  [
    "a decision that upholds an answer nobody has given",
    () => decide(acknowledged, { by: inspectorPrincipal, now, ...judged, upholdsAnswer: true }),
    { code: "invalid", errors: [{ path: "upholdsAnswer", rule: "no-answer-to-judge" }] },
  ],
  [
    "a decision that upholds no answer where nobody has given one",
    () => decide(aComplaint(), { by: inspectorPrincipal, now, ...judged, upholdsAnswer: false }),
    { code: "invalid", errors: [{ path: "upholdsAnswer", rule: "no-answer-to-judge" }] },
  ],
  [
    "a decision that upholds an answer with another finding",
    () =>
      decide(aComplaint({ status: "answered", answerFinding: "unfounded" }), {
        by: inspectorPrincipal,
        now,
        ...judged,
        upholdsAnswer: true,
      }),
    { code: "invalid", errors: [{ path: "upholdsAnswer", rule: "finding-of-answer-differs" }] },
  ],
  [
    "a founded complaint without a cause",
    () => decide(aComplaint(), { by: inspectorPrincipal, now, ...judged, cause: "none" }),
    { code: "invalid", errors: [{ path: "cause", rule: "founded-without-cause" }] },
  ],
  [
    "a report of a visit that was never ordered",
    () =>
      reportVisit(aComplaint(), {
        by: inspectorPrincipal,
        now,
        ...report,
        areTextsOver: false,
        confidentialLog: [],
        visit: undefined,
      }),
    { code: "not-found" },
  ],
  [
    "a message of another agency",
    () => postMessage(aComplaint({ agencyId: "gas" }), { by: agencyPrincipal, now, text: "سلام" }),
    { code: "not-found" },
  ],
  [
    "a second report of a visit",
    () =>
      reportVisit(aComplaint(), {
        by: inspectorPrincipal,
        now,
        ...report,
        areTextsOver: false,
        confidentialLog: [],
        visit: { ...visit, reportedAt: now },
      }),
    { code: "wrong-state", reason: "visit-reported" },
  ],
  [
    "a statement that comes too late",
    () => {
      const closed = aComplaint({ status: "closed", closedAt: "2026-10-25T07:00:00.000Z" });
      return addStatement(closed, { by: agencyPrincipal, now, employee: { counter: "3" }, text: "نه" });
    },
    { code: "wrong-state", reason: "closed-long-ago", values: { status: "closed" } },
  ],
])("%s is refused, and told why", (_, attempt, refusal) => {
  expect(attempt).toThrow(expect.objectContaining(refusal));
});

test("what is promised may be promised for the same day, or for none", () => {
  const lateInTehran = { by: inspectorPrincipal, now: "2026-11-24T20:29:59.999Z" };
  const actions = [{ text: "باجهٔ دیگر" }, ...promising("2026-11-24").actions];
  expect(decide(aComplaint(), { ...lateInTehran, ...judged, actions }).events).toMatchObject([{ actions }]);
});

describe("what a move leaves", () => {
  test("of a dispute is when the review is due", () => {
    const terms = { by: citizenPrincipal, now, reason: "درست نیست", reviewBy: "2026-11-26T07:00:00.000Z" };
    expect(dispute(answered, terms).complaint).toMatchObject({ reviewBy: terms.reviewBy });
  });

  test.each<[string, () => Complaint | undefined]>([
    ["withdrawn", () => withdraw(aComplaint(), { by: citizenPrincipal, now }).complaint],
    ["accepted", () => accept(answered, { by: citizenPrincipal, now }).complaint],
    ["expired", () => expire(answered, { now })?.complaint],
  ])("of a complaint that ends is that it was %s, and when", (closure, end) => {
    expect(end()).toMatchObject({ status: "closed", closure, closedAt: now });
  });

  test("of an answer is the officer who gave it, whoever acknowledged", () => {
    const handled = aComplaint({ status: "acknowledged", officer: { name: "رضا کریمی" } });
    const { complaint } = answer(handled, { by: agencyPrincipal, now, officer, ...judged, confirmBy: now });
    expect(complaint).toMatchObject({ officer, confirmBy: now });
  });

  test("of a complaint that goes on is no end", () => {
    const { complaint } = acknowledge(aComplaint(), { by: agencyPrincipal, now, officer });
    expect([complaint.closedAt, complaint.closure]).toEqual([undefined, undefined]);
  });

  test("of a reported visit is that it is over, and nothing of the complaint's own", () => {
    const before = aComplaint();
    const change = reportVisit(before, {
      by: inspectorPrincipal,
      now,
      ...report,
      areTextsOver: false,
      confidentialLog: [],
      visit: { ...visit, plannedAt: now },
    });
    expect(change.visit).toEqual({ ...visit, plannedAt: now, reportedAt: now });
    expect(change.complaint).toEqual({ ...before, version: 2, lastEventAt: now });
  });
});
