import type * as z from "zod";
import type { Officer } from "../people/people.ts";
import type { PrincipalOf } from "../people/principal.ts";
import type { TransferTarget } from "../province/directory.ts";
import type { Change, CommandContext, WithMaskedTexts } from "./change.ts";
import type { Complaint, Finding, PromisedAction, RejectionReason } from "./complaint.ts";
import { applyMove } from "./lifecycle.ts";
import type { DecidingInspector, NamedCause } from "./refusals.ts";

type AgencyContext = CommandContext<PrincipalOf<"agency">>;

/** The officer confirms that the complaint is theirs to answer. */
export function acknowledge(
  complaint: Complaint,
  { officer, ...context }: AgencyContext & { officer: Officer },
): Change {
  return applyMove(complaint, "acknowledge", { ...context, officer, payload: { officer } });
}

type TransferCommand = CommandContext<PrincipalOf<"agency" | "inspector">> &
  WithMaskedTexts &
  TransferTarget & { reason: string; acknowledgeBy: string; officer?: Officer | undefined };

/**
 * Transfers the complaint to another agency. The acknowledgement deadline starts again; the answer deadline stays. An
 * inspector may transfer as well.
 */
export function transfer(complaint: Complaint, { reason, acknowledgeBy, ...command }: TransferCommand): Change {
  const { toAgencyId } = command;
  return applyMove(complaint, "transfer", {
    ...command,
    payload: { fromAgencyId: complaint.agencyId, toAgencyId, reason },
    changes: { agencyId: toAgencyId, acknowledgeBy },
  });
}

type ExtensionCommand = AgencyContext &
  WithMaskedTexts & { reason: string; answerBy: string; officer?: Officer | undefined };

/** Gives the agency more time to answer: once, before the deadline, and with a reason that the citizen reads. */
export function extend(complaint: Complaint, { reason, answerBy, ...context }: ExtensionCommand): Change {
  return applyMove(complaint, "extend", {
    ...context,
    payload: { reason, previousAnswerBy: complaint.answerBy },
    changes: { answerBy },
  });
}

/** The fields that answers and decisions share. */
type Judgement = NamedCause & { finding: Finding; text: string; actions: PromisedAction[] };

type AnswerCommand = AgencyContext & WithMaskedTexts & Judgement & { officer: Officer; confirmBy: string };

/** The agency's answer. It starts the confirmation window, which ends at `confirmBy`. */
export function answer(complaint: Complaint, command: AnswerCommand): Change {
  const { by, now, maskedTexts, officer, finding, cause, causeFault, text, actions, confirmBy } = command;
  const payload = { officer, finding, cause, text, actions };
  return applyMove(complaint, "answer", { by, now, maskedTexts, officer, causeFault, payload, changes: { confirmBy } });
}

type CitizenContext = CommandContext<PrincipalOf<"citizen">> & WithMaskedTexts;

/** The citizen accepts the answer. The opinion is a separate request: nobody has to praise in order to close a case. */
export function accept(complaint: Complaint, { by, now }: CommandContext<PrincipalOf<"citizen">>): Change {
  return applyMove(complaint, "accept", { by, now, payload: {} });
}

/** The citizen disputes the answer. It starts the review deadline. An inspector decides, never the agency. */
export function dispute(
  complaint: Complaint,
  { by, now, maskedTexts, reason, reviewBy }: CitizenContext & { reason: string; reviewBy: string },
): Change {
  return applyMove(complaint, "dispute", { by, now, maskedTexts, payload: { reason }, changes: { reviewBy } });
}

/** The citizen withdraws the complaint, which closes it. */
export function withdraw(
  complaint: Complaint,
  { by, now, maskedTexts, reason }: CitizenContext & { reason?: string | undefined },
): Change {
  return applyMove(complaint, "withdraw", { by, now, maskedTexts, payload: { reason } });
}

type InspectorContext = CommandContext<PrincipalOf<"inspector">> & WithMaskedTexts & DecidingInspector;

type DecisionCommand = InspectorContext &
  Judgement & {
    /** Present exactly where the agency has answered. */
    upholdsAnswer?: boolean | undefined;
  };

/** An inspector decides the case with a finding, which closes it. */
export function decide(complaint: Complaint, command: DecisionCommand): Change {
  const { finding, cause, text, actions, upholdsAnswer, ...deciding } = command;
  return applyMove(complaint, "decide", { ...deciding, payload: { finding, cause, text, actions, upholdsAnswer } });
}

type RejectionCommand = InspectorContext & { reason: z.infer<typeof RejectionReason>; text: string };

/** Closes a case that does not belong in this system. Only an inspector can: no agency may dismiss a complaint. */
export function reject(complaint: Complaint, { reason, text, ...deciding }: RejectionCommand): Change {
  return applyMove(complaint, "reject", { ...deciding, payload: { reason, text } });
}
