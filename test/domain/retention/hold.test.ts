import { describe, expect, test } from "vitest";
import { eraseIdentity, holdOf, liftHold, setHold } from "#shared/complaints/confidential-commands.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { aComplaint, aConfidentialLog, adminPrincipal, citizenPrincipal, morning } from "../../support/a-complaint.ts";

const [now, later] = ["2026-11-25T08:00:00.000Z", "2026-11-26T08:00:00.000Z"];
const complaint = aComplaint({ status: "closed", closedAt: morning });
const order = { by: adminPrincipal, now, reason: "دادگاه خواسته است" };

const held = aConfidentialLog(setHold(complaint, { ...order, confidentialLog: [] }) ?? expect.unreachable());
const lifted = also(held, liftHold(complaint, { ...order, now: later, confidentialLog: held, reason: "رأی صادر شد" }));

function also(confidentialLog: ConfidentialEntry[], note: ReturnType<typeof setHold>): ConfidentialEntry[] {
  return aConfidentialLog(...confidentialLog, ...(note ? [note] : []));
}

describe("a hold", () => {
  test("is set with its reason and by whom, of a closed complaint too", () => {
    expect(holdOf([])).toEqual({ held: false });
    expect(holdOf(held)).toEqual({ held: true, since: now, reason: order.reason });
    expect(held[0]).toMatchObject({
      type: "hold-set",
      by: "admin",
      clientId: adminPrincipal.clientId,
      person: adminPrincipal.person,
    });
  });

  test("is noted once for each reason, and stands since the first", () => {
    expect(setHold(complaint, { ...order, confidentialLog: held })).toBeUndefined();
    const again = also(held, setHold(complaint, { ...order, now: later, reason: "پژوهش‌خواهی", confidentialLog: held }));
    expect(holdOf(again)).toEqual({ held: true, since: now, reason: "پژوهش‌خواهی" });
  });

  test("is lifted, and can be set anew", () => {
    expect(holdOf(lifted)).toEqual({ held: false });
    expect(liftHold(complaint, { ...order, confidentialLog: lifted })).toBeUndefined();
    expect(liftHold(complaint, { ...order, confidentialLog: [] })).toBeUndefined();
    expect(holdOf(also(lifted, setHold(complaint, { ...order, now: later, confidentialLog: lifted })))).toMatchObject({
      since: later,
    });
  });

  test("keeps the identity from erasure until it is lifted", () => {
    const erase = (confidentialLog: ConfidentialEntry[], isNamed = true) =>
      eraseIdentity(complaint, {
        by: citizenPrincipal,
        now: later,
        confidentialLog: confidentialLog,
        hasIdentity: isNamed,
      });
    expect(() => erase(held)).toThrow(expect.objectContaining({ code: "legal-hold" }));
    expect(erase(held, false)).toBeUndefined();
    expect(erase(lifted)?.type).toBe("identity-erased");
  });
});
