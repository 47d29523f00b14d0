import type * as z from "zod";
import { Fault } from "../fault.ts";
import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint, Finding, PromisedAction, RejectionReason } from "./complaint.ts";
import { step } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByInspector = Stage<PrincipalOf<"inspector">> &
  Masked & {
    /** Whoever decided the complaint that a retaliation report is for. */
    decidedBefore?: string | undefined;
  };

type Decision = { finding: z.infer<typeof Finding>; text: string; actions: PromisedAction[] };

/** The centre's own finding, which ends the case. */
export function decide(
  complaint: Complaint,
  { by, now, masked, decidedBefore, ...says }: ByInspector & Decision,
): Change {
  const sets = { closure: "decided" as const, decidedBy: by.person };
  const change = step(complaint, "decide", { by, now, sets, masked, event: { type: "decided", ...says } });
  mustBeAnother(by, decidedBefore);
  return change;
}

type Rejection = { reason: z.infer<typeof RejectionReason>; text: string };

/** The case is not one for this system; no agency can say so. */
export function reject(
  complaint: Complaint,
  { by, now, masked, decidedBefore, ...says }: ByInspector & Rejection,
): Change {
  const sets = { closure: "out-of-scope" as const, decidedBy: by.person };
  const change = step(complaint, "reject", { by, now, sets, masked, event: { type: "rejected", ...says } });
  mustBeAnother(by, decidedBefore);
  return change;
}

/** Who decided a complaint does not judge whether its complainant was made to pay for it. */
function mustBeAnother({ person }: PrincipalOf<"inspector">, decidedBefore: string | undefined): void {
  if (person === decidedBefore) throw new Fault("same-person", { because: "decided-before" });
}
