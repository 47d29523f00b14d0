import { Fault } from "../fault.ts";
import type { Complaint } from "./complaint.ts";
import type { PrincipalOf } from "./principal.ts";

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
