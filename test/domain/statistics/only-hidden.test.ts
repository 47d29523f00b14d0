import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CountiesOfFew, withoutSums } from "#shared/domain/statistics/county-of-few.ts";
import { emptySince, wholesOf, withoutOnlyHidden } from "#shared/domain/statistics/only-hidden.ts";
import type { PublishedCell, PublishedTables } from "#shared/domain/statistics/published.ts";
import { cellKey, placeOf, type Table } from "#shared/domain/statistics/table.ts";

type Told = PublishedCell["all"];
const cellsOf = (told: Record<string, Told>) =>
  Object.entries(told).map(([cell, all]): PublishedCell => ({ cell, all }));
const toldIn = (cells: readonly PublishedCell[] = []) => Object.fromEntries(cells.map(({ cell, all }) => [cell, all]));
const known = { isEmpty: () => false, isNew: () => false, few: {} };

const counties = (told: Record<string, Told>, whole: Told = 90): PublishedTables => ({
  total: cellsOf({ all: whole }),
  county: cellsOf(told),
});

describe("a county that is the only one without a number", () => {
  test("takes the smallest one beside it along, whatever hides it", () => {
    for (const mark of ["<5", "held-back"] as const)
      expect(
        toldIn(withoutOnlyHidden(counties({ abyek: mark, avaj: 30, takestan: 20, qazvin: 40 }), known).county),
      ).toEqual({ abyek: mark, avaj: 30, takestan: "held-back", qazvin: 40 });
  });

  test.each([
    ["two are hidden", counties({ abyek: "<5", avaj: "held-back", qazvin: 40 })],
    ["none is hidden", counties({ abyek: 20, avaj: 30, qazvin: 40 })],
    ["what they add up to is not told", counties({ abyek: "<5", avaj: 30, qazvin: 40 }, "held-back")],
  ])("is not, where %s", (_, tables) => expect(withoutOnlyHidden(tables, known)).toEqual(tables));

  test("is not one that had retired before: nobody is in it, and the others tell of nobody", () => {
    const tables = counties({ abyek: "<5", avaj: 30, qazvin: 40 });
    const since = (retiredFrom: string) => ({
      ...known,
      isEmpty: emptySince("1405-01", { county: [{ id: "abyek", retiredFrom }] }),
    });
    expect(withoutOnlyHidden(tables, since("2026-03-21"))).toEqual(tables);
    expect(toldIn(withoutOnlyHidden(tables, since("2026-03-22")).county).avaj).toBe("held-back");
  });
});

test.each([
  ["beside another one", { abyek: "<5", avaj: 30, qazvin: 40, takestan: "<5" }, ["abyek", "avaj", "takestan"]],
  ["beside two others", { abyek: "<5", avaj: "<5", qazvin: 40, takestan: "<5" }, ["abyek", "avaj", "takestan"]],
  ["by itself", { abyek: 20, avaj: 30, qazvin: 40, takestan: "<5" }, ["abyek", "avaj", "takestan"]],
] as [string, Record<string, Told>, string[]][])(
  "a county that may not have been there yet hides no other one: %s",
  (_, told, hidden) => {
    const isNew = ({ cell }: { cell: string }) => cell === "takestan";
    const after = toldIn(withoutOnlyHidden(counties(told), { ...known, isNew }).county);
    expect(Object.keys(after).filter((county) => typeof after[county] !== "number")).toEqual(hidden);
  },
);

describe("a county of few, which its agencies tell of", () => {
  const told = (sizes: Record<string, Told>, agencies: Record<string, Told>) => ({
    ...counties(sizes),
    agency: cellsOf(agencies),
  });

  test("is not held back in the place of one that hides", () => {
    const few = { takestan: ["bank"] };
    const tables = told({ abyek: "<5", avaj: 30, takestan: 20, qazvin: 40 }, { bank: 20 });
    const { county, agency } = withoutOnlyHidden(tables, { ...known, few });
    expect(toldIn(county)).toEqual({ abyek: "<5", avaj: "held-back", takestan: 20, qazvin: 40 });
    expect(toldIn(agency)).toEqual({ bank: 20 });
  });

  test("hides no other one where only an agency is hidden that may not have been there yet", () => {
    const tables = told({ abyek: "<5", avaj: 30, qazvin: 40, takestan: "held-back" }, { bank: 20, gas: "<5" });
    const after = withoutOnlyHidden(tables, {
      ...known,
      isNew: ({ cell }) => cell === "gas",
      few: { takestan: ["bank", "gas"] },
    });
    expect(toldIn(after.county)).toEqual({ abyek: "<5", avaj: "held-back", qazvin: 40, takestan: "held-back" });
  });

  test("hides nothing where it is held back already, and hides one with its smallest agency where all are such counties", () => {
    const few = { abyek: ["post"], takestan: ["bank"], qazvin: ["gas", "water"] };
    const tables = told(
      { abyek: "<5", takestan: "held-back", qazvin: 40 },
      { bank: 20, gas: 22, water: 18, post: "<5" },
    );
    const { county, agency } = withoutOnlyHidden(tables, { ...known, few });
    expect(toldIn(county)).toEqual({ abyek: "<5", takestan: "held-back", qazvin: "held-back" });
    expect(toldIn(agency)).toEqual({ bank: 20, gas: 22, water: "held-back", post: "<5" });
  });
});

const toldCell = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 5, max: 60 }) },
  fc.constantFrom("<5" as const, "held-back" as const),
);
const row = (keys: string[]) =>
  fc
    .tuple(...keys.map(() => toldCell))
    .map((all) => cellsOf(Object.fromEntries(keys.map((key, n) => [key, all[n] ?? 5]))));
const names = ["a", "b", "c", "d"];
const agencies = ["s", "t", "u", "v"];
const pairs = (some: string[]) => some.flatMap((one) => names.map((category) => [one, category] as const));
const anyTables = fc.record({
  total: row(["all"]),
  agency: row(agencies),
  category: row(names),
  county: row(names),
  "agency-category": row(pairs(agencies).map(([agency, category]) => `${agency}/${category}`)),
  "category-county": row(pairs(names).map(([county, category]) => `${category}/${county}`)),
});

test.each([
  ["where no county is of few", {}],
  ["with what agencies tell of counties of few", { a: ["s"], b: ["t", "u"] }],
  ["where all are such counties", { a: ["s"], b: ["t"], c: ["u"], d: ["v"] }],
] as [string, CountiesOfFew][])(
  "no cell is the only one that is hidden in its row or column, nor is any told that was not: %s",
  (_, few) => {
    /** Whether it has a number, or all have of which everybody knows that it is the sum. */
    const isKnown = (tables: PublishedTables, table: Table, { cell, all }: PublishedCell) => {
      const { county = "", category } = placeOf(table, cell);
      const [ofAgencies, under]: [Table, string] = category ? ["agency-category", `/${category}`] : ["agency", ""];
      const sums = few[county]?.map((agency) => toldIn(tables[ofAgencies])[agency + under]) ?? [all];
      return sums.every((one) => typeof one === "number");
    };
    fc.assert(
      fc.property(anyTables, (all) => {
        const before: PublishedTables = withoutSums(all, few);
        const after = withoutOnlyHidden(before, { ...known, few });
        for (const [table, wholes] of wholesOf)
          for (const whole of wholes)
            for (const sum of after[whole] ?? []) {
              const line = (after[table] ?? []).filter(
                ({ cell }) => (cellKey(whole, placeOf(table, cell)) ?? "") === sum.cell,
              );
              const told = line.filter((one) => isKnown(after, table, one));
              const isAlone = told.length > 0 && line.length - told.length === 1;
              expect(isKnown(after, whole, sum) && isAlone).toBe(false);
            }
        for (const table of Object.keys(all) as Table[])
          for (const [cell, mark] of Object.entries(toldIn(after[table])))
            expect([toldIn(before[table])[cell], "held-back"]).toContain(mark);
      }),
    );
  },
);
