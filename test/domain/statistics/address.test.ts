import { describe, expect, test } from "vitest";
import { cellForRounding, roundingKeyOf, servedCountiesAt } from "#functions/figures/rounding.ts";
import type { CellKey, Table } from "#functions/figures/tables.ts";
import type { ServingAgency } from "#shared/province/counted-province.ts";
import type { Period } from "#shared/time/period.ts";

const quarter: Period = { kind: "quarter", name: "1405-Q3" };
const now = "2027-01-05T20:30:00.000Z";

describe("an address", () => {
  test.each([
    [
      "the province's count",
      { period: { kind: "month", name: "1405-09" }, table: "total", cell: "" },
      "1405-09|total|||",
    ],
    ["an agency's count", { period: quarter, table: "agency", cell: "bank" }, "1405-Q3|agency|bank||"],
    [
      "a class of a breakdown",
      { period: quarter, table: "agency", cell: "bank", breakdown: "outcome", name: "late" },
      "1405-Q3|agency|bank|outcome|late",
    ],
    [
      "a two-dimensional count of four quarters",
      { period: { kind: "four-quarters", name: "1405-Q3" }, table: "agency-county", cell: "bank+qazvin" },
      "four-quarters:1405-Q3|agency-county|bank+qazvin||",
    ],
    [
      "reports of retaliation",
      { period: { kind: "four-quarters", name: "1405-Q4" }, table: "total", cell: "", breakdown: "retaliationReports" },
      "four-quarters:1405-Q4|total||retaliationReports|",
    ],
  ] as [string, Parameters<typeof roundingKeyOf>[0], string][])(
    "of %s is spelled as in the CSV",
    (_, number, address) => {
      expect(roundingKeyOf(number)).toBe(address);
    },
  );

  test("of a quarter is not that of the four quarters that end with it, which have the same name", () => {
    const of = (kind: "quarter" | "four-quarters") =>
      roundingKeyOf({ period: { kind, name: "1405-Q3" }, table: "agency", cell: "bank" });
    expect(of("quarter")).not.toBe(of("four-quarters"));
  });
});

/** By whose address a cell is rounded, as `table cell`. */
function addressed(agencies: readonly ServingAgency[], table: Table, cell: CellKey): string {
  const one = cellForRounding({ table, cell }, servedCountiesAt(agencies, now));
  return `${one.table} ${one.cell}`.trim();
}

describe("cells that the province file makes equal have one address", () => {
  /** Abyek has one agency, which serves another county too; Takestan has one, which serves no other. */
  const agencies = [
    { id: "bank", countyIds: ["qazvin", "abyek"] },
    { id: "water", countyIds: ["qazvin"] },
    { id: "gas", countyIds: ["takestan"] },
    { id: "post", countyIds: ["qazvin", "avaj"] },
    { id: "tax", countyIds: ["avaj"] },
  ];

  test.each([
    ["a county with one agency, which has other counties too", "county", "abyek", "agency-county bank+abyek"],
    ["a county with one agency, which has no other county", "county", "takestan", "agency gas"],
    ["an agency's part of its only county", "agency-county", "water+qazvin", "agency water"],
    ["a category in a county with one agency", "category-county", "delay+takestan", "agency-category gas+delay"],
    ["a county with several agencies", "county", "qazvin", "county qazvin"],
    ["an agency with several counties", "agency", "bank", "agency bank"],
    ["an agency's part of one of its counties", "agency-county", "bank+qazvin", "agency-county bank+qazvin"],
    ["an agency's row", "agency", "water", "agency water"],
    ["a category of an agency", "agency-category", "water+delay", "agency-category water+delay"],
    ["the province", "total", "", "total"],
  ] as [string, Table, string, string][])("%s: %s %s is rounded as %s", (_, table, cell, expected) => {
    expect(addressed(agencies, table, cell)).toBe(expected);
  });

  test("a category in a county whose only agency has other counties has no other cell to share one with", () => {
    expect(addressed(agencies, "category-county", "delay+abyek")).toBe("category-county delay+abyek");
  });

  const renamed = (retiredFrom: string) => [
    { id: "old-water", countyIds: ["abyek"], retiredFrom, successorId: "water" },
    { id: "water", countyIds: ["qazvin"] },
    { id: "bank", countyIds: ["qazvin"] },
  ];

  test("a successor takes over the counties of the retired agency", () => {
    const retired = renamed("2027-01-01");
    expect(servedCountiesAt(retired, now).get("water")).toEqual(new Set(["abyek", "qazvin"]));
    expect(addressed(retired, "county", "abyek")).toBe("agency-county water+abyek");
    expect(addressed(retired, "agency-county", "water+qazvin")).toBe("agency-county water+qazvin");
  });

  test("an agency that retires later still has its counties", () => {
    const retiring = renamed("2027-02-01");
    expect(addressed(retiring, "county", "abyek")).toBe("agency old-water");
    expect(addressed(retiring, "agency-county", "water+qazvin")).toBe("agency water");
  });

  test("in a province with one agency, the agency's cells have the addresses of cells without it", () => {
    const one = [{ id: "bank", countyIds: ["qazvin", "abyek"] }];
    expect(addressed(one, "agency", "bank")).toBe("total");
    expect(addressed(one, "agency-county", "bank+abyek")).toBe("county abyek");
    expect(addressed(one, "agency-category", "bank+delay")).toBe("category delay");
    expect(addressed(one, "county", "abyek")).toBe("county abyek");
  });

  test("in a province with one county, the county's cells have the addresses of cells without it", () => {
    const two = ["bank", "water"].map((id) => ({ id, countyIds: ["qazvin"] }));
    expect(addressed(two, "county", "qazvin")).toBe("total");
    expect(addressed(two, "agency-county", "bank+qazvin")).toBe("agency bank");
    expect(addressed(two, "category-county", "delay+qazvin")).toBe("category delay");
  });

  test("in a province with one county and one agency, all of them are the province's", () => {
    const one = [{ id: "bank", countyIds: ["qazvin"] }];
    for (const [table, cell] of [
      ["agency", "bank"],
      ["county", "qazvin"],
      ["agency-county", "bank+qazvin"],
    ] as [Table, string][])
      expect(addressed(one, table, cell)).toBe("total");
  });
});
