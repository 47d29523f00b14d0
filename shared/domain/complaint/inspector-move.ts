import type * as z from "zod";
import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint, Finding, PromisedAction, RejectionReason } from "./complaint.ts";
import type { Judging, WithCause } from "./guards.ts";
import { step } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByInspector = Stage<PrincipalOf<"inspector">> & Masked & Judging;

type Decision = WithCause & {
  finding: z.infer<typeof Finding>;
  text: string;
  actions: PromisedAction[];
  /** Where the agency had answered. */
  upholdsAnswer?: boolean | undefined;
};

/** The centre's own finding, which ends the case. */
export function decide(
  complaint: Complaint,
  { by, now, masked, decidedBefore, refusedCause, ...says }: ByInspector & Decision,
): Change {
  return step(complaint, "decide", { by, now, masked, decidedBefore, refusedCause, says });
}

type Rejection = { reason: z.infer<typeof RejectionReason>; text: string };

/** Closes what is no case for this system. Only an inspector can: no agency may dismiss a complaint. */
export function reject(
  complaint: Complaint,
  { by, now, masked, decidedBefore, ...says }: ByInspector & Rejection,
): Change {
  return step(complaint, "reject", { by, now, masked, decidedBefore, says });
}
