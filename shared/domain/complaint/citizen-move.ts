import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { step } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByCitizen = Stage<PrincipalOf<"citizen">> & Masked;

/** The citizen is content. What is thought of it is asked apart: nobody must praise to be done. */
export function accept(complaint: Complaint, { by, now }: Stage<PrincipalOf<"citizen">>): Change {
  return step(complaint, "accept", { by, now, says: {} });
}

type Dispute = { reason: string; reviewBy: string };

/** Starts the review clock; an inspector decides, never the agency. */
export function dispute(complaint: Complaint, { by, now, masked, reviewBy, ...says }: ByCitizen & Dispute): Change {
  return step(complaint, "dispute", { by, now, masked, says, becomes: { reviewBy } });
}

export function withdraw(
  complaint: Complaint,
  { by, now, masked, ...says }: ByCitizen & { reason?: string | undefined },
): Change {
  return step(complaint, "withdraw", { by, now, masked, says });
}
