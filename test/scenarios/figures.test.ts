import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Figures } from "#functions/figures/figures.ts";
import { type PublishedCell, type PublishedPeriod, tablesOfPeriod } from "#functions/figures/publication.ts";
import { writeWaiting } from "#functions/figures/published.store.ts";
import { columnsOf, idFieldOf, StatisticsRow } from "#functions/figures/statistics-rows.api.ts";
import { deriveTable, type PublishedTable } from "#functions/figures/table-figures.ts";
import { dimensionsOf, type Table } from "#functions/figures/tables.ts";
import type { Period } from "#shared/time/period.ts";
import { cohortOf, ids, seededMonths, seedFigures } from "../support/seeded-figures.ts";
import { startOfHour, withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", startOfHour());
const statistics = "/v1/statistics";
let all: PublishedPeriod[];

beforeAll(async () => {
  Object.assign(process.env, await cloud.tables.environment());
  all = await seedFigures();
});

const Row = z.looseObject({
  period: z.string(),
  count: z.int(),
  agencyId: z.string().optional(),
});
const Answer = z.object({ items: z.array(Row) });
const read = async (query: string, headers: Record<string, string> = {}) =>
  cloud.call({ path: `${statistics}?${query}`, headers });
const rowsOf = async (query: string) => {
  const answered = await read(query);
  expect(answered.status, answered.text).toBe(200);
  return Answer.parse(answered.body).items;
};
const published = (kind: string, name: string) =>
  all.find(({ period }) => period.kind === kind && period.name === name)?.tables ?? {};

const nameOf = ({ period, table }: PublishedTable) => `${period.kind} ${period.name} ${table}`;

async function servedOf({ kind, name }: Period, table: Table): Promise<StatisticsRow[]> {
  const { body } = await read(`period=${kind}&table=${table}&from=${name}&to=${name}`);
  return z.object({ items: z.array(StatisticsRow) }).parse(body).items;
}

/** The published cell of a row. */
const cellOf =
  (table: Table) =>
  ({ count, breakdowns, retaliationReports, peerGroup, ...row }: StatisticsRow): PublishedCell => {
    const cell = dimensionsOf[table].map((dimension) => row[idFieldOf[dimension]] ?? "").join("+");
    return { cell, count, breakdowns, retaliationReports, peerGroup };
  };

const figuresIn = (table: Table) => (row: StatisticsRow) => [cellOf(table)(row).cell, Figures.parse(row)];

describe("the figures of closed periods", () => {
  test("are those of the last one, cell by cell as they were published", async () => {
    const rows = await rowsOf("period=quarter&table=agency");
    const cells = published("quarter", "1405-Q2").agency ?? [];
    expect(rows.map(({ agencyId, count }) => [agencyId, count])).toEqual(cells.map(({ cell, count }) => [cell, count]));
    expect(rows[0]).toMatchObject({ period: "1405-Q2", firstDay: "2026-06-22", lastDay: "2026-09-22" });
    expect(rows[0]?.breakdowns).toEqual(cells[0]?.breakdowns);
  });

  test("are listed from one to another, and never summed", async () => {
    const rows = await rowsOf("period=month&table=total&from=1404-11&to=1405-02");
    expect(rows.map(({ period }) => period)).toEqual(["1404-11", "1404-12", "1405-01", "1405-02"]);
    const ofOne = await rowsOf("period=month&table=total&from=1404-11&to=1404-11");
    expect(rows[0]).toEqual(ofOne[0]);
  });

  test("are multiples of five, in every table", async () => {
    for (const table of ["total", "agency", "county", "agency-category"])
      for (const { count, breakdowns = {} } of await rowsOf(`period=four-quarters&table=${table}`)) {
        const parts = Object.values(z.record(z.string(), z.record(z.string(), z.int())).parse(breakdowns));
        const numbers = [count, ...parts.flatMap((one) => Object.values(one))];
        expect(numbers.filter((n) => n % 5 !== 0)).toEqual([]);
      }
  });

  test("have bands, and times in which what is unanswered is longest", async () => {
    const rows = await rowsOf("period=four-quarters&table=agency");
    const [best, worst] = ["bank-melli", "gas"].map((id) => rows.find(({ agencyId }) => agencyId === id));
    expect(Number(best?.confirmedShare)).toBeGreaterThan(0.7);
    expect(Number(best?.confirmedShare)).toBeLessThanOrEqual(Number(best?.confirmedOrSilentShare));
    expect(worst).toMatchObject({ officeHoursMedian: "unanswered", elapsedP90: "unanswered" });
  });

  test("compare agencies of a group over four quarters, the surest first, without a rank", async () => {
    const rows = await rowsOf("period=four-quarters&table=agency");
    const banks = rows.filter(({ agencyId }) => agencyId?.startsWith("bank-"));
    expect(new Set(banks.map(({ peerGroup }) => peerGroup))).toEqual(new Set(["banks"]));
    const surely = banks.map((row) => Number(row.confirmedShareLower));
    expect(surely).toEqual(surely.toSorted((one, other) => other - one));
    expect(banks[0]).toMatchObject({ agencyId: "bank-melli", comparedWith: "peer-group" });
    expect(rows.find(({ agencyId }) => agencyId === "gas")).toMatchObject({
      comparisonClass: "clearly-worse",
      comparedWith: "province",
    });
  });

  test("have the province's trend by month, over every month that was closed by then", async () => {
    const [first] = await rowsOf("period=month&table=total&from=1404-07&to=1404-07");
    const [last] = await rowsOf("period=month&table=total");
    // Twelve months make limits.
    expect(first?.trendMean).toBeUndefined();
    expect(last?.trendMean).toBeGreaterThan(0);
    expect(last).toMatchObject({ period: seededMonths.last, trendSignals: expect.any(Array) });
  });

  test("have opinions in quarters and longer, and never by month", async () => {
    const [quarter] = await rowsOf("period=quarter&table=total");
    const [month] = await rowsOf("period=month&table=total");
    expect(quarter?.solvedYesShare).toBeGreaterThan(0);
    expect(Object.keys(month ?? {}).filter((name) => /^(solved|handling|pressured|called)/.test(name))).toEqual([]);
  });

  test("have what called citizens say beside, with its interval", async () => {
    const [row] = await rowsOf("period=four-quarters&table=total");
    expect(Number(row?.calledSilentCount)).toBeGreaterThanOrEqual(20);
    expect(Number(row?.calledAnsweredShare)).toBeGreaterThan(0);
    expect(Number(row?.calledAnsweredShare)).toBeLessThan(1);
    expect(Number(row?.calledSilentSolvedLower)).toBeLessThan(Number(row?.calledSilentSolvedShare));
    expect(Number(row?.calledSilentSolvedUpper)).toBeGreaterThan(Number(row?.calledSilentSolvedShare));
  });

  test("follow, each of them, from the rows that anybody reads", async () => {
    const closed = all.map(({ period }) => period);
    const read = new Map<string, StatisticsRow[]>();
    for (const period of closed)
      for (const table of tablesOfPeriod(period.kind))
        read.set(nameOf({ period, table }), await servedOf(period, table));
    const published = (at: PublishedTable) => read.get(nameOf(at))?.map(cellOf(at.table));
    for (const { period, table } of closed.flatMap((period) =>
      tablesOfPeriod(period.kind).map((table) => ({ period, table })),
    )) {
      const derived = deriveTable({ period, table, published, closed });
      const figures = JSON.parse(JSON.stringify(derived.map(({ cell, figures }) => [cell.cell, figures])));
      expect(read.get(nameOf({ period, table }))?.map(figuresIn(table)), nameOf({ period, table })).toEqual(figures);
    }
  });

  test.each([
    ["no table", "period=month", "table", "missing"],
    ["a table that is not on the list", "period=quarter&table=officer", "table", "one-of"],
    ["a table that no month has", "period=month&table=agency", "table", "not-for-this-period"],
    ["a table that no quarter has", "period=quarter&table=agency-county", "table", "not-for-this-period"],
    ["a period that is none", "period=quarter&table=total&from=1405-09", "from", "not-a-quarter"],
    ["a period that is not closed", "period=month&table=total&to=1405-08", "to", "period-not-closed"],
    ["a period before anything was filed", "period=month&table=total&from=1404-06", "from", "before-counting"],
    ["a calendar year", "period=year&table=total&to=1404", "period", "one-of"],
    ["an end before the start", "period=month&table=total&from=1405-02&to=1405-01", "to", "end-before-start"],
    ["a sum", "period=month&table=total&sum=yes", "sum", "unknown-field"],
  ])("are refused for %s", async (_, query, path, code) => {
    const answered = await read(query, { "accept-language": "en" });
    expect(answered).toMatchObject({ status: 400, body: { code: "invalid", errors: [{ path, code }] } });
  });
});

describe("as CSV", () => {
  test("are the same rows under the same names, and no cell begins a formula", async () => {
    const answered = await read("period=four-quarters&table=agency", { accept: "text/csv" });
    expect(answered.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(answered.text.startsWith("period,firstDay,lastDay,agencyId,peerGroup,count,")).toBe(true);
    const [names = [], ...rows] = answered.text.split("\r\n").map((line) => line.split(","));
    const { items } = Answer.parse((await read("period=four-quarters&table=agency")).body);
    expect(names).toEqual(columnsOf({ table: "agency", kind: "four-quarters" }));
    expect(rows.slice(0, -1).map((cells) => [cells[3], cells[5]])).toEqual(
      items.map(({ agencyId, count }) => [agencyId, String(count)]),
    );
    expect([names, ...rows].flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
    const fields = new Set(items.flatMap((row) => Object.keys(row)).filter((name) => name !== "breakdowns"));
    expect([...fields].filter((name) => !names.includes(name))).toEqual([]);
  });

  test("have a column for each class of each breakdown, with the number that JSON has", async () => {
    const { text } = await read("period=quarter&table=agency", { accept: "text/csv" });
    const [names = [], first = []] = text.split("\r\n").map((line) => line.split(","));
    const [row] = (await servedOf({ kind: "quarter", name: "1405-Q2" }, "agency")) ?? [];
    const inJson = Object.entries(row?.breakdowns ?? {}).flatMap(([name, parts]) =>
      Object.entries(parts).map(([part, n]) => [`${name}.${part}`, String(n)]),
    );
    expect(inJson.length).toBeGreaterThan(10);
    expect(inJson.map(([name = ""]) => [name, first[names.indexOf(name)]])).toEqual(inJson);
  });

  test("are asked for by the query as well", async () => {
    const asked = await read("period=month&table=total&format=csv");
    const accepted = await read("period=month&table=total", { accept: "text/csv,*/*;q=0.1" });
    expect(asked.text).toBe(accepted.text);
    expect(asked.text).toContain(`\r\n${seededMonths.last},2026-09-23,`);
  });
});

test("whoever has an answer is told that nothing has changed", async () => {
  for (const path of [`${statistics}?period=month&table=total`, `${statistics}/definitions`, "/v1/catalog"]) {
    const { headers, text } = await cloud.call({ path });
    const tag = headers.get("etag") ?? "";
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    const again = await cloud.call({ path, headers: { "if-none-match": `"other", W/${tag}` } });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
    expect(again.headers.get("content-type")).toBe(headers.get("content-type"));
    expect((await cloud.call({ path, headers: { "if-none-match": '"other"' } })).text).toBe(text);
  }
});

test.each([
  `${statistics}?period=quarter&table=agency`,
  `${statistics}?period=quarter&table=agency&format=csv`,
  `${statistics}/waiting`,
  `${statistics}/waiting?format=csv`,
  "/v1/changes",
])("an answer is compressed as the caller accepts it, and tagged by that: %s", async (path) => {
  const plain = await cloud.call({ path, headers: { "accept-encoding": "identity" } });
  for (const coding of ["br", "gzip"]) {
    const { headers, text } = await cloud.call({ path, headers: { "accept-encoding": coding } });
    expect(headers.get("content-encoding")).toBe(coding);
    expect(headers.get("vary")).toContain("accept-encoding");
    expect(headers.get("content-type")).toBe(plain.headers.get("content-type"));
    expect(text).toBe(plain.text);
    expect(headers.get("etag")).not.toBe(plain.headers.get("etag"));
  }
  expect(plain.headers.get("content-encoding")).toBeNull();
});

describe("what waits now", () => {
  test("is as it was counted this month: the province, then agencies; before any count, nothing", async () => {
    expect(await cloud.call({ path: `${statistics}/waiting` })).toMatchObject({ status: 200, body: { items: [] } });
    const countedAt = new Date(cloud.clock.now()).toISOString();
    const date = countedAt.slice(0, 10);
    const agencies = {
      gas: { overdue: 20, notYetDue: 20 },
      "bank-melli": { overdue: "<20", notYetDue: 30 },
    } as const;
    await writeWaiting({ date, countedAt, province: { overdue: 20, notYetDue: 50 }, agencies });
    expect((await cloud.call({ path: `${statistics}/waiting` })).body).toEqual({
      date,
      countedAt,
      items: [
        { overdue: 20, notYetDue: 50 },
        { agencyId: "bank-melli", overdue: "<20", notYetDue: 30 },
        { agencyId: "gas", overdue: 20, notYetDue: 20 },
      ],
    });
    const csv = await cloud.call({ path: `${statistics}/waiting?format=csv` });
    expect(csv.text.split("\r\n").slice(0, 2)).toEqual([
      "date,countedAt,agencyId,overdue,notYetDue",
      `${date},${countedAt},,20,50`,
    ]);
  });
});

const Performances = z.object({ items: z.array(z.looseObject({ month: z.string(), agencyId: z.string() })) });

describe("the work of agencies", () => {
  const own = async (query = "") => {
    const { body } = await cloud.call({ as: "agency-bank-melli", path: `/v1/agency/performance${query}` });
    return Performances.parse(body).items;
  };

  test("is each agency's own, exactly and by category, and without opinions", async () => {
    const [item] = await own();
    const { all: n, "outcome:confirmed": confirmed } = cohortOf(seededMonths.last).tables.agency?.["bank-melli"] ?? {};
    expect(item).toMatchObject({
      month: "1405-07",
      firstDay: "2026-09-23",
      lastDay: "2026-10-22",
      agencyId: "bank-melli",
      total: { count: n, breakdowns: { outcome: { confirmed } } },
      categories: [{ category: "disrespect" }, { category: "postponed-without-reason" }],
    });
    expect(JSON.stringify(item)).not.toMatch(/solved|handling|pressured|called|retaliat/);
  });

  test("is listed by months that are closed, and no other agency's is among it", async () => {
    const items = await own("?from=1404-12&to=1405-02");
    expect(items.map(({ month, agencyId }) => [month, agencyId])).toEqual([
      ["1404-12", "bank-melli"],
      ["1405-01", "bank-melli"],
      ["1405-02", "bank-melli"],
    ]);
    expect(await cloud.call({ as: "agency-bank-melli", path: "/v1/agency/performance?from=1405-08" })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "from", code: "period-not-closed" }] },
    });
  });

  test("is read by an admin for every agency, as each reads its own", async () => {
    const { body } = await cloud.call({ as: "admin", path: "/v1/admin/performance?groupBy=agency" });
    const { items } = Performances.parse(body);
    expect(items.map(({ agencyId }) => agencyId).toSorted()).toEqual(ids.agency.toSorted());
    expect(items.find(({ agencyId }) => agencyId === "bank-melli")).toEqual((await own())[0]);
    const refused = await cloud.call({ as: "admin", path: "/v1/admin/performance?groupBy=agency&month=1390-01" });
    expect(refused.body).toMatchObject({ errors: [{ code: "before-counting" }] });
  });
});
