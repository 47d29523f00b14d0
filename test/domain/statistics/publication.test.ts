import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shown } from "#shared/domain/statistics/cell.ts";
import { type CountiesOfFew, countiesServedByFew, type Serving } from "#shared/domain/statistics/county-of-few.ts";
import { type OnlyCounties, withOnlyCounty } from "#shared/domain/statistics/only-county.ts";
import type { Retirable } from "#shared/domain/statistics/only-hidden.ts";
import { ownFigures } from "#shared/domain/statistics/own-figures.ts";
import { leavesOut, leftOut, type Partition, partitionNames, partitions } from "#shared/domain/statistics/partition.ts";
import { monthsOf } from "#shared/domain/statistics/period.ts";
import { publish } from "#shared/domain/statistics/publication.ts";
import { PublishedCell, type PublishedPeriod, PublishedTables, tablesOf } from "#shared/domain/statistics/published.ts";
import {
  type CellKey,
  type Dimension,
  dimensionsOf,
  type Place,
  placeOf,
  Table,
} from "#shared/domain/statistics/table.ts";
import { type Counted, count, countRetaliation, noTallies, together } from "#shared/domain/statistics/tallies.ts";
import { publishedOf, tallied } from "../../attack/publishing.ts";
import { aWorld, type Filed, type World } from "../../attack/world.ts";

/** Small enough that much is hidden, and much is nearly equal to what holds it. */
const aSmallWorld = (seed: number, perMonth = 30): World =>
  aWorld({ name: "small", agencies: 5, countiesEach: 1 + (seed % 6), perMonth, months: 12 }, seed);

const values = {
  agency: ["bank", "water"],
  category: ["postponed-without-reason"],
  county: ["qazvin", "takestan"],
  cause: ["capacity"],
};

/** So many complaints about an agency, with keys that shift nothing. */
function complaints(size: number, fields: Partial<Counted> & { agency?: string } = {}): Counted[] {
  const place = {
    agency: fields.agency ?? "bank",
    county: "qazvin",
    category: "postponed-without-reason",
    cause: "capacity",
  };
  return Array.from({ length: size }, () => ({ recordKey: 0, measures: ["outcome:G"], holders: [], place, ...fields }));
}

/** What is published of months, the last of which closes; the others were published when each of them closed. */
function publishedAfter(
  months: Record<string, Counted[]>,
  agencies: readonly Serving[] = [],
  retirable: Retirable = {},
): PublishedPeriod[] {
  const filed = new Map(
    Object.entries(months).map(([month, all]) => [month, all.map((one) => ({ early: one, late: one }))]),
  );
  const agency = [...new Set([...values.agency, ...agencies.map(({ id }) => id)])];
  return publishedOf({ months: Object.keys(months), filed, values: { ...values, agency }, agencies, retirable });
}

function cellOf(published: readonly PublishedPeriod[], [kind, name]: [string, string], table: Table, cell: CellKey) {
  const found = published.find(({ period }) => period.kind === kind && period.name === name);
  return found?.tables[table]?.find((one) => one.cell === cell);
}

/** Counts that are told as they are where every key is 0, so that sentences need no arithmetic. */
const exact = Array.from({ length: 60 }, (_, n) => n).filter((n) => shown({ n, k: 0 }) === n);
const [some = 0] = exact.filter((n) => n >= 20);

describe("what is held back", () => {
  const monthly = (bank: number, water: number) =>
    publishedAfter({ "1405-01": [...complaints(bank), ...complaints(water, { agency: "water" })] });

  test.each([
    [0, "held-back"],
    [4, "held-back"],
    [5, some],
  ])("an agency, where all others together have %i complaints: %s", (others, told) => {
    const published = monthly(some, others);
    expect(cellOf(published, ["month", "1405-01"], "agency", "bank")?.all).toBe(told);
    expect(cellOf(published, ["month", "1405-01"], "total", "all")?.all).toBe(shown({ n: some + others, k: 0 }));
  });

  test.each([
    ["what is large enough, where nothing else is there", 5, "held-back", 0],
    ["not what is too small anyway: it says so, as an empty one does", 3, "<5", 1],
  ])("%s", (_, size, told, others) => {
    const published = monthly(size, others);
    const marks = ["bank", "water"].map((agency) => cellOf(published, ["month", "1405-01"], "agency", agency)?.all);
    expect(marks).toEqual([told, "<5"]);
  });

  test("nothing below what cannot be shown itself, or the marks would tell its empty cells from the others", () => {
    // Five that are told as fewer.
    const key = Array.from({ length: 256 }, (_, k) => k).find((k) => shown({ n: 5, k }) === "<5") ?? 0;
    const [one] = complaints(1, { recordKey: key });
    const months = { "1405-01": [], "1405-02": [], "1405-03": [...(one ? [one] : []), ...complaints(4)] };
    const published = publishedAfter(months);
    for (const [table, cell] of [
      ["agency", "bank"],
      ["agency-category", "bank/postponed-without-reason"],
      ["agency-category", "water/postponed-without-reason"],
    ] as const)
      expect(cellOf(published, ["quarter", "1405-Q1"], table, cell)?.all).toBe("<5");
  });

  const others = complaints(some, { agency: "water" });
  const quarter = (first: number, last: number) =>
    publishedAfter({
      "1405-01": [...complaints(first), ...others],
      "1405-02": others,
      "1405-03": [...complaints(last), ...others],
    });

  test("the later one of two days, where the earlier is shown: a quarter, not the month of before", () => {
    const published = quarter(some, 3);
    expect(cellOf(published, ["month", "1405-01"], "agency", "bank")?.all).toBe(some);
    expect(cellOf(published, ["quarter", "1405-Q1"], "agency", "bank")?.all).toBe("held-back");
  });

  test("nothing of the later one, where the earlier is hidden anyway", () => {
    const published = quarter(4, 0);
    expect(cellOf(published, ["month", "1405-01"], "agency", "bank")?.all).toBe("<5");
    expect(cellOf(published, ["quarter", "1405-Q1"], "agency", "bank")?.all).toBe("<5");
  });

  test("the month of the same day, not the quarter, where the quarter has nothing else", () => {
    const published = quarter(0, some);
    expect(cellOf(published, ["month", "1405-03"], "agency", "bank")?.all).toBe("held-back");
    expect(cellOf(published, ["quarter", "1405-Q1"], "agency", "bank")?.all).toBe(some);
  });

  test("a year and the four quarters that are the same hold neither each other back nor are they told apart", () => {
    const months = Array.from({ length: 12 }, (_, n) => `1405-${String(n + 1).padStart(2, "0")}`);
    const published = publishedAfter(
      Object.fromEntries(months.map((month) => [month, [...complaints(some), ...others]])),
    );
    const year = cellOf(published, ["year", "1405"], "agency", "bank");
    expect(year?.all).not.toBe("held-back");
    expect(cellOf(published, ["four-quarters", "1405-Q4"], "agency", "bank")).toEqual(year);
  });
});

type Shown = { name: string; kind: string; months: Set<string>; place: Place; n: number };

/** Every cell that is shown, with what it truly holds. */
function shownIn(published: readonly PublishedPeriod[], onlyCounties: OnlyCounties): Shown[] {
  return published.flatMap(({ period, tables, tallies }) =>
    tablesOf(period).flatMap((table) =>
      (tables[table] ?? []).flatMap(({ cell, all }) => {
        const n = tallies.tables[table]?.[cell]?.all?.[0] ?? 0;
        const place = withOnlyCounty(placeOf(table, cell), onlyCounties);
        const known = { place, kind: period.kind, months: new Set(monthsOf(period)), n };
        return typeof all === "number" ? [{ name: `${period.kind} ${period.name} ${cell}`, ...known }] : [];
      }),
    ),
  );
}

/** Of a county the agency's part, by the same values otherwise. */
const isAgencyOf = (small: Shown, large: Shown) =>
  !("agency" in large.place) && Object.keys(small.place).length === Object.keys(large.place).length + 1;

function isWithin(small: Shown, large: Shown, few: CountiesOfFew): boolean {
  // Four quarters that are a year are the same figures twice, and so is a county that is one agency's.
  const isAlone = small.place.agency !== undefined && few[large.place.county ?? ""]?.length === 1;
  const isTwin =
    small.months.size === large.months.size && (small.kind !== large.kind || (isAlone && isAgencyOf(small, large)));
  if (small === large || isTwin || !small.months.isSubsetOf(large.months)) return false;
  return Object.entries(large.place).every(([dimension, value]) => small.place[dimension as Dimension] === value);
}

describe("an agency that serves one county only", () => {
  const at = (agency: string, county: string) => ({ place: { agency, county, category: "postponed-without-reason" } });
  /** The bank has all its complaints in Qazvin, beside so many of others. */
  const publishedWith = (others: number, countyIds: string[]) => {
    const agencies = [
      { id: "bank", countyIds },
      { id: "water", countyIds: ["qazvin", "takestan"] },
    ];
    const elsewhere = complaints(some, at("water", "takestan"));
    const all = [...complaints(some), ...complaints(others, at("water", "qazvin")), ...elsewhere];
    return publishedAfter({ "1405-01": [], "1405-02": [], "1405-03": all }, agencies);
  };
  const quarter: [string, string] = ["quarter", "1405-Q1"];

  test("has no cell of a county, which would be its own once more", () => {
    const [inQuarter] = publishedWith(5, ["qazvin"]).filter(({ period }) => period.kind === "quarter");
    expect(inQuarter?.tables["agency-county"]?.map(({ cell }) => cell)).toEqual(["water/qazvin", "water/takestan"]);
  });

  test.each([
    ["its county alone, and all others there are four", 4, ["qazvin"], "held-back"],
    ["its county alone, and all others there are five", 5, ["qazvin"], some],
    ["other counties too, where nobody knows in which they are", 4, ["qazvin", "takestan"], some],
  ] as [string, number, string[], number | string][])("where it serves %s", (_, others, countyIds, told) => {
    const published = publishedWith(others, countyIds);
    expect(cellOf(published, quarter, "agency", "bank")?.all).toBe(told);
    expect(cellOf(published, quarter, "county", "qazvin")?.all).toBe(shown({ n: some + others, k: 0 }));
  });
});

describe("a county that is the only one hidden", () => {
  const counties = ["abyek", "avaj", "qazvin"];
  const [most = 0] = exact.filter((n) => n >= some + 10);
  const toldOf = (abyek: number, retiredFrom?: string) => {
    const sizes = { abyek, avaj: some, qazvin: most };
    const all = Object.entries(sizes).flatMap(([county, size]) =>
      complaints(size, { place: { agency: "bank", county, category: "postponed-without-reason", cause: "capacity" } }),
    );
    const [month] = publish({
      closing: "1405-01",
      cohorts: new Map([["1405-01", tallied(all)]]),
      earlier: [],
      values: { ...values, county: counties },
      agencies: [],
      retirable: { county: [{ id: "abyek", retiredFrom }] },
    });
    return counties.map((county) => month?.tables.county?.find(({ cell }) => cell === county)?.all);
  };

  test("has the smallest beside it held back too", () => expect(toldOf(3)).toEqual(["<5", "held-back", most]));
  test("is passed over where it had retired before", () => {
    expect(toldOf(0, "2026-03-21")).toEqual(["<5", some, most]);
    expect(toldOf(0, "2026-03-22")).toEqual(["<5", "held-back", most]);
  });
});

describe("a hidden county beside one that a single agency serves", () => {
  const sizes = { abyek: 3, avaj: 30, qazvin: 50, takestan: 12 };
  const agencies: Serving[] = [
    { id: "bank", countyIds: ["takestan"] },
    { id: "water", countyIds: ["abyek", "avaj", "qazvin"] },
  ];
  const all = Object.entries(sizes).flatMap(([county, size]) => {
    const agency = county === "takestan" ? "bank" : "water";
    return ["postponed-without-reason", "conduct"].flatMap((category) =>
      complaints(size, { place: { agency, county, category } }),
    );
  });
  const published = publishedOf({
    months: ["1405-01", "1405-02", "1405-03"],
    filed: new Map([["1405-03", all.map((one) => ({ early: one, late: one }))]]),
    values: { ...values, category: ["postponed-without-reason", "conduct"], county: Object.keys(sizes) },
    agencies,
  });
  const inQuarter = (table: Table, cell: CellKey) => cellOf(published, ["quarter", "1405-Q1"], table, cell)?.all;

  test("has another one held back, since that one is told by its agency", () => {
    expect(["bank", "water"].map((agency) => typeof inQuarter("agency", agency))).toEqual(["number", "number"]);
    const told = Object.keys(sizes).map((county) => inQuarter("category-county", `postponed-without-reason/${county}`));
    expect(told).toEqual(["<5", "held-back", shown({ n: 50, k: 0 }), shown({ n: 12, k: 0 })]);
    expect(inQuarter("agency-category", "bank/postponed-without-reason")).toBe(shown({ n: 12, k: 0 }));
  });
});

describe("a county that few agencies serve, and these no other", () => {
  const agencyIn =
    (county: string) =>
    (id: string): Serving => ({ id, countyIds: [county] });
  const four = ["bank", "water", "gas", "post"];
  const beside = (retiredFrom: string) =>
    four.map((id) => ({ ...agencyIn("qazvin")(id), ...(id === "bank" && { retiredFrom }) }));

  test.each([
    ["three of it alone", four.slice(1).map(agencyIn("qazvin")), { qazvin: ["water", "gas", "post"] }],
    ["four of it alone", four.map(agencyIn("qazvin")), {}],
    [
      "one of it and another county",
      [agencyIn("qazvin")("bank"), { id: "gas", countyIds: ["qazvin", "takestan"] }],
      {},
    ],
    [
      "three, and one that retired on the first day of the month",
      beside("2026-03-21"),
      { qazvin: ["water", "gas", "post"] },
    ],
    ["three, and one that retired a day later", beside("2026-03-22"), {}],
  ] as [string, Serving[], CountiesOfFew][])("is one that has %s", (_, agencies, few) =>
    expect(countiesServedByFew(agencies, "1405-01")).toEqual(few),
  );

  const inQuarter = (water: number, agencies: Serving[]) => {
    const elsewhere = complaints(some, {
      place: { agency: "gas", county: "takestan", category: "postponed-without-reason" },
    });
    const all = [...complaints(some), ...complaints(water, { agency: "water" }), ...elsewhere];
    const months = { "1405-01": [], "1405-02": [], "1405-03": all };
    const published = publishedAfter(months, agencies);
    return (table: Table, cell: CellKey) => cellOf(published, ["quarter", "1405-Q1"], table, cell)?.all;
  };

  test.each([
    [4, "<5", "held-back"],
    [some, some, shown({ n: 2 * some, k: 0 })],
  ])("is told where all of them are: beside one that has %i complaints, %s, it is %s", (water, ofWater, ofCounty) => {
    const told = inQuarter(water, ["bank", "water"].map(agencyIn("qazvin")));
    expect([told("agency", "water"), told("county", "qazvin")]).toEqual([ofWater, ofCounty]);
    expect([
      told("agency-category", "water/postponed-without-reason"),
      told("category-county", "postponed-without-reason/qazvin"),
    ]).toEqual([ofWater === "<5" ? "<5" : "held-back", "held-back"]);
  });

  test.each([
    ["three others are left, and one of them has four", "2026-03-21", "held-back"],
    [
      "a fourth was there for a day: nothing is known of which has how many",
      "2026-03-22",
      shown({ n: some + 4, k: 0 }),
    ],
  ])("is not told as the sum of those that are left, where %s", (_, retiredFrom, told) => {
    const gone = { ...agencyIn("qazvin")("mail"), retiredFrom };
    const agencies = [...["bank", "water", "post"].map(agencyIn("qazvin")), gone];
    expect(inQuarter(4, agencies)("county", "qazvin")).toBe(told);
  });

  test("is told beside one that retired before, of which nothing is asked, and not beside one that retired since", () => {
    const [bank, water] = [agencyIn("qazvin")("bank"), agencyIn("qazvin")("water")];
    const told = (retiredFrom: string) => inQuarter(0, [bank, { ...water, retiredFrom }])("county", "qazvin");
    expect([told("2026-03-21"), told("2026-03-22")]).toEqual([some, "held-back"]);
  });

  test("holds none of them back, and of a single one tells what its own row does", () => {
    const told = inQuarter(0, ["bank"].map(agencyIn("qazvin")));
    expect([told("agency", "bank"), told("county", "qazvin")]).toEqual([some, some]);
    expect([
      told("agency-category", "bank/postponed-without-reason"),
      told("category-county", "postponed-without-reason/qazvin"),
    ]).toEqual(["held-back", "held-back"]);
  });
});

describe("a county that took a renamed one's place, whose id stands beside the old one", () => {
  const quarter: [string, string] = ["quarter", "1405-Q1"];
  const countiesOf = (agency: string) =>
    ({ gas: ["abyek", "qazvin"], mail: ["abyek"] })[agency] ?? ["qazvin", "takestan"];
  /** What was Takestan before is Qazvin. */
  const publishedWith = (sizes: Record<string, number>, retiredFrom: string) => {
    const all = Object.entries(sizes).flatMap(([agency, size]) => {
      const [county] = countiesOf(agency);
      return complaints(size, { place: { agency, county, category: "postponed-without-reason" } });
    });
    return publishedOf({
      months: ["1404-12", "1405-01", "1405-02", "1405-03"],
      filed: new Map([["1405-03", all.map((one) => ({ early: one, late: one }))]]),
      values: { ...values, agency: Object.keys(sizes), county: ["abyek", "alborz", "avaj", "qazvin", "takestan"] },
      agencies: Object.keys(sizes).map((id) => ({ id, countyIds: countiesOf(id) })),
      retirable: { county: [{ id: "takestan", retiredFrom, successorId: "qazvin" }] },
    });
  };

  test.each([
    ["2026-03-21", "held-back"],
    ["2026-03-22", shown({ n: 2 * some + 3, k: 0 })],
  ])("is told beside its few agencies alone, once the old one has retired before: %s", (retiredFrom, told) => {
    const published = publishedWith({ bank: some, mail: some, post: 3, water: some }, retiredFrom);
    expect(cellOf(published, quarter, "county", "qazvin")?.all).toBe(told);
  });

  test.each([
    ["2026-03-21", "held-back", ["gas"]],
    ["2026-03-22", some, ["bank", "gas"]],
  ])("holds back an agency that is in no other one, which has no cell of it: %s", (retiredFrom, told, agencies) => {
    const published = publishedWith({ bank: some, gas: some }, retiredFrom);
    const inQuarter = published.find(({ period }) => period.name === "1405-Q1" && period.kind === "quarter");
    expect(cellOf(published, quarter, "agency", "bank")?.all).toBe(told);
    const rows = inQuarter?.tables["agency-county"]?.map(({ cell }) => cell.split("/")[0]);
    expect([...new Set(rows)]).toEqual(agencies);
  });
});

describe("what an agency passed on, of all that it ever held", () => {
  /** Complaints that the bank held and passed on to the waterworks. */
  const passedOn = (size: number) =>
    complaints(size, {
      agency: "water",
      holders: [
        { agencyId: "bank", passedOn: true },
        { agencyId: "water", passedOn: false },
      ],
    });
  const kept = (size: number) => complaints(size, { holders: [{ agencyId: "bank", passedOn: false }] });
  const [most = 0] = exact.filter((n) => n >= some + 5);
  type Months = [first: Counted[], last: Counted[]];
  const toldOf = ([first, last]: Months, early = first) => {
    const others = complaints(some, {
      agency: "water",
      place: { agency: "water", county: "takestan", category: "postponed-without-reason" },
    });
    const monthly = { "1405-01": [early, first], "1405-02": [[], []], "1405-03": [last, last] };
    const filed = Object.entries(monthly).map(([month, [then = [], now = []]]) => {
      const all = now.map((late, n) => ({ early: then[n] ?? late, late }));
      return [month, [...all, ...others.map((one) => ({ early: one, late: one }))]] as [string, Filed[]];
    });
    const published = publishedOf({ months: Object.keys(monthly), filed: new Map(filed), values, agencies: [] });
    const told = (kind: string, name: string) => cellOf(published, [kind, name], "agency", "bank");
    const shownIn = (kind: string, name: string) => told(kind, name)?.parts?.["passed-on"]?.map((part) => part.shown);
    return [shownIn("month", "1405-01"), shownIn("month", "1405-03"), shownIn("quarter", "1405-Q1")];
  };

  test.each([
    [
      "of a month, not of a quarter that ends later with one more",
      [passedOn(some), passedOn(1)],
      [[some], undefined, undefined],
    ],
    [
      "of a quarter, not of its last month, which has one fewer",
      [passedOn(1), passedOn(some)],
      [undefined, undefined, [shown({ n: some + 1, k: 0 })]],
    ],
    [
      "of both, where it has five more",
      [passedOn(some), passedOn(most - some)],
      [[some], [shown({ n: most - some, k: 0 })], [most]],
    ],
  ] as [string, Months, unknown][])("is told %s", (_, months, told) => expect(toldOf(months)).toEqual(told));

  test("is not told of a quarter that has one more than stood with it when its first month was told", () => {
    expect(toldOf([passedOn(some), passedOn(1)], kept(some))).toEqual([[some], undefined, undefined]);
  });
});

describe("what was added since the month before was published", () => {
  const agencies = (ids: string[]): Serving[] => ids.map((id) => ({ id, countyIds: ["qazvin"] }));
  type There = { counties: string[]; agencies: string[] };
  const at = (agency: string, county: string) => ({ place: { agency, county, category: "postponed-without-reason" } });
  const all = [
    ...complaints(3, at("post", "qazvin")),
    ...["bank", "water"].flatMap((agency) => complaints(some, at(agency, "qazvin"))),
    ...complaints(3, at("mail", "abyek")),
    ...complaints(some, at("mail", "avaj")),
  ];
  const publishedAt = (closing: string, there: There, earlier: PublishedPeriod[]) =>
    publish({
      closing,
      cohorts: new Map([[closing, tallied(all)]]),
      earlier,
      values: { ...values, agency: [...there.agencies, "mail"], county: there.counties },
      agencies: [...agencies(there.agencies), { id: "mail", countyIds: ["abyek", "avaj"] }],
      retirable: {},
    });
  const then = { counties: ["abyek", "avaj", "qazvin"], agencies: ["bank", "post", "water"] };
  const toldAfter = (before: There, now: There) => {
    const [month] = publishedAt("1405-02", now, publishedAt("1405-01", before, []));
    return Object.fromEntries(month?.tables.county?.map(({ cell, all: told }) => [cell, told]) ?? []);
  };

  test("a county hides no other one", () => {
    const now = { counties: [...then.counties, "zahra"], agencies: ["bank", "gas", "post", "water", "tax"] };
    expect(toldAfter({ ...now, counties: then.counties }, now).avaj).toBe("held-back");
    expect(toldAfter(now, now).avaj).toBe(some);
  });

  test("an agency makes no county one of many", () => {
    const now = { counties: [...then.counties, "alborz", "zahra"], agencies: [...then.agencies, "gas"] };
    expect(toldAfter({ ...now, agencies: then.agencies }, now).qazvin).toBe("held-back");
    expect(toldAfter(now, now).qazvin).toBe(shown({ n: 2 * some + 3, k: 0 }));
  });
});

describe("an agency that took another one's place", () => {
  const bankOf = (own: number) => {
    const agencies = [
      { id: "bank", countyIds: ["qazvin", "takestan"] },
      { id: "water", countyIds: ["qazvin", "takestan"], retiredFrom: "2026-06-22", successorId: "bank" },
    ];
    const filed = new Map(
      Object.entries({
        // Of others too, so that nothing else is nearly as large.
        "1405-01": [...complaints(some, { agency: "water" }), ...complaints(some, { agency: "gas" })],
        "1405-02": complaints(own),
        "1405-03": [],
      }).map(([month, all]) => [month, all.map((one) => ({ early: one, late: one }))]),
    );
    const joins = [{ agency: "water", into: "bank", since: "1405-03" }];
    const world = { months: [...filed.keys()], filed, values, agencies, joins };
    return cellOf(publishedOf(world), ["quarter", "1405-Q1"], "agency", "bank")?.all;
  };

  test.each([
    [4, "held-back"],
    [5, shown({ n: some + 5, k: 0 })],
  ])("is told of a quarter with %i more than a month of the other one: %s", (own, told) =>
    expect(bankOf(own)).toBe(told),
  );
});

describe("what is published of any province", () => {
  test("shows no two cells, one within the other, that truly differ by fewer than five", () => {
    for (let seed = 0; seed < 3; seed++) {
      const world = aSmallWorld(seed);
      const cells = shownIn(publishedOf(world), world.onlyCounties);
      const few = countiesServedByFew(world.agencies, world.months[0] ?? "");
      expect(cells.length).toBeGreaterThan(50);
      const told = cells.flatMap((large) =>
        cells
          .filter((small) => large.n - small.n < 5 && isWithin(small, large, few))
          .map((small) => `${small.name} within ${large.name}`),
      );
      expect(told).toEqual([]);
    }
  });

  test("has a row for every cell there can be, in every period, whatever was counted", () => {
    const world = aSmallWorld(3, 2);
    const size = (table: Table) => dimensionsOf[table].reduce((all, one) => all * world.values[one].length, 1);
    for (const { period, tables } of publishedOf(world)) {
      expect(Object.keys(tables)).toEqual(tablesOf(period));
      for (const table of tablesOf(period))
        expect(new Set(tables[table]?.map(({ cell }) => cell)).size).toBe(size(table));
    }
  });

  test("is read as it is written, and tells a hidden cell by no number and no part", () => {
    for (const { tables } of publishedOf(aSmallWorld(1))) {
      expect(PublishedTables.parse(JSON.parse(JSON.stringify(tables)))).toEqual(JSON.parse(JSON.stringify(tables)));
      for (const cell of Object.values(tables).flat())
        if (typeof cell.all !== "number") {
          const { parts = {}, ...told } = PublishedCell.parse(JSON.parse(JSON.stringify(cell)));
          expect(Object.keys(told)).toEqual(["cell", "all"]);
          // What an agency passed on is told of all that it ever held, which may be many.
          expect(Object.keys(parts).filter((name) => name !== "passed-on")).toEqual([]);
        }
    }
  });

  test("is the same however its complaints come in", () => {
    const world = aSmallWorld(2);
    const reversed = new Map([...world.filed].map(([month, all]) => [month, [...all].reverse()]));
    expect(publishedOf({ ...world, filed: reversed })).toEqual(publishedOf(world));
  });

  test("is the same from tallies that were counted apart and joined", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(1_000), (cut, seed) => {
        const all = [...aSmallWorld(seed).filed.values()].flat().map(({ late }) => late);
        expect(together([tallied(all.slice(0, cut)), tallied(all.slice(cut))])).toEqual(tallied(all));
      }),
      { numRuns: 8 },
    );
  });

  test("has parts by one dimension only, and of opinions none by month", () => {
    for (const { period, tables } of publishedOf(aSmallWorld(1, 200)))
      for (const table of tablesOf(period)) {
        const told = (tables[table] ?? []).flatMap(({ parts }) => Object.keys(parts ?? {}));
        if (dimensionsOf[table].length > 1) expect(told).toEqual([]);
        else expect(told).toContain("outcome");
        expect(told.includes("solved")).toBe(period.kind !== "month" && dimensionsOf[table].length < 2);
      }
  });

  type Told = { name: Partition; told: Part[]; truthOf: (one: string) => number };
  type Part = { classes: string[]; shown: number | "<5" };

  function partsIn({ tables, tallies }: PublishedPeriod): Told[] {
    return Table.options.flatMap((table) =>
      (tables[table] ?? []).flatMap(({ cell, parts = {} }) =>
        partitionNames.flatMap((name) => {
          const pairs: Record<string, [number, number]> = tallies.tables[table]?.[cell] ?? {};
          const classes = partitions[name].map((one) => pairs[`${name}:${one}`]?.[0] ?? 0);
          const rest = classes.reduce((left, n) => left - n, pairs.all?.[0] ?? 0);
          const truthOf = (one: string) => (one === leftOut ? rest : (pairs[`${name}:${one}`]?.[0] ?? 0));
          return parts[name] ? [{ name, told: parts[name], truthOf }] : [];
        }),
      ),
    );
  }

  test("has parts of which none says how many a partition leaves out, where they are few", () => {
    const answered = (n: number) => complaints(n, { measures: ["outcome:G", "time-office:PT1H"] });
    const pending = (n: number) => complaints(n, { measures: ["outcome:pending"] });
    const timesWith = (n: number) => {
      const published = publishedAfter({ "1405-01": [...answered(some), ...pending(n)] });
      return cellOf(published, ["month", "1405-01"], "total", "all")?.parts?.["time-office"];
    };
    const all = [...partitions["time-office"], leftOut];
    for (const few of [0, 1, 2, 3, 4])
      expect(timesWith(few)).toEqual([{ classes: all, shown: shown({ n: some + few, k: 0 }), mostly: "PT1H" }]);
    expect(timesWith(20)).toEqual([{ classes: partitions["time-office"], shown: some, mostly: "PT1H" }]);
  });

  test("has parts that hold every class once, in their order, each off by two at the most, none hidden", () => {
    const all = publishedOf(aSmallWorld(4, 100)).flatMap(partsIn);
    expect(all.length).toBeGreaterThan(1_000);
    for (const { name, told, truthOf } of all) {
      const classes = told.flatMap((part) => part.classes);
      expect(classes.filter((one) => one !== leftOut)).toEqual(partitions[name]);
      const isWithRest = classes.at(-1) === leftOut;
      // Told with the last part wherever it is too few to be told alone, none of it too, and nowhere else.
      if (leavesOut(name)) expect(truthOf(leftOut), `${isWithRest}`).toSatisfy((n) => (isWithRest ? n < 7 : n > 4));
      else expect(isWithRest).toBe(false);
      for (const { classes, shown: number } of told) {
        const truth = classes.reduce((sum, one) => sum + truthOf(one), 0);
        expect(Math.abs(Number(number) - truth)).toBeLessThanOrEqual(2);
      }
    }
  });
});

describe("reports of retaliation", () => {
  function publishedWith(reports: number): PublishedPeriod[] {
    const months = Array.from({ length: 12 }, (_, n) => `1405-${String(n + 1).padStart(2, "0")}`);
    const cohorts = new Map(months.map((month) => [month, tallied(complaints(some))]));
    const last = cohorts.get("1405-12") ?? noTallies();
    for (let n = 0; n < reports; n++) countRetaliation(last, n);
    return publish({ closing: "1405-12", cohorts, earlier: [], values, agencies: [], retirable: {} });
  }

  test.each([0, 1, 9])("are told as fewer than ten where they are %i", (reports) => {
    expect(cellOf(publishedWith(reports), ["year", "1405"], "total", "all")?.retaliations).toBe("<10");
  });

  test("stand in the year's total alone, and nothing else differs", () => {
    const [none, many] = [publishedWith(0), publishedWith(40)];
    const told = cellOf(many, ["year", "1405"], "total", "all")?.retaliations;
    expect(Math.abs(Number(told) - 40)).toBeLessThanOrEqual(2);
    const rest = (all: PublishedPeriod[]) =>
      all.map(({ period, tables }) => [
        period,
        JSON.stringify(tables, (key, value) => (key === "retaliations" ? null : value)),
      ]);
    expect(rest(many)).toEqual(rest(none));
  });
});

describe("counting", () => {
  test("an agency that passed a complaint on is told so, whoever has it in its cells", () => {
    const tallies = noTallies();
    const holders = [
      { agencyId: "bank", passedOn: true },
      { agencyId: "water", passedOn: false },
    ];
    const [one] = complaints(1, { recordKey: 9, agency: "water", holders, measures: ["passed-on:passed-on"] });
    if (one) count(tallies, one);
    expect(tallies.tables.agency).toEqual({
      bank: { "passed-on:passed-on": [1, 9] },
      water: { all: [1, 9], "passed-on:kept": [1, 9] },
    });
    const own = ownFigures(tallies, "bank");
    expect(own.all["passed-on:passed-on"]).toBe(1);
    expect(Object.values(own.categories)).toEqual([{ "passed-on:passed-on": 1 }]);
    expect(tallies.tables.county?.qazvin).toEqual({ all: [1, 9], "passed-on:passed-on": [1, 9] });
  });

  test("a complaint without a cause is in no cell by cause", () => {
    const place = { agency: "bank", county: "qazvin", category: "postponed-without-reason" };
    const { tables } = tallied(complaints(1, { place }));
    expect([tables.cause, tables["agency-cause"]]).toEqual([undefined, undefined]);
    expect(tables["agency-category"]).toHaveProperty("bank/postponed-without-reason");
  });
});
