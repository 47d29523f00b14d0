import type * as z from "zod";
import type { Change, CommandContext, WithMaskedTexts } from "./change.ts";
import type { Complaint, Finding, Officer, PromisedAction, RejectionReason } from "./complaint.ts";
import { applyMove } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";
import type { DecidingInspector, NamedCause, TransferTarget } from "./refusals.ts";

type AgencyContext = CommandContext<PrincipalOf<"agency">>;

/** The officer confirms that the complaint is theirs to answer. */
export function acknowledge(
  complaint: Complaint,
  { officer, ...context }: AgencyContext & { officer: Officer },
): Change {
  return applyMove(complaint, "acknowledge", { ...context, officer, payload: { officer } });
}

type TransferPayload = TransferTarget & { reason: string; acknowledgeBy: string };

/**
 * Transfers the complaint to another agency. The acknowledgement deadline starts again; the answer deadline stays. An
 * inspector may transfer as well.
 */
export function transfer(
  complaint: Complaint,
  {
    reason,
    acknowledgeBy,
    ...command
  }: CommandContext<PrincipalOf<"agency" | "inspector">> & WithMaskedTexts & TransferPayload,
): Change {
  const { toAgencyId } = command;
  const payload = { fromAgencyId: complaint.agencyId, toAgencyId, reason };
  return applyMove(complaint, "transfer", {
    ...command,
    payload,
    changes: { agencyId: toAgencyId, acknowledgeBy },
  });
}

type ExtensionPayload = { reason: string; answerBy: string };

/** Gives the agency more time to answer: once, before the deadline, and with a reason that the citizen reads. */
export function extend(
  complaint: Complaint,
  { reason, answerBy, ...command }: AgencyContext & WithMaskedTexts & ExtensionPayload,
): Change {
  return applyMove(complaint, "extend", {
    ...command,
    payload: { reason, was: complaint.answerBy },
    changes: { answerBy },
  });
}

type AnswerPayload = NamedCause & {
  officer: Officer;
  finding: z.infer<typeof Finding>;
  text: string;
  actions: PromisedAction[];
};

/** The agency's answer. It starts the confirmation window, which ends at `confirmBy`. */
export function answer(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    confirmBy,
    causeFault,
    ...payload
  }: AgencyContext & WithMaskedTexts & AnswerPayload & { confirmBy: string },
): Change {
  const { officer } = payload;
  return applyMove(complaint, "answer", {
    by,
    now,
    masked,
    causeFault,
    officer,
    payload,
    changes: { confirmBy },
  });
}

type CitizenContext = CommandContext<PrincipalOf<"citizen">> & WithMaskedTexts;

/** The citizen accepts the answer. The opinion is a separate request: nobody has to praise in order to close a case. */
export function accept(complaint: Complaint, { by, now }: CommandContext<PrincipalOf<"citizen">>): Change {
  return applyMove(complaint, "accept", { by, now, payload: {} });
}

type DisputePayload = { reason: string; reviewBy: string };

/** The citizen disputes the answer. It starts the review deadline. An inspector decides, never the agency. */
export function dispute(
  complaint: Complaint,
  { by, now, masked, reviewBy, ...payload }: CitizenContext & DisputePayload,
): Change {
  return applyMove(complaint, "dispute", { by, now, masked, payload, changes: { reviewBy } });
}

export function withdraw(
  complaint: Complaint,
  { by, now, masked, ...payload }: CitizenContext & { reason?: string | undefined },
): Change {
  return applyMove(complaint, "withdraw", { by, now, masked, payload });
}

type InspectorContext = CommandContext<PrincipalOf<"inspector">> & WithMaskedTexts & DecidingInspector;

type DecisionPayload = NamedCause & {
  finding: z.infer<typeof Finding>;
  text: string;
  actions: PromisedAction[];
  /** Present exactly where the agency has answered. */
  upholdsAnswer?: boolean | undefined;
};

/** An inspector decides the case with a finding, which closes it. */
export function decide(
  complaint: Complaint,
  { by, now, masked, decidedBefore, causeFault, ...payload }: InspectorContext & DecisionPayload,
): Change {
  return applyMove(complaint, "decide", { by, now, masked, decidedBefore, causeFault, payload });
}

type RejectionPayload = { reason: z.infer<typeof RejectionReason>; text: string };

/** Closes a case that does not belong in this system. Only an inspector can: no agency may dismiss a complaint. */
export function reject(
  complaint: Complaint,
  { by, now, masked, decidedBefore, ...payload }: InspectorContext & RejectionPayload,
): Change {
  return applyMove(complaint, "reject", { by, now, masked, decidedBefore, payload });
}
