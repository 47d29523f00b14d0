import type { Complaint } from "../complaint/complaint.ts";
import type { ComplaintEvent } from "../complaint/event.ts";
import { wrongStateFault } from "../complaint/refusals.ts";
import { Fault, invalidFault } from "../fault.ts";
import { fewestInspectorsForNotices, mostNoticesOnComplaint, noticePeriodDays } from "../policy-numbers.ts";
import type { Instant } from "../time/calendar.ts";
import { beginNotice, daysAfter, type NoticeChange } from "./notice-events.ts";

/** The employee whom a notice is about, as the inspector knows the person before the service. */
export type NamedEmployee = { agencyId: string; officeId?: string | undefined; name: string };

/** What the decision on a new notice needs to know. Names are in the form of `comparableName`. */
export type NoticeGround = {
  complaint: Complaint;
  events: readonly ComplaintEvent[];
  /** Whether the catalog marks the complaint's cause as one of a person. */
  isCausePersonal: boolean;
  /** The `sub` of each inspector of the province. */
  inspectors: readonly string[];
  /** The `sub` of each inspector who was to make a visit for the complaint. */
  visitors: readonly string[];
  /** Whether the province has a reviewer. */
  hasReviewer: boolean;
  /** The employees of the complaint's other notices. */
  others: readonly Pick<NamedEmployee, "agencyId" | "name">[];
};

export type NewNotice = {
  id: string;
  employee: NamedEmployee;
  /** Numbers of the complaint's events on which the notice rests. */
  evidence: readonly number[];
  allegation: string;
  grounds: string;
};

/**
 * An inspector opens a notice on what an inspector established. Throws `wrong-state` (the complaint is not closed, was closed
 * too long ago, is a report of retaliation, its cause is none of a person, or its last decision is not `founded`),
 * `notice-exists`, `inspectors-missing`, and `invalid` where the evidence is no report of a visit and no decision.
 */
export function openNotice(
  ground: NoticeGround,
  { now, inspector, ...notice }: NewNotice & { now: Instant; inspector: string },
): NoticeChange {
  refuseUnsuitableComplaint(ground, now);
  refuseWrongEvidence(ground.events, notice.evidence);
  refuseSecondNotice(ground.others, notice.employee);
  const { inspectors, hasReviewer } = ground;
  const deciders = inspectors.filter((one) => mayDecide({ ...ground, openedBy: inspector }, one));
  if (inspectors.length < fewestInspectorsForNotices || !hasReviewer || deciders.length === 0)
    throw new Fault("inspectors-missing");
  const { id, employee, evidence, allegation, grounds } = notice;
  const { agencyId, officeId } = employee;
  return beginNotice(
    { id, complaintId: ground.complaint.id, agencyId, officeId, at: now, inspector },
    { type: "opened", evidence: [...evidence], allegation, grounds },
  );
}

function refuseUnsuitableComplaint({ complaint, events, isCausePersonal }: NoticeGround, now: Instant): void {
  const { closedAt, retaliationFor } = complaint;
  if (!closedAt) throw wrongStateFault(complaint, "not-closed");
  if (now >= daysAfter(closedAt, noticePeriodDays)) throw wrongStateFault(complaint, "closed-too-long-for-notice");
  if (retaliationFor) throw wrongStateFault(complaint, "retaliation-report");
  if (!isCausePersonal) throw wrongStateFault(complaint, "cause-not-personal");
  const decision = events.findLast(({ type }) => type === "decided");
  if (decision?.type === "decided" && decision.finding !== "founded") throw wrongStateFault(complaint, "not-founded");
}

/** An agency's own finding is no evidence: its head could name a scapegoat. */
function refuseWrongEvidence(events: readonly ComplaintEvent[], evidence: readonly number[]): void {
  const n = evidence.findIndex((number) => {
    const type = events.find(({ version }) => version === number)?.type;
    return type !== "visit-reported" && type !== "decided";
  });
  if (n >= 0) throw invalidFault(`evidence[${n}]`, "no-evidence");
}

function refuseSecondNotice(others: NoticeGround["others"], { agencyId, name }: NamedEmployee): void {
  if (others.length >= mostNoticesOnComplaint) throw new Fault("notice-exists", { reason: "notice-limit" });
  if (others.some((one) => one.agencyId === agencyId && one.name === name)) throw new Fault("notice-exists");
}

/** The inspectors who are too near to a notice to decide it. */
export type Involved = {
  openedBy: string;
  complaint: Pick<Complaint, "decidedBy">;
  events: readonly ComplaintEvent[];
  visitors: readonly string[];
};

/** Whether an inspector neither opened the notice nor decided or visited the complaint. */
export function mayDecide({ openedBy, complaint, events, visitors }: Involved, inspector: string): boolean {
  const acted = events.some(
    ({ type, person }) => ["decided", "rejected", "visit-reported"].includes(type) && person === inspector,
  );
  return inspector !== openedBy && inspector !== complaint.decidedBy && !visitors.includes(inspector) && !acted;
}
