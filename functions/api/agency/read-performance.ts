import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { readClosedMonths } from "#shared/store/statistics/told.ts";
import { Performance } from "../any-caller/own-performance.ts";
import { askedQuarters, performancesOf, QuartersQuery } from "../any-caller/performance.ts";

/**
 * GET /v1/agency/performance: the agency's own work of closed quarters, exactly and by category; what people think of it
 * only as the public reads it.
 */
export const readPerformanceAsAgency = route({
  caller: "agency",
  summary: { en: "The agency's own figures by closed quarter", fa: "آمار خود دستگاه در فصل‌های بسته‌شده" },
  query: QuartersQuery,
  answer: { status: 200, schema: z.object({ items: z.array(Performance) }).meta({ id: "AgencyPerformance" }) },
  async run({ principal: { agencyId }, query }) {
    const closed = await readClosedMonths();
    const quarters = askedQuarters(query, closed);
    return { status: 200, body: { items: await performancesOf({ agencyIds: [agencyId], closed, quarters }) } };
  },
});
