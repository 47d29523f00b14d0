import { describe, expect, test } from "vitest";
import { assertAccess, seesUnmaskedTexts } from "#shared/complaints/access.ts";
import { applyEvents, createEntry } from "#shared/complaints/change.ts";
import { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import type { ComplaintEvent, NewEvent } from "#shared/complaints/event.ts";
import { agenciesToNotify, audience } from "#shared/complaints/event-rules.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import {
  aComplaint,
  aConfidentialLog,
  agencyPrincipal,
  citizenPrincipal,
  inspectorPrincipal,
} from "../../support/a-complaint.ts";

const now = "2026-11-24T07:00:00.000Z";
const governor: PrincipalOf<"overseer"> = {
  caller: "overseer",
  clientId: "governor-qazvin",
  fromLevel: 2,
  seesRetaliation: false,
  countyIds: ["qazvin"],
};

function eventOf(said: NewEvent, fields: Parameters<typeof aComplaint>[0] = {}): ComplaintEvent {
  const { events } = applyEvents(aComplaint(fields), { now, by: { by: "system" }, payloads: [said] });
  return events[0] as ComplaintEvent;
}

const inConfidence = ["citizen", "inspector"] as const;

/** Who is told of what, once more, so that a change is agreed on. */
test.each([
  ["visit-ordered", inConfidence],
  ["identity-read", inConfidence],
  ["secret-renewed", inConfidence],
  ["consent-given", inConfidence],
  ["consent-withdrawn", inConfidence],
  ["identity-erased", inConfidence],
  ["texts-erased", inConfidence],
  ["opinion-given", inConfidence],
  ["call-consent-given", inConfidence],
  ["call-consent-withdrawn", inConfidence],
  ["sms-consent-given", inConfidence],
  ["sms-consent-withdrawn", inConfidence],
  ["hold-set", inConfidence],
  ["hold-lifted", inConfidence],
  ["phone-read", inConfidence],
  ["call-recorded", inConfidence],
  ["issue-call-recorded", ["citizen"]],
  ["dispute-lodged-by-phone", inConfidence],
  ["statement-added", ["agency", "inspector"]],
  ["promise-reminded", ["agency", "citizen", "inspector", "overseer"]],
  ["promise-reported", ["agency", "citizen", "inspector", "overseer"]],
  ["promise-objected", ["agency", "citizen", "inspector", "overseer"]],
  ["promise-judged", ["agency", "citizen", "inspector", "overseer"]],
] as const)("%s is told to %s alone", (type, viewers) => {
  expect([...audience[type]].sort()).toEqual([...viewers]);
});

test("of everything else everybody is told", () => {
  const noted: string[] = ConfidentialEntry.unwrap().options.map(({ shape }) => shape.type.value);
  const open = Object.entries(audience).filter(
    ([type]) => !/^(statement-added|directive-given|promise-.*|issue-(un)?linked)$/.test(type) && !noted.includes(type),
  );
  for (const [, viewers] of open)
    expect([...viewers].sort()).toEqual(["agency", "citizen", "front-end", "inspector", "overseer"]);
  expect(open.length).toBeGreaterThan(12);
  for (const type of ["directive-given", "issue-linked", "issue-unlinked"] as const)
    expect(audience[type]).toEqual(["citizen", "agency", "inspector", "overseer"]);
});

describe("an agency", () => {
  const transferred: NewEvent = {
    type: "transferred",
    fromAgencyId: "gas",
    toAgencyId: "social-security",
    reason: "…",
  };

  test("hears of a transfer on both sides, and of a visit not before it is reported", () => {
    expect(agenciesToNotify(eventOf(transferred))).toEqual(["gas", "social-security"]);
    const payload = { type: "visit-ordered", visitId: "v", reportBy: now } as const;
    const ordered = aConfidentialLog(createEntry(aComplaint(), { now, by: { by: "system" }, payload }));
    expect(ordered.map(agenciesToNotify)).toEqual([[]]);
    const report = {
      type: "visit-reported",
      visitId: "v",
      arrivedAt: now,
      visitResult: "confirmed",
      text: "…",
    } as const;
    expect(agenciesToNotify(eventOf(report))).toEqual(["social-security"]);
  });

  test("that holds the complaint hears of everything else alone", () => {
    expect(agenciesToNotify(eventOf({ type: "message-posted", text: "سلام" }))).toEqual(["social-security"]);
  });

  test("hears nothing of a retaliation report", () => {
    const report = { status: "disputed", retaliationFor: "QZ-0000-0000-0" } as const;
    expect(agenciesToNotify(eventOf({ type: "message-posted", text: "سلام" }, report))).toEqual([]);
  });
});

/** An agency's own answer is whether consent stands, which no complaint says. */
test("the citizen's own words are for the citizen and the centre", () => {
  expect(seesUnmaskedTexts).toEqual({ citizen: true, agency: false, inspector: true, overseer: false });
});

test.each([
  ["an overseer at whose level it stands", governor, { level: 2 }, true],
  ["an overseer whose level it has passed", governor, { level: 4 }, true],
  ["an overseer whose level it has not reached", governor, { level: 1 }, false],
  ["an overseer of other counties", governor, { level: 3, countyId: "takestan" }, false],
  ["an inspector", inspectorPrincipal, {}, true],
  ["the agency that holds it", agencyPrincipal, {}, true],
  ["another agency", { ...agencyPrincipal, agencyId: "gas" }, {}, false],
  ["the agency of a retaliation report", agencyPrincipal, { retaliationFor: "QZ-0000-0000-0" }, false],
  ["its citizen", citizenPrincipal, {}, true],
  ["another's citizen", { ...citizenPrincipal, complaintId: "QZ-0000-0000-0" }, {}, false],
])("%s: sees it or not", (_, reader, fields, sees) => {
  const look = () => assertAccess(aComplaint(fields), reader);
  if (sees) expect(look).not.toThrow();
  else expect(look).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("a report of retaliation is seen by overseers from the governor-general on, however far up its review is late", () => {
  const report = aComplaint({ level: 4, retaliationFor: "QZ-7K3M-9XPT-Q" });
  expect(() => assertAccess(aComplaint({ level: 4 }), governor)).not.toThrow();
  expect(() => assertAccess(report, governor)).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(() => assertAccess(report, { ...governor, fromLevel: 4, seesRetaliation: true })).not.toThrow();
});
