import * as z from "zod";
import { agencyIds } from "#shared/province/slices.static.ts";
import { route } from "../http/route.ts";
import { Performance, performancesOf, requestedMonths } from "./agency-performance.api.ts";

/** GET /v1/admin/performance: the performance of every agency in a closed month, exactly as the agency itself reads it. */
export const readPerformanceAsAdmin = route({
  caller: "admin",
  summary: { en: "Every agency's own figures of a month, exact", fa: "آمار دقیق همهٔ دستگاه‌ها در یک ماه" },
  query: z.strictObject({ groupBy: z.enum(["agency"]), month: z.string().max(10).optional() }),
  answer: { status: 200, schema: z.object({ items: z.array(Performance) }).meta({ id: "AgenciesPerformance" }) },
  async run({ query: { month } }) {
    const months = await requestedMonths({ from: month, to: month });
    return { status: 200, body: { items: await performancesOf(agencyIds, months) } };
  },
});
