import { describe, expect, test } from "vitest";
import type { Change } from "#shared/complaints/change.ts";
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
import { addAttachment, addStatement, postMessage, reportVisit } from "#shared/complaints/remarks.ts";
import { aComplaint, agencyPrincipal, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const later = "2026-12-04T07:00:00.000Z";
const officer = { name: "مریم کریمی", personnelId: "1024" };
const maskedTexts = { text: "█████", reason: "█████", comment: "█████" };
const answered = aComplaint({ status: "answered", confirmBy: now });
const actions = [{ text: "یک باجهٔ دیگر باز شد" }];
const judged = { finding: "unfounded", cause: "none", text: "دیده شد", actions } as const;
const refusal = { reason: "not-a-complaint", text: "پرسش است" } as const;
const receiver = { toAgencyId: "gas", exists: true, servesCounty: true, operatesFrontEnd: false };
const acknowledgeBy = now;
const report = { visitId: "v1", arrivedAt: now, visitResult: "confirmed", text: "کسی نبود" } as const;
const visit = { visitId: "v1", orderedAt: now, reportBy: now };
const employee = { name: "رضا" };
const attachment = { attachmentId: "a1", fileName: "زهرا.jpg", contentType: "image/jpeg", size: 9 };

const byAgency = { by: agencyPrincipal, now, maskedTexts };
const byCitizen = { by: citizenPrincipal, now, maskedTexts };
const byInspector = { by: inspectorPrincipal, now, maskedTexts };

const words: [string, () => Change | undefined, object][] = [
  [
    "an answer",
    () => answer(aComplaint(), { ...byAgency, ...judged, officer, confirmBy: later }),
    { type: "answered", officer, ...judged },
  ],
  [
    "an extension",
    () => extend(aComplaint({ status: "acknowledged" }), { ...byAgency, reason: "بایگانی", answerBy: later }),
    { type: "extended", reason: "بایگانی", previousAnswerBy: aComplaint().answerBy },
  ],
  [
    "a transfer",
    () => transfer(aComplaint(), { ...byInspector, ...receiver, reason: "مربوط به گاز", acknowledgeBy }),
    { type: "transferred", fromAgencyId: "social-security", toAgencyId: "gas", reason: "مربوط به گاز" },
  ],
  [
    "a dispute",
    () => dispute(answered, { ...byCitizen, reason: "درست نیست", reviewBy: later }),
    { type: "disputed", reason: "درست نیست" },
  ],
  ["a withdrawal", () => withdraw(answered, { ...byCitizen, reason: "حل شد" }), { type: "withdrawn", reason: "حل شد" }],
  ["a decision", () => decide(aComplaint(), { ...byInspector, ...judged }), { type: "decided", ...judged }],
  [
    "a decision on an answer",
    () => decide(answered, { ...byInspector, ...judged, upholdsAnswer: false }),
    { type: "decided", ...judged, upholdsAnswer: false },
  ],
  ["a rejection", () => reject(aComplaint(), { ...byInspector, ...refusal }), { type: "rejected", ...refusal }],
  [
    "a message",
    () => postMessage(aComplaint(), { ...byAgency, text: "سلام", officer }),
    { type: "message-posted", text: "سلام", officer },
  ],
  [
    "a statement",
    () => addStatement(aComplaint(), { ...byAgency, employee, text: "در مأموریت بودم" }),
    { type: "statement-added", employee, text: "در مأموریت بودم" },
  ],
  [
    "a visit's report",
    () => reportVisit(aComplaint(), { ...byInspector, ...report, areTextsOver: false, confidentialLog: [], visit }),
    { type: "visit-reported", ...report },
  ],
];

describe.each(words)("%s", (_, act, told) => {
  test("is one event, which says all that was said, at its time", () => {
    expect(act()?.events).toMatchObject([{ ...told, at: now, version: 2 }]);
  });

  test("is told masked to whoever may not know the citizen", () => {
    expect(act()?.events[0]?.maskedTexts).toEqual(maskedTexts);
  });
});

const deeds: [string, () => Change | undefined, object][] = [
  ["an acceptance", () => accept(answered, byCitizen), { type: "accepted" }],
  [
    "an acknowledgement",
    () => acknowledge(aComplaint(), { by: agencyPrincipal, now, officer }),
    { type: "acknowledged", officer },
  ],
  [
    "an attachment",
    () => addAttachment(aComplaint(), { now, attachment }),
    { type: "attachment-added", ...attachment },
  ],
  ["the end of the window", () => expire(answered, { now: later }), { type: "expired", at: later }],
];

test.each(deeds)("%s is one event, which says what was done", (_, act, told) => {
  expect(act()?.events).toMatchObject([told]);
});

describe("an event is signed", () => {
  const signed = (change: Change | undefined) =>
    change?.events.map(({ by, clientId, person }) => JSON.parse(JSON.stringify({ by, clientId, person })));

  test.each<[string, (complaint: Complaint) => Change | undefined, object]>([
    [
      "an agency: its application",
      (complaint) => acknowledge(complaint, { by: agencyPrincipal, now, officer }),
      { by: "agency", clientId: "agency-social-security" },
    ],
    [
      "an inspector: the application and the person",
      (complaint) => decide(complaint, { by: inspectorPrincipal, now, ...judged }),
      { by: "inspector", clientId: "inspectors-application", person: "inspector-1" },
    ],
    ["a citizen: nothing more", (complaint) => withdraw(complaint, { by: citizenPrincipal, now }), { by: "citizen" }],
    ["a citizen who sent a file", (complaint) => addAttachment(complaint, { now, attachment }), { by: "citizen" }],
    ["time itself", () => expire(answered, { now: later }), { by: "system" }],
  ])("by %s", (_, act, signature) => {
    expect(signed(act(aComplaint()))).toEqual([signature]);
  });
});

test("an event tells that it is of a retaliation report, or nothing of the kind", () => {
  const report = { status: "disputed", retaliationFor: "QZ-0000-0000-0", reviewBy: later } as const;
  const after = (fields: Partial<Complaint>) =>
    postMessage(aComplaint(fields), { by: citizenPrincipal, now, text: "سلام" }).events[0]?.after;
  expect(after(report)).toMatchObject({ retaliation: true, status: "disputed" });
  expect(after({})?.retaliation).toBeUndefined();
});

test("an event tells until when to confirm or to review only while that is waited for", () => {
  const told = ({ events }: Change) => [events[0]?.after.confirmBy, events[0]?.after.reviewBy];
  const answering = answer(aComplaint(), { ...byAgency, ...judged, officer, confirmBy: later });
  const disputing = dispute(answering.complaint, { ...byCitizen, reason: "درست نیست", reviewBy: now });
  expect(told(answering)).toEqual([later, undefined]);
  expect(told(disputing)).toEqual([undefined, now]);
  expect(told(decide(disputing.complaint, { ...byInspector, ...judged, upholdsAnswer: true }))).toEqual([
    undefined,
    undefined,
  ]);
});
