import { Fault, type Reason } from "../fault.ts";
import { later } from "../time/duration.ts";
import { mustConcern } from "./access.ts";
import { type Change, happen, type Masked, type Mover, type Stage, signature } from "./change.ts";
import { type Complaint, type Employee, isAccused, type Officer, type Visit } from "./complaint.ts";
import type { Added, Reported, Spoken } from "./event.ts";
import { wrongState } from "./lifecycle.ts";
import type { PrincipalOf } from "./principal.ts";

/** For how long after the end the employee may still be heard. */
const rightOfReplyMs = 30 * 24 * 60 * 60_000;

/** Of messages and statements by each: a view that holds them all, and each twice, must stay below 6 MB. */
const mostWords = 50;

const whileOpen = ({ status }: Complaint) => status !== "closed";

type Remark = "post-message" | "add-statement" | "order-visit" | "report-visit" | "read-identity";

/** What leaves status and clocks as they are: who may, and until when. */
const remarks: Record<
  Remark,
  { by: readonly Mover["caller"][]; while: (complaint: Complaint, now: string) => boolean; else?: Reason }
> = {
  "post-message": { by: ["citizen", "agency", "inspector"], while: whileOpen },
  "add-statement": {
    by: ["agency"],
    while: ({ closedAt }, now) => !closedAt || now < later(closedAt, rightOfReplyMs),
    else: "reply-too-late",
  },
  "order-visit": { by: ["inspector"], while: whileOpen },
  // Whoever was sent while it was open tells what was found.
  "report-visit": { by: ["inspector"], while: () => true },
  "read-identity": { by: ["inspector"], while: () => true },
};

type Saying = Stage & Masked & { event: Spoken; sets?: Partial<Complaint> };

function remark(complaint: Complaint, kind: Remark, { by, now, masked, event, sets = {} }: Saying): Change {
  const rule = remarks[kind];
  mustConcern(complaint, by);
  if (!rule.by.includes(by.caller)) throw new Fault("not-allowed");
  if (!rule.while(complaint, now)) throw wrongState(complaint, rule.else);
  return happen(complaint, { sets, now, by: signature(by), masked, says: [event] });
}

/** A remark that is a text of up to 4,000 characters, of which there is a limit to each. */
function words(complaint: Complaint, kind: Remark, saying: Saying): Change {
  const { caller } = saying.by;
  const count = complaint.said?.[caller] ?? 0;
  const change = remark(complaint, kind, { ...saying, sets: { said: { ...complaint.said, [caller]: count + 1 } } });
  if (count >= mostWords) throw wrongState(complaint, "said-enough");
  return change;
}

/** A message between citizen, agency and inspector; an officer who is complained of does not write to the citizen. */
export function postMessage(
  complaint: Complaint,
  { by, now, masked, text, officer }: Stage & Masked & { text: string; officer?: Officer | undefined },
): Change {
  const change = words(complaint, "post-message", {
    by,
    now,
    masked,
    event: { type: "message-posted", text, officer },
  });
  if (officer && isAccused(complaint, officer)) throw new Fault("same-person");
  return change;
}

/** What the employee complained of has to say. */
export function addStatement(
  complaint: Complaint,
  { by, now, masked, ...says }: Stage<PrincipalOf<"agency">> & Masked & { employee: Employee; text: string },
): Change {
  return words(complaint, "add-statement", { by, now, masked, event: { type: "statement-added", ...says } });
}

/** An upload of the citizen's was found to be what it was announced as. */
export function addAttachment(complaint: Complaint, { now, attachment }: { now: string; attachment: Added }): Change {
  if (!whileOpen(complaint)) throw wrongState(complaint);
  // A file's name often is a person's.
  const masked = { fileName: "█████" };
  const says = [{ type: "attachment-added" as const, ...attachment }];
  return happen(complaint, { sets: {}, now, by: { by: "citizen" }, masked, says });
}

type Order = { visitId: string; plannedAt: string };

export function orderVisit(
  complaint: Complaint,
  { by, now, ...visit }: Stage<PrincipalOf<"inspector">> & Order,
): Change {
  const sets = { visits: [...complaint.visits, { ...visit, orderedAt: now }] };
  return remark(complaint, "order-visit", { by, now, sets, event: { type: "visit-ordered", ...visit } });
}

/** Once for a visit that was ordered; throws `not-found` for any other. */
export function reportVisit(
  complaint: Complaint,
  { by, now, masked, ...report }: Stage<PrincipalOf<"inspector">> & Masked & Reported,
): Change {
  const visit = complaint.visits.find(({ visitId }) => visitId === report.visitId);
  const reported = (one: Visit): Visit => (one === visit ? { ...one, reportedAt: now } : one);
  const sets = { visits: complaint.visits.map(reported) };
  const change = remark(complaint, "report-visit", {
    by,
    now,
    masked,
    sets,
    event: { type: "visit-reported", ...report },
  });
  if (!visit) throw new Fault("not-found");
  if (visit.reportedAt) throw wrongState(complaint, "visit-reported");
  return change;
}

/** An inspector learns who complains, and the citizen learns that. */
export function readIdentity(complaint: Complaint, { by, now }: Stage<PrincipalOf<"inspector">>): Change {
  return remark(complaint, "read-identity", { by, now, event: { type: "identity-read", inspector: by.person } });
}
