import type { ComplaintEvent, EventType } from "../complaint/event.ts";
import type { Principal } from "../complaint/principal.ts";
import type { PrivateEvent, PrivateType } from "../complaint/private-series.ts";

/** Who is told of events: by views, feeds, queues and mail. */
export type Viewer = Exclude<Principal["caller"], "admin">;

const everybody: readonly Viewer[] = ["citizen", "agency", "inspector", "overseer", "front-end"];
const inConfidence: readonly Viewer[] = ["citizen", "inspector"];

/**
 * Who is told of which event. The citizen's history shows `internal` in place of an event that is not told, so that its
 * numbers have no gap; everybody else's leaves it out.
 */
export const audience: Record<EventType | PrivateType, readonly Viewer[]> = {
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
  // It is for the inspector who judges the employee, and must not become a way to reach the citizen who complained.
  "statement-added": ["agency", "inspector"],
  // The private series. An office that knew of a visit would be tidy on the day; no front end is told of it either,
  // since an agency may run it.
  "visit-ordered": inConfidence,
  "identity-read": inConfidence,
  "consent-given": inConfidence,
  "consent-taken-back": inConfidence,
  "identity-erased": inConfidence,
  "texts-erased": inConfidence,
  // Inspectors read no more of it than what calls for one of them (`historyFor`).
  "opinion-given": inConfidence,
  "calls-allowed": inConfidence,
  "calls-ended": inConfidence,
  "phone-read": inConfidence,
  called: inConfidence,
  "dispute-carried": inConfidence,
  // An agency learns nothing of a lawsuit.
  "hold-set": inConfidence,
  "hold-lifted": inConfidence,
};

export function isTold(viewer: Viewer, { type }: { type: EventType | PrivateType }): boolean {
  return audience[type].includes(viewer);
}

/** The agencies that hear of an event: the one that holds the complaint, and the one that gave it away. */
export function agenciesTold(event: ComplaintEvent | PrivateEvent): string[] {
  const { agencyId, retaliation } = event.after;
  if (retaliation || !isTold("agency", event)) return [];
  return event.type === "transferred" ? [event.fromAgencyId, agencyId] : [agencyId];
}
