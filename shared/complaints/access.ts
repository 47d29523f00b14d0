import { Fault } from "../fault.ts";
import type { PrincipalOf } from "../people/principal.ts";
import { isSandbox } from "../province/directory.ts";
import type { Complaint } from "./complaint.ts";
import type { Viewer } from "./event-rules.ts";

/** Callers that may read a single complaint. */
export type Reader = PrincipalOf<"citizen" | "agency" | "inspector" | "overseer">;

/** Readers, and the front end that calls citizens. That front end reads only its call list. */
type AccessPrincipal = Reader | PrincipalOf<"front-end">;

/** Throws `not-found` if the complaint does not exist or the reader may not see it: a reader cannot tell the two. */
export function assertAccess(
  complaint: Complaint | undefined,
  reader: AccessPrincipal,
): asserts complaint is Complaint {
  if (!complaint || !hasAccess(complaint, reader)) throw new Fault("not-found");
}

export function hasAccess(complaint: Complaint, reader: AccessPrincipal): boolean {
  switch (reader.caller) {
    case "citizen":
      return complaint.id === reader.complaintId;
    // A retaliation report accuses the agency's employees, so no agency may see it.
    case "agency":
      return complaint.agencyId === reader.agencyId && !complaint.retaliationFor;
    // The centre's experts see every complaint of the province.
    case "inspector":
      return !isSandbox(complaint);
    case "overseer":
      return isOverseenBy(complaint, reader);
    // `assertCallUnderWay` also checks that the citizen is being called. Nobody calls about a retaliation report.
    case "front-end":
      return !complaint.retaliationFor;
  }
}

/** Whether the reader must not even learn that the complaint exists: a report of retaliation, where it is not for the reader. */
export function isSecretFrom({ retaliationFor }: Complaint, reader: AccessPrincipal): boolean {
  if (!retaliationFor || reader.caller === "inspector" || reader.caller === "citizen") return false;
  return reader.caller !== "overseer" || !reader.seesRetaliation;
}

function isOverseenBy(complaint: Complaint, overseer: PrincipalOf<"overseer">): boolean {
  const { fromLevel, countyIds } = overseer;
  const isInCounties = !countyIds || countyIds.includes(complaint.countyId);
  return complaint.level >= fromLevel && isInCounties && !isSecretFrom(complaint, overseer) && !isSandbox(complaint);
}

/**
 * Throws `not-found` if the caller may not see the complaint, and `not-allowed` if the request is for other kinds of
 * callers. It does not rely on the gateway.
 */
export function assertCaller(
  complaint: Complaint,
  { by, callers }: { by: AccessPrincipal; callers: readonly AccessPrincipal["caller"][] },
): void {
  assertAccess(complaint, by);
  if (!callers.includes(by.caller)) throw new Fault("not-allowed");
}

/**
 * Which readers see the citizen's own words and the files' own names. An agency also sees them while the citizen
 * consents: then the stored copy of the identity exists (`readSharedIdentity`). The complaint itself does not record it.
 */
export const seesUnmaskedTexts: Record<Reader["caller"], boolean> = {
  citizen: true,
  agency: false,
  // Texts only. To read the identity, an inspector makes a separate request, which the citizen sees (read-identity).
  inspector: true,
  overseer: false,
};

/** The officer as a viewer sees him: only agencies and inspectors see the personnel id. */
export function officerFor<O extends { personnelId?: string | undefined }>(
  { personnelId, ...officer }: O,
  viewer: Viewer,
): Omit<O, "personnelId"> & { personnelId?: string | undefined } {
  const seesPersonnelId = viewer === "agency" || viewer === "inspector";
  return seesPersonnelId && personnelId !== undefined ? { ...officer, personnelId } : officer;
}
