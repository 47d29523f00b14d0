import { describe, expect, test } from "vitest";
import { holdOf, liftHold, setHold } from "#shared/domain/complaint/hold.ts";
import { eraseIdentity } from "#shared/domain/complaint/private-act.ts";
import type { PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { aComplaint, aSeries, morning, theAdmin, theCitizen } from "../support/a-complaint.ts";

const [now, later] = ["2026-11-25T08:00:00.000Z", "2026-11-26T08:00:00.000Z"];
const complaint = aComplaint({ status: "closed", closedAt: morning });
const order = { by: theAdmin, now, reason: "دادگاه خواسته است" };

const held = aSeries(setHold(complaint, { ...order, series: [] }) ?? expect.unreachable());
const lifted = also(held, liftHold(complaint, { ...order, now: later, series: held, reason: "رأی صادر شد" }));

function also(series: PrivateEvent[], note: ReturnType<typeof setHold>): PrivateEvent[] {
  return aSeries(...series, ...(note ? [note] : []));
}

describe("a hold", () => {
  test("is set with its reason and by whom, of a closed complaint too", () => {
    expect(holdOf([])).toEqual({ held: false });
    expect(holdOf(held)).toEqual({ held: true, since: now, reason: order.reason });
    expect(held[0]).toMatchObject({
      type: "hold-set",
      by: "admin",
      client: theAdmin.clientId,
      person: theAdmin.person,
    });
  });

  test("is noted once for each reason, and stands since the first", () => {
    expect(setHold(complaint, { ...order, series: held })).toBeUndefined();
    const again = also(held, setHold(complaint, { ...order, now: later, reason: "پژوهش‌خواهی", series: held }));
    expect(holdOf(again)).toEqual({ held: true, since: now, reason: "پژوهش‌خواهی" });
  });

  test("is lifted, and can be set anew", () => {
    expect(holdOf(lifted)).toEqual({ held: false });
    expect(liftHold(complaint, { ...order, series: lifted })).toBeUndefined();
    expect(liftHold(complaint, { ...order, series: [] })).toBeUndefined();
    expect(holdOf(also(lifted, setHold(complaint, { ...order, now: later, series: lifted })))).toMatchObject({
      since: later,
    });
  });

  test("keeps the identity from erasure until it is lifted", () => {
    const erase = (series: PrivateEvent[], isNamed = true) =>
      eraseIdentity(complaint, { by: theCitizen, now: later, series, isNamed });
    expect(() => erase(held)).toThrow(expect.objectContaining({ code: "held" }));
    expect(erase(held, false)).toBeUndefined();
    expect(erase(lifted)?.type).toBe("identity-erased");
  });
});
