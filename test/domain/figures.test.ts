import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerTimes } from "#shared/domain/statistics/answer-times.ts";
import { betaBelow, betaQuantile } from "#shared/domain/statistics/beta.ts";
import { callProbability, quarterBefore } from "#shared/domain/statistics/call-probability.ts";
import { calledEstimate, wilson } from "#shared/domain/statistics/called.ts";
import { type Part, partsShown } from "#shared/domain/statistics/cell.ts";
import { Figures } from "#shared/domain/statistics/figures.ts";
import { figuresOf } from "#shared/domain/statistics/figures-of.ts";
import { goodShares } from "#shared/domain/statistics/outcome-band.ts";
import { type Partition, partitionNames, partitions } from "#shared/domain/statistics/partition.ts";
import { provinceTrend } from "#shared/domain/statistics/province-trend.ts";
import type { PublishedCell } from "#shared/domain/statistics/published.ts";
import { standingsOf } from "#shared/domain/statistics/standing.ts";

/** A cell whose parts are as they are written: `N+L>N` is told as one, mostly N. */
function aCell(parts: Partial<Record<Partition, Record<string, number>>>, cell = "all"): PublishedCell {
  const told = Object.entries(parts).map(([partition, shown]) => [partition, written(shown)]);
  return { cell, all: 500, parts: Object.fromEntries(told) };
}
const written = (shown: Record<string, number>): Part<string>[] =>
  Object.entries(shown).map(([written, count]) => {
    const [classes = "", mostly] = written.split(">");
    return { classes: classes.split("+"), shown: count, ...(mostly !== undefined && { mostly }) };
  });

const outcome = (parts: Record<string, number>) => figuresOf(aCell({ outcome: parts }));

describe("how much went well", () => {
  test("is between those who said so and those and the silent", () => {
    const band = outcome({ D: 5, N: 10, L: 15, pending: 40, apart: 9, U: 50, G: 20 });
    expect(band).toMatchObject({ counted: 100, goodLow: 0.2, goodHigh: 0.7 });
    expect(band.goodMid).toBeUndefined();
  });

  test.each([
    [
      "nothing is said of the least where those who said so are told with the silent",
      { "D+N": 30, "U+G": 70 },
      [100, undefined, 0.7],
    ],
    [
      "nothing is said of the most where the silent are told with what was late",
      { N: 30, "L+pending+apart+U": 30, G: 40 },
      [100, 0.4, undefined],
    ],
    [
      "pending ones are counted where they are told with others, so the most cannot be said",
      { D: 20, "N+L+pending": 20, apart: 7, U: 30, G: 30 },
      [100, 0.3, undefined],
    ],
    ["nothing is said where nearly all were withdrawn", { "apart+U+G>apart": 60 }, [6, undefined, undefined]],
    [
      "six of what is mostly withdrawn are counted, the most of it that can be, and nothing is said of the most",
      { "D+N+L+pending+apart>apart": 63, U: 39, G: 161 },
      [206, 0.782, undefined],
    ],
    [
      "twelve are where others may stand before and behind those that are withdrawn",
      { N: 40, "L+pending+apart+U+G>apart": 400 },
      [52, undefined, undefined],
    ],
    [
      "six are where only those behind them may be counted",
      { N: 40, "pending+apart+U+G>apart": 400 },
      [46, undefined, undefined],
    ],
    [
      "the few that are told with the silent leave both bounds true",
      { D: 20, "N+L": 20, "pending+apart+U": 30, G: 30 },
      [100, 0.3, 0.6],
    ],
    ["no rate is told of fewer than twenty", { N: 6, U: 6, G: 7 }, [19, undefined, undefined]],
  ])("%s", (_, parts, told) => {
    const { counted, goodLow, goodHigh } = outcome(parts);
    expect([counted, goodLow, goodHigh]).toEqual(told);
  });

  test("has a middle where at least ten silent citizens were called", () => {
    const parts = { outcome: { N: 30, U: 50, G: 20 }, "called-silent-solved": { yes: 6, "partly+no": 6 } };
    const cell = aCell(parts);
    const told = figuresOf(cell, { called: [{ cell, quarters: [{ cell, probability: 0.5 }] }] });
    expect(told).toMatchObject({ goodLow: 0.2, goodMid: 0.45, goodHigh: 0.7, calledSilentSolved: 0.5 });
    expect(figuresOf(aCell(parts), { called: [] }).goodMid).toBeUndefined();
  });
});

describe("times to answer", () => {
  const told = (parts: Record<string, number>) => answerTimes(aCell({ "time-office": parts }), "office");

  test("count the unanswered as longer than all", () => {
    expect(told({ PT1H: 40, PT3H: 10, PT48H: 20, "P5D+P10D+P20D+longer": 10, unanswered: 20 })).toEqual({
      within1h: 0.4,
      within3h: 0.5,
      within24h: undefined,
      within48h: 0.7,
      median: "PT3H",
      p90: "unanswered",
    });
  });

  test("are told by the upper edge of their bin, and of ten or more only; rates of twenty", () => {
    expect(told({ "PT15M+PT30M": 5, "PT1H+PT2H+PT3H": 5 })).toEqual({ median: "PT30M", p90: "PT3H" });
    expect(told({ PT1H: 9 })).toEqual({});
  });

  test("of an office that is fast are not those of one that answers nothing, though few slow ones are told with it", () => {
    const all = "PT15M+PT30M+PT1H+longer+unanswered";
    expect(told({ [`${all}>PT15M`]: 100 })).toMatchObject({ median: "PT15M", p90: "PT15M" });
    expect(told({ [`${all}>unanswered`]: 100 })).toMatchObject({ median: "unanswered", p90: "unanswered" });
    expect(told({ PT15M: 40, "PT30M+PT1H+longer+unanswered": 12 })).toMatchObject({ median: "PT15M", p90: undefined });
  });
});

describe("what people say", () => {
  test("is told as far as it stands alone", () => {
    const cell = aCell({
      solved: { yes: 10, "partly+no": 10 },
      handling: { "1+2": 10, "3+4": 5, "5": 5 },
      pressed: { "pressed+not-pressed": 20 },
    });
    expect(figuresOf(cell)).toMatchObject({ solvedYesShare: 0.5, handlingLow: 2.5, handlingHigh: 3.25 });
    expect(figuresOf(cell).solvedNoShare ?? figuresOf(cell).pressedShare).toBeUndefined();
  });
});

describe("citizens who were called", () => {
  // Computed apart, in Python, from Wilson's formula.
  test("are told with Wilson's interval", () => {
    expect(wilson(0.8, 40).map((one) => one.toFixed(6))).toEqual(["0.652427", "0.895000"]);
    expect(wilson(0, 10).map((one) => one.toFixed(6))).toEqual(["0.000000", "0.277533"]);
  });

  const agency = (probability: number, solved: Record<string, number>) => {
    const cell = aCell({ "called-others-solved": solved });
    return { cell, quarters: [{ cell, probability }] };
  };
  const whole = aCell({ "called-others-solved": { yes: 60, partly: 20, no: 20 } });

  test("stand for as many as were as unlikely to be called", () => {
    const told = calledEstimate([agency(1, { yes: 5, no: 15 }), agency(0.1, { yes: 18, no: 2 })], {
      group: "others",
      whole,
    });
    expect(told).toMatchObject({ answers: 40, leftOut: 60, solved: 0.841 });
    // Twenty of one weight and twenty of ten tell as much as 23.96 equal ones.
    const [from, to] = wilson(185 / 220, 220 ** 2 / (20 + 2_000));
    expect([told?.solvedFrom, told?.solvedTo]).toEqual([from, to].map((one) => Number(one.toFixed(3))));
  });

  test("are left out where their yes is told with other answers, and that is said", () => {
    const told = calledEstimate([agency(1, { "yes+partly": 9, no: 15 })], { group: "others", whole });
    expect(told).toEqual({ answers: 0, leftOut: 100 });
  });

  test("of an agency count with the quarters in which few said yes, by how likely they were called there", () => {
    const of = (solved: Record<string, number>) => aCell({ "called-others-solved": solved });
    const one = {
      cell: of({ yes: 15, no: 25 }),
      quarters: [
        { cell: of({ yes: 11, no: 9 }), probability: 1 },
        { cell: of({ "yes+partly+no": 20 }), probability: 0.5 },
      ],
    };
    expect(calledEstimate([one], { group: "others", whole: one.cell })).toMatchObject({ answers: 40, solved: 0.375 });
    // Beside an agency of weight 1 its forty count one and a half times.
    const both = [one, agency(1, { yes: 30, no: 10 })];
    const solved = (15 * 1.5 + 30) / (40 * 1.5 + 40);
    expect(calledEstimate(both, { group: "others", whole })?.solved).toBe(Number(solved.toFixed(3)));
    expect(calledEstimate([{ ...one, quarters: [] }], { group: "others", whole })?.answers).toBe(0);
  });

  test("are drawn by what was filed in the quarter that was closed when theirs began", () => {
    expect([quarterBefore("1405-Q3"), quarterBefore("1405-Q2"), quarterBefore("1405-Q1")]).toEqual([
      "1405-Q1",
      "1404-Q4",
      "1404-Q3",
    ]);
    expect([callProbability(360), callProbability(90), callProbability(0)]).toEqual([0.25, 1, 1]);
  });
});

describe("the beta distribution", () => {
  // By SciPy 1.17.
  test.each([
    [0.05, 2, 3, 0.09761146288641434],
    [0.05, 80, 20, 0.7312373261074615],
    [0.05, 950.5, 60.25, 0.9276711961950831],
    [0.05, 0.7, 9.3, 0.001328089509577555],
    [0.95, 3, 2, 0.9023885371135856],
    [0.05, 5000, 3, 0.9987418851048021],
  ])("has its %f quantile for a = %f and b = %f", (probability, a, b, expected) => {
    expect(betaQuantile(probability, { a, b })).toBeCloseTo(expected, 9);
  });

  test("is at an end where all of one kind is certain", () => {
    expect([betaQuantile(0.05, { a: 0, b: 4 }), betaQuantile(0.05, { a: 4, b: 0 })]).toEqual([0, 1]);
  });

  test("lies below a point as often as it lies above its mirror image", () => {
    const side = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(side, side, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, x) => {
        expect(betaBelow(x, { a, b }) + betaBelow(1 - x, { a: b, b: a })).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("agencies beside others of their kind", () => {
  const shares = { a: [180, 200], b: [150, 200], c: [40, 50], d: [300, 400], e: [20, 60], f: [95, 100] };
  const called = {
    "called-acceptors-solved": { "yes+partly": 8, no: 12 },
    "called-acceptors-pressed": { "pressed+not-pressed": 20 },
  };
  const agency = (id: string, [good = 0, all = 0]: number[], more = {}) =>
    aCell({ outcome: { "D+N+L+pending+apart+U": all - good, G: good }, ...more }, id);
  const cells = Object.entries(shares).map(([id, share]) => agency(id, share));
  const province = aCell({
    "called-acceptors-solved": { yes: 90, no: 10 },
    acceptance: { "quick-without-phone": 100, other: 900 },
  });
  const standing = (all: PublishedCell[], groupOf: (id: string) => string | undefined = () => "banks") =>
    standingsOf({ cells: all, province, groupOf });

  test("are as the funnel has them, each with what is sure of it", () => {
    const told = standing(cells);
    // By SciPy 1.17, from the formulas.
    expect([...told.values()].map(({ evidence }) => evidence)).toEqual([0.861, 0.699, 0.703, 0.714, 0.257, 0.904]);
    expect(told.get("e")).toMatchObject({
      class: "watch",
      comparedWith: "peer-group",
      funnelDistance: 2.91,
      funnelSide: "worse",
    });
  });

  test("are compared with all of the province where their kind are too few, and not at all where those are", () => {
    const told = standing(cells, (id) => (id === "a" ? "banks" : undefined));
    expect(told.get("a")).toMatchObject({ class: "as-expected", comparedWith: "province" });
    expect([...standing(cells.slice(0, 4)).values()]).toEqual(Array(4).fill({ class: "too-few" }));
  });

  test("are too few to say anything of below twenty, or where what went well is told with the rest", () => {
    const small = agency("small", [12, 19]);
    const joined = aCell({ outcome: { N: 40, "U+G": 40 } }, "joined");
    const hidden: PublishedCell = { cell: "hidden", all: "held-back" };
    const told = standing([...cells, small, joined, hidden]);
    expect(["small", "joined", "hidden"].map((id) => told.get(id)?.class)).toEqual(["too-few", "too-few", "too-few"]);
  });

  test.each([
    ["of which nearly nothing went well, though no number says so", "D+N+L+pending+apart+U+G>N", 240, "clearly-worse"],
    ["of which nearly all went well, where nobody was called", "D+N+L+pending+apart+U+G>G", 2_400, "as-expected"],
    ["of which nearly all went well, but which are few", "D+N+L+pending+apart+U+G>G", 22, "too-few"],
    ["of which it is not told which they mostly are", "D+N+L+pending+apart+U+G", 240, "too-few"],
  ])("are judged by what is known at least and at most: one %s", (_, parts, size, name) => {
    const one = aCell({ outcome: { [parts]: size } }, "one");
    expect(standing([...alike, one]).get("one")?.class).toBe(name);
  });

  test.each([
    ["far more are told with what went wrong than went well", { "D+N+L+pending": 120, U: 10, G: 90 }, "too-few"],
    ["a few are", { "D+N+L+pending": 8, U: 22, G: 78 }, "as-expected"],
    ["nearly all were withdrawn", { "apart+U+G>apart": 60 }, "too-few"],
    ["nearly all but those were never answered", { N: 200, "L+pending+apart+U+G>apart": 60 }, "clearly-worse"],
  ])("are judged whether all of those are pending or none is, where %s", (_, parts, name) => {
    const one = aCell({ outcome: parts }, "one");
    expect(standing([...alike, one]).get("one")?.class).toBe(name);
  });

  const alike = Array.from({ length: 8 }, (_, n) => agency(`alike-${n}`, [160, 200]));
  const better = (more = {}) => standing([...alike, agency("best", [199, 200], more)]).get("best")?.class;

  test("are clearly better only where called citizens who accepted do not say otherwise", () => {
    expect(better()).toBe("as-expected");
    expect(better({ "called-acceptors-solved": { yes: 20, "partly+no": 5 } })).toBe("clearly-better");
    expect(better(called)).toBe("watch");
    const quick = { "called-acceptors-solved": { yes: 20 }, acceptance: { "quick-without-phone": 100, other: 99 } };
    expect(better(quick)).toBe("as-expected");
    expect(standing([...alike, agency("worst", [90, 200], called)]).get("worst")?.class).toBe("clearly-worse");
  });
});

describe("what stands out about an agency", () => {
  test("is a share of more than three times the province's", () => {
    const province = aCell({
      closure: { confirmed: 450, withdrawn: 50 },
      extended: { extended: 50, "not-extended": 450 },
    });
    const own = aCell({ closure: { confirmed: 68, withdrawn: 32 }, extended: { extended: 30, "not-extended": 70 } });
    expect(figuresOf(own, { province }).flags).toEqual(["withdrawn"]);
    expect(figuresOf(own).flags).toBeUndefined();
  });

  test("stands out where all of it does, and where few others are told with it", () => {
    const province = aCell({
      closure: { confirmed: 450, "decided+withdrawn>withdrawn": 40, "out-of-scope": 10 },
      extended: { extended: 20, "not-extended": 480 },
    });
    const closure = { confirmed: 150, "withdrawn+out-of-scope>withdrawn": 50 };
    const own = aCell({ closure, extended: { "extended+not-extended>extended": 200 } });
    expect(figuresOf(own, { province }).flags).toEqual(["extended"]);
    const more = { confirmed: 100, "withdrawn+out-of-scope>withdrawn": 100 };
    expect(figuresOf({ ...own, ...aCell({ closure: more }) }, { province }).flags).toEqual(["withdrawn"]);
  });
});

describe("the province's trend", () => {
  const month = (good: number): PublishedCell => aCell({ outcome: { "D+N+L+pending+apart+U": 100 - good, G: good } });
  test("has limits from twelve months on of which a rate can be said, and passes the others over", () => {
    const months = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50].map(month);
    const unsaid: PublishedCell = { cell: "all", all: "<5" };
    expect(provinceTrend([...months, unsaid])).toEqual({});
    const limits = { trendMean: 0.527, trendLower: expect.any(Number), trendUpper: expect.any(Number) };
    const twelve = [...months, unsaid, month(80)];
    expect(provinceTrend(twelve)).toEqual({ ...limits, trendSignals: ["outside"] });
    expect(provinceTrend([...twelve, unsaid])).toEqual(limits);
  });
});

test("whatever is published, what went well is between what is told of it", () => {
  const n = fc.oneof(fc.nat(4), fc.integer({ min: 1_000, max: 3_000 }));
  const tally = fc.record({ n, k: fc.nat(255) });
  // Each part is off by two.
  const near = 0.02;
  fc.assert(
    fc.property(fc.tuple(tally, tally, tally, tally, tally, tally, tally), (tallies) => {
      const parts = partsShown(
        partitions.outcome.map((name, at) => [name, tallies[at] ?? expect.unreachable()] as const),
      );
      const cell: PublishedCell = { cell: "all", all: 3_000, parts: { outcome: parts } };
      const [d = 0, n = 0, l = 0, , , u = 0, g = 0] = tallies.map((one) => one.n);
      const truth = g / Math.max(1, d + n + l + u + g);
      const { goodLow = 0, goodHigh = 1 } = figuresOf(cell);
      expect([goodLow - near <= truth, truth <= goodHigh + near]).toEqual([true, true]);
      const { least, most } = goodShares(cell) ?? { least: { good: 0, all: 1 }, most: { good: 1, all: 1 } };
      expect(least.good / least.all - near <= truth && truth <= most.good / most.all + near).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test("whatever is published, no rate is above one, and what is said is a figure that is told of", () => {
  const tally = fc.record({ n: fc.oneof(fc.nat(8), fc.nat(300)), k: fc.nat(255) });
  const partition = fc.array(tally, { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(
      fc.array(partition, { minLength: partitionNames.length, maxLength: partitionNames.length }),
      (tallies) => {
        const parts = partitionNames.map((name, n) => [
          name,
          partsShown(partitions[name].map((one, c) => [one, tallies[n]?.[c] ?? { n: 0, k: 0 }] as const)),
        ]);
        const cell: PublishedCell = { cell: "all", all: 300, parts: Object.fromEntries(parts) };
        const told = figuresOf(cell, { called: [{ cell, quarters: [{ cell, probability: 0.3 }] }], province: cell });
        expect(Figures.strict().parse(told)).toEqual(told);
        const { goodLow = 0, goodMid = goodLow, goodHigh = 1 } = told;
        expect(goodLow <= goodMid && goodMid <= goodHigh).toBe(true);
      },
    ),
  );
});
