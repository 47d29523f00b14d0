import { Fault } from "../fault.ts";
import type { Complaint } from "./complaint.ts";
import { isSandbox } from "./directory.ts";
import type { PrincipalOf } from "./principal.ts";

/** Callers that may read a single complaint. */
export type Reader = PrincipalOf<"citizen" | "agency" | "inspector" | "overseer">;

/** Readers, and the front end that calls citizens, which reads nothing but whom to call. */
type AccessPrincipal = Reader | PrincipalOf<"front-end">;

/** Which complaints concern each of them. */
const accessRules: { [C in AccessPrincipal["caller"]]: (complaint: Complaint, reader: PrincipalOf<C>) => boolean } = {
  citizen: ({ id }, { complaintId }) => complaintId === id,
  // A retaliation report is about what the agency's people did to a complainant, so no agency learns of it.
  agency: (complaint, { agencyId }) => complaint.agencyId === agencyId && !complaint.retaliationFor,
  // The centre's experts see every complaint of the province.
  inspector: (complaint) => !isSandbox(complaint),
  overseer: ({ agencyId, level, countyId }, { fromLevel, countyIds }) =>
    level >= fromLevel && (!countyIds || countyIds.includes(countyId)) && !isSandbox({ agencyId }),
  // Of these whoever is being called (`assertCallUnderWay`); nobody is who reports a retaliation.
  "front-end": ({ retaliationFor }) => !retaliationFor,
};

/** Refuses a complaint that does not exist or is not the reader's; both look the same from outside. */
export function assertAccess(
  complaint: Complaint | undefined,
  reader: AccessPrincipal,
): asserts complaint is Complaint {
  const isTheirs: (complaint: Complaint, reader: never) => boolean = accessRules[reader.caller];
  if (!complaint || !isTheirs(complaint, reader as never)) throw new Fault("not-found");
}

/** Refuses who may not see the complaint, and whose part this is not, whatever the gateway let through. */
export function assertCaller(
  caller: "citizen" | "inspector" | "front-end",
  complaint: Complaint,
  by: AccessPrincipal,
): void {
  assertAccess(complaint, by);
  if (by.caller !== caller) throw new Fault("not-allowed");
}

/**
 * Who may know the citizen, and so reads the citizen's own words and the files' own names. An agency may while consent
 * stands, which the identity it was given tells (`readSharedIdentity`), and nothing about the complaint.
 */
export const seesUnmaskedTexts: Record<Reader["caller"], boolean> = {
  citizen: true,
  agency: false,
  // Texts only: the identity itself takes a request of its own, which the citizen sees (read-identity).
  inspector: true,
  overseer: false,
};
