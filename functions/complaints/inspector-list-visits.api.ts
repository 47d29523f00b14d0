import * as z from "zod";
import { listVisits } from "#shared/complaints/lists.store.ts";
import { invalidFault } from "#shared/fault.ts";
import { startOfDay } from "#shared/hours/office-clock.ts";
import { PeopleNames, subjectPattern } from "#shared/people/people.ts";
import { readPersonNames } from "#shared/people/person-names.store.ts";
import { mostVisitDays } from "#shared/policy-numbers.ts";
import { collectPage } from "#shared/storage/table.ts";
import { type Instant, LocalDate } from "#shared/time/calendar.ts";
import { addDays } from "#shared/time/period.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import { VisitView, WorkQueueItem } from "./complaint-views.ts";
import { workQueueItems } from "./rows.api.ts";

const Query = Paging.extend({
  inspector: z.string().regex(subjectPattern).optional(),
  from: LocalDate.optional(),
  to: LocalDate.optional(),
});

/** A visit in the calendar, with its complaint. */
const VisitRow = VisitView.extend({ complaint: WorkQueueItem }).meta({ id: "VisitRow" });

/**
 * GET /v1/inspector/visits: all open visits, or the open and past visits of some days, the earliest first. `people` has the
 * names of the inspectors.
 */
export const listVisitsAsInspector = route({
  caller: "inspector",
  summary: { en: "List the visits to offices", fa: "برنامهٔ بازدیدها" },
  query: Query,
  answer: { status: 200, schema: pageOf(VisitRow).extend({ people: PeopleNames }).meta({ id: "VisitsPage" }) },
  problems: ["cursor-invalid"],
  async run({ query: { limit, cursor, ...filters }, now }) {
    const bound = { list: "visits", ...filters };
    const { inspector } = filters;
    const visits = listVisits({ inspector, days: daysOf(filters), from: readCursor(cursor, bound), now });
    const { items, next } = await collectPage(visits, { limit });
    const complaints = await workQueueItems(items, { viewer: "inspector", now, details: true });
    const rows = items.map(({ visit: { id: _, ...visit } }, n) => ({ ...visit, complaint: complaints[n] }));
    const people = await readPersonNames(items.flatMap(({ visit }) => visit.inspector ?? []));
    const body = { items: rows, nextCursor: writeCursor(next, bound), people: Object.fromEntries(people) };
    return { status: 200, body };
  },
});

/** The days of Tehran, both included; a single day where one end is missing. */
function daysOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  const [first, last] = [from ?? to, to ?? from];
  if (first === undefined || last === undefined) return undefined;
  if (last < first) throw invalidFault("to", "end-before-start");
  if (last > addDays(first, mostVisitDays))
    throw invalidFault("to", "too-many-days", { values: { limit: mostVisitDays } });
  const days: { from: Instant; until: Instant } = { from: startOfDay(first), until: startOfDay(addDays(last, 1)) };
  return days;
}
