import { expect, test } from "vitest";
import { agenciesEverTrusted, forgetIdentity, isForgotten } from "#shared/domain/complaint/forgetting.ts";
import { liftHold, setHold } from "#shared/domain/complaint/hold.ts";
import { giveConsent, takeBackConsent } from "#shared/domain/complaint/private-act.ts";
import { aComplaint, aSeries, theAdmin, theCitizen } from "../support/a-complaint.ts";

const retention = { identity: "P60D" };
const closedAt = "2026-01-01T08:00:00.000Z";
const due = "2026-03-02T08:00:00.000Z";
const closed = aComplaint({
  status: "closed",
  closure: "confirmed",
  closedAt,
  movedAt: closedAt,
  identityMarks: ["a"],
});
const erased = { ...forgetIdentity(closed, { now: due, series: [], retention }), private: 1 } as never;

test("who complained is forgotten by the clock, to the millisecond so long after the case was closed", () => {
  expect(forgetIdentity(closed, { now: due, series: [], retention })).toMatchObject({
    type: "identity-erased",
    by: "clock",
    at: due,
  });
  expect(forgetIdentity(closed, { now: "2026-03-02T07:59:59.999Z", series: [], retention })).toBeUndefined();
});

test("nobody is forgotten of an open case, of one that nobody signed, or twice", () => {
  const open = aComplaint({ identityMarks: ["a"] });
  const anonymous = { ...closed, identityMarks: [] };
  const now = "2030-01-01T00:00:00.000Z";
  for (const [complaint, series] of [
    [open, []],
    [anonymous, []],
    [closed, [erased]],
  ] as const)
    expect(forgetIdentity(complaint, { now, series, retention })).toBeUndefined();
});

test("a case is walked again while there is something left to forget of it", () => {
  expect(isForgotten(aComplaint(), [])).toBe(false);
  expect(isForgotten(closed, [])).toBe(false);
  expect(isForgotten(closed, [erased])).toBe(true);
  expect(isForgotten({ ...closed, identityMarks: [] }, [])).toBe(true);
});

test("nobody is forgotten of a case that an admin holds, which is left for a later walk", () => {
  const order = { by: theAdmin, now: closedAt, reason: "دادگاه خواسته است" };
  const held = aSeries(setHold(closed, { ...order, series: [] }) ?? expect.unreachable());
  expect(forgetIdentity(closed, { now: due, series: held, retention })).toBeUndefined();
  expect(isForgotten(closed, held)).toBe(false);
  const lift = liftHold(closed, { ...order, series: held }) ?? expect.unreachable();
  expect(forgetIdentity(closed, { now: due, series: aSeries(...held, lift), retention })?.type).toBe("identity-erased");
});

test("every agency that ever had a copy is known, also after the consent was taken back", () => {
  const open = aComplaint({ identityMarks: ["a"] });
  const stage = { by: theCitizen, now: open.filedAt };
  const given = { ...giveConsent(open, { ...stage, series: [], isNamed: true }), private: 1 } as never;
  const taken = { ...takeBackConsent(open, { ...stage, series: [given] }), private: 2 } as never;
  expect(agenciesEverTrusted([given, taken])).toEqual(["social-security"]);
});
