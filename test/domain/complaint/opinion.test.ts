import { describe, expect, test } from "vitest";
import { historyFor } from "#functions/complaints/history.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { giveOpinion, pressuredSince } from "#shared/complaints/confidential-commands.ts";
import type { NewEntry, Opinion } from "#shared/complaints/confidential-log.ts";
import { aComplaint, aConfidentialLog, citizenPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const thirtyDaysBefore = "2026-10-25T07:00:00.000Z";
const answered = aComplaint({ status: "answered" });
const content: Opinion = { solved: "yes", handling: 5 };

function given(opinion: Opinion, complaint: Complaint = answered, before: NewEntry[] = []): NewEntry {
  return giveOpinion(complaint, { by: citizenPrincipal, now, confidentialLog: aConfidentialLog(...before), opinion });
}

describe("an opinion is refused", () => {
  const closed = { status: "closed" as const, closure: "expired" as const };
  test.each([
    ["while nobody has answered", aComplaint({ status: "acknowledged" }), undefined],
    [
      "of a retaliation report that is open",
      aComplaint({ status: "disputed", retaliationFor: "QZ-0000-0000-0" }),
      undefined,
    ],
    ["30 days after closing", aComplaint({ ...closed, closedAt: thirtyDaysBefore }), "closed-long-ago"],
  ])("%s", (_, complaint, reason) => {
    const refusal = expect.objectContaining({ code: "wrong-state", reason });
    expect(() => given(content, complaint)).toThrow(refusal);
  });

  test("the 21st time", () => {
    const twenty = Array.from({ length: 20 }, () => given(content));
    expect(() => given(content, answered, twenty)).toThrow(expect.objectContaining({ reason: "opinion-limit" }));
    expect(given(content, answered, twenty.slice(1)).type).toBe("opinion-given");
  });

  test("for 48 hours after the secret was renewed, with and without a report of pressure", () => {
    const renewed = aComplaint({ status: "answered", secretRenewedAt: "2026-11-22T07:00:00.001Z" });
    const report = given({ ...content, pressured: true });
    const refusal = expect.objectContaining({ code: "wrong-state", reason: "secret-renewed-lately" });
    expect(() => given(content, renewed, [report])).toThrow(refusal);
    expect(() => given({ ...content, pressured: true }, renewed, [report])).toThrow(refusal);
    expect(() => given(content, renewed)).toThrow(refusal);
    expect(given(content, { ...renewed, secretRenewedAt: "2026-11-22T07:00:00.000Z" }, [report])).toMatchObject(
      content,
    );
  });
});

test.each([
  ["a moment before 30 days are over", { closedAt: "2026-10-25T07:00:00.001Z", closure: "withdrawn" as const }],
  ["of a decided retaliation report", { closedAt: now, closure: "decided" as const, retaliationFor: "QZ-0000-0000-0" }],
])("an opinion is taken however it closed: %s", (_, fields) => {
  expect(given(content, aComplaint({ status: "closed", ...fields }))).toMatchObject(content);
});

describe("who reads what of an opinion", () => {
  const read = (opinion: Opinion, as: "citizen" | "inspector" | "agency" | "overseer") =>
    historyFor(
      { events: [], confidentialLog: aConfidentialLog(given(opinion)) },
      { viewer: as, readsIdentity: as === "citizen" || as === "inspector" },
    );

  test("the citizen all of it", () => {
    const all: Opinion = { solved: "no", handling: 1, pressured: true, comment: "تهدیدم کردند" };
    expect(read(all, "citizen")).toMatchObject([{ entryNumber: 1, ...all }]);
  });

  test.each([
    ["that the citizen was pressured", { pressured: true }],
    ["a comment", { comment: "تهدیدم کردند" }],
  ])("an inspector %s, and no mark", (_, calling) => {
    const [entry] = read({ ...content, ...calling }, "inspector");
    expect(entry).toEqual({ entryNumber: 1, type: "opinion-given", at: now, by: "citizen", ...calling });
  });

  test("an inspector nothing of one that calls for nobody", () => {
    expect(read({ ...content, pressured: false }, "inspector")).toEqual([]);
  });

  test.each(["agency", "overseer"] as const)("the %s not even that there is one", (as) => {
    expect(read({ ...content, pressured: true, comment: "تهدیدم کردند" }, as)).toEqual([]);
  });
});

test.each([
  ["no more, once they write so after a call", ["called", "unsaid"], undefined],
  ["again, where a later call says so", ["written", "unsaid", "called"], 2],
  ["still, where a call alone says otherwise", ["written", "called not"], 0],
  ["no more, where the last call says otherwise", ["called", "called not"], undefined],
  ["from the call on, where they write so too", ["called", "written"], 0],
] as const)("the citizen is pressured %s", (_, said, first) => {
  const notes = said.map((how, n): NewEntry => {
    const pressured = how === "written" || how === "called";
    const one = { ...given({ ...content, pressured }), at: `2026-11-2${n}T07:00:00.000Z` };
    if (!how.startsWith("called")) return one;
    return {
      ...one,
      type: "call-recorded",
      by: "front-end",
      outcome: "answered",
      group: "silent",
      probability: 0.5,
    } as NewEntry;
  });
  expect(pressuredSince(aConfidentialLog(...notes))).toBe(first === undefined ? undefined : notes[first]?.at);
});

test.each([
  ["never", [false, false], undefined],
  ["no more", [true, false], undefined],
  ["from the first time in a row", [false, true, true], 1],
  ["from the start", [true, true], 0],
  ["by nobody who gave no opinion", [], undefined],
] as const)("the citizen is pressured %s", (_, said, first) => {
  const notes = said.map(
    (pressured, n): NewEntry => ({ ...given({ ...content, pressured }), at: `2026-11-2${n}T07:00:00.000Z` }),
  );
  expect(pressuredSince(aConfidentialLog(...notes))).toBe(first === undefined ? undefined : notes[first]?.at);
});
