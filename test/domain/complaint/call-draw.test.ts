import { describe, expect, test } from "vitest";
import { callProbability, quarterAt, quarterBefore } from "#functions/figures/called-citizens.ts";
import { isSelectedForCall } from "#shared/complaints/call-backs.ts";
import { complaintId } from "#shared/identifier.ts";

const pepper = "a fixed pepper";
const ids = Array.from({ length: 2_000 }, (_, n) =>
  complaintId({ pepper, prefix: "QZ", clientId: "call-centre-128", key: `key-${n}`, attempt: 0 }),
);
const drawn = (probability: number) => ids.filter((id) => isSelectedForCall({ pepper, id, probability }));

test.each([
  [undefined, 1],
  [0, 1],
  [45, 1],
  [90, 1],
  [180, 0.5],
  [9_000, 0.01],
])("where the published count of the last closed quarter is %s, the probability is %d", (count, probability) => {
  expect(callProbability(count)).toBe(probability);
});

test.each([
  ["2026-09-22T20:00:00.000Z", "1405-Q2", "1404-Q4"],
  ["2026-09-22T20:30:00.000Z", "1405-Q3", "1405-Q1"],
  ["2026-12-21T20:29:59.999Z", "1405-Q3", "1405-Q1"],
])(
  "what is filed at %s, in %s, goes by %s, the last quarter that was closed when that began",
  (at, quarter, before) => {
    expect([quarterAt(at), quarterBefore(quarterAt(at))]).toEqual([quarter, before]);
  },
);

describe("of 2,000 complaints", () => {
  test.each([0.01, 0.1, 0.25, 0.5, 0.9])("a share of %d is drawn, within its binomial interval of 99 %%", (p) => {
    const halfWidth = 2.576 * Math.sqrt(p * (1 - p) * ids.length);
    expect(Math.abs(drawn(p).length - p * ids.length)).toBeLessThan(halfWidth);
  });

  test("all are drawn at a probability of 1, and at a higher one whoever is at a lower", () => {
    expect(drawn(1)).toHaveLength(ids.length);
    expect(drawn(0.5)).toEqual(expect.arrayContaining(drawn(0.1)));
  });
});
