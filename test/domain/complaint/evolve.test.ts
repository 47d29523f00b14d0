import { describe, expect, test } from "vitest";
import type { Change } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { foldEvents, StateOutsideEvents } from "#shared/complaints/event-rules.ts";
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
import { agencyPrincipal, aNewComplaint, citizenPrincipal, inspectorPrincipal } from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const later = "2026-12-04T07:00:00.000Z";
const officer = { name: "مریم کریمی" };
const judged = { finding: "founded" as const, cause: "conduct", text: "دیده شد", actions: [] };
const receiver = {
  toAgencyId: "gas",
  exists: true,
  servesCounty: true,
  operatesFrontEnd: false,
  reason: "مربوط به گاز",
};
const acknowledgeBy = later;
const report = { visitId: "v1", arrivedAt: now, visitResult: "confirmed", text: "" } as const;

type Act = (complaint: Complaint) => Change;
const acts = {
  acknowledge: (it) => acknowledge(it, { by: agencyPrincipal, now, officer }),
  extend: (it) => extend(it, { by: agencyPrincipal, now, reason: "بایگانی", answerBy: later }),
  answer: (it) => answer(it, { by: agencyPrincipal, now, officer, ...judged, confirmBy: later }),
  transfer: (it) => transfer(it, { by: agencyPrincipal, now, ...receiver, acknowledgeBy }),
  accept: (it) => accept(it, { by: citizenPrincipal, now }),
  dispute: (it) => dispute(it, { by: citizenPrincipal, now, reason: "درست نیست", reviewBy: later }),
  withdraw: (it) => withdraw(it, { by: citizenPrincipal, now }),
  decide: (it) => decide(it, { by: inspectorPrincipal, now, ...judged, upholdsAnswer: true }),
  reject: (it) => reject(it, { by: inspectorPrincipal, now, reason: "out-of-scope", text: "نه" }),
  report: (it) =>
    reportVisit(it, {
      confidentialLog: [],
      by: inspectorPrincipal,
      now,
      ...report,
      areTextsOver: false,
      visit: { visitId: "v1", orderedAt: now, reportBy: now },
    }),
  write: (it) => postMessage(it, { by: citizenPrincipal, now, text: "سلام" }),
  state: (it) => addStatement(it, { by: agencyPrincipal, now, employee: { counter: "3" }, text: "نه" }),
} satisfies Record<string, Act>;

/** A complaint to which this happened in turn, and all its events. */
function aCourse(names: (keyof typeof acts)[]): { complaint: Complaint; events: ComplaintEvent[] } {
  const citizen = { name: "زهرا محمدی", email: "z@mail.example" };
  const { complaint, event } = aNewComplaint({ citizen, employee: { name: "رضا" } });
  return names.reduce(
    (course, name) => {
      const change = acts[name](course.complaint);
      return { complaint: change.complaint, events: [...course.events, ...change.events] };
    },
    { complaint, events: [event] },
  );
}

describe("what a complaint is follows from its events alone, where", () => {
  test.each<[string, (keyof typeof acts)[]]>([
    ["nothing more happened", []],
    ["its answer was accepted", ["acknowledge", "extend", "answer", "accept"]],
    ["it was sent on", ["acknowledge", "transfer"]],
    ["it was disputed and decided", ["answer", "dispute", "decide"]],
    ["it was rejected", ["reject"]],
    ["it was withdrawn", ["withdraw"]],
    ["much was said and seen", ["write", "write", "state", "report"]],
  ])("%s", (_, names) => {
    const { complaint, events } = aCourse(names);
    expect(foldEvents(events, StateOutsideEvents.parse(complaint))).toEqual(complaint);
  });
});

test("nothing follows from events that do not begin with a filing", () => {
  const { complaint, events } = aCourse(["acknowledge"]);
  expect(foldEvents(events.slice(1), StateOutsideEvents.parse(complaint))).toBeUndefined();
  expect(foldEvents([], StateOutsideEvents.parse(complaint))).toBeUndefined();
});

test("what is not told by any event is the citizen and the employee, and nothing that a rule needs beside", () => {
  const { complaint } = aCourse([]);
  expect(StateOutsideEvents.parse(complaint)).toEqual({
    id: complaint.id,
    identityDigests: complaint.identityDigests,
    accused: { name: "رضا" },
  });
});
