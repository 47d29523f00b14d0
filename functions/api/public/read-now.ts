import * as z from "zod";
import { csvType } from "#functions/pipelines/reply.ts";
import { route } from "#functions/pipelines/route.ts";
import { WaitingRow } from "#shared/domain/statistics/waiting.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { readLastWaiting } from "#shared/store/statistics/waiting.ts";
import { Format } from "../any-caller/statistics-query.ts";
import { codedReply } from "./packed.ts";
import { csvOf } from "./statistics-csv.ts";

const Row = z.object({ agencyId: z.string().optional(), ...WaitingRow.shape }).meta({ id: "StatisticsNowRow" });
const Now = z
  .object({ date: z.string().optional(), countedAt: Instant.optional(), items: z.array(Row) })
  .meta({ id: "StatisticsNow" });
/** The columns of the CSV. */
export const nowColumns = ["date", "countedAt", "agencyId", "late", "openInTime"];

/**
 * GET /v1/statistics/now: what waits for an answer, as it was counted on this month's first morning, or the last one's
 * where that is yet to come: the province first, then agencies.
 */
export const readNow = route({
  caller: "public",
  summary: { en: "What waits for an answer, counted once a month", fa: "شکایت‌های در انتظار پاسخ، یک بار در ماه" },
  query: z.strictObject({ format: Format.optional() }),
  answer: { status: 200, schema: Now, alsoAs: "csv", cached: true },
  async run({ query: { format }, now, answerForm, coding }) {
    const count = await readLastWaiting(now);
    const agencies = Object.entries(count?.agencies ?? {}).map(([agencyId, parts]) => ({ agencyId, ...parts }));
    const items = count ? [count.province, ...agencies.toSorted(byId)] : [];
    const { date, countedAt } = count ?? {};
    const vary = { vary: "accept, accept-encoding" };
    if ((format ?? answerForm) === "json") return codedReply({ date, countedAt, items }, coding, vary);
    const rows = items.map((row) => ({ date, countedAt, ...row }));
    return codedReply(csvOf(nowColumns, rows), coding, { ...vary, "content-type": csvType });
  },
});

const byId = (one: { agencyId: string }, other: { agencyId: string }) => (one.agencyId < other.agencyId ? -1 : 1);
