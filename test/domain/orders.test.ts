import { describe, expect, test } from "vitest";
import { allowCalls } from "#shared/domain/complaint/call-consent.ts";
import { setHold } from "#shared/domain/complaint/hold.ts";
import { erases, missingIn, type Order } from "#shared/domain/complaint/orders.ts";
import { eraseIdentity, giveConsent, takeBackConsent } from "#shared/domain/complaint/private-act.ts";
import type { Note } from "#shared/domain/complaint/private-series.ts";
import { aComplaint, aSeries, morning, theAdmin, theCitizen } from "../support/a-complaint.ts";

const complaint = aComplaint({ movedAt: morning });
const at = (n: number) => `2026-12-2${n}T08:00:00.000Z`;
const by = theCitizen;
const seriesOf = (...notes: (Note | undefined)[]) => aSeries(...notes.map((note) => note ?? expect.unreachable()));
const shared = (n: number) => giveConsent(complaint, { by, now: at(n), series: [], isNamed: true });
const called = (n: number) => allowCalls(complaint, { by, now: at(n), series: [], hasPhone: true });
const held = (n: number) => setHold(complaint, { by: theAdmin, now: at(n), series: [], reason: "دادگاه" });
const erased = (n: number) => eraseIdentity(complaint, { by, now: at(n), series: [], isNamed: true });
const takenBack = (n: number) => takeBackConsent(complaint, { by, now: at(n), series: seriesOf(shared(1)) });
const given = (...acts: [Order["act"], number][]) => acts.map(([act, n]) => ({ act, at: at(n) }));
const missing = (...sent: Parameters<typeof missingIn>) => missingIn(...sent).map(({ says }) => says.type);

describe("after a restore", () => {
  test("consent that was taken back since is taken back again, once", () => {
    const orders = given(["consent-taken-back", 2]);
    expect(missing(seriesOf(shared(1)), orders)).toEqual(["consent-taken-back"]);
    expect(missing(seriesOf(shared(1), takenBack(3)), orders)).toEqual([]);
    expect(missing([], orders)).toEqual([]);
  });

  test("consent that was given again after it had been taken back stands", () => {
    expect(missing(seriesOf(shared(1), takenBack(2), shared(3)), given(["consent-taken-back", 2]))).toEqual([]);
  });

  test("consent that was given and taken back in one moment is taken back", () => {
    expect(missing(seriesOf(shared(1)), given(["consent-taken-back", 1]))).toEqual(["consent-taken-back"]);
  });

  test("a citizen who wants no calls any more is not called", () => {
    expect(missing(seriesOf(called(1)), given(["calls-ended", 2]))).toEqual(["calls-ended"]);
    expect(missing(seriesOf(called(3)), given(["calls-ended", 2]))).toEqual([]);
  });

  test("an erasure is noted again, and done also where it is noted", () => {
    expect(missing([], given(["identity-erased", 2]))).toEqual(["identity-erased"]);
    const noted = seriesOf(erased(1));
    expect([missing(noted, given(["identity-erased", 2])), erases(noted, given(["identity-erased", 2]))]).toEqual([
      [],
      true,
    ]);
    expect(erases([], [])).toBe(false);
  });

  test("nobody is erased of a complaint that was held when it was asked for", () => {
    const series = seriesOf(held(1));
    expect(erases(series, given(["identity-erased", 2]))).toBe(false);
    expect(missing(series, given(["identity-erased", 2]))).toEqual([]);
    expect(missing([], given(["hold-set", 1], ["identity-erased", 2]))).toEqual(["hold-set"]);
  });

  test("an erasure after a hold's end, or before a hold, is followed", () => {
    expect(missing(seriesOf(held(1)), given(["hold-lifted", 2], ["identity-erased", 3]))).toEqual([
      "identity-erased",
      "hold-lifted",
    ]);
    expect(missing([], given(["identity-erased", 2], ["hold-set", 3]))).toEqual(["identity-erased", "hold-set"]);
  });
});
