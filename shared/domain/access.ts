import type { Complaint } from "./complaint.ts";
import type { ComplaintEvent, EventType } from "./event.ts";
import { Fault } from "./fault.ts";
import type { PrincipalOf } from "./principal.ts";

/** Callers that see single complaints, and which of them. */
export type Reader = PrincipalOf<"citizen" | "agency" | "inspector">;

const concerns: Record<Reader["caller"], (complaint: Complaint, reader: Reader) => boolean> = {
  citizen: ({ id }, reader) => reader.caller === "citizen" && reader.complaintId === id,
  agency: ({ agencyId }, reader) => reader.caller === "agency" && reader.agencyId === agencyId,
  // The centre's experts see every complaint of the province.
  inspector: (_, reader) => reader.caller === "inspector",
};

/** Refuses a complaint that is unknown or not theirs; both look the same. */
export function mustConcern(complaint: Complaint | undefined, reader: Reader): asserts complaint is Complaint {
  if (!complaint || !concerns[reader.caller](complaint, reader)) throw new Fault("not-found");
}

type Viewer = "citizen" | "agency";

const everybody: readonly Viewer[] = ["citizen", "agency"];

/** Who is told of which event; an agency that is not told hears nothing, a citizen finds `internal` in its place. */
export const audience: Record<EventType, readonly Viewer[]> = {
  filed: everybody,
  acknowledged: everybody,
  answered: everybody,
  accepted: everybody,
  transferred: everybody,
  extended: everybody,
  disputed: everybody,
  withdrawn: everybody,
  expired: everybody,
  escalated: everybody,
  // Or the office would be tidy on the day.
  "visit-ordered": ["citizen"],
  "deadlines-moved": everybody,
};

/** The agencies that hear of an event: the one that holds the complaint, and the one that gave it away. */
export function agenciesTold(event: ComplaintEvent): string[] {
  if (!audience[event.type].includes("agency")) return [];
  const { agencyId } = event.after;
  return event.type === "transferred" ? [event.fromAgencyId, agencyId] : [agencyId];
}
