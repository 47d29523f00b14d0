import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";

/** Whether the last decision on a complaint is not that it is founded. */
export function isRefuted(events: readonly ComplaintEvent[]): boolean {
  const ending = events.findLast(({ type }) => type === "decided" || type === "rejected");
  return ending !== undefined && !isEvidence(ending);
}

/** The established facts: a visit that confirmed the complaint, or a decision that it is founded. */
export function isEvidence(event: ComplaintEvent | undefined): boolean {
  if (event?.type === "visit-reported") return event.visitResult === "confirmed";
  return event?.type === "decided" && event.finding === "founded";
}

/** What decides which inspectors took part in the complaint. */
export type Involved = {
  complaint: Pick<Complaint, "decidedBy">;
  events: readonly ComplaintEvent[];
  visitors: readonly string[];
};

/** Whether an inspector decided, rejected or visited the complaint. */
export function tookPartIn({ complaint, events, visitors }: Involved, inspector: string): boolean {
  const acted = events.some(
    ({ type, person }) => ["decided", "rejected", "visit-reported"].includes(type) && person === inspector,
  );
  return inspector === complaint.decidedBy || visitors.includes(inspector) || acted;
}
