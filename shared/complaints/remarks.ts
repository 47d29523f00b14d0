import type { Fault } from "../fault.ts";
import type { Officer } from "../people/people.ts";
import type { PrincipalOf } from "../people/principal.ts";
import type { Authority } from "../vocabulary.ts";
import { assertCaller } from "./access.ts";
import {
  applyEvents,
  attributionOf,
  type Change,
  type CommandContext,
  eventTime,
  type WithMaskedTexts,
} from "./change.ts";
import type { Complaint, Employee, Visit } from "./complaint.ts";
import type { ConfidentialEntry } from "./confidential-log.ts";
import type { AddedAttachment, VisitReport } from "./event.ts";
import {
  assertNotClosed,
  refuseAccusedOfficer,
  refuseImpossibleArrival,
  refuseLateStatement,
  refuseTooManyMessages,
  refuseWithoutOpenVisit,
  wrongStateFault,
} from "./refusals.ts";

// Remarks add an event to the complaint. They change neither its status nor its deadlines.

type MessageCommand = CommandContext<PrincipalOf<"citizen" | "agency" | "inspector">> &
  WithMaskedTexts & { text: string; officer?: Officer | undefined };

/** Writes a message that the citizen, the agency and the inspector read. */
export function postMessage(complaint: Complaint, { by, now, maskedTexts, text, officer }: MessageCommand): Change {
  assertCaller(complaint, { by, callers: ["citizen", "agency", "inspector"] });
  assertNotClosed(complaint);
  const refusal = refuseTooManyMessages(complaint, { by, now }) ?? refuseAccusedOfficer(complaint, { officer });
  if (refusal) throw refusal;
  const payload = { type: "message-posted" as const, text, officer };
  return applyEvents(complaint, { now, by: attributionOf(by), maskedTexts, payloads: [payload] });
}

type DirectiveCommand = CommandContext<PrincipalOf<"overseer">> &
  WithMaskedTexts & { text: string; authority: Authority; name?: string | undefined };

/** An overseer tells the agency what to do about an open complaint. No agency holds a report of retaliation. */
export function giveDirective(
  complaint: Complaint,
  { by, now, maskedTexts, text, authority, name }: DirectiveCommand,
): Change {
  assertCaller(complaint, { by, callers: ["overseer"] });
  assertNotClosed(complaint);
  if (complaint.retaliationFor) throw wrongStateFault(complaint, "agency-missing");
  const refusal = refuseTooManyMessages(complaint, { by, now });
  if (refusal) throw refusal;
  const payload = { type: "directive-given" as const, text, authority, name };
  return applyEvents(complaint, { now, by: attributionOf(by), maskedTexts, payloads: [payload] });
}

type StatementCommand = CommandContext<PrincipalOf<"agency">> & WithMaskedTexts & { employee: Employee; text: string };

/** Adds the statement of the employee whom the complaint names. The agency sends it in. */
export function addStatement(complaint: Complaint, { by, now, maskedTexts, employee, text }: StatementCommand): Change {
  assertCaller(complaint, { by, callers: ["agency"] });
  const refusal = refuseLateStatement(complaint, { now }) ?? refuseTooManyMessages(complaint, { by, now });
  if (refusal) throw refusal;
  const payload = { type: "statement-added" as const, employee, text };
  return applyEvents(complaint, { now, by: attributionOf(by), maskedTexts, payloads: [payload] });
}

/** Adds a citizen's file after its upload was checked and cleaned. No caller requests this. */
export function addAttachment(
  complaint: Complaint,
  { now, attachment }: { now: string; attachment: AddedAttachment },
): Change {
  assertNotClosed(complaint);
  return applyEvents(complaint, {
    now,
    by: { by: "citizen" },
    payloads: [{ type: "attachment-added", ...attachment }],
  });
}

type VisitReportCommand = CommandContext<PrincipalOf<"inspector">> &
  WithMaskedTexts &
  Omit<VisitReport, "visitId"> & {
    visit: Visit | undefined;
    confidentialLog: readonly ConfidentialEntry[];
    /** Whether the retention of the texts is over. */
    areTextsOver: boolean;
  };

/**
 * Records an inspector's finding: once for each ordered visit, until the texts of the case are erased. It is allowed after
 * closing too: the visit was ordered while the complaint was open, and the citizen must read the finding.
 */
export function reportVisit(
  complaint: Complaint,
  { by, now, maskedTexts, visit, confidentialLog, areTextsOver, ...report }: VisitReportCommand,
): Change {
  assertCaller(complaint, { by, callers: ["inspector"] });
  const refusal =
    refuseWithoutOpenVisit(complaint, { visit }) ??
    refuseErasedTexts(complaint, { confidentialLog, areTextsOver }) ??
    refuseImpossibleArrival(complaint, { arrivedAt: report.arrivedAt, now });
  if (refusal) throw refusal;
  const { visitId = "" } = visit ?? {};
  const payload = { type: "visit-reported" as const, visitId, ...report };
  const change = applyEvents(complaint, { now, by: attributionOf(by), maskedTexts, payloads: [payload] });
  return { ...change, ...(visit && { visit: { ...visit, reportedAt: eventTime(now, complaint) } }) };
}

/**
 * The texts of a case are erased once. A text that is written later would stay for ever. Where a hold keeps texts that are due, the
 * report is refused too: the agency hears of a report, and would learn of the hold.
 */
function refuseErasedTexts(
  complaint: Complaint,
  { confidentialLog, areTextsOver }: Pick<VisitReportCommand, "confidentialLog" | "areTextsOver">,
): Fault | undefined {
  const areErased = areTextsOver || confidentialLog.some(({ type }) => type === "texts-erased");
  return areErased ? wrongStateFault(complaint, "texts-erased") : undefined;
}
