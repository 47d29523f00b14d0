import * as z from "zod";
import { listOfInspector, listVisits } from "#shared/complaints/lists.store.ts";
import { lateNoticesCountedDays } from "#shared/policy-numbers.ts";
import { records } from "#shared/province/slices.static.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, dayMs } from "#shared/time/duration.ts";
import { createHeldAnswers } from "../http/held-answers.ts";
import { route } from "../http/route.ts";
import { countLateNotices } from "../notices/notice-clock.store.ts";
import { countOpen } from "./count-open.api.ts";
import { Summary } from "./summary.ts";

/**
 * `visits`: the open visits, and those that were not reported in time. `notices.late`: the notices to employees that ended within the
 * last year because nobody decided or judged in time; absent in a province without notices.
 */
const InspectorSummary = Summary.extend({
  visits: z.object({ open: z.int(), late: z.int() }),
  notices: z.object({ late: z.int() }).optional(),
}).meta({ id: "InspectorSummary" });

const heldSummary = createHeldAnswers<z.infer<typeof InspectorSummary>>();

/** GET /v1/inspector/summary: the numbers of the province's open complaints and visits, at most half a minute old. */
export const readSummaryAsInspector = route({
  caller: "inspector",
  summary: { en: "Count what is open and late in the province", fa: "شمار شکایت‌ها و بازدیدهای باز و دیرشدهٔ استان" },
  answer: { status: 200, schema: InspectorSummary },
  async run({ principal, now }) {
    const summary = await heldSummary("province", async () => {
      const list = listOfInspector(principal, { filter: {}, now });
      const [complaints, visits, notices] = await Promise.all([
        countOpen(list, now),
        countVisits(now),
        countNotices(now),
      ]);
      return { ...complaints, visits, ...notices };
    });
    return { status: 200, body: summary };
  },
});

async function countVisits(now: Instant): Promise<{ open: number; late: number }> {
  const counts = { open: 0, late: 0 };
  for await (const { shown } of listVisits({ now })) {
    if (!shown) continue;
    counts.open++;
    if (shown.visit.reportBy <= now) counts.late++;
  }
  return counts;
}

async function countNotices(now: Instant) {
  return records
    ? { notices: { late: await countLateNotices(addMilliseconds(now, -lateNoticesCountedDays * dayMs)) } }
    : {};
}
