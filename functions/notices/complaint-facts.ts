import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
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

/** What decides who acted on the complaint. `visitors`: the inspectors to whom a visit was assigned. */
export type Involved = {
  complaint: Pick<Complaint, "decidedBy">;
  events: readonly ComplaintEvent[];
  confidentialLog: readonly ConfidentialEntry[];
  visitors: readonly string[];
};

/** Who decided, rejected or visited the complaint, acted on it for an agency, read the citizen's identity, renewed the secret, or asked for a renewal. */
export function peopleInvolved({ complaint, events, confidentialLog, visitors }: Involved): ReadonlySet<string> {
  const actors = events.flatMap(({ type, by, person }) =>
    by === "agency" || ["decided", "rejected", "visit-reported"].includes(type) ? (person ?? []) : [],
  );
  // To compare a text with the identity is no part: who writes reasons with a word of it must be able to write others.
  const readers = confidentialLog.flatMap((entry) =>
    (entry.type === "identity-read" && !entry.comparedText) ||
    entry.type === "secret-renewed" ||
    entry.type === "renewal-requested"
      ? (entry.inspector ?? [])
      : [],
  );
  return new Set([...actors, ...readers, ...visitors, ...(complaint.decidedBy ? [complaint.decidedBy] : [])]);
}
