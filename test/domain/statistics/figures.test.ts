import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Figures, figureFamilies, figureNamesIn, figuresOf } from "#functions/figures/figures.ts";
import { type Breakdown, breakdownNames, breakdowns, type Table } from "#functions/figures/tables.ts";
import type { PeriodKind } from "#shared/time/period.ts";
import { aPublishedCell } from "../../support/some-counts.ts";

const outcome = { overturned: 5, unanswered: 10, late: 15, confirmed: 20, silent: 50, pending: 40, excluded: 10 };

describe("the band of a cell", () => {
  // 0.2 − 1.96 √0.00192 and 0.7 + 1.96 √0.00276.
  test("is said with how many it counts and its outer limits, in three decimals", () => {
    expect(figuresOf(aPublishedCell({ outcome }))).toEqual({
      assessedCount: 100,
      confirmedShare: 0.2,
      confirmedShareLower: 0.114,
      confirmedOrSilentShare: 0.7,
      confirmedOrSilentShareUpper: 0.803,
    });
  });

  test("is not said of few, though how many they are is", () => {
    expect(figuresOf(aPublishedCell({ outcome: { late: 10, confirmed: 10 } }))).toEqual({ assessedCount: 20 });
  });

  test("is missing if no outcome is published", () => {
    expect(figuresOf(aPublishedCell())).toEqual({});
  });
});

describe("the times to answer", () => {
  const of = (parts: Record<string, number>) => figuresOf(aPublishedCell({ "time-office-hours": parts }));

  test("are shares up to each edge, and the edges of half and of nine tenths; what is unanswered is longest", () => {
    expect(of({ PT1H: 40, PT3H: 10, PT48H: 20, longer: 10, unanswered: 20 })).toEqual({
      officeHoursWithin1h: 0.4,
      officeHoursWithin3h: 0.5,
      officeHoursWithin24h: 0.5,
      officeHoursWithin48h: 0.7,
      officeHoursMedian: "PT3H",
      officeHoursP90: "unanswered",
    });
  });

  test("are said on the other clock under its own names", () => {
    const cell = aPublishedCell({ "time-elapsed": { PT1H: 100 } });
    expect(figuresOf(cell)).toMatchObject({ elapsedWithin1h: 1, elapsedMedian: "PT1H", elapsedP90: "PT1H" });
  });

  test("have no median of fewer than 20", () => {
    expect(of({ PT1H: 15 })).not.toHaveProperty("officeHoursMedian");
    expect(of({ PT1H: 20 })).toHaveProperty("officeHoursMedian", "PT1H");
  });
});

describe("what citizens say", () => {
  test("is said in shares, and the marks by their mean", () => {
    const cell = aPublishedCell({
      solved: { yes: 10, partly: 10, no: 20 },
      handling: { "1": 10, "2": 10, "4": 20, "5": 10 },
      pressured: { pressured: 5, "not-pressured": 45 },
    });
    expect(figuresOf(cell)).toEqual({
      solvedYesShare: 0.25,
      solvedPartlyShare: 0.25,
      solvedNoShare: 0.5,
      // (10 + 20 + 80 + 50) / 50
      handlingMean: 3.2,
      pressuredShare: 0.1,
    });
  });

  test("has no mean mark of fewer than 20", () => {
    expect(figuresOf(aPublishedCell({ handling: { "1": 15 } }))).toEqual({});
  });

  test("when called is said by group, with its interval and how many answered", () => {
    const cell = aPublishedCell({
      "called-outcome": { answered: 60, declined: 20, "no-contact": 20 },
      "called-silent-solved": { yes: 60, partly: 20, no: 20 },
    });
    // 0.6 ± 1.96 √(0.0024 + 4[0.16 + 2 × 0.36]/10,000)
    const silent = {
      calledSilentCount: 100,
      calledSilentSolvedShare: 0.6,
      calledSilentSolvedLower: 0.497,
      calledSilentSolvedUpper: 0.703,
    };
    expect(figuresOf(cell)).toEqual({ calledAnsweredShare: 0.6, ...silent });
    const sampled = [{ cell: aPublishedCell({ "called-silent-solved": { yes: 15, no: 5 } }), meanWeight: 4 }];
    // As test/domain/statistics/called.test.ts computes it.
    expect(figuresOf(cell, { sampled })).toMatchObject({
      calledSilentSolvedShare: 0.656,
      calledSilentSolvedLower: 0.517,
    });
  });
});

test("the shares of conduct and findings are said", () => {
  const cell = aPublishedCell({
    finding: { founded: 50, unfounded: 50 },
    closure: { accepted: 80, withdrawn: 20 },
    extended: { extended: 10, "not-extended": 90 },
    "transferred-out": { "transferred-out": 30, "not-transferred-out": 70 },
    "quick-acceptance": { quick: 40, "not-quick": 60 },
  });
  expect(figuresOf(cell)).toEqual({
    foundedShare: 0.5,
    withdrawnShare: 0.2,
    extendedShare: 0.1,
    transferredOutShare: 0.3,
    quickAcceptanceShare: 0.4,
  });
});

test("flags are said beside the province alone, none of them too; a standing and reports of retaliation as they are", () => {
  const province = aPublishedCell({ extended: { extended: 50, "not-extended": 450 } });
  const agency = aPublishedCell({ extended: { extended: 60, "not-extended": 40 } }, { retaliationReports: 5 });
  const standing = {
    comparisonClass: "possibly-different",
    comparedWith: "province",
    comparisonDistance: 2.1,
    comparisonSide: "worse",
  } as const;
  expect(figuresOf(agency, { province, comparison: standing })).toEqual({
    extendedShare: 0.6,
    flags: ["extended"],
    ...standing,
    retaliationReports: 5,
  });
  expect(figuresOf(province, { province }).flags).toEqual([]);
  expect(figuresOf(province)).not.toHaveProperty("flags");
});

describe("the figures of a table", () => {
  const named = (table: Table, kind: PeriodKind) => figureNamesIn({ table, kind });

  test("are every figure, each in one family", () => {
    const names = Object.values(figureFamilies).flatMap(({ figures }) => [...figures]);
    expect(names.toSorted()).toEqual(Object.keys(Figures.shape).toSorted());
  });

  test("of a month are the band and the trend", () => {
    expect(named("total", "month")).toEqual([...figureFamilies.band.figures, ...figureFamilies.trend.figures]);
  });

  test("by two dimensions are none", () => {
    for (const table of ["agency-county", "agency-category", "agency-cause", "category-county"] as const)
      expect(named(table, "four-quarters")).toEqual([]);
  });

  test("of agencies are compared over four quarters alone, and flagged in quarters too", () => {
    expect(named("agency", "four-quarters")).toContain("comparisonClass");
    expect(named("agency", "quarter")).not.toContain("comparisonClass");
    expect(named("agency", "quarter")).toContain("flags");
    expect(named("county", "quarter")).not.toContain("flags");
  });
});

const published = fc.integer({ min: 0, max: 60 }).map((n) => n * 5);
const partsOf = (name: Breakdown) =>
  fc
    .tuple(...breakdowns[name].map(() => published))
    .map((all) => Object.fromEntries(breakdowns[name].map((one, n) => [one, all[n] ?? 0])));
const anyCell = fc
  .record(Object.fromEntries(breakdownNames.map((name) => [name, partsOf(name)])), { requiredKeys: [] })
  .map((some) => aPublishedCell(some));

test("whatever is published, each figure is of its schema, and the low end of the band is below the high one", () => {
  fc.assert(
    fc.property(anyCell, anyCell, (cell, province) => {
      const figures = figuresOf(cell, { province, sampled: [{ cell: province, meanWeight: 3 }] });
      expect(Figures.strict().parse(figures)).toEqual(figures);
      const {
        confirmedShareLower = 0,
        confirmedShare = confirmedShareLower,
        confirmedOrSilentShare = 1,
        confirmedOrSilentShareUpper = 1,
      } = figures;
      expect(
        confirmedShareLower <= confirmedShare &&
          confirmedShare <= confirmedOrSilentShare &&
          confirmedOrSilentShare <= confirmedOrSilentShareUpper,
      ).toBe(true);
    }),
  );
});
