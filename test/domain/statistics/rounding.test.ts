import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundCount, roundWaitingCount } from "#functions/figures/rounding.ts";

const key = "a key for tests";
const addresses = Array.from({ length: 20_000 }, (_, n) => `1405-Q3|agency|agency-${n}|outcome|late`);
const address = fc.string({ unit: "grapheme", maxLength: 40 });
const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

// Computed in Python: hmac.new(key, b"round|" + address, "sha256").digest()[:4] / 2**32, and compared with openssl.
const vectors: [address: string, u: number, fromOneToNine: number[]][] = [
  ["1405-09|total|||", 0.755486, [0, 0, 0, 5, 5, 5, 5, 5, 10]],
  ["1405-09|total||outcome|late", 0.345715, [0, 5, 5, 5, 5, 5, 10, 10, 10]],
  ["1405-Q3|agency|bank||", 0.726746, [0, 0, 0, 5, 5, 5, 5, 5, 10]],
  ["1405-Q3|agency|bank|outcome|silent", 0.990219, [0, 0, 0, 0, 5, 5, 5, 5, 5]],
  ["four-quarters:1405-Q3|agency|bank||", 0.870257, [0, 0, 0, 0, 5, 5, 5, 5, 5]],
  ["four-quarters:1405-Q3|agency-county|bank+qazvin||", 0.174789, [5, 5, 5, 5, 5, 10, 10, 10, 10]],
  ["four-quarters:1405-Q4|total||retaliationReports|", 0.208453, [0, 5, 5, 5, 5, 5, 10, 10, 10]],
  // Addresses are UTF-8.
  ["1405-Q3|county|قزوین||", 0.458319, [0, 0, 5, 5, 5, 5, 5, 10, 10]],
];

const ofTens: [address: string, counts: [n: number, rounded: number][]][] = [
  [
    "now|1406-11||overdue",
    [
      [1, 0],
      [5, 0],
      [9, 10],
      [13, 10],
      [17, 10],
      [25, 20],
      [38, 40],
    ],
  ],
  [
    "now|1406-11|bank|notYetDue",
    [
      [1, 0],
      [5, 10],
      [9, 10],
      [13, 10],
      [17, 20],
      [25, 30],
      [38, 40],
    ],
  ],
];

describe("a count that is rounded at random", () => {
  test.each(vectors)("is, at the address %s (u = %f), what HMAC-SHA-256 makes of it", (address, _, expected) => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => roundCount(n, { key, roundingKey: address }))).toEqual(expected);
  });

  test("is rounded otherwise under another key, and always alike under one", () => {
    const under = (one: string) =>
      addresses.slice(0, 100).map((address) => roundCount(2, { key: one, roundingKey: address }));
    expect(under(key)).toEqual(under(key));
    expect(under(key)).not.toEqual(under("another key"));
  });

  test("is a multiple of five, at most four from the count, and the same for a multiple of five", () => {
    fc.assert(
      fc.property(fc.nat(100_000), address, (n, address) => {
        const published = roundCount(n, { key, roundingKey: address });
        expect(published % 5).toBe(0);
        expect(Math.abs(published - n)).toBeLessThanOrEqual(4);
        if (n % 5 === 0) expect(published).toBe(n);
      }),
    );
  });

  test("is 0 where nothing is counted, at any address", () => {
    expect(new Set(addresses.map((address) => roundCount(0, { key, roundingKey: address })))).toEqual(new Set([0]));
  });

  test.each([1, 2, 3, 4, 17, 33])("is %i on average over many addresses", (n) => {
    // Of 20,000 the standard error is 2.45 / 141 = 0.017 at most.
    expect(Math.abs(mean(addresses.map((address) => roundCount(n, { key, roundingKey: address }))) - n)).toBeLessThan(
      0.06,
    );
  });
});

describe("a count of what waits", () => {
  test.each(ofTens)("is rounded to tens by its address, %s", (address, counts) => {
    expect(counts.map(([n]) => [n, roundWaitingCount(n, { key, roundingKey: address })])).toEqual(counts);
  });

  test.each([1, 5, 9, 23])("is %i on average over many addresses, and less than ten from it", (n) => {
    const published = addresses.map((address) => roundWaitingCount(n, { key, roundingKey: address }));
    expect(Math.abs(mean(published) - n)).toBeLessThan(0.12);
    for (const one of new Set(published)) expect([one % 10, Math.abs(one - n) < 10]).toEqual([0, true]);
  });
});
