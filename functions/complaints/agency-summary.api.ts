import { listOfAgency } from "#shared/complaints/lists.store.ts";
import { route } from "../http/route.ts";
import { countOpen } from "./count-open.api.ts";
import { Summary } from "./summary.ts";

const AgencySummary = Summary.omit({ agencies: true }).meta({ id: "AgencySummary" });

/**
 * GET /v1/agency/summary: the numbers of the agency's open complaints. They are counted anew each time, so that they fit the list
 * that an officer reads beside them.
 */
export const readSummaryAsAgency = route({
  caller: "agency",
  summary: { en: "Count what is open, due soon and late", fa: "شمار شکایت‌های باز، نزدیک به مهلت و دیرشده" },
  answer: { status: 200, schema: AgencySummary },
  async run({ principal, now }) {
    const summary = await countOpen(listOfAgency(principal, { filter: {}, now }), now);
    return { status: 200, body: AgencySummary.parse(summary) };
  },
});
