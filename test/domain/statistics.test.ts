import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, noTally, partsShown, recordKey, shown, type Tally } from "#shared/domain/statistics/cell.ts";
import { compare, funnelOf } from "#shared/domain/statistics/comparison.ts";
import { firstDay, iranianMonth, lastDay, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { closedPeriods, closesOn, daysOf, isPeriod, monthsOf } from "#shared/domain/statistics/period.ts";
import { sideOf, trendOf } from "#shared/domain/statistics/trend.ts";

describe("the Iranian month", () => {
  test.each([
    ["a moment before Nowruz in Tehran", "2026-03-20T20:29:59.999Z", "1404-12"],
    ["at Nowruz", "2026-03-20T20:30:00.000Z", "1405-01"],
    ["on a leap year's last day", "2025-03-20T12:00:00.000Z", "1403-12"],
    ["in autumn", "2026-11-25T08:00:00.000Z", "1405-09"],
  ])("%s", (_, instant, month) => {
    expect(iranianMonth(instant)).toBe(month);
  });

  // Month starts as Iran's official calendar has them.
  test.each([
    ["1403-12", "2025-02-19", "2025-03-20"],
    ["1404-01", "2025-03-21", "2025-04-20"],
    ["1404-07", "2025-09-23", "2025-10-22"],
    ["1404-12", "2026-02-20", "2026-03-20"],
    ["1405-09", "2026-11-22", "2026-12-21"],
    ["1408-12", "2030-02-19", "2030-03-20"],
  ])("%s lasts from %s to %s", (month, first, last) => {
    expect([firstDay(month), lastDay(month)]).toEqual([first, last]);
  });

  test("follows the one before without a gap, for a century", () => {
    for (let month = "1350-01"; month < "1450-01"; month = monthsLater(month, 1)) {
      const nextDay = new Date(Date.parse(lastDay(month)) + 24 * 60 * 60_000).toISOString().slice(0, 10);
      expect(nextDay, month).toBe(firstDay(monthsLater(month, 1)));
      expect(monthsLater(monthsLater(month, 17), -17)).toBe(month);
    }
  });
});

describe("a period", () => {
  const autumn = ["1405-07", "1405-08", "1405-09"];
  test("has the months of its name", () => {
    expect(monthsOf({ kind: "quarter", name: "1405-Q3" })).toEqual(autumn);
    expect(monthsOf({ kind: "four-quarters", name: "1405-Q3" }).at(0)).toBe("1404-10");
    expect(monthsOf({ kind: "four-quarters", name: "1405-Q3" }).at(-1)).toBe("1405-09");
    expect(monthsOf({ kind: "year", name: "1405" })).toHaveLength(12);
    expect(daysOf({ kind: "year", name: "1405" })).toEqual({ first: "2026-03-21", last: "2027-03-20" });
  });

  test.each([
    ["month", "1405-13"],
    ["month", "1405-9"],
    ["quarter", "1405-Q5"],
    ["year", "2026"],
    ["year", "1405-01"],
  ] as const)("is no %s where it is named %s", (kind, name) => {
    expect(isPeriod({ kind, name })).toBe(false);
  });

  test("closes 15 days after its end, by the day in Tehran", () => {
    const mehr = { kind: "month", name: "1405-07" } as const;
    expect(closesOn(mehr)).toBe("2026-11-06");
    const closed = (now: string) => closedPeriods({ since: "1405-07", now }).map(({ name }) => name);
    expect(closed("2026-11-05T20:29:00.000Z")).toEqual([]);
    expect(closed("2026-11-05T20:30:00.000Z")).toEqual(["1405-07"]);
  });

  test("that begins before anything was filed is none", () => {
    const closed = closedPeriods({ since: "1404-02", now: "2026-11-25T08:00:00.000Z" });
    const named = (kind: string) => closed.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(named("quarter")).toEqual(["1404-Q2", "1404-Q3", "1404-Q4", "1405-Q1", "1405-Q2"]);
    expect(named("four-quarters")).toEqual(["1405-Q1", "1405-Q2"]);
    expect(named("year")).toEqual([]);
    expect(named("month")).toHaveLength(18);
  });
});

const tally: fc.Arbitrary<Tally> = fc.record({ n: fc.nat(60), k: fc.nat(255) });

describe("a count that is shown", () => {
  test("is within two of the truth, and never less than five", () => {
    fc.assert(
      fc.property(tally, (one) => {
        const told = shown(one);
        if (told === "<5") expect(one.n).toBeLessThan(7);
        else expect(Math.abs(told - one.n)).toBeLessThanOrEqual(2);
        if (one.n < 5) expect(told).toBe("<5");
      }),
    );
  });

  test("deviates as often each way as it was planned, over all keys", () => {
    const told = Array.from({ length: 256 }, (_, k) => Number(shown({ n: 100, k })) - 100);
    const times = [-2, -1, 0, 1, 2].map((deviation) => told.filter((one) => one === deviation).length);
    expect(times).toEqual([16, 63, 98, 63, 16]);
  });

  test("is the same however its complaints are put together", () => {
    fc.assert(
      fc.property(fc.array(tally), fc.array(tally), (some, others) => {
        const sum = (all: Tally[]) => all.reduce(add, noTally);
        expect(shown(add(sum(some), sum(others)))).toBe(shown(sum([...others, ...some].reverse())));
      }),
    );
  });

  test("comes of keys that are spread evenly", () => {
    const times = Array.from({ length: 256 }, () => 0);
    for (let n = 0; n < 25_600; n++)
      times[recordKey("pepper", `QZ-${n}`)] = (times[recordKey("pepper", `QZ-${n}`)] ?? 0) + 1;
    const chiSquare = times.reduce((sum, one) => sum + (one - 100) ** 2 / 100, 0);
    expect(chiSquare).toBeLessThan(340);
  });
});

describe("the parts of a partition", () => {
  const of = (...sizes: number[]) => sizes.map((n, c) => [`c${c}`, { n, k: 0 }] as const);
  const classes = (...sizes: number[]) => partsShown(of(...sizes)).map((part) => part.classes.join("+"));

  test.each([
    ["each that can be shown stands alone", [40, 40, 40], ["c0", "c1", "c2"]],
    ["a hidden one joins the next", [40, 2, 40], ["c0", "c1+c2"]],
    ["until what is joined can be shown", [2, 2, 40, 40], ["c0+c1+c2", "c3"]],
    ["a hidden last one joins the one before", [40, 40, 2], ["c0", "c1+c2"]],
    ["and so on, down to one that says nothing", [1, 0, 1], ["c0+c1+c2"]],
  ])("%s", (_, sizes, names) => {
    expect(classes(...sizes)).toEqual(names);
  });

  test.each([
    ["the last of those that made it large enough", [1, 3, 40], "c2"],
    ["not one that joined it from behind", [40, 3, 1], "c0"],
    ["the one between few on either side", [1, 40, 3], "c1"],
    ["nothing, where they are fewer than twenty", [1, 17, 1], undefined],
    ["nothing, where one stands alone", [40], undefined],
  ])("say of joined classes which one most are in: %s", (_, sizes, mostly) => {
    const [part, ...others] = partsShown(of(...sizes));
    expect([part?.mostly, others]).toEqual([mostly, []]);
  });

  test("never leave more than six on one side of what they mostly are", () => {
    fc.assert(
      fc.property(fc.array(tally, { minLength: 2, maxLength: 8 }), (tallies) => {
        for (const { classes, mostly } of partsShown(tallies.map((one, c) => [`${c}`, one] as const))) {
          const sizes = classes.map((name) => tallies[Number(name)]?.n ?? 0);
          const size = (all: number[]) => all.reduce((sum, n) => sum + n, 0);
          if (mostly === undefined) continue;
          const place = classes.indexOf(mostly);
          expect(size(sizes.slice(0, place))).toBeLessThanOrEqual(6);
          expect(size(sizes.slice(place + 1))).toBeLessThanOrEqual(6);
        }
      }),
    );
  });

  test("keep every class, once and in order, and hide only where all together are hidden", () => {
    fc.assert(
      fc.property(fc.array(tally, { minLength: 1, maxLength: 8 }), (tallies) => {
        const parts = partsShown(tallies.map((one, c) => [`${c}`, one] as const));
        expect(parts.flatMap((part) => part.classes)).toEqual(tallies.map((_, c) => `${c}`));
        if (parts.length > 1) expect(parts.map((part) => part.shown)).not.toContain("<5");
      }),
    );
  });
});

describe("agencies beside each other", () => {
  const group = [
    [180, 200],
    [150, 200],
    [40, 50],
    [300, 400],
    [20, 60],
    [95, 100],
  ].map(([good = 0, all = 0]) => ({ good, all }));

  // Computed apart, in Python, from the formulas of Spiegelhalter (2005).
  test("stand in the funnel where its formulas put them", () => {
    const funnel = funnelOf(group);
    expect(funnel.theta).toBeCloseTo(0.7772277227722773, 10);
    expect(funnel.phi).toBeCloseTo(11.537829528701442, 10);
    expect(funnel.tauSquared).toBeCloseTo(0.021226847821966863, 10);
    const z = group.map((one) => compare(one, funnel).z);
    expect(z.map((one) => Number(one.toFixed(6)))).toEqual([
      1.132539, -0.213809, 0.172256, -0.216845, -2.91034, 1.727076,
    ]);
  });

  // Deaths of infants after heart surgery in twelve hospitals (BUGS Examples I, "Surgical"), by the functions of FunnelPlotR
  // (NHS-R community; proportions, winsorised) in R 4.6.
  test("stand where R's package of funnels puts twelve hospitals", () => {
    const deaths = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24];
    const operations = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360];
    const hospitals = operations.map((all, n) => ({ good: deaths[n] ?? 0, all }));
    const funnel = funnelOf(hospitals);
    expect(funnel.phi).toBeCloseTo(2.3797915037357, 10);
    expect(funnel.tauSquared).toBeCloseTo(0.00180957083979, 10);
    const z = (tauSquared: number) => hospitals.map((one) => compare(one, { ...funnel, tauSquared }).z.toFixed(8));
    expect(z(0)).toEqual(
      [
        -3.77528713746, 1.96809881554, -0.28499963792, -1.97624470549, -2.3058968, -0.41625642034, -0.63680068841,
        3.34755686434, -0.35259415729, 0.31405673874, 2.17388372555, -0.5382336553,
      ].map((one) => one.toFixed(8)),
    );
    expect(z(funnel.tauSquared)).toEqual(
      [
        -3.26110882827, 1.36750514333, -0.20889575715, -0.75436828006, -1.45048544912, -0.26765146519, -0.4424717955,
        2.09376492882, -0.22307488333, 0.24072093422, 1.28702026244, -0.28344651168,
      ].map((one) => one.toFixed(8)),
    );
  });

  test("differ by chance alone where none is better: no spread is assumed, and all are as expected", () => {
    const alike = [80, 81, 79, 80, 82].map((good) => ({ good, all: 100 }));
    const funnel = funnelOf(alike);
    expect(funnel.tauSquared).toBe(0);
    expect(alike.map((one) => compare(one, funnel).class)).toEqual(alike.map(() => "as-expected"));
  });

  test.each([
    [80, "as-expected"],
    [89, "watch"],
    [93, "clearly-better"],
    [70, "watch"],
    [60, "clearly-worse"],
  ])("with %i of 100 where 80 are expected: %s", (good, name) => {
    expect(compare({ good, all: 100 }, { theta: 0.8, tauSquared: 0 }).class).toBe(name);
  });
});

describe("the province's trend", () => {
  const steady = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51];

  test("has limits from twelve values on", () => {
    expect(trendOf(steady.slice(1))).toBeUndefined();
    const { mean = 0, upper = 0, lower = 0, signals = [] } = trendOf(steady) ?? {};
    expect(mean).toBeCloseTo(603 / 12, 10);
    expect(upper - mean).toBeCloseTo(2.66 * (21 / 11), 10);
    expect(mean - lower).toBeCloseTo(upper - mean, 10);
    expect(signals.flat()).toEqual([]);
  });

  test.each([
    ["a value outside", [...steady, 90], "outside"],
    ["seven above the mean", [...steady.map(() => 40), ...Array.from({ length: 7 }, () => 44)], "seven-on-one-side"],
    ["seven rising", [...steady, 44, 46, 48, 50, 52, 54, 56], "seven-in-a-row"],
    ["two of three far out", [...steady, 56, 50, 56], "two-of-three-far-out"],
  ])("%s is a signal", (_, values, signal) => {
    expect(trendOf(values)?.signals.at(-1)).toContain(signal);
  });

  test("a value at the mean completes nothing, whatever two before it did", () => {
    expect(trendOf([...steady, 56, 56, 51])?.signals.slice(-2)).toEqual([["two-of-three-far-out"], []]);
  });

  test("two far below are down, however far above the third one is", () => {
    const values = [...Array.from({ length: 18 }, (_, n) => 50 + (n % 3)), 85, 40, 39];
    const trend = trendOf(values);
    expect(trend?.signals.at(-1)).toEqual(["two-of-three-far-out"]);
    expect(trend && sideOf("two-of-three-far-out", values, trend)).toBe("down");
  });
});
