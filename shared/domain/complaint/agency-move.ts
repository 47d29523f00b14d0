import type * as z from "zod";
import type { Change, Masked, Stage } from "./change.ts";
import type { Complaint, Finding, Officer, PromisedAction } from "./complaint.ts";
import type { Receiver, WithCause } from "./guards.ts";
import { step } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

type ByAgency = Stage<PrincipalOf<"agency">>;

/** The officer confirms that the complaint is theirs to answer. */
export function acknowledge(complaint: Complaint, { officer, ...stage }: ByAgency & { officer: Officer }): Change {
  return step(complaint, "acknowledge", { ...stage, officer, says: { officer } });
}

type Transfer = Receiver & { reason: string; acknowledgeBy: string };

/** To another agency, which gets a fresh clock to acknowledge but not to answer. An inspector may transfer as well. */
export function transfer(
  complaint: Complaint,
  { reason, acknowledgeBy, ...act }: Stage<PrincipalOf<"agency" | "inspector">> & Masked & Transfer,
): Change {
  const { toAgencyId } = act;
  const says = { fromAgencyId: complaint.agencyId, toAgencyId, reason };
  return step(complaint, "transfer", { ...act, says, becomes: { agencyId: toAgencyId, acknowledgeBy } });
}

type Extension = { reason: string; answerBy: string };

/** More time to answer: once, before the deadline, and with a reason that the citizen reads. */
export function extend(complaint: Complaint, { reason, answerBy, ...act }: ByAgency & Masked & Extension): Change {
  return step(complaint, "extend", { ...act, says: { reason, was: complaint.answerBy }, becomes: { answerBy } });
}

type Answer = WithCause & {
  officer: Officer;
  finding: z.infer<typeof Finding>;
  text: string;
  actions: PromisedAction[];
};

/** Starts the confirmation window, which ends at `confirmBy`. */
export function answer(
  complaint: Complaint,
  { by, now, masked, confirmBy, refusedCause, ...says }: ByAgency & Masked & Answer & { confirmBy: string },
): Change {
  const { officer } = says;
  return step(complaint, "answer", { by, now, masked, refusedCause, officer, says, becomes: { confirmBy } });
}
