import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { step } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByCitizen = Stage<PrincipalOf<"citizen">> & Masked;

/** The citizen is content, and rates the answer. */
export function accept(
  complaint: Complaint,
  { by, now, masked, ...says }: ByCitizen & { rating: number; comment?: string | undefined },
): Change {
  return step(complaint, "accept", { by, now, masked, says });
}

type Dispute = { reason: string; rating?: number | undefined; reviewBy: string };

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
