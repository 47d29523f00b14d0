import { expect, test } from "vitest";
import { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import {
  entryWithoutTexts,
  eventWithoutTexts,
  headWithoutTexts,
  narrativeWithoutTexts,
} from "#shared/complaints/erased-texts.ts";
import { ComplaintEvent } from "#shared/complaints/event.ts";
import { foldEvents } from "#shared/complaints/event-rules.ts";
import { aComplaint } from "../../support/a-complaint.ts";

const canary = "قناری";
const at = "2026-01-01T08:00:00.000Z";
const after = { ...aComplaint(), confirmBy: undefined, reviewBy: undefined };
const officer = { name: canary, personnelId: canary };
const judged = { finding: "founded", cause: "conduct", text: canary, actions: [{ text: canary, dueOn: "2026-02-01" }] };
const says: Record<ComplaintEvent["type"], object> = {
  filed: { channel: "phone", origin: { language: "en", officeId: "desk" } },
  acknowledged: { officer },
  answered: { officer, ...judged },
  accepted: {},
  transferred: { fromAgencyId: "gas", toAgencyId: "post", reason: canary },
  extended: { reason: canary, previousAnswerBy: at },
  disputed: { reason: canary },
  withdrawn: { reason: canary },
  expired: {},
  escalated: { level: 1, authority: "county-governor", step: "answer", dueAt: at },
  decided: { ...judged, upholdsAnswer: false },
  rejected: { reason: "out-of-scope", text: canary },
  "message-posted": { text: canary, officer },
  "promise-reminded": { numbers: [1] },
  "promise-reported": { number: 1, officer, text: canary },
  "promise-objected": { number: 1, text: canary },
  "promise-judged": { number: 1, kept: false, text: canary },
  "directive-given": { text: canary, authority: "county-governor", name: canary },
  "attachment-added": { attachmentId: "a", fileName: "a.pdf", contentType: "application/pdf", size: 1 },
  "visit-reported": {
    visitId: "v",
    arrivedAt: at,
    location: { latitude: 36, longitude: 50 },
    visitResult: "confirmed",
    text: canary,
  },
  "statement-added": { employee: { name: canary, personnelId: canary, counter: canary }, text: canary },
  "issue-linked": { issueId: "IS-7K3M-9XPT-Q" },
  "issue-unlinked": { issueId: "IS-7K3M-9XPT-Q" },
  "deadlines-changed": { reason: "برف", date: "2026-01-01", previousDeadlines: { acknowledgeBy: at, answerBy: at } },
};

test.each(Object.entries(says))(
  "of the event %s no text and no name is left, and it can still be read",
  (type, said) => {
    const maskedTexts = { text: canary, reason: canary };
    const before = ComplaintEvent.parse({ type, version: 1, at, by: "agency", after, maskedTexts, ...said });
    const left = eventWithoutTexts(before);
    expect(JSON.stringify(left)).not.toContain(canary);
    const { maskedTexts: _, ...read } = ComplaintEvent.parse(JSON.parse(JSON.stringify(left)));
    const gone = ["officer", "text", "actions", "reason", "location", "employee", "name", "maskedTexts"];
    const kept = Object.entries(JSON.parse(JSON.stringify(before))).filter(([name]) => !gone.includes(name));
    expect(JSON.parse(JSON.stringify(read))).toMatchObject(Object.fromEntries(kept));
    expect(eventWithoutTexts(left)).toEqual(left);
  },
);

test("what was found and promised by when stays, and what an inspector refused a case for", () => {
  const read = (type: "answered" | "rejected") =>
    eventWithoutTexts(ComplaintEvent.parse({ type, version: 1, at, by: "agency", after, ...says[type] }));
  expect(read("answered")).toMatchObject({ finding: "founded", actions: [{ text: "█████", dueOn: "2026-02-01" }] });
  expect(read("rejected")).toMatchObject({ reason: "out-of-scope", text: "█████" });
});

test("the head is what the events make of it, before and after", () => {
  const events = (["filed", "acknowledged", "message-posted", "answered", "promise-reported", "accepted"] as const).map(
    (type, n) => ComplaintEvent.parse({ type, version: n + 1, at, by: "agency", after, ...says[type] }),
  );
  const untold = { id: aComplaint().id, identityDigests: ["a"], accused: { name: canary } };
  const whole = foldEvents(events, untold) ?? expect.unreachable();
  const left = foldEvents(events.map(eventWithoutTexts), { ...untold, identityDigests: [], accused: undefined });
  expect(headWithoutTexts(whole)).toEqual(left);
  expect(JSON.stringify(left)).not.toContain(canary);
});

test("of an opinion what figures are made of stays, and of a hold that it was set", () => {
  const note = { entryNumber: 1, at, by: "citizen", after };
  const opinion = { ...note, type: "opinion-given", solved: "no", handling: 2, pressured: true };
  expect(entryWithoutTexts(ConfidentialEntry.parse({ ...opinion, comment: canary }))).toEqual(
    ConfidentialEntry.parse(opinion),
  );
  const called = {
    ...note,
    type: "call-recorded",
    outcome: "answered",
    group: "silent",
    probability: 0.5,
    comment: canary,
  };
  for (const said of [
    called,
    { ...note, type: "hold-set", reason: canary },
    { ...note, type: "hold-lifted", reason: canary },
  ]) {
    const left = entryWithoutTexts(ConfidentialEntry.parse(said));
    expect(JSON.stringify(left)).not.toContain(canary);
    expect(ConfidentialEntry.parse(JSON.parse(JSON.stringify(left))).type).toBe(said.type);
  }
});

test("of what was written at filing the time alone stays", () => {
  const narrative = {
    description: canary,
    occurredAt: at,
    employee: { counter: canary },
    maskedTexts: { description: canary },
  };
  expect(JSON.parse(JSON.stringify(narrativeWithoutTexts(narrative)))).toEqual({
    description: "█████",
    occurredAt: at,
  });
});
