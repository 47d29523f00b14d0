import { describe, expect, test } from "vitest";
import {
  areNoticeCallsOver,
  noticeCallWindow,
  recordReadToCitizen,
  wasInformedByPhone,
} from "#shared/complaints/answer-notices.ts";
import { callDueNow, callListPeriod, callProgress, recordCall } from "#shared/complaints/call-backs.ts";
import type { NewEntry } from "#shared/complaints/confidential-log.ts";
import { Snapshot } from "#shared/complaints/event.ts";
import { sandboxAgency } from "#shared/province/directory.ts";
import { aComplaint, aConfidentialLog, callCentrePrincipal } from "../../support/a-complaint.ts";

const answeredAt = "2026-11-24T07:00:00.000Z";
const fourthDay = "2026-11-27T07:00:00.000Z";
const confirmBy = "2026-12-04T07:00:00.000Z";
const opinionFrom = "2026-12-01T07:00:00.000Z";
const answered = aComplaint({ status: "answered", answeredAt, confirmBy });
const silent = aComplaint({ ...answered, status: "closed", closure: "expired", closedAt: confirmBy });

const at = (now: string, says: object): NewEntry =>
  ({ by: "front-end", at: now, after: Snapshot.parse(answered), ...says }) as NewEntry;
const allowed = at("2026-11-24T06:10:00.000Z", { type: "call-consent-given" });
const noticeRead = (now: string) => at(now, { type: "phone-read", purpose: "notice" });
const inVain = (now: string) => at(now, { type: "notice-call-recorded", outcome: "no-contact" });
const informed = (now: string) => at(now, { type: "notice-call-recorded", outcome: "informed" });

describe("a citizen whom no notice reached", () => {
  const due = (
    now: string,
    { complaint = answered, isDrawn = false, isInformed = false, notes = [] as NewEntry[] } = {},
  ) => callDueNow(complaint, { confidentialLog: aConfidentialLog(allowed, ...notes), now, isDrawn, isInformed });

  test.each([
    ["not before the fourth day after the answer", "2026-11-27T06:59:59.999Z", answered, undefined],
    ["from the fourth day", fourthDay, answered, "notice"],
    ["to the end of the time to react", "2026-12-04T06:59:59.999Z", answered, "notice"],
    ["after the case closed in silence", confirmBy, silent, "notice"],
    ["not once a dispute is too late", "2027-01-03T07:00:00.000Z", silent, undefined],
    ["not while the dispute is open", fourthDay, aComplaint({ ...answered, status: "disputed" }), undefined],
    ["not before an answer", fourthDay, aComplaint(), undefined],
    ["not in the sandbox", fourthDay, aComplaint({ ...answered, agencyId: sandboxAgency }), undefined],
  ])("is called %s", (_, now, complaint, purpose) => {
    expect(due(now, { complaint })).toEqual(purpose && { purpose, daysTried: 0 });
  });

  test("is called for the opinion instead, where that call is due to a drawn citizen", () => {
    expect(due(opinionFrom, { isDrawn: true })).toMatchObject({ purpose: "opinion", group: "silent" });
    expect(due(fourthDay, { isDrawn: true })).toMatchObject({ purpose: "notice" });
  });

  test("is not called where a notice arrived, a call told of it, or three days were in vain", () => {
    expect(due(fourthDay, { isInformed: true })).toBeUndefined();
    expect(due(fourthDay, { notes: [informed(fourthDay)] })).toBeUndefined();
    // Somebody else may have heard it: the citizen who agrees again is called again.
    const agreedAgain = [informed(fourthDay), at(fourthDay, { type: "call-consent-withdrawn" }), allowed];
    expect(due(fourthDay, { notes: agreedAgain })).toMatchObject({ purpose: "notice", daysTried: 0 });
    const days = ["2026-11-28", "2026-11-29", "2026-11-30"].map((day) => inVain(`${day}T08:00:00.000Z`));
    expect(due(opinionFrom, { notes: days.slice(1) })).toMatchObject({ daysTried: 2 });
    expect(due(opinionFrom, { notes: days })).toBeUndefined();
    // The days in vain are counted for each purpose by itself: the sample of opinions does not depend on notices.
    expect(due(opinionFrom, { notes: days, isDrawn: true })).toMatchObject({ purpose: "opinion", daysTried: 0 });
  });

  test("stands on the list until a notice arrived, and not before its period if a mail went out: that may still bounce", () => {
    const period = (now: string, isInformed: boolean, isDrawn = false) =>
      callListPeriod(answered, { confidentialLog: aConfidentialLog(allowed), now, isDrawn, isInformed });
    expect(period(answeredAt, true)).toEqual({ from: fourthDay, before: confirmBy });
    expect(period(fourthDay, false)).toEqual({ from: fourthDay, before: confirmBy });
    expect(period(fourthDay, true)).toBeUndefined();
    expect(period(fourthDay, true, true)).toEqual({ from: opinionFrom, before: confirmBy });
  });
});

describe("what came of a call about the answer", () => {
  const now = "2026-11-28T08:00:00.000Z";
  const record = (callResult: Parameters<typeof recordCall>[1]["callResult"], ...notes: NewEntry[]) =>
    recordCall(answered, {
      by: callCentrePrincipal,
      now,
      confidentialLog: aConfidentialLog(allowed, noticeRead(now), ...notes),
      callResult,
      probability: undefined,
    });

  test("is noted without an opinion; a refusal ends the agreement to be called", () => {
    expect(record({ outcome: "informed" })).toMatchObject([{ type: "notice-call-recorded", outcome: "informed" }]);
    const refusal = record({ outcome: "declined" }).map(({ type }) => type);
    expect(refusal).toEqual(["notice-call-recorded", "call-consent-withdrawn"]);
  });

  test("counts once a day, and is not taken twice", () => {
    expect(record({ outcome: "no-contact" }, inVain(now))).toEqual([]);
    expect(() => record({ outcome: "informed" }, informed(now))).toThrow(
      expect.objectContaining({ code: "not-found" }),
    );
  });

  test("is no opinion", () => {
    const wrong = expect.objectContaining({ code: "invalid", errors: [{ path: "outcome", rule: "other-call" }] });
    const opinion = { solved: "yes", handling: 4 } as const;
    const opened = at(now, { type: "call-opened", purpose: "notice" });
    expect(() => record({ outcome: "answered", opinion }, opened)).toThrow(wrong);
    // Without the digits, nothing says that it is about the answer.
    const notOpened = expect.objectContaining({ code: "call-not-opened" });
    expect(() => record({ outcome: "answered", opinion })).toThrow(notOpened);
  });

  test("says whether to call again", () => {
    const progress = (...notes: NewEntry[]) =>
      callProgress(answered, {
        confidentialLog: aConfidentialLog(allowed, noticeRead(now), ...notes),
        now,
        isDrawn: false,
        isInformed: notes.some(({ type, ...one }) => "outcome" in one && one.outcome === "informed"),
      });
    expect(progress(inVain(now))).toEqual({ daysTried: 1, callAgain: true });
    expect(progress(informed(now))).toEqual({ daysTried: 0, callAgain: false });
  });
});

describe("a case that is read to its citizen", () => {
  const read = (now: string, complaint = answered, ...notes: NewEntry[]) =>
    recordReadToCitizen(complaint, { by: callCentrePrincipal, now, confidentialLog: aConfidentialLog(...notes) });

  test("is noted once a day, and once more after the answer", () => {
    const first = read("2026-11-24T05:00:00.000Z", aComplaint()) as NewEntry;
    expect(first).toMatchObject({ type: "read-to-citizen", by: "front-end", clientId: "call-centre-128" });
    expect(read("2026-11-24T06:00:00.000Z", aComplaint(), first)).toBeUndefined();
    expect(read("2026-11-24T08:00:00.000Z", answered, first)).toBeDefined();
    expect(read("2026-11-25T08:00:00.000Z", aComplaint(), first)).toBeDefined();
  });

  test("tells of the answer only after there is one", () => {
    const [before, after] = ["2026-11-24T06:59:59.999Z", answeredAt].map((now) => at(now, { type: "read-to-citizen" }));
    expect(wasInformedByPhone(answered, aConfidentialLog(before as NewEntry))).toBe(false);
    expect(wasInformedByPhone(answered, aConfidentialLog(after as NewEntry))).toBe(true);
    expect(areNoticeCallsOver(answered, aConfidentialLog(after as NewEntry))).toBe(true);
  });

  test("tells the citizen nothing for 48 hours after the secret was renewed: calls go on", () => {
    const renewed = at(answeredAt, { type: "secret-renewed", generation: 1, inspector: "inspector-1" });
    const log = (readAt: string) => aConfidentialLog(renewed, at(readAt, { type: "read-to-citizen" }));
    expect(wasInformedByPhone(answered, log("2026-11-26T06:59:59.999Z"))).toBe(false);
    expect(wasInformedByPhone(answered, log("2026-11-26T07:00:00.000Z"))).toBe(true);
    const readBefore = aConfidentialLog(at(answeredAt, { type: "read-to-citizen" }), {
      ...renewed,
      at: "2026-11-24T08:00:00.000Z",
    });
    expect(wasInformedByPhone(answered, readBefore)).toBe(true);
  });
});

test("a window that begins after its end is none", () => {
  expect(noticeCallWindow(aComplaint({ ...answered, confirmBy: fourthDay }))).toBeUndefined();
});
