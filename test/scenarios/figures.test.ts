import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { idNames, StatisticsRow } from "#functions/api/any-caller/statistics-row.ts";
import { columnsOf } from "#functions/api/public/statistics-csv.ts";
import { Figures } from "#shared/domain/statistics/figures.ts";
import type { Period } from "#shared/domain/statistics/period.ts";
import { type PublishedCell, type PublishedPeriod, tablesOf } from "#shared/domain/statistics/published.ts";
import { dimensionsOf, type Table } from "#shared/domain/statistics/table.ts";
import { type PublishedTable, toldTable } from "#shared/domain/statistics/table-figures.ts";
import { writeOpenCount } from "#shared/store/statistics/open-counts.ts";
import { seeded, seedFigures, values } from "../support/seeded-figures.ts";
import { atTheHour, withLocalCloud } from "../support/the-local-cloud.ts";

const cloud = withLocalCloud("qazvin", atTheHour());
const statistics = "/v1/statistics";
let all: PublishedPeriod[];

beforeAll(async () => {
  Object.assign(process.env, await cloud.tables.environment());
  all = await seedFigures();
}, 120_000);

const Row = z.looseObject({
  period: z.string(),
  count: z.union([z.int(), z.string()]),
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

const cellOf =
  (table: Table) =>
  ({ count, parts, retaliations, ...row }: StatisticsRow): PublishedCell => {
    const values = dimensionsOf[table].map((dimension) => row[idNames[dimension]] ?? "");
    return { cell: values.join("/") || "all", all: count, parts, retaliations };
  };

const figuresIn = (table: Table) => (row: StatisticsRow) => [cellOf(table)(row).cell, Figures.parse(row)];

async function groupsInCatalog(): Promise<(agencyId: string) => string | undefined> {
  const Catalog = z.object({ agencies: z.array(z.object({ id: z.string(), peerGroup: z.string().optional() })) });
  const { agencies } = Catalog.parse((await cloud.call({ path: "/v1/catalog" })).body);
  return (agencyId) => agencies.find(({ id }) => id === agencyId)?.peerGroup;
}

describe("the figures of closed periods", () => {
  test("are those of the last one, cell by cell as they were published", async () => {
    const rows = await rowsOf("period=quarter&table=agency");
    const cells = published("quarter", "1405-Q2").agency ?? [];
    expect(rows.map(({ agencyId, count }) => [agencyId, count])).toEqual(cells.map(({ cell, all }) => [cell, all]));
    expect(rows[0]).toMatchObject({ period: "1405-Q2", firstDay: "2026-06-22", lastDay: "2026-09-22" });
    expect(rows[0]?.parts).toEqual(cells[0]?.parts);
  });

  test("are listed from one to another, and never summed", async () => {
    const rows = await rowsOf("period=month&table=total&from=1404-11&to=1405-02");
    expect(rows.map(({ period }) => period)).toEqual(["1404-11", "1404-12", "1405-01", "1405-02"]);
    const ofOne = await rowsOf("period=month&table=total&from=1404-11&to=1404-11");
    expect(rows[0]).toEqual(ofOne[0]);
  });

  test("tell bands of what was answered, and where nobody is", async () => {
    const rows = await rowsOf("period=four-quarters&table=agency");
    const [best, worst] = ["bank-melli", "gas"].map((id) => rows.find(({ agencyId }) => agencyId === id));
    expect(Number(best?.goodLow)).toBeGreaterThan(0.7);
    expect(Number(best?.goodLow)).toBeLessThanOrEqual(Number(best?.goodHigh));
    expect(worst).toMatchObject({ officeMedian: "unanswered", elapsedP90: "unanswered" });
  });

  test("compare agencies of a kind over four quarters, the surest first, without a rank", async () => {
    const rows = await rowsOf("period=four-quarters&table=agency");
    const banks = rows.filter(({ agencyId }) => agencyId?.startsWith("bank-"));
    const evidence = banks.map((row) => Number(row.evidence));
    expect(evidence).toEqual(evidence.toSorted((one, other) => other - one));
    expect(banks[0]).toMatchObject({ agencyId: "bank-melli", comparedWith: "peer-group" });
    expect(rows.find(({ agencyId }) => agencyId === "gas")).toMatchObject({
      class: "clearly-worse",
      comparedWith: "province",
    });
  });

  test("tell the province's trend by month, over every month that was closed by then", async () => {
    const [first] = await rowsOf("period=month&table=total&from=1404-07&to=1404-07");
    const [last] = await rowsOf("period=month&table=total");
    // Twelve months make limits.
    expect(first?.trendMean).toBeUndefined();
    expect(last?.trendMean).toBeGreaterThan(0);
    expect(last).toMatchObject({ period: seeded.last, trendSignals: expect.any(Array) });
  });

  test("tell opinions in quarters and longer, and never by month", async () => {
    const [quarter] = await rowsOf("period=quarter&table=total");
    const [month] = await rowsOf("period=month&table=total");
    expect(quarter?.solvedYesShare).toBeGreaterThan(0);
    expect(Object.keys(month ?? {}).filter((name) => /^(solved|handling|pressed|called)/.test(name))).toEqual([]);
  });

  test("tell what called citizens say beside, with what it leaves out", async () => {
    const [row] = await rowsOf("period=four-quarters&table=total");
    expect(Number(row?.calledSilentAnswers)).toBeGreaterThanOrEqual(10);
    expect(Number(row?.calledAnsweredShare)).toBeGreaterThan(0);
    expect(Number(row?.calledAnsweredShare)).toBeLessThan(1);
    expect(Number(row?.calledSilentSolvedFrom)).toBeLessThan(Number(row?.calledSilentSolved));
    expect(Number(row?.calledSilentSolvedTo)).toBeGreaterThan(Number(row?.calledSilentSolved));
    expect(row?.goodMid).toBeDefined();
  });

  test("follow, each of them, from the counts and parts that anybody reads and from the catalog", async () => {
    const closed = all.map(({ period }) => period);
    const read = new Map<string, StatisticsRow[]>();
    for (const period of closed)
      for (const table of tablesOf(period)) read.set(nameOf({ period, table }), await servedOf(period, table));
    const groupOf = await groupsInCatalog();
    const published = (at: PublishedTable) => read.get(nameOf(at))?.map(cellOf(at.table));
    for (const { period, table } of closed.flatMap((period) => tablesOf(period).map((table) => ({ period, table })))) {
      const told = toldTable({ period, table, published, closed, groupOf });
      const figures = JSON.parse(JSON.stringify(told.map(({ cell, figures }) => [cell.cell, figures])));
      expect(read.get(nameOf({ period, table }))?.map(figuresIn(table)), nameOf({ period, table })).toEqual(figures);
    }
  });

  test.each([
    ["no table", "period=month", "table", "missing"],
    ["a table that is not on the list", "period=quarter&table=officer", "table", "one-of"],
    ["a table that no month has", "period=month&table=agency-category", "table", "not-by-month"],
    ["a period that is none", "period=quarter&table=total&from=1405-09", "from", "named-as-quarter"],
    ["a period that is not closed", "period=month&table=total&to=1405-08", "to", "not-closed"],
    ["a period before anything was filed", "period=month&table=total&from=1404-06", "from", "before-counting"],
    ["a year that began before", "period=year&table=total&to=1404", "to", "before-counting"],
    ["an end before the start", "period=month&table=total&from=1405-02&to=1405-01", "to", "ends-after-start"],
    ["a sum", "period=month&table=total&sum=yes", "sum", "unknown-field"],
    ["more rows than fit into an answer", "period=quarter&table=agency-cause&from=1404-Q3", "to", "too-many-rows"],
  ])("are refused for %s", async (_, query, path, code) => {
    const answered = await read(query, { "accept-language": "en" });
    expect(answered).toMatchObject({ status: 400, body: { code: "invalid", errors: [{ path, code }] } });
  });
});

describe("as CSV", () => {
  test("are the same rows under the same names, and no cell begins a formula", async () => {
    const answered = await read("period=four-quarters&table=agency", { accept: "text/csv" });
    expect(answered.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(answered.text.startsWith("period,firstDay,lastDay,agencyId,count,")).toBe(true);
    const [names = [], ...rows] = answered.text.split("\r\n").map((line) => line.split(","));
    const { items } = Answer.parse((await read("period=four-quarters&table=agency")).body);
    expect(names).toEqual(columnsOf({ table: "agency", kind: "four-quarters" }));
    expect(rows.slice(0, -1).map((cells) => [cells[3], cells[4]])).toEqual(
      items.map(({ agencyId, count }) => [agencyId, String(count)]),
    );
    expect([names, ...rows].flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
    const told = new Set(items.flatMap((row) => Object.keys(row)).filter((name) => name !== "parts"));
    expect([...told].filter((name) => !names.includes(name))).toEqual([]);
  });

  test("are asked for by the query as well", async () => {
    const asked = await read("period=month&table=total&format=csv");
    const accepted = await read("period=month&table=total", { accept: "text/csv,*/*;q=0.1" });
    expect(asked.text).toBe(accepted.text);
    expect(asked.text).toContain(`\r\n${seeded.last},2026-09-23,`);
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

describe("what waits now", () => {
  test("is as it was counted this month: the province, then agencies; before any count, nothing", async () => {
    expect(await cloud.call({ path: `${statistics}/now` })).toMatchObject({ status: 200, body: { items: [] } });
    const countedAt = new Date(cloud.clock.now()).toISOString();
    const date = countedAt.slice(0, 10);
    const agencies = {
      gas: { overdue: 10, notOverdue: 20 },
      "bank-melli": { overdue: "<10", notOverdue: 30 },
    } as const;
    await writeOpenCount({ date, countedAt, province: { overdue: 20, notOverdue: 50 }, agencies });
    expect((await cloud.call({ path: `${statistics}/now` })).body).toEqual({
      date,
      countedAt,
      items: [
        { overdue: 20, notOverdue: 50 },
        { agencyId: "bank-melli", overdue: "<10", notOverdue: 30 },
        { agencyId: "gas", overdue: 10, notOverdue: 20 },
      ],
    });
    const csv = await cloud.call({ path: `${statistics}/now?format=csv` });
    expect(csv.text.split("\r\n")[1]).toBe(`${date},${countedAt},,20,50`);
  });
});

const Performances = z.object({
  items: z.array(z.looseObject({ quarter: z.string(), agencyId: z.string(), published: z.unknown() })),
});

describe("the work of agencies", () => {
  const own = async (query = "") => {
    const { body } = await cloud.call({ as: "agency-bank-melli", path: `/v1/agency/performance${query}` });
    return Performances.parse(body).items;
  };

  test("is told to each exactly, by category, and opinions only as the public reads them", async () => {
    const [item] = await own();
    const { tallies } = all.find(({ period }) => period.kind === "quarter" && period.name === "1405-Q2") ?? {};
    const [n] = tallies?.tables.agency?.["bank-melli"]?.all ?? [];
    expect(item).toMatchObject({ quarter: "1405-Q2", agencyId: "bank-melli", all: { count: n } });
    expect(JSON.stringify({ ...item, published: undefined })).not.toMatch(/solved|handling|pressed|called|retaliat/);
    const rows = await rowsOf("period=quarter&table=agency");
    expect(item?.published).toEqual(rows.find(({ agencyId }) => agencyId === "bank-melli"));
  });

  test("is listed by quarters that are closed, and no other agency's is among it", async () => {
    const items = await own("?from=1404-Q3&to=1405-Q1");
    expect(items.map(({ quarter, agencyId }) => [quarter, agencyId])).toEqual([
      ["1404-Q3", "bank-melli"],
      ["1404-Q4", "bank-melli"],
      ["1405-Q1", "bank-melli"],
    ]);
    expect(await cloud.call({ as: "agency-bank-melli", path: "/v1/agency/performance?from=1405-Q3" })).toMatchObject({
      status: 400,
      body: { errors: [{ path: "from", code: "not-closed" }] },
    });
  });

  test("is told of all to an admin, as each reads its own", async () => {
    const { body } = await cloud.call({ as: "admin", path: "/v1/admin/performance?groupBy=agency" });
    const { items } = Performances.parse(body);
    expect(items.map(({ agencyId }) => agencyId).toSorted()).toEqual(values.agency.toSorted());
    expect(items.find(({ agencyId }) => agencyId === "bank-melli")).toEqual((await own())[0]);
    const refused = await cloud.call({ as: "admin", path: "/v1/admin/performance?groupBy=agency&quarter=1390-Q1" });
    expect(refused.body).toMatchObject({ errors: [{ path: "quarter", code: "before-counting" }] });
  });
});
