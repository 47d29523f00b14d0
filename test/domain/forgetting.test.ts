import { expect, test } from "vitest";
import {
  agenciesEverTrusted,
  isForgotten,
  isToBeForgotten,
  type Kind,
  noteOfForgetting,
} from "#shared/domain/complaint/forgetting.ts";
import { liftHold, setHold } from "#shared/domain/complaint/hold.ts";
import { giveConsent, takeBackConsent } from "#shared/domain/complaint/private-act.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { aComplaint, aSeries, theAdmin, theCitizen } from "../support/a-complaint.ts";

const retention = { identity: "P60D", texts: "P120D", events: "P450D" };
const closedAt = "2026-01-01T08:00:00.000Z";
const closed = aComplaint({
  status: "closed",
  closure: "confirmed",
  closedAt,
  movedAt: closedAt,
  identityMarks: ["a"],
});
const late = "2030-01-01T00:00:00.000Z";
const noted = (...kinds: ("identity" | "texts")[]) =>
  aSeries(...kinds.map((kind) => noteOfForgetting(closed, { kind, now: closedAt })));
const isDue = (kind: Kind, now: string, series: PrivateEvent[] = [], complaint = closed) =>
  isToBeForgotten(complaint, { kind, now, series, retention });

test.each([
  ["who complained", "identity", noted(), "2026-03-02T07:59:59.999Z", "2026-03-02T08:00:00.000Z"],
  ["what was written", "texts", noted("identity"), "2026-05-01T07:59:59.999Z", "2026-05-01T08:00:00.000Z"],
  ["that it was", "events", noted("identity", "texts"), "2027-03-27T07:59:59.999Z", "2027-03-27T08:00:00.000Z"],
] as const)("%s is forgotten to the millisecond so long after the case was closed", (_, kind, series, before, due) => {
  expect(isDue(kind, before, [...series])).toBe(false);
  expect(isDue(kind, due, [...series])).toBe(true);
});

test("it is noted as the clock's", () => {
  expect(noteOfForgetting(closed, { kind: "identity", now: late })).toMatchObject({
    type: "identity-erased",
    by: "clock",
    at: late,
  });
  expect(noteOfForgetting(closed, { kind: "texts", now: late })).toMatchObject({ type: "texts-erased", by: "clock" });
});

test("nothing is forgotten of an open case, twice, or before what goes earlier; nobody of one that nobody signed", () => {
  const open = aComplaint({ identityMarks: ["a"] });
  for (const kind of ["identity", "texts", "events"] as const) expect(isDue(kind, late, [], open)).toBe(false);
  expect(isDue("identity", late, noted("identity"))).toBe(false);
  expect(isDue("texts", late, noted("identity", "texts"))).toBe(false);
  expect(isDue("identity", late, [], { ...closed, identityMarks: [] })).toBe(false);
  expect(isDue("texts", late)).toBe(false);
  expect(isDue("texts", late, [], { ...closed, identityMarks: [] })).toBe(true);
  expect(isDue("events", late, noted("identity"))).toBe(false);
});

test("a case is walked again while there is something left to forget of it", () => {
  const isGone = (complaint: typeof closed, series: PrivateEvent[], kind: Kind = "identity") =>
    isForgotten(complaint, { kind, series });
  expect(isGone(aComplaint(), [])).toBe(false);
  expect(isGone(closed, [])).toBe(false);
  expect(isGone(closed, noted("identity"))).toBe(true);
  expect(isGone({ ...closed, identityMarks: [] }, [])).toBe(true);
  expect(isGone(closed, noted("identity"), "texts")).toBe(false);
  expect(isGone(closed, noted("identity", "texts"), "texts")).toBe(true);
  expect(isGone(closed, noted("identity", "texts"), "events")).toBe(false);
});

test("nothing is forgotten of a case that an admin holds, which is left for a later walk", () => {
  const order = { by: theAdmin, now: closedAt, reason: "دادگاه خواسته است" };
  const held = aSeries(setHold(closed, { ...order, series: [] }) ?? expect.unreachable());
  expect(isDue("identity", late, held)).toBe(false);
  expect(isForgotten(closed, { kind: "identity", series: held })).toBe(false);
  const lift = liftHold(closed, { ...order, series: held }) ?? expect.unreachable();
  expect(isDue("identity", late, aSeries(...held, lift))).toBe(true);
  const order2 = setHold(closed, { ...order, series: [] }) ?? expect.unreachable();
  for (const [kind, gone] of [
    ["texts", ["identity"]],
    ["events", ["identity", "texts"]],
  ] as const)
    expect(isDue(kind, late, aSeries(...noted(...gone), order2))).toBe(false);
});

test("every agency that ever had a copy is known, also after the consent was taken back", () => {
  const open = aComplaint({ identityMarks: ["a"] });
  const stage = { by: theCitizen, now: open.filedAt };
  const given = { ...giveConsent(open, { ...stage, series: [], isNamed: true }), private: 1 } as never;
  const taken = { ...takeBackConsent(open, { ...stage, series: [given] }), private: 2 } as never;
  expect(agenciesEverTrusted([given, taken])).toEqual(["social-security"]);
});
