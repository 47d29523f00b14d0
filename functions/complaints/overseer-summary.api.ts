import * as z from "zod";
import { listOfOverseer } from "#shared/complaints/lists.store.ts";
import { ownValue } from "#shared/own-value.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { fewestInWeek, weeksShown } from "#shared/policy-numbers.ts";
import { names } from "#shared/province/slices.static.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addDays } from "#shared/time/period.ts";
import { Name } from "#shared/vocabulary.ts";
import { readLastWeeks, type WeekCounts } from "../figures/weeks.store.ts";
import { createHeldAnswers } from "../http/held-answers.ts";
import { route } from "../http/route.ts";
import { countOpen } from "./count-open.api.ts";
import { Summary } from "./summary.ts";

/**
 * A closed week, from Saturday to Friday. For each agency with five or more complaints: how many it received in the week, and
 * how many of them it answered in time. All counts are of the overseer's counties, by the facts known seven days after the week.
 */
const ClosedWeek = z.object({
  firstDay: z.string(),
  lastDay: z.string(),
  agencies: z.array(z.object({ id: z.string(), name: Name.optional(), filed: z.int(), answeredInTime: z.int() })),
});
type ClosedWeek = z.infer<typeof ClosedWeek>;

const OverseerSummary = Summary.extend({ weeks: z.array(ClosedWeek) }).meta({ id: "OverseerSummary" });

const heldSummary = createHeldAnswers<z.infer<typeof OverseerSummary>>();

/** GET /v1/overseer/summary: the numbers of the overseer's open complaints, at most half a minute old, and the last weeks. */
export const readSummaryAsOverseer = route({
  caller: "overseer",
  summary: {
    en: "Count what is open and late, and read the last weeks",
    fa: "شمار شکایت‌های باز و دیرشده، و هفته‌های گذشته",
  },
  answer: { status: 200, schema: OverseerSummary },
  async run({ principal, now }) {
    const { fromLevel, countyIds, seesRetaliation } = principal;
    const scope = JSON.stringify([fromLevel, countyIds, seesRetaliation]);
    return { status: 200, body: await heldSummary(scope, () => countFor(principal, now)) };
  },
});

async function countFor(overseer: PrincipalOf<"overseer">, now: Instant) {
  const [complaints, weeks] = await Promise.all([
    countOpen(listOfOverseer(overseer, { filter: {}, now }), now),
    readLastWeeks(weeksShown),
  ]);
  return { ...complaints, weeks: weeks.map((week) => closedWeek(week, overseer)) };
}

function closedWeek({ week, agencies }: WeekCounts, { countyIds }: PrincipalOf<"overseer">): ClosedWeek {
  const rows = agencies.map(({ agencyId, counties }) => {
    const counted = Object.entries(counties).filter(([id]) => countyIds?.includes(id) ?? true);
    const sumOf = (field: "filed" | "answeredInTime") => counted.reduce((sum, [, counts]) => sum + counts[field], 0);
    const name = ownValue(names.agency, agencyId);
    return { id: agencyId, name, filed: sumOf("filed"), answeredInTime: sumOf("answeredInTime") };
  });
  return { firstDay: week, lastDay: addDays(week, 6), agencies: rows.filter(({ filed }) => filed >= fewestInWeek) };
}
