import * as z from "zod";
import { Instant } from "#shared/time/calendar.ts";
import { PeriodKind } from "#shared/time/period.ts";
import { authenticateNobody } from "../http/authentication.ts";
import { compressedReply } from "../http/compressed-reply.ts";
import { csvType } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { readClosedMonths, readDerivedTables, readLastWaiting } from "./published.store.ts";
import { RecordYear, readRecordYears } from "./record-years.store.ts";
import { Format, requestedPeriods, StatisticsQuery } from "./statistics-query.api.ts";
import { columnsOf, csvOf, flattenRow, StatisticsRow, statisticsRow } from "./statistics-rows.api.ts";
import { Table } from "./tables.ts";
import { WaitingRow } from "./waiting.ts";

const Statistics = z
  .object({ period: PeriodKind, table: Table, items: z.array(StatisticsRow) })
  .meta({ id: "Statistics" });

/**
 * GET /v1/statistics: one table of closed periods, row by row. A row holds the published counts, and figures that are
 * computed from these counts alone. No counts are added up. A published number never changes.
 */
export const readStatistics = route({
  caller: "public",
  summary: { en: "Public figures by month, quarter or year", fa: "آمار همگانی ماهانه، فصلی و سالانه" },
  query: StatisticsQuery,
  answer: { status: 200, schema: Statistics, alsoAs: "csv", cached: true },
  async run({ query, answerForm, coding }) {
    const { period: kind, table, format = answerForm } = query;
    const closed = await readClosedMonths();
    const periods = requestedPeriods(query, closed);
    const tables = await readDerivedTables({ closed, periods, table });
    const items = tables.flatMap(({ period, cells }) => cells.map((cell) => statisticsRow(cell, { period, table })));
    const vary = { vary: "accept, accept-encoding" };
    if (format === "json") return compressedReply({ period: kind, table, items }, coding, vary);
    const csv = csvOf(columnsOf({ table, kind }), items.map(flattenRow));
    return compressedReply(csv, coding, { ...vary, "content-type": csvType });
  },
});

const Row = z.object({ agencyId: z.string().optional(), ...WaitingRow.shape }).meta({ id: "WaitingStatisticsRow" });
const WaitingStatisticsReply = z
  .object({ date: z.string().optional(), countedAt: Instant.optional(), items: z.array(Row) })
  .meta({ id: "WaitingStatistics" });
/** The columns of the CSV. */
export const waitingColumns = ["date", "countedAt", "agencyId", "overdue", "notYetDue"];

/**
 * GET /v1/statistics/waiting: how many complaints wait for an answer. They are counted on the first morning of each month; the
 * answer holds the latest count. The first row is the province, then the agencies follow.
 */
export const readWaitingStatistics = route({
  caller: "public",
  summary: { en: "What waits for an answer, counted once a month", fa: "شکایت‌های در انتظار پاسخ، یک بار در ماه" },
  query: z.strictObject({ format: Format.optional() }),
  answer: { status: 200, schema: WaitingStatisticsReply, alsoAs: "csv", cached: true },
  async run({ query: { format }, now, answerForm, coding }) {
    const count = await readLastWaiting(now);
    const agencies = Object.entries(count?.agencies ?? {}).map(([agencyId, parts]) => ({ agencyId, ...parts }));
    const items = count ? [count.province, ...agencies.toSorted(byId)] : [];
    const { date, countedAt } = count ?? {};
    const vary = { vary: "accept, accept-encoding" };
    if ((format ?? answerForm) === "json") return compressedReply({ date, countedAt, items }, coding, vary);
    const rows = items.map((row) => ({ date, countedAt, ...row }));
    return compressedReply(csvOf(waitingColumns, rows), coding, { ...vary, "content-type": csvType });
  },
});

const byId = (one: { agencyId: string }, other: { agencyId: string }) => (one.agencyId < other.agencyId ? -1 : 1);

const RecordYears = z.object({ items: z.array(RecordYear) }).meta({ id: "RecordYears" });

/**
 * GET /v1/statistics/records: how many entries began to stand in employees' records in each Iranian year that is over, in the whole
 * province.
 */
export const readRecordStatistics = route({
  caller: "public",
  summary: { en: "Entries in employees' records, one number a year", fa: "سوابق قطعی کارکنان، هر سال یک عدد" },
  answer: { status: 200, schema: RecordYears, cached: true },
  async run({ coding }) {
    return compressedReply({ items: await readRecordYears() }, coding, { vary: "accept-encoding" });
  },
});

/** The public figures. They have a function of their own, because the other public routes need no access to the table. */
export const routes = {
  "GET /v1/statistics": readStatistics,
  "GET /v1/statistics/waiting": readWaitingStatistics,
  "GET /v1/statistics/records": readRecordStatistics,
};
export const handler = serve({ routes, authenticate: authenticateNobody });
