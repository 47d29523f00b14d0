import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedComplaint, Counts, emptyCounts, type Measure, sumOfCounts } from "#functions/figures/tables.ts";
import { complaints, complaintsIn, countsOf } from "../../support/some-counts.ts";

test("a complaint is counted in one cell of every table, whole and by its classes", () => {
  const { tables } = countsOf(complaints(2, { measures: ["outcome:late", "level:1"] }));
  const expected = { all: 2, "outcome:late": 2, "level:1": 2 };
  expect(tables).toEqual({
    total: { "": expected },
    agency: { bank: expected },
    category: { disrespect: expected },
    county: { qazvin: expected },
    cause: { conduct: expected },
    "agency-category": { "bank+disrespect": expected },
    "agency-county": { "bank+qazvin": expected },
    "category-county": { "disrespect+qazvin": expected },
    "agency-cause": { "bank+conduct": expected },
  });
});

test("a complaint without a cause is in no cell by cause", () => {
  const [one] = complaints(1);
  const { tables } = countsOf(one ? [{ ...one, place: { ...one.place, cause: undefined } }] : []);
  expect([tables.cause, tables["agency-cause"]]).toEqual([undefined, undefined]);
  expect(tables["agency-category"]).toHaveProperty("bank+disrespect");
});

test("a transfer is counted for the agency that transferred the complaint out, whichever agency's complaint it is", () => {
  const holders = [
    { agencyId: "bank", transferredOut: true },
    { agencyId: "water", transferredOut: false },
  ];
  const measures: Measure[] = ["transferred-out:transferred-out"];
  const { tables } = countsOf(complaints(1, { place: { agency: "water" }, holders, measures }));
  expect(tables.agency).toEqual({
    bank: { "transferred-out:transferred-out": 1 },
    water: { all: 1, "transferred-out:not-transferred-out": 1 },
  });
  expect(tables.total).toEqual({ "": { all: 1, "transferred-out:transferred-out": 1 } });
});

const counted: fc.Arbitrary<CountedComplaint[]> = fc
  .array(
    fc.record({
      agency: fc.constantFrom("bank", "water"),
      county: fc.constantFrom("qazvin", "takestan"),
      measure: fc.constantFrom<Measure>("outcome:late", "outcome:silent", "solved:no"),
    }),
    { maxLength: 30 },
  )
  .map((all) => all.flatMap(({ measure, ...place }) => complaintsIn({ [measure]: 1 }, { place })));

test("counts of disjoint cohorts add up to the count of all, reports of retaliation too", () => {
  fc.assert(
    fc.property(counted, counted, fc.nat(9), (some, others, reports) => {
      const parts = [countsOf(some, reports), countsOf(others, 1), emptyCounts()];
      expect(sumOfCounts(parts)).toEqual(countsOf([...some, ...others], reports + 1));
    }),
  );
});

test("counts are read as they are written", () => {
  const counts = countsOf(complaintsIn({ "outcome:late": 3 }), 2);
  expect(Counts.parse(JSON.parse(JSON.stringify(counts)))).toEqual(counts);
});
