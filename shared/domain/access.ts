import type { Complaint } from "./complaint.ts";
import type { ComplaintEvent, EventType } from "./event.ts";
import { Fault } from "./fault.ts";
import type { Principal, PrincipalOf } from "./principal.ts";

/** Callers that see single complaints, and which of them. */
export type Reader = PrincipalOf<"citizen" | "agency" | "inspector" | "overseer">;

const concerns: { [C in Reader["caller"]]: (complaint: Complaint, reader: PrincipalOf<C>) => boolean } = {
  citizen: ({ id }, { complaintId }) => complaintId === id,
  // A retaliation report is about what the agency's people did to a complainant: they never learn of it.
  agency: (complaint, { agencyId }) => complaint.agencyId === agencyId && !complaint.retaliationFor,
  // The centre's experts see every complaint of the province.
  inspector: () => true,
  overseer: ({ level, countyId }, { fromLevel, countyIds }) =>
    level >= fromLevel && (!countyIds || countyIds.includes(countyId)),
};

/** Refuses a complaint that is unknown or not theirs; both look the same. */
export function mustConcern(complaint: Complaint | undefined, reader: Reader): asserts complaint is Complaint {
  const isTheirs: (complaint: Complaint, reader: never) => boolean = concerns[reader.caller];
  if (!complaint || !isTheirs(complaint, reader as never)) throw new Fault("not-found");
}

/** Who may know the citizen: who reads texts as they were written, and how files are named. */
const knows: Record<Reader["caller"], (complaint: Complaint) => boolean> = {
  citizen: () => true,
  agency: ({ identityShared }) => identityShared,
  // Who complains is one more step for them, of which the citizen learns.
  inspector: () => true,
  overseer: () => false,
};

export function knowsCitizen(caller: Reader["caller"], complaint: Complaint): boolean {
  return knows[caller](complaint);
}

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
