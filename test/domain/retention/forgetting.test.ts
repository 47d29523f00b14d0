import { expect, test } from "vitest";
import { giveConsent, liftHold, setHold, withdrawConsent } from "#shared/complaints/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import {
  agenciesEverGivenConsent,
  type DataKind,
  isErased,
  isErasureDue,
  systemErasureEntry,
} from "#shared/complaints/forgetting.ts";
import { aComplaint, aConfidentialLog, adminPrincipal, citizenPrincipal } from "../../support/a-complaint.ts";

const retention = { identity: "P60D", texts: "P120D", events: "P450D" };
const closedAt = "2026-01-01T08:00:00.000Z";
const closed = aComplaint({
  status: "closed",
  closure: "accepted",
  closedAt,
  lastEventAt: closedAt,
  identityDigests: ["a"],
});
const late = "2030-01-01T00:00:00.000Z";
const noted = (...kinds: ("identity" | "texts")[]) =>
  aConfidentialLog(...kinds.map((kind) => systemErasureEntry(closed, { kind, now: closedAt })));
const isDue = (kind: DataKind, now: string, confidentialLog: ConfidentialEntry[] = [], complaint = closed) =>
  isErasureDue(complaint, { kind, now, confidentialLog: confidentialLog, retention });

test.each([
  ["who complained", "identity", noted(), "2026-03-02T07:59:59.999Z", "2026-03-02T08:00:00.000Z"],
  ["what was written", "texts", noted("identity"), "2026-05-01T07:59:59.999Z", "2026-05-01T08:00:00.000Z"],
  ["that it was", "events", noted("identity", "texts"), "2027-03-27T07:59:59.999Z", "2027-03-27T08:00:00.000Z"],
] as const)(
  "%s is forgotten to the millisecond so long after the case was closed",
  (_, kind, confidentialLog, before, due) => {
    expect(isDue(kind, before, [...confidentialLog])).toBe(false);
    expect(isDue(kind, due, [...confidentialLog])).toBe(true);
  },
);

test("it is noted as the clock's", () => {
  expect(systemErasureEntry(closed, { kind: "identity", now: late })).toMatchObject({
    type: "identity-erased",
    by: "system",
    at: late,
  });
  expect(systemErasureEntry(closed, { kind: "texts", now: late })).toMatchObject({
    type: "texts-erased",
    by: "system",
  });
});

test("nothing is forgotten of an open case, twice, or before what goes earlier; nobody of one that nobody signed", () => {
  const open = aComplaint({ identityDigests: ["a"] });
  for (const kind of ["identity", "texts", "events"] as const) expect(isDue(kind, late, [], open)).toBe(false);
  expect(isDue("identity", late, noted("identity"))).toBe(false);
  expect(isDue("texts", late, noted("identity", "texts"))).toBe(false);
  expect(isDue("identity", late, [], { ...closed, identityDigests: [] })).toBe(false);
  expect(isDue("texts", late)).toBe(false);
  expect(isDue("texts", late, [], { ...closed, identityDigests: [] })).toBe(true);
  expect(isDue("events", late, noted("identity"))).toBe(false);
});

test("a case is walked again while there is something left to forget of it", () => {
  const isGone = (complaint: typeof closed, confidentialLog: ConfidentialEntry[], kind: DataKind = "identity") =>
    isErased(complaint, { kind, confidentialLog });
  expect(isGone(aComplaint(), [])).toBe(false);
  expect(isGone(closed, [])).toBe(false);
  expect(isGone(closed, noted("identity"))).toBe(true);
  expect(isGone({ ...closed, identityDigests: [] }, [])).toBe(true);
  expect(isGone(closed, noted("identity"), "texts")).toBe(false);
  expect(isGone(closed, noted("identity", "texts"), "texts")).toBe(true);
  expect(isGone(closed, noted("identity", "texts"), "events")).toBe(false);
});

test("nothing is forgotten of a case that an admin holds, which is left for a later walk", () => {
  const order = { by: adminPrincipal, now: closedAt, reason: "دادگاه خواسته است" };
  const held = aConfidentialLog(setHold(closed, { ...order, confidentialLog: [] }) ?? expect.unreachable());
  expect(isDue("identity", late, held)).toBe(false);
  expect(isErased(closed, { kind: "identity", confidentialLog: held })).toBe(false);
  const lift = liftHold(closed, { ...order, confidentialLog: held }) ?? expect.unreachable();
  expect(isDue("identity", late, aConfidentialLog(...held, lift))).toBe(true);
  const order2 = setHold(closed, { ...order, confidentialLog: [] }) ?? expect.unreachable();
  for (const [kind, gone] of [
    ["texts", ["identity"]],
    ["events", ["identity", "texts"]],
  ] as const)
    expect(isDue(kind, late, aConfidentialLog(...noted(...gone), order2))).toBe(false);
});

test("every agency that ever had a copy is known, also after the consent was taken back", () => {
  const open = aComplaint({ identityDigests: ["a"] });
  const stage = { by: citizenPrincipal, now: open.filedAt };
  const given = { ...giveConsent(open, { ...stage, confidentialLog: [], hasIdentity: true }), entryNumber: 1 } as never;
  const taken = { ...withdrawConsent(open, { ...stage, confidentialLog: [given] }), entryNumber: 2 } as never;
  expect(agenciesEverGivenConsent([given, taken])).toEqual(["social-security"]);
});
