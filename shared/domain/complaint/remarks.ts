import { Fault } from "../fault.ts";
import { assertAccess } from "./access.ts";
import {
  applyEvents,
  attributionOf,
  type Change,
  type CommandContext,
  type CommandSender,
  eventTime,
  type WithMaskedTexts,
} from "./change.ts";
import type { Complaint, Employee, Officer, Visit } from "./complaint.ts";
import type { ConfidentialEntry } from "./confidential-log.ts";
import type { AddedAttachment, EventPayload, EventType, NewEvent, VisitReport } from "./event.ts";
import type { PrincipalOf } from "./principal.ts";
import {
  applyRefusalChecks,
  type RefusalCheck,
  type RefusalInput,
  refuseAccusedOfficer,
  refuseClosedComplaint,
  refuseImpossibleArrival,
  refuseLateStatement,
  refuseTooManyMessages,
  refuseWithoutOpenVisit,
  wrongStateFault,
} from "./refusals.ts";

type Rule = { by: readonly CommandSender["caller"][]; event: EventType; guards: readonly RefusalCheck[] };

/**
 * Remarks leave status and clocks as they are. For each: who may make it, the event it writes, what it is refused for.
 */
const remarkRules = {
  postMessage: {
    by: ["citizen", "agency", "inspector"],
    event: "message-posted",
    guards: [refuseClosedComplaint, refuseTooManyMessages, refuseAccusedOfficer],
  },
  addStatement: { by: ["agency"], event: "statement-added", guards: [refuseLateStatement, refuseTooManyMessages] },
  // Allowed after closing too: the visit was ordered while the complaint was open, and its finding must be told.
  reportVisit: {
    by: ["inspector"],
    event: "visit-reported",
    guards: [refuseWithoutOpenVisit, refuseErasedTexts, refuseImpossibleArrival],
  },
} as const satisfies Record<string, Rule>;
type Remark = keyof typeof remarkRules;

type RemarkCommand<R extends Remark> = CommandContext<
  Extract<CommandSender, { caller: (typeof remarkRules)[R]["by"][number] }>
> &
  WithMaskedTexts &
  RefusalInput<(typeof remarkRules)[R]> & { payload: EventPayload<(typeof remarkRules)[R]["event"]> };

function applyRemark<R extends Remark>(complaint: Complaint, kind: R, command: RemarkCommand<R>): Change {
  const rule: Rule = remarkRules[kind];
  const by: CommandSender = command.by;
  assertAccess(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  applyRefusalChecks(rule.guards, { complaint, command });
  // Safe: `Act` types `payload` by the same row of the table as the event.
  const said = { type: rule.event, ...command.payload } as NewEvent;
  return applyEvents(complaint, { now: command.now, by: attributionOf(by), masked: command.masked, payloads: [said] });
}

/** A message between citizen, agency and inspector. */
export function postMessage(
  complaint: Complaint,
  { by, now, masked, ...payload }: CommandContext & WithMaskedTexts & { text: string; officer?: Officer | undefined },
): Change {
  return applyRemark(complaint, "postMessage", { by, now, masked, officer: payload.officer, payload });
}

/** What the employee complained of has to say, sent in by the agency. */
export function addStatement(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    ...payload
  }: CommandContext<PrincipalOf<"agency">> & WithMaskedTexts & { employee: Employee; text: string },
): Change {
  return applyRemark(complaint, "addStatement", { by, now, masked, payload });
}

/** A citizen's file, once its upload was found to be what was announced. Not in the table: no caller asks for it. */
export function addAttachment(
  complaint: Complaint,
  { now, attachment }: { now: string; attachment: AddedAttachment },
): Change {
  applyRefusalChecks([refuseClosedComplaint], { complaint, command: {} });
  return applyEvents(complaint, {
    now,
    by: { by: "citizen" },
    payloads: [{ type: "attachment-added", ...attachment }],
  });
}

/** What is written once the texts of a case are forgotten would never be forgotten with them. */
function refuseErasedTexts(
  complaint: Complaint,
  { confidentialLog }: { confidentialLog: readonly ConfidentialEntry[] },
): Fault | undefined {
  const areTextsErased = confidentialLog.some(({ type }) => type === "texts-erased");
  return areTextsErased ? wrongStateFault(complaint, "texts-erased") : undefined;
}

/** Once for each visit that was ordered, until the texts of the case are forgotten. */
export function reportVisit(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    visit,
    confidentialLog,
    ...payload
  }: CommandContext<PrincipalOf<"inspector">> &
    WithMaskedTexts &
    Omit<VisitReport, "visitId"> & { visit: Visit | undefined; confidentialLog: readonly ConfidentialEntry[] },
): Change {
  const { visitId = "" } = visit ?? {};
  const change = applyRemark(complaint, "reportVisit", {
    by,
    now,
    masked,
    visit,
    confidentialLog,
    arrivedAt: payload.arrivedAt,
    payload: { visitId, ...payload },
  });
  return { ...change, ...(visit && { visit: { ...visit, reportedAt: eventTime(now, complaint) } }) };
}
