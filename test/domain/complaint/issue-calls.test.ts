import { describe, expect, test } from "vitest";
import { historyFor } from "#functions/complaints/history.ts";
import {
  callDueNow,
  callProgress,
  isAskedAboutIssue,
  recordCall,
  recordIssueAnswer,
  recordPhoneRead,
} from "#shared/complaints/call-backs.ts";
import type { NewEntry } from "#shared/complaints/confidential-log.ts";
import { Snapshot } from "#shared/complaints/event.ts";
import { aComplaint, aConfidentialLog, callCentrePrincipal } from "../../support/a-complaint.ts";

const issueId = "IS-7K3M-9XPT-Q";
const complaint = aComplaint({ issueId });
const from = "2027-01-26T06:00:00.000Z";
const now = "2027-01-28T08:00:00.000Z";
const issueCall = {
  issueId,
  issueTitle: "قطعی سامانه",
  doneAt: "2026-12-01T06:00:00.000Z",
  from,
  before: "2027-02-09T06:00:00.000Z",
};
const at = (when: string, says: object): NewEntry =>
  ({ by: "front-end", at: when, after: Snapshot.parse(complaint), ...says }) as NewEntry;
const allowed = at("2026-11-24T06:10:00.000Z", { type: "call-consent-given" });
const read = (when = now) => at(when, { type: "phone-read", purpose: "issue" });
const opened = at(now, { type: "call-opened", purpose: "issue" });
const called = (outcome: string, when = now) => at(when, { type: "issue-call-recorded", outcome });
const log = (...entries: NewEntry[]) => aConfidentialLog(allowed, ...entries);
const by = callCentrePrincipal;

describe("the call about an issue", () => {
  const due = (entries: NewEntry[], changes: object = {}) =>
    callDueNow(complaint, {
      confidentialLog: log(...entries),
      now,
      isDrawn: false,
      isInformed: true,
      issueCall,
      ...changes,
    });

  test("is due in the round, for a linked complaint in any status", () => {
    const expected = { purpose: "issue", daysTried: 0 };
    expect(due([])).toEqual(expected);
    expect(due([called("answered", "2027-01-26T05:59:59.000Z")]), "of an earlier round").toEqual(expected);
    const closed = aComplaint({ issueId, status: "closed", closure: "expired", closedAt: "2026-12-20T06:00:00.000Z" });
    expect(callDueNow(closed, { confidentialLog: log(), now, isDrawn: true, isInformed: true, issueCall })).toEqual(
      expected,
    );
  });

  test.each([
    ["before the round", [], { now: "2027-01-26T05:59:59.999Z" }],
    ["after the round", [], { now: issueCall.before }],
    ["without a round", [], { issueCall: undefined }],
    ["about another issue", [], { issueCall: { ...issueCall, issueId: "IS-2222-2222-2" } }],
    ["once the citizen has answered", [called("answered")], {}],
    ["once the citizen has declined", [called("declined")], {}],
    [
      "after three days without contact",
      ["26", "27", "28"].map((day) => called("no-contact", `2027-01-${day}T07:00:00.000Z`)),
      {},
    ],
    ["once the consent is withdrawn", [at(now, { type: "call-consent-withdrawn" })], {}],
    ["once the identity is erased", [at(now, { type: "identity-erased" })], {}],
  ])("is not due %s", (_, entries, changes) => {
    expect(due(entries, changes)).toBeUndefined();
  });

  test("comes after a call for an opinion", () => {
    const accepted = aComplaint({ issueId, status: "closed", closure: "accepted", closedAt: now });
    expect(
      callDueNow(accepted, { confidentialLog: log(), now, isDrawn: true, isInformed: true, issueCall }),
    ).toMatchObject({
      purpose: "opinion",
    });
  });

  test("is for those who agreed and have digits, whose link stood when the round began; never for an anonymous citizen or a report of retaliation", () => {
    const chosen = at("2026-11-24T06:10:00.000Z", { type: "call-digits-chosen" });
    const asked = { linkedAt: from, from, confidentialLog: log(chosen) };
    expect(isAskedAboutIssue(complaint, asked)).toBe(true);
    expect(isAskedAboutIssue(complaint, { ...asked, linkedAt: "2027-01-26T06:00:00.001Z" })).toBe(false);
    expect(isAskedAboutIssue(complaint, { ...asked, confidentialLog: log() })).toBe(false);
    expect(isAskedAboutIssue(complaint, { ...asked, confidentialLog: aConfidentialLog(chosen) })).toBe(false);
    expect(isAskedAboutIssue(aComplaint({ issueId, retaliationFor: "QZ-7K3M-9XPT-Q" }), asked)).toBe(false);
    expect(isAskedAboutIssue(aComplaint({ issueId, agencyId: "sandbox" }), asked)).toBe(false);
  });

  test("is recorded as read once a day, for the citizen alone and without the reason", () => {
    const dueCall = {
      purpose: "issue",
      daysTried: 0,
    } as const;
    const entry = recordPhoneRead(complaint, { by, now, confidentialLog: log(), due: dueCall }) ?? expect.unreachable();
    expect(entry).toMatchObject({ type: "phone-read", purpose: "issue" });
    expect(recordPhoneRead(complaint, { by, now, confidentialLog: log(entry), due: dueCall })).toBeUndefined();
    const opinion = at(now, { type: "phone-read", group: "silent" });
    expect(recordPhoneRead(complaint, { by, now, confidentialLog: log(opinion), due: dueCall })).toBeDefined();
    const read = (viewer: "citizen" | "inspector", one = entry) =>
      historyFor({ events: [], confidentialLog: aConfidentialLog(one) }, { viewer, readsIdentity: true });
    expect(read("citizen")).toHaveLength(1);
    expect(read("citizen")[0]).not.toHaveProperty("purpose");
    // Inspectors would see who was not called again.
    expect(read("inspector")).toEqual([]);
    expect(read("inspector", opinion)).toHaveLength(1);
  });
});

describe("an answer about an issue", () => {
  const notFound = expect.objectContaining({ code: "not-found" });
  const answer = (entries: NewEntry[], changes: object = {}) =>
    recordIssueAnswer(complaint, { by, now, confidentialLog: log(...entries), issueCall, ...changes });

  test("leaves an entry that does not say what the answer was, and that the citizen alone reads", () => {
    const entry = answer([read(), opened]);
    const { after: _after, clientId: _client, ...rest } = { clientId: undefined, ...entry };
    expect(rest).toEqual({ type: "issue-call-recorded", outcome: "answered", at: now, by: "front-end" });
    const history = (viewer: "citizen" | "inspector" | "agency") =>
      historyFor({ events: [], confidentialLog: aConfidentialLog(entry) }, { viewer, readsIdentity: true });
    expect(history("citizen")).toMatchObject([{ type: "issue-call-recorded" }]);
    expect(history("inspector")).toEqual([]);
    expect(history("agency")).toEqual([]);
  });

  test("is taken once, of a citizen whose phone was listed for it today or yesterday, while the round lasts", () => {
    const recent = read("2027-01-27T07:00:00.000Z");
    expect(answer([recent, opened])).toBeDefined();
    expect(() => answer([recent])).toThrow(expect.objectContaining({ code: "call-not-opened" }));
    // The citizen rings back, or accepted an answer meanwhile and was listed for an opinion too.
    expect(answer([recent, opened, called("no-contact")])).toBeDefined();
    expect(answer([recent, at(now, { type: "phone-read", group: "accepted" }), opened])).toBeDefined();
    // Without the digits, nothing says whether it is about an issue.
    const ofOpinion = at(now, { type: "phone-read", group: "silent" });
    expect(() => answer([ofOpinion])).toThrow(expect.objectContaining({ code: "call-not-opened" }));
    const refused: [NewEntry[], object?][] = [
      [[]],
      [[at(now, { type: "phone-read", group: "silent" }), opened]],
      [[read("2027-01-26T20:29:59.000Z"), opened]],
      [[read(), opened, called("answered")]],
      [[read(), opened, called("declined")]],
      [[read(), opened, at(now, { type: "call-consent-withdrawn" })]],
      [[read(), opened], { issueCall: undefined }],
      [[read(), opened], { issueCall: { ...issueCall, issueId: "IS-2222-2222-2" } }],
    ];
    for (const [entries, changes] of refused)
      expect(() => answer(entries, changes), JSON.stringify(entries)).toThrow(notFound);
  });
});

describe("another outcome", () => {
  const record = (
    callResult: Parameters<typeof recordCall>[1]["callResult"],
    entries: NewEntry[],
    round: typeof issueCall | undefined = issueCall,
  ) =>
    recordCall(complaint, {
      by,
      now,
      confidentialLog: log(...entries),
      callResult,
      probability: undefined,
      issueCall: round,
    });

  test("is a refusal, which ends all calls, also if the round has ended meanwhile", () => {
    const expected = ["issue-call-recorded", "call-consent-withdrawn"];
    expect(record({ outcome: "declined" }, [read()]).map(({ type }) => type)).toEqual(expected);
    const late = recordCall(complaint, {
      by,
      now,
      confidentialLog: log(read()),
      callResult: { outcome: "declined" },
      probability: 1,
    });
    expect(late.map(({ type }) => type)).toEqual(expected);
  });

  test("is a day without contact, and never an opinion", () => {
    expect(record({ outcome: "no-contact" }, [read()])).toMatchObject([
      { type: "issue-call-recorded", outcome: "no-contact" },
    ]);
    expect(record({ outcome: "no-contact" }, [read(), called("no-contact")])).toEqual([]);
    const invalid = expect.objectContaining({ code: "invalid" });
    expect(record({ outcome: "informed" }, [read()])).toMatchObject([{ type: "issue-call-recorded" }]);
    expect(() => record({ outcome: "answered", opinion: { solved: "yes", handling: 5 } }, [read(), opened])).toThrow(
      invalid,
    );
  });

  test("tells how many days were tried in this round, and whether to call again", () => {
    const progress = (...entries: NewEntry[]) =>
      callProgress(complaint, { confidentialLog: log(...entries), now, isDrawn: false, isInformed: true, issueCall });
    const earlier = called("no-contact", "2026-12-28T07:00:00.000Z");
    expect(progress(earlier, read(), called("no-contact"))).toEqual({ daysTried: 1, callAgain: true });
    expect(progress(read(), called("answered"))).toEqual({ daysTried: 0, callAgain: false });
  });
});
