import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptySince, wholesOf, withoutOnlyHidden } from "#shared/domain/statistics/only-hidden.ts";
import type { PublishedCell, PublishedTables } from "#shared/domain/statistics/published.ts";
import { cellKey, placeOf } from "#shared/domain/statistics/table.ts";

type Told = PublishedCell["all"];
const cellsOf = (told: Record<string, Told>) =>
  Object.entries(told).map(([cell, all]): PublishedCell => ({ cell, all }));
const toldIn = (cells: readonly PublishedCell[] = []) => Object.fromEntries(cells.map(({ cell, all }) => [cell, all]));
const never = () => false;

const counties = (told: Record<string, Told>, whole: Told = 90): PublishedTables => ({
  total: cellsOf({ all: whole }),
  county: cellsOf(told),
});

describe("a county that is the only one without a number", () => {
  test("takes the smallest one beside it along, whatever hides it", () => {
    for (const mark of ["<5", "held-back"] as const)
      expect(
        toldIn(withoutOnlyHidden(counties({ abyek: mark, avaj: 30, takestan: 20, qazvin: 40 }), never).county),
      ).toEqual({ abyek: mark, avaj: 30, takestan: "held-back", qazvin: 40 });
  });

  test.each([
    ["two are hidden", counties({ abyek: "<5", avaj: "held-back", qazvin: 40 })],
    ["none is hidden", counties({ abyek: 20, avaj: 30, qazvin: 40 })],
    ["what they add up to is not told", counties({ abyek: "<5", avaj: 30, qazvin: 40 }, "held-back")],
  ])("is not, where %s", (_, tables) => expect(withoutOnlyHidden(tables, never)).toEqual(tables));

  test("is not one that had retired before: nobody is in it, and the others tell of nobody", () => {
    const tables = counties({ abyek: "<5", avaj: 30, qazvin: 40 });
    const since = (retiredFrom: string) => emptySince("1405-01", { county: [{ id: "abyek", retiredFrom }] });
    expect(withoutOnlyHidden(tables, since("2026-03-21"))).toEqual(tables);
    expect(toldIn(withoutOnlyHidden(tables, since("2026-03-22")).county).avaj).toBe("held-back");
  });
});

test("no cell is the only one without a number in its row or column, nor is any told that was not", () => {
  const names = ["a", "b", "c", "d"];
  const told = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 5, max: 60 }) },
    fc.constantFrom("<5" as const, "held-back" as const),
  );
  const row = (keys: string[]) =>
    fc
      .tuple(...keys.map(() => told))
      .map((all) => cellsOf(Object.fromEntries(keys.map((key, n) => [key, all[n] ?? 5]))));
  const pairs = names.flatMap((category) => names.map((county) => `${category}/${county}`));
  const tables = fc.record({
    total: row(["all"]),
    category: row(names),
    county: row(names),
    "category-county": row(pairs),
  });
  fc.assert(
    fc.property(tables, (before) => {
      const after: PublishedTables = withoutOnlyHidden(before, never);
      for (const [table, wholes] of wholesOf)
        for (const whole of wholes)
          for (const { cell: key, all } of after[whole] ?? []) {
            const line = (after[table] ?? []).filter(
              ({ cell }) => (cellKey(whole, placeOf(table, cell)) ?? "") === key,
            );
            const shown = line.filter((one) => typeof one.all === "number");
            expect(typeof all === "number" && shown.length > 0 && line.length - shown.length === 1).toBe(false);
          }
      for (const table of ["category", "county", "category-county"] as const)
        for (const [cell, all] of Object.entries(toldIn(after[table])))
          expect([toldIn(before[table])[cell], "held-back"]).toContain(all);
    }),
  );
});
