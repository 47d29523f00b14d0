import * as z from "zod";
import { cacheable, csvType } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { PeriodKind } from "#shared/domain/statistics/period.ts";
import { Table } from "#shared/domain/statistics/table.ts";
import { readClosedMonths, readDerived } from "#shared/store/statistics/derived.ts";
import { askedPeriods, StatisticsQuery } from "../any-caller/statistics-query.ts";
import { rowOf, StatisticsRow } from "../any-caller/statistics-row.ts";
import { columnsOf, csvOf, flat } from "./statistics-csv.ts";

const Statistics = z
  .object({ period: PeriodKind, table: Table, items: z.array(StatisticsRow) })
  .meta({ id: "Statistics" });

/**
 * GET /v1/statistics: one table of closed periods, row by row: what was published of them, and what follows from that
 * alone. Nothing is summed, and no number changes once it is here.
 */
export const readStatistics = route({
  caller: "public",
  summary: { en: "Public figures of closed periods", fa: "آمار همگانی دوره‌های بسته‌شده" },
  query: StatisticsQuery,
  answer: { status: 200, schema: Statistics, alsoAs: "csv", cached: true },
  async run({ query, answerForm }) {
    const { period: kind, table, format = answerForm } = query;
    const closed = await readClosedMonths();
    const periods = askedPeriods(query, closed);
    const tables = await readDerived({ closed, periods, table });
    const items = tables.flatMap(({ period, cells }) => cells.map((cell) => rowOf(cell, { period, table })));
    const vary = { vary: "accept" };
    if (format === "json") return cacheable({ period: kind, table, items }, vary);
    return cacheable(csvOf(columnsOf({ table, kind }), items.map(flat)), { ...vary, "content-type": csvType });
  },
});
