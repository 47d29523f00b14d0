import { describe, expect, test } from "vitest";
import { calledEstimate, calledShare } from "#functions/figures/called-citizens.ts";
import { shareOf } from "#functions/figures/share.ts";
import { aPublishedCell } from "../../support/some-counts.ts";

const solved = { yes: 60, partly: 20, no: 20 };
const province = aPublishedCell({ "called-silent-solved": solved });
const sampled = {
  cell: aPublishedCell({ "called-silent-solved": { yes: 15, no: 5 } }, { cell: "gas" }),
  meanWeight: 4,
};

describe("what called citizens say", () => {
  test("is a plain share in an agency's cell, by group", () => {
    expect(calledShare(province, "silent")).toEqual(shareOf(solved, ["yes"]));
    expect(calledShare(province, "accepted")).toBeUndefined();
  });

  test("is, where everybody was called, the province's own share", () => {
    const estimate = calledEstimate(province, { group: "silent", agencies: [] });
    const share = shareOf(solved, ["yes"]);
    expect(estimate?.share).toBe(0.6);
    expect([estimate?.from, estimate?.to]).toEqual([share?.from, share?.to].map((one) => expect.closeTo(one ?? 0, 12)));
  });

  // By hand: (60 + 3 × 15) / (100 + 3 × 20) = 105 / 160. Squares of weights: 80 + 16 × 20 = 400; of factors: 1 + 9 = 10.
  // V = [0.65625 × 0.34375 × 400 + 4 × 10 × (0.34375² + 2 × 0.65625²)] / 160² = 0.0050552.
  test("is weighed up by the parts of each agency of which not everybody was called", () => {
    expect(calledEstimate(province, { group: "silent", agencies: [sampled] })).toEqual({
      share: 105 / 160,
      from: expect.closeTo(0.516893, 5),
      to: expect.closeTo(0.795607, 5),
      count: 100,
    });
  });

  test("leaves out agencies that publish no answers, and those with a weight of 1", () => {
    const agencies = [
      { cell: aPublishedCell({}, { cell: "tax" }), meanWeight: 9 },
      { ...sampled, meanWeight: 1 },
    ];
    expect(calledEstimate(province, { group: "silent", agencies })?.share).toBe(0.6);
  });

  test("is not said where it is not published, or its interval is wider than 50 points", () => {
    expect(calledEstimate(province, { group: "other", agencies: [sampled] })).toBeUndefined();
    const few = aPublishedCell({ "called-silent-solved": { yes: 10, no: 10 } });
    expect(calledEstimate(few, { group: "silent", agencies: [{ ...sampled, meanWeight: 9 }] })).toBeUndefined();
  });
});
