import { describe, expect, test } from "vitest";
import { allowCalls } from "#shared/complaints/call-consent.ts";
import {
  eraseIdentity,
  giveConsent,
  renewSecret,
  setHold,
  withdrawConsent,
} from "#shared/complaints/confidential-commands.ts";
import type { NewEntry } from "#shared/complaints/confidential-log.ts";
import { isErasureOrdered, missingEntries, type RetentionOrder } from "#shared/complaints/retention-orders.ts";
import {
  aComplaint,
  aConfidentialLog,
  adminPrincipal,
  citizenPrincipal,
  inspectorPrincipal,
  morning,
} from "../../support/a-complaint.ts";

const complaint = aComplaint({ lastEventAt: morning });
const at = (n: number) => `2026-12-2${n}T08:00:00.000Z`;
const by = citizenPrincipal;
const seriesOf = (...notes: (NewEntry | undefined)[]) =>
  aConfidentialLog(...notes.map((note) => note ?? expect.unreachable()));
const shared = (n: number) => giveConsent(complaint, { by, now: at(n), confidentialLog: [], hasIdentity: true });
const called = (n: number) => allowCalls(complaint, { by, now: at(n), confidentialLog: [], hasPhone: true });
const held = (n: number) =>
  setHold(complaint, { by: adminPrincipal, now: at(n), confidentialLog: [], reason: "دادگاه" });
const erased = (n: number) => eraseIdentity(complaint, { by, now: at(n), confidentialLog: [], hasIdentity: true });
const takenBack = (n: number) => withdrawConsent(complaint, { by, now: at(n), confidentialLog: seriesOf(shared(1)) });
const declared = { name: "زهرا محمدی", nationalId: "0499370899" };
const renewed = (n: number, secretGeneration: number | undefined) =>
  renewSecret(
    { ...complaint, secretGeneration },
    {
      by: inspectorPrincipal,
      now: at(n),
      name: "مینا",
      declared,
      nationalId: declared.nationalId,
      confidentialLog: [],
    },
  );
const given = (...acts: [RetentionOrder["type"], number][]) => acts.map(([type, n]) => ({ type, at: at(n) }));
const missing = (...sent: Parameters<typeof missingEntries>) =>
  missingEntries(...sent).map(({ payload }) => payload.type);

describe("after a restore", () => {
  test("consent that was taken back since is taken back again, once", () => {
    const orders = given(["consent-withdrawn", 2]);
    expect(missing(seriesOf(shared(1)), orders)).toEqual(["consent-withdrawn"]);
    expect(missing(seriesOf(shared(1), takenBack(3)), orders)).toEqual([]);
    expect(missing([], orders)).toEqual([]);
  });

  test("consent that was given again after it had been taken back stands", () => {
    expect(missing(seriesOf(shared(1), takenBack(2), shared(3)), given(["consent-withdrawn", 2]))).toEqual([]);
  });

  test("consent that was given and taken back in one moment is taken back", () => {
    expect(missing(seriesOf(shared(1)), given(["consent-withdrawn", 1]))).toEqual(["consent-withdrawn"]);
  });

  test("a citizen who wants no calls any more is not called", () => {
    expect(missing(seriesOf(called(1)), given(["call-consent-withdrawn", 2]))).toEqual(["call-consent-withdrawn"]);
    expect(missing(seriesOf(called(3)), given(["call-consent-withdrawn", 2]))).toEqual([]);
  });

  test("a citizen whose later digits or wrong tries are lost is asked to agree again", () => {
    const wrong = (n: number) => ({ ...called(n), type: "call-digits-wrong", purpose: "opinion" }) as NewEntry;
    const orders = given(["call-digits-ended", 2]);
    expect(missing(seriesOf(called(1)), orders)).toEqual(["call-consent-withdrawn"]);
    expect(missing(seriesOf(called(1), wrong(2)), orders)).toEqual([]);
    expect(missing(seriesOf(called(3)), orders)).toEqual([]);
    expect(missing([], orders)).toEqual([]);
    const opened = { ...called(3), type: "call-opened", purpose: "opinion" } as NewEntry;
    expect(missing(seriesOf(called(1), opened), orders)).toEqual([]);
  });

  test("a secret that was renewed since is dead again, up to the last renewal that was ordered", () => {
    const orders = given(["secret-renewed-1", 2], ["secret-renewed-2", 3]);
    const missed = (...log: Parameters<typeof missingEntries>) => missingEntries(...log).map(({ payload }) => payload);
    expect(missed([], orders)).toEqual([{ type: "secret-renewed", generation: 2 }]);
    expect(missed(seriesOf(renewed(1, undefined)), orders)).toEqual([{ type: "secret-renewed", generation: 2 }]);
    expect(missed(seriesOf(renewed(1, undefined), renewed(3, 1)), orders)).toEqual([]);
  });

  test("an erasure is noted again, and done also if it is noted", () => {
    expect(missing([], given(["identity-erased", 2]))).toEqual(["identity-erased"]);
    const noted = seriesOf(erased(1));
    expect([
      missing(noted, given(["identity-erased", 2])),
      isErasureOrdered(noted, given(["identity-erased", 2])),
    ]).toEqual([[], true]);
    expect(isErasureOrdered([], [])).toBe(false);
  });

  test("nobody is erased of a complaint that was held when it was asked for", () => {
    const confidentialLog = seriesOf(held(1));
    expect(isErasureOrdered(confidentialLog, given(["identity-erased", 2]))).toBe(false);
    expect(missing(confidentialLog, given(["identity-erased", 2]))).toEqual([]);
    expect(missing([], given(["hold-set", 1], ["identity-erased", 2]))).toEqual(["hold-set"]);
  });

  test("an erasure after a hold's end, or before a hold, is followed", () => {
    expect(missing(seriesOf(held(1)), given(["hold-lifted", 2], ["identity-erased", 3]))).toEqual([
      "identity-erased",
      "hold-lifted",
    ]);
    expect(missing([], given(["identity-erased", 2], ["hold-set", 3]))).toEqual(["identity-erased", "hold-set"]);
  });

  test("a hold that was set after the orders were listed is not lifted by an earlier order", () => {
    expect(missing(seriesOf(held(3)), given(["hold-set", 1], ["hold-lifted", 2]))).toEqual([]);
  });
});
