import type { ComplaintEvent } from "../complaint/event.ts";
import type { Instant } from "../time/instant.ts";
import { type Calendar, explainDeadline } from "../time/office-clock.ts";
import type { ClockKind } from "../time/policy.ts";

/** Which agency had the complaint, `[from, to)`. */
export type Holding = { agencyId: string; from: Instant; to: Instant };

/** Every agency that held it, in order; the last one until `asOf`. */
export function holdingsOf(events: readonly ComplaintEvent[], asOf: Instant): Holding[] {
  const begun = events.flatMap((event) => {
    if (event.type === "filed") return [{ agencyId: event.after.agencyId, from: event.at }];
    return event.type === "transferred" ? [{ agencyId: event.toAgencyId, from: event.at }] : [];
  });
  return begun.map((one, n) => ({ ...one, to: begun[n + 1]?.from ?? asOf }));
}

export type Counting = { clock: ClockKind; calendar: Calendar };

/** Milliseconds that the clock counts in `[from, to)`. */
export function countedMs({ from, to }: Pick<Holding, "from" | "to">, { clock, calendar }: Counting): number {
  // The explanation counts what has passed, however long the policy is.
  const policy = { clock, duration: "PT0H" };
  const { counted } = explainDeadline({ start: from, until: to, policy, calendar });
  return counted.reduce((total, span) => total + Date.parse(span.to) - Date.parse(span.from), 0);
}

/**
 * Who held it longest on the answer's clock up to `until`, the earlier one of two that held it as long: so that passing
 * it on late empties nobody's cells.
 */
export function longestHolder(holdings: readonly Holding[], { until, ...counting }: Counting & { until: Instant }) {
  const within = holdings
    .filter(({ from }) => from < until)
    .map(({ agencyId, from, to }) => ({ agencyId, ms: countedMs({ from, to: to < until ? to : until }, counting) }));
  const agencies = [...new Set(within.map(({ agencyId }) => agencyId))];
  const total = (id: string) => within.filter(({ agencyId }) => agencyId === id).reduce((sum, { ms }) => sum + ms, 0);
  const most = Math.max(...agencies.map(total));
  return agencies.find((id) => total(id) === most);
}
