import { describe, expect, test } from "vitest";
import type { Change } from "#shared/complaints/change.ts";
import { type Complaint, Status, type Visit } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { systemErasureEntry } from "#shared/complaints/forgetting.ts";
import { acknowledge, answer, transfer, withdraw } from "#shared/complaints/moves.ts";
import { addAttachment, addStatement, giveDirective, postMessage, reportVisit } from "#shared/complaints/remarks.ts";
import {
  aComplaint,
  aConfidentialLog,
  agencyPrincipal,
  citizenPrincipal,
  governorPrincipal,
  inspectorPrincipal,
} from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const closed = { status: "closed", closedAt: "2026-11-01T07:00:00.000Z" } as const;
const visit = { visitId: "v1", orderedAt: now, reportBy: now };
const attachment = { attachmentId: "a1", fileName: "زهرا.jpg", contentType: "image/jpeg", size: 9 };
const directive = { text: "تا فردا پاسخ دهید.", authority: "county-governor" } as const;
const report = { visitId: "v1", arrivedAt: now, visitResult: "confirmed", text: "کسی نبود" } as const;

const remarks: Record<string, (complaint: Complaint) => Change> = {
  "a citizen's message": (complaint) => postMessage(complaint, { by: citizenPrincipal, now, text: "سلام" }),
  "an officer's message": (complaint) =>
    postMessage(complaint, { by: agencyPrincipal, now, text: "سلام", officer: { name: "مریم کریمی" } }),
  "an inspector's message": (complaint) => postMessage(complaint, { by: inspectorPrincipal, now, text: "سلام" }),
  "an attachment": (complaint) => addAttachment(complaint, { now, attachment }),
  "a visit's report": (complaint) =>
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsOver: false, confidentialLog: [], visit }),
  // A directive needs a complaint that has reached the overseer's level.
  "a directive": ({ level: _, ...complaint }) => {
    const raised = { ...complaint, level: 2 };
    const { complaint: after, events } = giveDirective(raised, { by: governorPrincipal, now, ...directive });
    return { complaint: { ...after, level: 1 }, events };
  },
  "a statement": (complaint) =>
    addStatement(complaint, { by: agencyPrincipal, now, employee: { name: "رضا" }, text: "در مأموریت بودم" }),
};
const afterTheEnd = ["a visit's report", "a statement"];

describe.each(Object.entries(remarks))("%s", (name, make) => {
  test.each(Status.options.filter((status) => status !== "closed"))(
    "while %s changes neither status nor clock",
    (status) => {
      const before = aComplaint({ status, level: 1, nextLevelAt: now, escalationExecution: "one" });
      const { complaint, events } = make(before);
      expect(complaint).toMatchObject({ ...before, version: 2, lastEventAt: now });
      expect(events).toHaveLength(1);
    },
  );

  test("is taken of a closed complaint just where it must be", () => {
    const before = aComplaint(closed);
    if (afterTheEnd.includes(name)) expect(make(before).events).toHaveLength(1);
    else expect(() => make(before)).toThrow(expect.objectContaining({ code: "wrong-state" }));
  });
});

test.each([
  ["2026-11-24T07:05:00.000Z", undefined],
  ["2026-11-24T07:05:00.001Z", "in-the-future"],
  ["2099-01-01T00:00:00.000Z", "in-the-future"],
  ["2026-11-20T06:55:00.000Z", undefined],
  ["2026-11-20T06:54:59.999Z", "before-filing"],
  ["2020-01-01T00:00:00.000Z", "before-filing"],
])(
  "who arrives at a visit reported at 7:00 does so after the filing and before the report: %s is %s",
  (arrivedAt, code) => {
    const complaint = aComplaint({ filedAt: "2026-11-20T07:00:00.000Z" });
    const said = () =>
      reportVisit(complaint, {
        by: inspectorPrincipal,
        now,
        ...report,
        areTextsOver: false,
        confidentialLog: [],
        arrivedAt,
        visit,
      });
    if (code)
      expect(said).toThrow(
        expect.objectContaining({ errors: [expect.objectContaining({ path: "arrivedAt", rule: code })] }),
      );
    else expect(said().events).toHaveLength(1);
  },
);

test.each([
  ["a citizen's message", "citizen"],
  ["an officer's message", "agency"],
  ["a statement", "agency"],
  ["an inspector's message", "inspector"],
])("%s is counted, and the fiftieth of its writer is the last", (name, writer) => {
  const others = Object.fromEntries(["citizen", "agency", "inspector"].map((one) => [one, one === writer ? 49 : 50]));
  const last = remarks[name]?.(aComplaint({ messageCounts: others }));
  expect(last?.complaint.messageCounts).toEqual({ citizen: 50, agency: 50, inspector: 50 });
  expect(() => remarks[name]?.(aComplaint({ messageCounts: last?.complaint.messageCounts }))).toThrow(
    expect.objectContaining({ code: "wrong-state", reason: "message-limit" }),
  );
});

test("a secret that was renewed less than 48 hours ago leaves the last ten messages to the citizen", () => {
  const write = (citizen: number, secretRenewedAt: string) =>
    postMessage(aComplaint({ messageCounts: { citizen, agency: 50, inspector: 50 }, secretRenewedAt }), {
      by: citizenPrincipal,
      now: "2026-11-26T07:00:00.000Z",
      text: "سلام",
    });
  const lately = "2026-11-24T07:00:00.001Z";
  expect(write(39, lately).complaint.messageCounts).toMatchObject({ citizen: 40 });
  expect(() => write(40, lately)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "messages-kept" }));
  expect(() => write(50, lately)).toThrow(expect.objectContaining({ reason: "message-limit" }));
  expect(write(40, "2026-11-24T07:00:00.000Z").complaint.messageCounts).toMatchObject({ citizen: 41 });
});

test.each([
  ["a moment before thirty days have passed", "2026-10-25T07:00:00.001Z", true],
  ["when thirty days have passed", "2026-10-25T07:00:00.000Z", false],
])("a statement is taken until then: %s", (_, closedAt, taken) => {
  const say = () => remarks["a statement"]?.(aComplaint({ ...closed, closedAt }));
  if (taken) expect(say()?.events).toMatchObject([{ type: "statement-added", text: "در مأموریت بودم" }]);
  else expect(say).toThrow(expect.objectContaining({ code: "wrong-state" }));
});

test("an officer who is complained of does not write to the citizen", () => {
  const complaint = aComplaint({ accused: { personnelId: "7" } });
  const officer = { name: "کسی", personnelId: "7" };
  expect(() => postMessage(complaint, { by: agencyPrincipal, now, text: "سلام", officer })).toThrow(
    expect.objectContaining({ code: "conflict-of-interest" }),
  );
});

test("a visit is not reported once the texts of the case are forgotten", () => {
  const complaint = aComplaint(closed);
  const reported = (confidentialLog: ConfidentialEntry[]) =>
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsOver: false, confidentialLog, visit });
  expect(reported([]).events).toMatchObject([{ type: "visit-reported" }]);
  const series = aConfidentialLog(systemErasureEntry(complaint, { kind: "texts", now }));
  expect(() => reported(series)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "texts-erased" }));
});

test("a visit to a case that is held beyond the time of its texts is not reported: the agency would learn of the hold", () => {
  const complaint = aComplaint(closed);
  expect(() =>
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsOver: true, confidentialLog: [], visit }),
  ).toThrow(expect.objectContaining({ code: "wrong-state", reason: "texts-erased" }));
});

test("a visit is reported once, and only one that was ordered", () => {
  const reported = (one: Visit | undefined) =>
    reportVisit(aComplaint(), {
      by: inspectorPrincipal,
      now,
      ...report,
      areTextsOver: false,
      confidentialLog: [],
      visit: one,
    });
  const { visit: over } = reported(visit);
  expect(over).toEqual({ ...visit, reportedAt: now });
  expect(() => reported(over)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "visit-reported" }));
  expect(() => reported(undefined)).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("what waited for its turn tells no earlier time than what came before it", () => {
  const moved = aComplaint({ lastEventAt: "2026-11-24T07:00:01.000Z" });
  const { complaint, events } = postMessage(moved, { by: citizenPrincipal, now, text: "سلام" });
  expect([complaint.lastEventAt, events[0]?.at]).toEqual([moved.lastEventAt, moved.lastEventAt]);
  const { visit: over } = reportVisit(moved, {
    by: inspectorPrincipal,
    now,
    ...report,
    areTextsOver: false,
    confidentialLog: [],
    visit,
  });
  expect(over?.reportedAt).toBe(moved.lastEventAt);
});

describe("a directive", () => {
  const raised = (fields: Partial<Complaint> = {}) => aComplaint({ level: 2, ...fields });
  const give = (complaint: Complaint, by: Partial<typeof governorPrincipal> = {}) =>
    giveDirective(complaint, { by: { ...governorPrincipal, ...by }, now, ...directive });

  test("names the authority, and nobody where nobody is known", () => {
    expect(give(raised()).events).toMatchObject([
      { type: "directive-given", by: "overseer", person: "governor", authority: "county-governor", name: undefined },
    ]);
  });

  test.each<[string, Complaint, Partial<typeof governorPrincipal>]>([
    ["below the overseer's level", raised({ level: 1 }), {}],
    ["in another county", raised({ countyId: "takestan" }), {}],
    ["that reports retaliation", raised({ retaliationFor: "QZ-0000-0000-0" }), {}],
  ])("is not given for a complaint %s", (_, complaint, by) => {
    expect(() => give(complaint, by)).toThrow(expect.objectContaining({ code: "not-found" }));
  });

  test("is not given for a report of retaliation by an overseer who sees it: no agency holds it", () => {
    const report = raised({ retaliationFor: "QZ-0000-0000-0" });
    expect(() => give(report, { seesRetaliation: true })).toThrow(
      expect.objectContaining({ code: "wrong-state", reason: "agency-missing" }),
    );
  });

  test("is given fifty times, whoever writes it", () => {
    const full = raised({ messageCounts: { overseer: 50, citizen: 3 } });
    expect(() => give(full)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "message-limit" }));
    expect(give(raised({ messageCounts: { overseer: 49 } })).complaint.messageCounts).toEqual({ overseer: 50 });
  });
});

describe("a message of the agency that waits for the citizen's reply", () => {
  const asked = aComplaint({ awaitingReplySince: now, messageCounts: { agency: 1 } });
  const later = "2026-11-24T08:30:00.000Z";
  const message = { now: later, text: "سلام" };
  const receiver = { toAgencyId: "gas", exists: true, servesCounty: true, operatesFrontEnd: false };
  const officer = { name: "مریم کریمی" };

  const said = { finding: "founded", text: "انجام شد", cause: "none", causeFault: undefined } as const;
  const answered = (one: Complaint) =>
    answer(one, { by: agencyPrincipal, now: later, officer, confirmBy: later, ...said, actions: [] });

  test("waits from when it was written", () => {
    const { complaint } = postMessage(aComplaint(), { by: agencyPrincipal, ...message });
    expect(complaint.awaitingReplySince).toBe(complaint.lastEventAt);
  });

  test.each<[string, (complaint: Complaint) => Change, boolean]>([
    ["while an inspector writes", (one) => postMessage(one, { by: inspectorPrincipal, ...message }), true],
    ["while the agency acknowledges", (one) => acknowledge(one, { by: agencyPrincipal, now: later, officer }), true],
    ["until the citizen writes", (one) => postMessage(one, { by: citizenPrincipal, ...message }), false],
    ["until the citizen adds a file", (one) => addAttachment(one, { now: later, attachment }), false],
    ["until the agency answers", answered, false],
    ["until the citizen withdraws", (one) => withdraw(one, { by: citizenPrincipal, now: later }), false],
    [
      "until the complaint goes to another agency",
      (one) =>
        transfer(one, { by: agencyPrincipal, now: later, reason: "ما نیستیم", acknowledgeBy: later, ...receiver }),
      false,
    ],
  ])("waits %s", (_, step, waits) => {
    expect(step(asked).complaint.awaitingReplySince).toBe(waits ? now : undefined);
  });
});

describe("the count of new messages", () => {
  const after = (...steps: ((complaint: Complaint) => Change)[]) =>
    steps.reduce((complaint, step) => step(complaint).complaint, aComplaint()).newMessages;
  const write = (complaint: Complaint) => postMessage(complaint, { by: citizenPrincipal, now, text: "سلام" });
  const reply = (complaint: Complaint) => postMessage(complaint, { by: agencyPrincipal, now, text: "سلام" });
  const ask = (complaint: Complaint) => postMessage(complaint, { by: inspectorPrincipal, now, text: "سلام" });
  const receiver = { toAgencyId: "gas", exists: true, servesCounty: true, operatesFrontEnd: false };
  const sendOn = (complaint: Complaint) =>
    transfer(complaint, { by: agencyPrincipal, now, reason: "به ما مربوط نیست", acknowledgeBy: now, ...receiver });

  test.each([
    ["each message of the citizen", [write, write], 2],
    ["until the agency acts", [write, reply], undefined],
    ["only what came since", [write, reply, write], 1],
    ["whatever an inspector writes", [write, ask], 1],
    ["across a transfer, since the next agency has seen nothing", [write, sendOn], 1],
  ])("counts %s", (_, steps, count) => {
    expect(after(...steps)).toBe(count);
  });
});
