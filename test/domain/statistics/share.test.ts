import { describe, expect, test } from "vitest";
import { publishableShare, shareBandOf, shareIn, shareOf, varianceOfShare } from "#functions/figures/share.ts";
import { aPublishedCell } from "../../support/some-counts.ts";

const parts = { overturned: 5, unanswered: 10, late: 15, confirmed: 20, silent: 50 };

// By hand, from V(p, n) = p(1−p)/n + 4[a(1−p)² + (m−a)p²]/n².
describe("the variance of a share of rounded parts", () => {
  test.each([
    // 0.16/100 + 4[0.64 + 4 × 0.04]/10,000
    [{ p: 0.2, n: 100, a: 1, m: 5 }, 0.00192],
    // 0.25/20 + 4[2 × 0.25 + 3 × 0.25]/400
    [{ p: 0.5, n: 20, a: 2, m: 5 }, 0.025],
    // 0 + 4[1 + 0]/1,600: rounding alone, where chance has no part.
    [{ p: 0, n: 40, a: 1, m: 2 }, 0.0025],
  ])("with %o is %f", (of, expected) => {
    expect(varianceOfShare(of)).toBeCloseTo(expected, 12);
  });
});

describe("a share", () => {
  // 0.2 ± 1.96 √0.00192 and 0.7 ± 1.96 √0.00276.
  test.each([
    [["confirmed"], { share: 0.2, from: 0.114117, to: 0.285883, count: 100 }],
    [["confirmed", "silent"], { share: 0.7, from: 0.59703, to: 0.80297, count: 100 }],
  ])("of %j is the sum of its parts divided by the sum of all, with its interval", (names, expected) => {
    const share = shareOf(parts, names);
    for (const [name, number] of Object.entries(expected))
      expect(share?.[name as "share"], name).toBeCloseTo(number, 6);
  });

  test("adds up to 1 with the others of its breakdown", () => {
    const shares = Object.keys(parts).map((name) => shareOf(parts, [name])?.share ?? 0);
    expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  });

  test("has an interval that is cut at 0 and at 1", () => {
    expect(shareOf({ extended: 0, "not-extended": 40 }, ["extended"])).toEqual({
      share: 0,
      from: 0,
      to: expect.closeTo(0.098, 6),
      count: 40,
    });
    expect(shareOf({ extended: 40, "not-extended": 0 }, ["extended"])?.to).toBe(1);
  });

  test("of nothing is none", () => {
    expect(shareOf({ yes: 0, no: 0 }, ["yes"])).toBeUndefined();
    expect(shareIn(aPublishedCell(), "solved", ["yes"])).toBeUndefined();
  });

  // By the formula, 10 of 20 in two parts have an interval of 52 points.
  test("whose interval is wider than 50 points is not said", () => {
    expect(
      shareIn(aPublishedCell({ extended: { extended: 10, "not-extended": 10 } }), "extended", ["extended"]),
    ).toBeUndefined();
    expect(publishableShare({ share: 0.5, from: 0.25, to: 0.75, count: 30 })).toBeDefined();
    expect(publishableShare({ share: 0.5, from: 0.249, to: 0.751, count: 30 })).toBeUndefined();
  });
});

describe("the band", () => {
  test("is between those who confirmed, and those with the silent, of the five outcomes that count", () => {
    const { low, high } = shareBandOf(aPublishedCell({ outcome: { ...parts, pending: 40, excluded: 900 } }));
    expect([low?.share, low?.count]).toEqual([0.2, 100]);
    expect([high?.share, high?.count]).toEqual([0.7, 100]);
    expect(low?.from).toBeCloseTo(0.114117, 6);
    expect(high?.to).toBeCloseTo(0.80297, 6);
  });

  // By the formula 10 of 25 is 49.6 points wide with a = 1 and 51.5 with a = 2; 20 of 25 is narrower, 10 of 20 wider with both.
  test.each([
    [{ late: 15, confirmed: 10 }, true, false],
    [{ late: 5, confirmed: 20 }, true, true],
    [{ late: 10, confirmed: 10 }, false, false],
  ])("has an end only where its own interval is narrow enough: %j", (outcome, hasLow, hasHigh) => {
    const { low, high } = shareBandOf(aPublishedCell({ outcome }));
    expect([low !== undefined, high !== undefined]).toEqual([hasLow, hasHigh]);
  });

  test("is missing if the outcome is not published, or no complaint counts", () => {
    const none = { low: undefined, high: undefined };
    expect(shareBandOf(aPublishedCell())).toEqual(none);
    expect(shareBandOf(aPublishedCell({ outcome: { pending: 40, excluded: 20 } }))).toEqual(none);
  });
});
