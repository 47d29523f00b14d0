import { describe, expect, test } from "vitest";
import type { Change } from "#shared/domain/complaint/change.ts";
import { type Complaint, Status, type Visit } from "#shared/domain/complaint/complaint.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { addAttachment, addStatement, postMessage, reportVisit } from "#shared/domain/complaint/remarks.ts";
import { erasureEntry } from "#shared/domain/retention/forgetting.ts";
import {
  aComplaint,
  aConfidentialLog,
  agencyPrincipal,
  citizenPrincipal,
  inspectorPrincipal,
} from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const closed = { status: "closed", closedAt: "2026-11-01T07:00:00.000Z" } as const;
const visit = { visitId: "v1", orderedAt: now };
const attachment = { attachmentId: "a1", fileName: "زهرا.jpg", contentType: "image/jpeg", size: 9 };
const report = { visitId: "v1", arrivedAt: now, visitResult: "confirmed", text: "کسی نبود" } as const;

const remarks: Record<string, (complaint: Complaint) => Change> = {
  "a citizen's message": (complaint) => postMessage(complaint, { by: citizenPrincipal, now, text: "سلام" }),
  "an officer's message": (complaint) =>
    postMessage(complaint, { by: agencyPrincipal, now, text: "سلام", officer: { name: "مریم کریمی" } }),
  "an inspector's message": (complaint) => postMessage(complaint, { by: inspectorPrincipal, now, text: "سلام" }),
  "an attachment": (complaint) => addAttachment(complaint, { now, attachment }),
  "a visit's report": (complaint) =>
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsDue: false, confidentialLog: [], visit }),
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
        areTextsDue: false,
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
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsDue: false, confidentialLog, visit });
  expect(reported([]).events).toMatchObject([{ type: "visit-reported" }]);
  const series = aConfidentialLog(erasureEntry(complaint, { kind: "texts", now }));
  expect(() => reported(series)).toThrow(expect.objectContaining({ code: "wrong-state", reason: "texts-erased" }));
});

test("a visit to a case that is held beyond the time of its texts is not reported: the agency would learn of the hold", () => {
  const complaint = aComplaint(closed);
  expect(() =>
    reportVisit(complaint, { by: inspectorPrincipal, now, ...report, areTextsDue: true, confidentialLog: [], visit }),
  ).toThrow(expect.objectContaining({ code: "wrong-state", reason: "texts-erased" }));
});

test("a visit is reported once, and only one that was ordered", () => {
  const reported = (one: Visit | undefined) =>
    reportVisit(aComplaint(), {
      by: inspectorPrincipal,
      now,
      ...report,
      areTextsDue: false,
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
    areTextsDue: false,
    confidentialLog: [],
    visit,
  });
  expect(over?.reportedAt).toBe(moved.lastEventAt);
});
