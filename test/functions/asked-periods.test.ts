import { expect, test } from "vitest";
import { requestedPeriods, StatisticsQuery } from "#functions/figures/statistics-query.api.ts";
import type { Table } from "#functions/figures/tables.ts";
import { Problem, problemReply } from "#functions/http/problem.ts";
import { addMonths, type Period, type PeriodKind, periodsClosingWith } from "#shared/time/period.ts";
import type { Language } from "#shared/vocabulary.ts";

/** Counting began in the second quarter of 1404; the last month that is closed is the first of 1405's third quarter. */
const since = "1404-06";
const months = ["06", "07", "08", "09", "10", "11", "12"].map((month) => `1404-${month}`);
const closed = [...months, "1405-01", "1405-02", "1405-03", "1405-04", "1405-05", "1405-06", "1405-07"].map(
  (month) => ({
    month,
    firstMonth: since,
    periods: periodsClosingWith(month, since),
  }),
);

type Ends = { from?: string; to?: string };
type Months = Parameters<typeof requestedPeriods>[1];
const asked = (period: PeriodKind, ends: Ends, of: Months = closed) =>
  requestedPeriods({ period, table: "total", ...ends }, of);

function refusal(...of: Parameters<typeof asked>) {
  let periods: Period[] = [];
  const errors = refusedWith(() => {
    periods = asked(...of);
  });
  if (!errors) return periods.map(({ name }) => name);
  return errors.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})]);
}

/** What a caller reads of the fields that are refused; undefined if none is. */
function refusedWith(ask: () => void, language: Language = "en") {
  try {
    ask();
    return undefined;
  } catch (fault) {
    return Problem.parse(problemReply(fault, { language, docs: "https://foad.example/v1/docs" }).body).errors;
  }
}

test.each<[PeriodKind, Ends, string]>([
  ["month", { from: "1404-05" }, "from"],
  ["month", { to: "1390-01" }, "to"],
  ["quarter", { from: "1404-Q2" }, "from"],
  ["four-quarters", { to: "1405-Q1" }, "to"],
])("a %s that began before anything was counted is never published: %j", (kind, ends, path) => {
  expect(refusal(kind, ends)).toEqual([[path, "before-counting", since]]);
});

test.each<[PeriodKind, Ends]>([
  ["month", { from: "1405-08" }],
  ["quarter", { from: "1405-Q3" }],
  ["four-quarters", { from: "1405-Q3" }],
])("a %s that is to come is not closed: %j", (kind, ends) => {
  expect(refusal(kind, ends)).toEqual([["from", "period-not-closed"]]);
});

test("as long as no month is closed, nobody knows when counting will begin", () => {
  expect(refusal("month", { from: "1390-01" }, [])).toEqual([["from", "period-not-closed"]]);
});

test.each<[PeriodKind, Ends, string[]]>([
  ["month", { from: "1390-01" }, ["before-counting", "1405-09"]],
  ["month", { from: "1405-08" }, ["before-counting", "1405-09"]],
  ["quarter", { from: "1405-Q3" }, ["before-counting", "1405-09"]],
  ["month", { from: "1405-09" }, ["period-not-closed"]],
  ["quarter", { from: "1405-Q4" }, ["period-not-closed"]],
])("where nothing was filed until Aban, a %s that began by then never has figures: %j", (kind, ends, told) => {
  const empty = ["1405-07", "1405-08"].map((month) => ({ month, firstMonth: undefined, periods: [] }));
  expect(refusal(kind, ends, empty)).toEqual([["from", ...told]]);
});

test.each<[PeriodKind, Ends]>([
  ["month", { from: "1405-02", to: "1405-01" }],
  ["month", { from: "1405-12", to: "1390-01" }],
  ["quarter", { from: "1406-Q1", to: "1405-Q4" }],
])("an end before the start is told as that, closed or not: %s %j", (kind, ends) => {
  expect(refusal(kind, ends)).toEqual([["to", "end-before-start"]]);
});

test.each<[Table, number, string, string]>([
  [
    "agency",
    400,
    "makes more than 400 rows: ask for fewer periods",
    "پاسخ را از ۴۰۰ ردیف بیشتر می‌کند؛ دوره‌های کمتری بخواهید",
  ],
  [
    "agency-cause",
    1_000,
    "makes more than 1000 rows: ask for fewer periods",
    "پاسخ را از ۱۰۰۰ ردیف بیشتر می‌کند؛ دوره‌های کمتری بخواهید",
  ],
])("more rows of %s than fit into an answer are refused with the limit of that table, %i", (table, limit, en, fa) => {
  const long = Array.from({ length: 72 }, (_, n) => addMonths(since, n)).map((month) => ({
    month,
    firstMonth: since,
    periods: periodsClosingWith(month, since),
  }));
  const period = table === "agency" ? "quarter" : "four-quarters";
  const ask = () => requestedPeriods({ period, table, from: "1405-Q2" }, long);
  const told = (["en", "fa"] as const).map((language) => refusedWith(ask, language)?.[0]);
  expect(told).toEqual([en, fa].map((message) => ({ path: "to", code: "too-many-rows", params: { limit }, message })));
});

test.each<[PeriodKind, Table]>([
  ["month", "agency"],
  ["month", "agency-county"],
  ["quarter", "agency-county"],
  ["quarter", "category-county"],
])("a %s has no table by %s, closed or not", (period, table) => {
  for (const ends of [{}, { from: "1399-01" }])
    expect(refusedWith(() => requestedPeriods({ period, table, ...ends }, closed))).toMatchObject([
      { path: "table", code: "not-for-this-period" },
    ]);
});

test("a calendar year is no kind of period: it is the four quarters of its last quarter", () => {
  expect(StatisticsQuery.safeParse({ period: "year", table: "total" }).success).toBe(false);
  expect(StatisticsQuery.safeParse({ period: "four-quarters", table: "agency-county" }).success).toBe(true);
});

test("what began with the first month that was counted is there", () => {
  expect(refusal("month", { to: "1404-07" })).toEqual(["1404-07"]);
  expect(refusal("month", { from: "1404-06", to: "1404-07" })).toEqual(["1404-06", "1404-07"]);
  expect(refusal("four-quarters", {})).toEqual(["1405-Q2"]);
});
