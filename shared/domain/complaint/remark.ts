import { Fault } from "../fault.ts";
import { mustConcern } from "./access.ts";
import { type Change, happen, latest, type Masked, type Mover, type Stage, signature } from "./change.ts";
import type { Complaint, Employee, Officer, Visit } from "./complaint.ts";
import type { Added, EventType, Reported, SaidBy, Spoken } from "./event.ts";
import { isForgotten } from "./forgetting.ts";
import {
  type AskedBy,
  anAccusedOfficer,
  couldNotArrive,
  type Guard,
  isClosed,
  mustPass,
  noVisitToReport,
  replyIsTooLate,
  saidEnough,
  wrongState,
} from "./guards.ts";
import type { PrincipalOf } from "./principal.ts";
import type { PrivateEvent } from "./private-series.ts";

type Rule = { by: readonly Mover["caller"][]; event: EventType; refuses: readonly Guard[] };

/**
 * Remarks leave status and clocks as they are. For each: who may make it, the event it writes, what it is refused for.
 */
const rules = {
  postMessage: {
    by: ["citizen", "agency", "inspector"],
    event: "message-posted",
    refuses: [isClosed, saidEnough, anAccusedOfficer],
  },
  addStatement: { by: ["agency"], event: "statement-added", refuses: [replyIsTooLate, saidEnough] },
  // Allowed after closing too: the visit was ordered while the complaint was open, and its finding must be told.
  reportVisit: {
    by: ["inspector"],
    event: "visit-reported",
    refuses: [noVisitToReport, textsForgotten, couldNotArrive],
  },
} as const satisfies Record<string, Rule>;
type Remark = keyof typeof rules;

type Act<R extends Remark> = Stage<Extract<Mover, { caller: (typeof rules)[R]["by"][number] }>> &
  Masked &
  AskedBy<(typeof rules)[R]> & { says: SaidBy<(typeof rules)[R]["event"]> };

function remark<R extends Remark>(complaint: Complaint, kind: R, act: Act<R>): Change {
  const rule: Rule = rules[kind];
  const by: Mover = act.by;
  mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  mustPass(rule.refuses, { complaint, act });
  // Safe: `Act` types `says` by the same row of the table as the event.
  const said = { type: rule.event, ...act.says } as Spoken;
  return happen(complaint, { now: act.now, by: signature(by), masked: act.masked, says: [said] });
}

/** A message between citizen, agency and inspector. */
export function postMessage(
  complaint: Complaint,
  { by, now, masked, ...says }: Stage & Masked & { text: string; officer?: Officer | undefined },
): Change {
  return remark(complaint, "postMessage", { by, now, masked, officer: says.officer, says });
}

/** What the employee complained of has to say, sent in by the agency. */
export function addStatement(
  complaint: Complaint,
  { by, now, masked, ...says }: Stage<PrincipalOf<"agency">> & Masked & { employee: Employee; text: string },
): Change {
  return remark(complaint, "addStatement", { by, now, masked, says });
}

/** A citizen's file, once its upload was found to be what was announced. Not in the table: no caller asks for it. */
export function addAttachment(complaint: Complaint, { now, attachment }: { now: string; attachment: Added }): Change {
  mustPass([isClosed], { complaint, act: {} });
  return happen(complaint, { now, by: { by: "citizen" }, says: [{ type: "attachment-added", ...attachment }] });
}

/** What is written once the texts of a case are forgotten would never be forgotten with them. */
function textsForgotten(complaint: Complaint, { series }: { series: readonly PrivateEvent[] }): Fault | undefined {
  return isForgotten(complaint, { kind: "texts", series }) ? wrongState(complaint, "texts-forgotten") : undefined;
}

/** Once for each visit that was ordered, until the texts of the case are forgotten. */
export function reportVisit(
  complaint: Complaint,
  {
    by,
    now,
    masked,
    visit,
    series,
    ...says
  }: Stage<PrincipalOf<"inspector">> &
    Masked &
    Omit<Reported, "visitId"> & { visit: Visit | undefined; series: readonly PrivateEvent[] },
): Change {
  const { visitId = "" } = visit ?? {};
  const change = remark(complaint, "reportVisit", {
    by,
    now,
    masked,
    visit,
    series,
    arrivedAt: says.arrivedAt,
    says: { visitId, ...says },
  });
  return { ...change, ...(visit && { visit: { ...visit, reportedAt: latest(now, complaint) } }) };
}
