import { expect, test } from "vitest";
import { trendOf } from "#functions/figures/trend.ts";

test("what never moved has no signal, whatever its mean is rounded to", () => {
  const shares = Array.from({ length: 999 }, (_, n) => (n + 1) / 1_000);
  const told = shares.flatMap((share) =>
    [12, 13, 24].flatMap((months) => trendOf(Array.from({ length: months }, () => share))?.signals.flat()),
  );
  expect(told).toEqual([]);
});

test("a value at the mean is on neither side of it", () => {
  // Of 0.1, 0.3 and 0.2 in turn the mean is 0.2, and a little beside it.
  const values = [
    ...Array.from({ length: 12 }, (_, n) => [0.1, 0.3][n % 2] ?? 0),
    ...Array.from({ length: 7 }, () => 0.2),
  ];
  const { mean = 0, signals } = trendOf(values) ?? {};
  expect(Math.abs(mean - 0.2)).toBeLessThan(1e-15);
  expect(mean).not.toBe(0.2);
  expect(signals?.flat()).toEqual([]);
});

test("the least change of thirty thousand complaints is one", () => {
  const flat = Array.from({ length: 12 }, () => 9_000 / 30_000);
  expect(trendOf([...flat, 9_001 / 30_000])?.signals.at(-1)).toContain("outside-limits");
});
