import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { Performance } from "../any-caller/own-performance.ts";
import { askedMonths, MonthsQuery, performancesOf } from "../any-caller/performance.ts";

/** GET /v1/agency/performance: the agency's own work of closed months, exactly and by category, without opinions. */
export const readPerformanceAsAgency = route({
  caller: "agency",
  summary: { en: "The agency's own figures by month, exact", fa: "آمار دقیق خود دستگاه، ماه به ماه" },
  query: MonthsQuery,
  answer: { status: 200, schema: z.object({ items: z.array(Performance) }).meta({ id: "AgencyPerformance" }) },
  async run({ principal: { agencyId }, query }) {
    return { status: 200, body: { items: await performancesOf([agencyId], await askedMonths(query)) } };
  },
});
