import type { ComplaintEvent, EventType } from "../complaint/event.ts";
import type { Principal } from "../complaint/principal.ts";

/** Whoever is told what happened to a complaint, each in a way of their own. */
export type Viewer = Exclude<Principal["caller"], "admin">;

const everybody: readonly Viewer[] = ["citizen", "agency", "inspector", "overseer", "front-end"];
const butTheAgency: readonly Viewer[] = ["citizen", "inspector", "overseer"];

/**
 * Who is told of which event. A citizen finds `internal` in the place of what is not told, so that the history has no
 * gap; for anybody else it did not happen.
 */
export const audience: Record<EventType, readonly Viewer[]> = {
  filed: everybody,
  acknowledged: everybody,
  transferred: everybody,
  extended: everybody,
  answered: everybody,
  accepted: everybody,
  disputed: everybody,
  decided: everybody,
  rejected: everybody,
  withdrawn: everybody,
  expired: everybody,
  escalated: everybody,
  "deadlines-moved": everybody,
  "message-posted": everybody,
  "attachment-added": everybody,
  "visit-reported": everybody,
  // Or the office would be tidy on the day; an agency may run a front end.
  "visit-ordered": butTheAgency,
  // For whoever judges the employee, and no way to reach the citizen who complained of them.
  "statement-added": ["agency", "inspector"],
  "identity-read": ["citizen", "inspector"],
};

export function isTold(viewer: Viewer, { type }: Pick<ComplaintEvent, "type">): boolean {
  return audience[type].includes(viewer);
}

/** The agencies that hear of an event: the one that holds the complaint, and the one that gave it away. */
export function agenciesTold(event: ComplaintEvent): string[] {
  const { agencyId, retaliation } = event.after;
  if (retaliation || !isTold("agency", event)) return [];
  return event.type === "transferred" ? [event.fromAgencyId, agencyId] : [agencyId];
}
