import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstMonthOf, type PublicationInput, PublishedCell, publish } from "#functions/figures/publication.ts";
import { servedCountiesAt } from "#functions/figures/rounding.ts";
import { shareBandOf } from "#functions/figures/share.ts";
import {
  type Breakdown,
  breakdowns,
  type CountedComplaint,
  type Counts,
  dimensionsOf,
  isOpinion,
  type Measure,
  Table,
} from "#functions/figures/tables.ts";
import type { Period } from "#shared/time/period.ts";
import { countOne } from "../../support/a-count.ts";
import { accepted, answered, aStory, filedAt, owedAt } from "../../support/a-story.ts";
import { complaints, complaintsIn, countsOf } from "../../support/some-counts.ts";

const month: Period = { kind: "month", name: "1405-09" };
const quarter: Period = { kind: "quarter", name: "1405-Q3" };
const fourQuarters: Period = { kind: "four-quarters", name: "1405-Q3" };
const year: Period = { kind: "four-quarters", name: "1405-Q4" };
const periods = [month, quarter, fourQuarters, year];

/** Two agencies in two counties, so that no two cells are equal. */
const publishing: PublicationInput = {
  key: "a key for tests",
  ids: {
    agency: ["bank", "water"],
    category: ["disrespect", "delay", "bribe"],
    county: ["qazvin", "takestan"],
    cause: ["conduct"],
  },
  serving: servedCountiesAt(
    ["bank", "water"].map((id) => ({ id, countyIds: ["qazvin", "takestan"] })),
    "2027-01-05T20:30:00.000Z",
  ),
  peerGroupOf: (id) => (id === "bank" ? "banks" : undefined),
};

function cellOf(counts: Counts, period: Period, [table, cell]: [Table, string] = ["total", ""], more = {}) {
  const { tables } = publish({ period, counts }, { ...publishing, ...more });
  return tables[table]?.find((one) => one.cell === cell) ?? expect.unreachable(`${table} has no ${cell}`);
}

const everyCell = (counts: Counts, period: Period) =>
  Object.values(publish({ period, counts }, publishing).tables).flat();

/** Every class of every breakdown, so many times. */
const inEveryClass = (size: number) =>
  Object.entries(breakdowns).flatMap(([name, classes]) =>
    classes.flatMap((one) => complaintsIn({ [`${name}:${one}` as Measure]: size })),
  );

describe("the tables", () => {
  test.each([
    [month, ["total"]],
    [quarter, ["total", "agency", "category", "county", "cause"]],
    [fourQuarters, Table.options],
  ])("of %o are %j", (period, tables) => {
    expect(Object.keys(publish({ period, counts: countsOf([]) }, publishing).tables)).toEqual(tables);
  });

  test("have a row for every id or pair of ids, whether anything was counted or not", () => {
    const { tables } = publish({ period: fourQuarters, counts: countsOf(complaints(3)) }, publishing);
    for (const table of Table.options) {
      const rows = dimensionsOf[table].reduce((all, dimension) => all * publishing.ids[dimension].length, 1);
      expect(new Set(tables[table]?.map(({ cell }) => cell)).size, table).toBe(rows);
    }
    expect(tables["agency-county"]?.map(({ cell }) => cell)).toEqual([
      "bank+qazvin",
      "bank+takestan",
      "water+qazvin",
      "water+takestan",
    ]);
  });

  test("hold multiples of five alone, each less than five from the truth, and 0 for what is not there", () => {
    const counts = countsOf(complaintsIn({ "outcome:late": 33, "outcome:silent": 18, "solved:no": 44 }));
    for (const period of periods)
      for (const { count, breakdowns: published = {} } of everyCell(counts, period))
        for (const n of [count, ...Object.values(published).flatMap((parts) => Object.values(parts))])
          expect([n % 5, n >= 0]).toEqual([0, true]);
    const { breakdowns: { outcome } = {} } = cellOf(counts, quarter);
    expect(outcome).toMatchObject({ overturned: 0, pending: 0, excluded: 0 });
    expect(Math.abs((outcome?.late ?? 0) - 33)).toBeLessThan(5);
    expect(cellOf(counts, quarter, ["agency", "water"])).toEqual({ cell: "water", count: 0 });
  });
});

// Computed in Python from the addresses, by hmac.
test("each number is rounded by its own address, and by no other number", () => {
  const outcome = { overturned: 3, unanswered: 8, late: 11, confirmed: 22, silent: 14, pending: 0, excluded: 4 };
  const classes = Object.fromEntries(Object.entries(outcome).map(([name, n]) => [`outcome:${name}`, n]));
  const counts = countsOf(complaintsIn(classes));
  expect(cellOf(counts, quarter, ["agency", "bank"])).toEqual({
    cell: "bank",
    count: 60,
    breakdowns: {
      outcome: { overturned: 5, unanswered: 5, late: 10, confirmed: 25, silent: 10, pending: 0, excluded: 5 },
    },
  });
});

// Computed in Python.
test.each([
  ["total", "", quarter, 65],
  ["agency", "bank", quarter, 60],
  ["category", "disrespect", quarter, 65],
  ["agency", "bank", fourQuarters, 60],
  ["agency-cause", "bank+conduct", fourQuarters, 65],
] as const)("sixty-three complaints in %s %s of %o are %i", (table, cell, period, published) => {
  expect(cellOf(countsOf(complaints(63)), period, [table, cell]).count).toBe(published);
});

describe("a breakdown", () => {
  const withSaid = (size: number) =>
    countsOf([...complaints(500), ...complaintsIn({ "solved:yes": 5, "solved:no": size })]);

  test.each([
    [14, undefined],
    [15, ["yes", "partly", "no"]],
  ])("is published where its own parts add up to 20, however many complaints there are: 5 and %i", (size, classes) => {
    const { solved } = cellOf(withSaid(size), quarter).breakdowns ?? {};
    expect(solved && Object.keys(solved)).toEqual(classes);
  });

  test("is decided on by true counts: 18 that would be published as 20 are not", () => {
    const [agency, solved] = [["agency", "bank"], "solved"] as const;
    for (let n = 1; n < 20; n++) {
      const counts = countsOf(complaintsIn({ "solved:yes": n }));
      expect(cellOf(counts, quarter, [...agency]).breakdowns?.[solved]).toBeUndefined();
    }
  });

  const namesIn = (period: Period, at: [Table, string]) =>
    Object.keys(cellOf(countsOf(inEveryClass(20)), period, at).breakdowns ?? {}) as Breakdown[];

  test("of a month is the outcome alone", () => {
    expect(namesIn(month, ["total", ""])).toEqual(["outcome"]);
  });

  test.each([
    ["agency-county", "bank+qazvin"],
    ["agency-category", "bank+disrespect"],
    ["agency-cause", "bank+conduct"],
    ["category-county", "disrespect+qazvin"],
  ] as const)("is not published by two dimensions: %s has counts alone", (table, cell) => {
    expect(cellOf(countsOf(inEveryClass(20)), fourQuarters, [table, cell])).not.toHaveProperty("breakdowns");
  });

  test.each([quarter, fourQuarters])("is published of %o for the province, with all of them", (period) => {
    expect(namesIn(period, ["total", ""])).toEqual(Object.keys(breakdowns));
  });

  test.each([
    ["category", "disrespect"],
    ["county", "qazvin"],
    ["cause", "conduct"],
  ] as const)("by %s is published without transfers and calls, which are an agency's", (table, cell) => {
    const names = namesIn(quarter, [table, cell]);
    expect(names.filter((name) => name.startsWith("called-") || name === "transferred-out")).toEqual([]);
    expect(names.filter(isOpinion)).toEqual(["solved", "handling", "pressured"]);
  });

  test("has every class in order, those without a complaint too", () => {
    const { breakdowns: published = {} } = cellOf(countsOf(complaintsIn({ "outcome:late": 20 })), quarter);
    expect(Object.keys(published.outcome ?? {})).toEqual(breakdowns.outcome);
  });
});

describe("beside counts and breakdowns", () => {
  test("reports of retaliation stand with the four quarters that end the Iranian year, in the province's cell alone", () => {
    const counts = countsOf(complaints(30), 8);
    // Computed in Python.
    expect(cellOf(counts, year).retaliationReports).toBe(10);
    expect(cellOf(countsOf([], 6), year).retaliationReports).toBe(5);
    const others = [
      ...everyCell(counts, year).filter(({ cell }) => cell !== ""),
      ...[month, quarter, fourQuarters].flatMap((one) => everyCell(counts, one)),
    ];
    expect(others.filter((cell) => "retaliationReports" in cell)).toEqual([]);
  });

  test("reports of retaliation change no other number", () => {
    const [none, many] = [0, 40].map((reports) =>
      publish({ period: year, counts: countsOf(complaints(30), reports) }, publishing),
    );
    const rest = (all: unknown) => JSON.stringify(all, (name, value) => (name === "retaliationReports" ? null : value));
    expect(rest(many)).toBe(rest(none));
  });

  test("the peer group stands with the agencies of four quarters alone, null where there is none", () => {
    const [bank, water] = ["bank", "water"].map((id) => cellOf(countsOf([]), fourQuarters, ["agency", id]));
    expect([bank?.peerGroup, water?.peerGroup]).toEqual(["banks", null]);
    const others = [
      ...everyCell(countsOf([]), quarter),
      ...everyCell(countsOf([]), fourQuarters).filter(({ cell }) => !["bank", "water"].includes(cell)),
    ];
    expect(others.filter((cell) => "peerGroup" in cell)).toEqual([]);
  });
});

describe("cells that are equal", () => {
  test("are published with equal numbers: a county and the only agency that serves it", () => {
    const agencies = [
      { id: "bank", countyIds: ["takestan"] },
      { id: "water", countyIds: ["qazvin"] },
    ];
    const serving = servedCountiesAt(agencies, "2027-01-05T20:30:00.000Z");
    const bank = inEveryClass(21).map((one) => ({ ...one, place: { ...one.place, county: "takestan" } }));
    const counts = countsOf([...bank, ...complaints(8, { place: { agency: "water" } })]);
    const [county, agency, part] = (
      [
        ["county", "takestan"],
        ["agency", "bank"],
        ["agency-county", "bank+takestan"],
      ] as const
    ).map((at) => cellOf(counts, fourQuarters, [...at], { serving }));
    expect([county?.count, part?.count]).toEqual([agency?.count, agency?.count]);
    for (const [name, parts] of Object.entries(county?.breakdowns ?? {}))
      expect(parts, name).toEqual(agency?.breakdowns?.[name as Breakdown]);
  });
});

describe("what is published", () => {
  const measures = Object.entries(breakdowns).flatMap(([name, classes]) =>
    classes.map((one) => `${name}:${one}` as Measure),
  );
  const some: fc.Arbitrary<CountedComplaint[]> = fc
    .array(
      fc.record({
        agency: fc.constantFrom("bank", "water"),
        county: fc.constantFrom("qazvin", "takestan"),
        measure: fc.constantFrom(...measures),
        size: fc.nat(40),
      }),
    )
    .map((all) => all.flatMap(({ measure, size, ...place }) => complaintsIn({ [measure]: size }, { place })));

  test("follows from the counts alone: the same counts are the same numbers, in whatever order they came in", () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...periods), (all, period) => {
        const of = (one: CountedComplaint[]) => JSON.stringify(publish({ period, counts: countsOf(one) }, publishing));
        expect(of(all.toReversed())).toBe(of(all));
      }),
      { numRuns: 30 },
    );
  });

  test("is equal for two histories that differ only in the complainant", () => {
    const historyOf = (id: string, phone: true | undefined) => {
      const story = aStory({ id, ...(phone && { phone }) });
      return countOne(accepted(answered(story, filedAt), owedAt));
    };
    const publishedOf = (one: CountedComplaint) =>
      publish({ period: quarter, counts: countsOf(Array(30).fill(one)) }, publishing);
    expect(publishedOf(historyOf("QZ-7K3M-9XPT-Q", true))).toEqual(publishedOf(historyOf("QZ-0000-0000-0", undefined)));
  });

  test("is read as it is written", () => {
    for (const period of periods) {
      const cells = everyCell(countsOf(inEveryClass(20), 7), period);
      expect(cells.map((cell) => PublishedCell.parse(JSON.parse(JSON.stringify(cell))))).toEqual(cells);
    }
  });
});

test("excluded complaints change no other part, so neither the band nor what an agency is compared by", () => {
  const judged = { "outcome:late": 8, "outcome:silent": 33, "outcome:confirmed": 61 } as const;
  const published = (excluded: number): PublishedCell =>
    cellOf(countsOf(complaintsIn({ ...judged, "outcome:excluded": excluded })), fourQuarters, ["agency", "bank"]);
  const { excluded: _, ...before } = published(0).breakdowns?.outcome ?? {};
  for (const excluded of [6, 60, 2_000]) {
    const { excluded: __, ...after } = published(excluded).breakdowns?.outcome ?? {};
    expect(after).toEqual(before);
    expect(shareBandOf(published(excluded))).toEqual(shareBandOf(published(0)));
  }
});

test.each([
  ["1405-09", "1404-10"],
  ["1405-12", "1405-01"],
  ["1405-08", "1405-08"],
])("what closes with %s begins with %s", (closing, first) => {
  expect(firstMonthOf(closing)).toBe(first);
});
