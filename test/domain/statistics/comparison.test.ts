import { describe, expect, test } from "vitest";
import {
  compareAgencies,
  comparisonClassOf,
  comparisonDistance,
  flaggedShare,
  flagsOf,
  funnelOf,
} from "#functions/figures/comparison.ts";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { aPublishedCell } from "../../support/some-counts.ts";

const numbers: [confirmed: number, n: number][] = [
  [180, 200],
  [150, 200],
  [40, 50],
  [300, 400],
  [20, 60],
  [95, 100],
];
const compared = numbers.map(([confirmed, n]) => ({ confirmedShare: confirmed / n, judged: n }));

// Computed apart, in Python, from Spiegelhalter's formulas (2005) with V(θ, n) of a = 1 and m = 5 as variance.
describe("the funnel", () => {
  test("has the expected share, the overdispersion and the variance between agencies", () => {
    const { theta, phi, tauSquared } = funnelOf(compared);
    expect(theta).toBeCloseTo(0.7772277227722773, 10);
    expect(phi).toBeCloseTo(6.367731364030078, 10);
    expect(tauSquared).toBeCloseTo(0.01040272825933971, 10);
  });

  test("puts each agency at its distance", () => {
    const funnel = funnelOf(compared);
    const z = compared.map((one) => Number(comparisonDistance(one, funnel).toFixed(6)));
    expect(z).toEqual([1.144109, -0.253734, 0.170632, -0.260827, -3.50618, 1.508335]);
  });

  test("supposes no variance between agencies that differ by chance alone", () => {
    const alike = [80, 80, 80, 80, 85].map((confirmed) => ({ confirmedShare: confirmed / 100, judged: 100 }));
    expect(funnelOf(alike)).toEqual({ theta: 0.81, phi: expect.closeTo(0.0614628, 6), tauSquared: 0 });
  });

  // Where 80 of 100 are expected, the standard deviation is √(0.0016 + 0.00104) = 0.0514.
  test.each([
    [100, "clearly-better"],
    [95, "possibly-different"],
    [90, "as-expected"],
    [80, "as-expected"],
    [65, "possibly-different"],
    [60, "clearly-worse"],
  ])("puts an agency with %i of 100, where 80 are expected, into the class %s", (confirmed, name) => {
    const z = comparisonDistance({ confirmedShare: confirmed / 100, judged: 100 }, { theta: 0.8, tauSquared: 0 });
    expect(comparisonClassOf(z)).toBe(name);
  });

  test.each([0, 1])("finds no difference where everybody has the share %i", (confirmedShare) => {
    const all = Array.from({ length: 5 }, () => ({ confirmedShare, judged: 40 }));
    expect(all.map((one) => comparisonDistance(one, funnelOf(all)))).toEqual([0, 0, 0, 0, 0]);
  });
});

type Outcomes = Record<string, number>;
const anAgency = (cell: string, outcome: Outcomes, more: Parameters<typeof aPublishedCell>[0] = {}): PublishedCell =>
  aPublishedCell({ outcome, ...more }, { cell, peerGroup: "offices" });
const ofTwoHundred = (cell: string, confirmed: number, more = {}) =>
  anAgency(cell, { confirmed, late: 200 - confirmed }, more);
const province = aPublishedCell({
  closure: { accepted: 900, withdrawn: 100 },
  extended: { extended: 100, "not-extended": 900 },
});
const standing = (cells: PublishedCell[], id: string) => compareAgencies({ cells, province }).get(id);
const peers = Array.from({ length: 8 }, (_, n) => ofTwoHundred(`peer-${n}`, 160));

describe("an agency's standing", () => {
  test("is by the funnel of its peer group, of the published numbers alone", () => {
    const cells = numbers.map(([confirmed, n], k) => anAgency(`agency-${k}`, { confirmed, late: n - confirmed }));
    expect(standing(cells, "agency-4")).toEqual({
      comparisonClass: "clearly-worse",
      comparedWith: "peer-group",
      comparisonDistance: 3.506,
      comparisonSide: "worse",
    });
    expect(standing(cells, "agency-0")).toMatchObject({ comparisonClass: "as-expected", comparisonSide: "better" });
  });

  test("is beside the province where fewer than five of its group can be compared, and none if fewer than five can", () => {
    const mixed = peers.map((one, n) => ({ ...one, peerGroup: n < 4 ? "banks" : null }));
    expect(mixed.map(({ cell }) => standing(mixed, cell)?.comparedWith)).toEqual(Array(8).fill("province"));
    expect(standing(peers.slice(0, 5), "peer-0")?.comparedWith).toBe("peer-group");
    expect(standing(peers.slice(0, 4), "peer-0")).toEqual({ comparisonClass: "too-few-complaints" });
  });

  test.each([
    ["15 complaints that count", { confirmed: 15, excluded: 600, pending: 40 }, "too-few-complaints"],
    ["20 complaints that count", { confirmed: 20 }, "as-expected"],
    ["no published outcome", undefined, "too-few-complaints"],
  ])("with %s is %s", (_, outcome, name) => {
    const one = outcome ? anAgency("one", outcome) : { cell: "one", count: 600, peerGroup: "offices" };
    expect(standing([...peers, one], "one")?.comparisonClass).toBe(name);
  });

  test("is clearly worse whatever was called and flagged", () => {
    expect(standing([...peers, ofTwoHundred("worst", 95)], "worst")?.comparisonClass).toBe("clearly-worse");
  });
});

describe("clearly better", () => {
  const best = (more: object) => standing([...peers, ofTwoHundred("best", 200, more)], "best")?.comparisonClass;
  const calls = (answered: number) => ({ "called-outcome": { answered, "no-contact": 100, declined: 100 } });

  test.each([
    ["20 called answers and no flag", calls(20), "clearly-better"],
    ["15 called answers", calls(15), "as-expected"],
    ["no published calls", {}, "as-expected"],
    ["20 called answers and a flag", { ...calls(20), closure: { accepted: 55, withdrawn: 45 } }, "as-expected"],
  ])("needs 20 called answers and no flag: with %s it is %s", (_, more, name) => {
    expect(best(more)).toBe(name);
  });
});

describe("a flag", () => {
  const withdrawn = (size: number) => aPublishedCell({ closure: { accepted: 100 - size, withdrawn: size } });

  // The province has 10 %. 40 of 100 have an interval from 0.295, 45 of 100 one from 0.343. The closure has six classes.
  test("is set where the lower end of the interval is over three times the province's share, not the share itself", () => {
    expect(flaggedShare(withdrawn(40), "withdrawn")?.from).toBeCloseTo(0.295108, 5);
    expect(flaggedShare(withdrawn(45), "withdrawn")?.from).toBeCloseTo(0.342628, 5);
    expect(flagsOf(withdrawn(40), province)).toEqual([]);
    expect(flagsOf(withdrawn(45), province)).toEqual(["withdrawn"]);
  });

  test("is set for each of five shares", () => {
    const ofAll = (size: number) =>
      aPublishedCell({
        closure: { withdrawn: size, accepted: 200 - size },
        extended: { extended: size, "not-extended": 200 - size },
        "transferred-out": { "transferred-out": size, "not-transferred-out": 200 - size },
        pressured: { pressured: size, "not-pressured": 200 - size },
        "quick-acceptance": { quick: size, "not-quick": 200 - size },
      });
    expect(flagsOf(ofAll(150), ofAll(20))).toEqual([
      "withdrawn",
      "extended",
      "transferred-out",
      "pressured",
      "quick-acceptance",
    ]);
  });

  test("is not set where the share of the agency or of the province is not said", () => {
    const few = aPublishedCell({ extended: { extended: 20, "not-extended": 0 } });
    expect(flagsOf(few, province)).toEqual(["extended"]);
    expect(flagsOf(aPublishedCell({ extended: { extended: 10, "not-extended": 10 } }), province)).toEqual([]);
    expect(flagsOf(few, aPublishedCell())).toEqual([]);
  });
});
