import * as z from "zod";
import { authenticateByToken } from "../http/authentication.ts";
import { route } from "../http/route.ts";
import { serve } from "../http/serve.ts";
import { MonthsQuery, Performance, performancesOf, requestedMonths } from "./agency-performance.api.ts";

/** GET /v1/agency/performance: the agency's own work of closed months, exactly and by category, without opinions. */
export const readPerformanceAsAgency = route({
  caller: "agency",
  summary: { en: "The agency's own figures by month, exact", fa: "آمار دقیق خود دستگاه، ماه به ماه" },
  query: MonthsQuery,
  answer: { status: 200, schema: z.object({ items: z.array(Performance) }).meta({ id: "AgencyPerformance" }) },
  async run({ principal: { agencyId }, query }) {
    return { status: 200, body: { items: await performancesOf([agencyId], await requestedMonths(query)) } };
  },
});

/** A function of its own: it reads figures and no complaints. */
export const routes = { "GET /v1/agency/performance": readPerformanceAsAgency };
export const handler = serve({ routes, authenticate: authenticateByToken("agency") });
