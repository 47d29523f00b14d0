import { describe, expect, test } from "vitest";
import type { PublishedCell } from "#functions/figures/publication.ts";
import { deriveTable, type PublishedTable, tablesNeededFor } from "#functions/figures/table-figures.ts";
import { addMonths, type Period, periodsClosingWith } from "#shared/time/period.ts";
import { aPublishedCell } from "../../support/some-counts.ts";

/** Eighteen months from the first of 1404 on, with the quarters and four quarters that end with them. */
const months = Array.from({ length: 18 }, (_, n) => addMonths("1404-01", n));
const closed = months.flatMap((month) => periodsClosingWith(month, "1404-01"));
const month = (name: string): Period => ({ kind: "month", name });
const quarter = (name: string): Period => ({ kind: "quarter", name });
const fourQuarters: Period = { kind: "four-quarters", name: "1405-Q1" };
const nameOf = ({ period, table }: PublishedTable) => `${period.kind} ${period.name} ${table}`;

/** Reads a table from what is named; an unnamed one is empty, and one that is not closed is none. */
function derived(at: PublishedTable, tables: Record<string, PublishedCell[]>) {
  return deriveTable({ ...at, closed, published: (one) => tables[nameOf(one)] ?? [] });
}

describe("a table is derived from", () => {
  test.each([
    [{ period: quarter("1405-Q1"), table: "county" as const }, ["quarter 1405-Q1 county", "quarter 1405-Q1 total"]],
    [
      { period: quarter("1404-Q4"), table: "total" as const },
      // Those called in the quarter were drawn by the counts of the quarter before last.
      ["quarter 1404-Q4 total", "quarter 1404-Q4 agency", "quarter 1404-Q2 agency"],
    ],
    [
      { period: month("1404-03"), table: "total" as const },
      ["month 1404-01 total", "month 1404-02 total", "month 1404-03 total"],
    ],
  ])("itself, and of the closed periods: %o", (wanted, expected) => {
    const names = new Set(tablesNeededFor(wanted, closed).map(nameOf));
    expect([...names].toSorted()).toEqual(expected.toSorted());
  });

  test("no quarter that is not closed", () => {
    const names = tablesNeededFor({ period: quarter("1404-Q1"), table: "total" }, closed).map(nameOf);
    expect(new Set(names)).toEqual(new Set(["quarter 1404-Q1 total", "quarter 1404-Q1 agency"]));
  });
});

describe("agencies", () => {
  const agency = (cell: string, confirmed: number, peerGroup: string) =>
    aPublishedCell({ outcome: { confirmed, late: 200 - confirmed } }, { cell, peerGroup });
  const cells = [
    agency("gas", 150, "utilities"),
    ...["a", "b", "c", "d", "e"].map((id, n) => agency(`bank-${id}`, 100 + 15 * n, "banks")),
    aPublishedCell({}, { cell: "bank-z", peerGroup: "banks" }),
  ];
  const total = [aPublishedCell({ extended: { extended: 10, "not-extended": 990 } })];

  test("of four quarters stand by peer group, the lower end of the band first, and are compared", () => {
    const all = derived(
      { period: fourQuarters, table: "agency" },
      { "four-quarters 1405-Q1 agency": cells, "four-quarters 1405-Q1 total": total },
    );
    expect(all.map(({ cell }) => cell.cell)).toEqual([
      "bank-e",
      "bank-d",
      "bank-c",
      "bank-b",
      "bank-a",
      "bank-z",
      "gas",
    ]);
    expect(all.map(({ figures }) => figures.comparedWith)).toEqual([
      ...Array(5).fill("peer-group"),
      undefined,
      "province",
    ]);
    expect(all[5]?.figures.comparisonClass).toBe("too-few-complaints");
  });

  test("of a quarter stand as they were published, without a comparison", () => {
    const all = derived(
      { period: quarter("1405-Q1"), table: "agency" },
      { "quarter 1405-Q1 agency": cells, "quarter 1405-Q1 total": total },
    );
    expect(all.map(({ cell }) => cell)).toEqual(cells);
    expect(all.map(({ figures }) => figures.comparisonClass)).toEqual(Array(7).fill(undefined));
    expect(all[0]?.figures.flags).toEqual([]);
  });

  test("have their flags beside the same period's province", () => {
    const extended = aPublishedCell({ extended: { extended: 60, "not-extended": 40 } }, { cell: "gas" });
    const all = derived(
      { period: quarter("1405-Q1"), table: "agency" },
      { "quarter 1405-Q1 agency": [extended], "quarter 1405-Q1 total": total },
    );
    expect(all[0]?.figures.flags).toEqual(["extended"]);
  });
});

describe("the province", () => {
  const solved = { "called-silent-solved": { yes: 60, partly: 20, no: 20 } };
  const gas = aPublishedCell({ "called-silent-solved": { yes: 15, no: 5 } }, { cell: "gas" });

  test("has its called estimate weighed up by the published counts of the quarter before last", () => {
    const tables = {
      "quarter 1405-Q1 total": [aPublishedCell(solved)],
      "quarter 1405-Q1 agency": [
        gas,
        aPublishedCell({ "called-silent-solved": { yes: 45, partly: 20, no: 15 } }, { cell: "bank" }),
      ],
      // Of 360 one in four is called, so each of them stands for four; of 90 all are.
      "quarter 1404-Q3 agency": [
        aPublishedCell({}, { cell: "gas", count: 360 }),
        aPublishedCell({}, { cell: "bank", count: 90 }),
      ],
    };
    const [province] = derived({ period: quarter("1405-Q1"), table: "total" }, tables);
    // As test/domain/statistics/called.test.ts computes it.
    expect(province?.figures).toMatchObject({ calledSilentSolvedShare: 0.656, calledSilentSolvedLower: 0.517 });
  });

  test("has a mean weight over four quarters, in which a quarter without a published count weighs 1", () => {
    const tables = {
      "four-quarters 1405-Q1 total": [aPublishedCell(solved)],
      "four-quarters 1405-Q1 agency": [gas],
      // One of four quarters was drawn by 1,170 complaints: (13 + 1 + 1 + 1) / 4 = 4.
      "quarter 1404-Q3 agency": [aPublishedCell({}, { cell: "gas", count: 1_170 })],
    };
    const [province] = derived({ period: fourQuarters, table: "total" }, tables);
    expect(province?.figures).toMatchObject({ calledSilentSolvedShare: 0.656, calledSilentSolvedLower: 0.517 });
  });
});

describe("the trend", () => {
  const ofMonth = (confirmed: number) => [aPublishedCell({ outcome: { confirmed, late: 100 - confirmed } })];
  const shares = [50, 55, 45, 50, 50, 45, 50, 50, 55, 50, 50];
  const few = [aPublishedCell({ outcome: { confirmed: 10 } })];
  const tablesWith = (...all: PublishedCell[][]) =>
    Object.fromEntries(all.map((cells, n) => [`month ${months[n]} total`, cells]));
  const trendOf = (all: PublishedCell[][]) => {
    const period = month(months[all.length - 1] ?? "");
    const { trendMean, trendLower, trendUpper, trendSignals } =
      derived({ period, table: "total" }, tablesWith(...all))[0]?.figures ?? {};
    return { trendMean, trendLower, trendUpper, trendSignals };
  };

  test("of a month is of all months up to it, from twelve on", () => {
    expect(trendOf(shares.map(ofMonth))).toEqual({});
    // Mean 6.3 / 12; moving ranges 5, 10, 5, 0, 5, 5, 0, 5, 5, 0, 30 add up to 0.7, and 2.66 × 0.7 / 11 = 0.169.
    expect(trendOf([...shares, 80].map(ofMonth))).toEqual({
      trendMean: 0.525,
      trendLower: 0.356,
      trendUpper: 0.694,
      trendSignals: ["outside-limits"],
    });
  });

  test("leaves out a month whose share is not said, and says nothing of that month", () => {
    const withFew = [...shares.map(ofMonth), few, ofMonth(80)];
    expect(trendOf(withFew)).toMatchObject({ trendMean: 0.525, trendSignals: ["outside-limits"] });
    expect(trendOf([...withFew, few])).toEqual({
      trendMean: 0.525,
      trendLower: 0.356,
      trendUpper: 0.694,
      trendSignals: undefined,
    });
  });
});
