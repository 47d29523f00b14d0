import * as z from "zod";
import { route } from "#functions/pipelines/route.ts";
import { agencyIds } from "#shared/province/slices.static.ts";
import { readClosedMonths } from "#shared/store/statistics/told.ts";
import { named, placeIn } from "../any-caller/named-period.ts";
import { Performance } from "../any-caller/own-performance.ts";
import { askedQuarters, performancesOf } from "../any-caller/performance.ts";

/** GET /v1/admin/performance: the work of every agency in a closed quarter, as each reads its own. */
export const readPerformanceAsAdmin = route({
  caller: "admin",
  summary: { en: "Every agency's figures of a closed quarter", fa: "آمار همهٔ دستگاه‌ها در یک فصل بسته‌شده" },
  query: z.strictObject({ groupBy: z.enum(["agency"]), quarter: z.string().max(10).optional() }),
  answer: { status: 200, schema: z.object({ items: z.array(Performance) }).meta({ id: "AgenciesPerformance" }) },
  async run({ query: { quarter } }) {
    const closed = await readClosedMonths();
    const asked = named({ kind: "quarter", name: quarter, path: "quarter" });
    // Refused by its own name, not as a range's first.
    if (asked) placeIn(closed, asked);
    const quarters = askedQuarters({ from: quarter, to: quarter }, closed);
    return { status: 200, body: { items: await performancesOf({ agencyIds, closed, quarters }) } };
  },
});
