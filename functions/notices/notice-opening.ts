import * as z from "zod";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import type { ComplaintEvent } from "#shared/complaints/event.ts";
import { wrongStateFault } from "#shared/complaints/refusals.ts";
import { Fault, invalidFault } from "#shared/fault.ts";
import {
  fewestInspectorsForNotices,
  fewestReviewersForNotices,
  longestReason,
  longestText,
  mostNoticeEvidence,
  mostNoticesOnComplaint,
  noticePeriodDays,
} from "#shared/policy-numbers.ts";
import { comparableName, singleLineText, text } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Slug } from "#shared/vocabulary.ts";
import { isEvidence, isRefuted, peopleInvolved } from "./complaint-facts.ts";
import { beginNotice, daysAfter, type NoticeChange } from "./notice-events.ts";

/** The name stands in the letter and in the record. It has letters, spaces, dots, apostrophes and hyphens only, so no number of a person. */
const isNameOfPerson = (name: string) => /^[\p{L}\p{M}\u200c .'’-]+$/u.test(name) && comparableName(name).length >= 2;

export const EmployeeName = singleLineText({ min: 2, max: 100 }).refine(isNameOfPerson, {
  params: { rule: "letters-only" },
});

/** The request that opens a notice. */
export const NoticeOpening = z.strictObject({
  /** The person as the inspector knows him or her. Confirmed at the service. */
  employee: z.strictObject({
    agencyId: Slug,
    officeId: Slug.optional(),
    name: EmployeeName,
  }),
  /** Numbers of the complaint's events on which the notice rests: reports of visits, and decisions. */
  evidence: z.array(z.int().min(1)).min(1).max(mostNoticeEvidence),
  allegation: text({ min: 20, max: longestText }),
  /** The provision of law. */
  grounds: text({ min: 2, max: longestReason }),
});
export type NoticeOpening = z.infer<typeof NoticeOpening>;
type NamedEmployee = NoticeOpening["employee"];

/** The facts that decide whether a notice may be opened. Names are in the form of `comparableName`. */
export type NoticeGround = {
  complaint: Complaint;
  events: readonly ComplaintEvent[];
  /** Whether the catalog marks the complaint's cause as one of a person. */
  isCausePersonal: boolean;
  /** The `sub` of each inspector of the province. */
  inspectors: readonly string[];
  /** The `sub` of each inspector to whom a visit for the complaint was assigned. */
  visitors: readonly string[];
  /** Whether the employee's agency runs the front end that filed the complaint: it has the citizen's secret. */
  operatesFrontEnd: boolean;
  /** The `sub` of each reviewer of the province. */
  reviewers: readonly string[];
  /** The `sub` of each inspector and reviewer who has or had a role at the employee's agency (`sinceForOwnAgencies`). */
  colleagues: readonly string[];
  confidentialLog: readonly ConfidentialEntry[];
  /** The employees of the complaint's other notices. */
  others: readonly Pick<NamedEmployee, "agencyId" | "name">[];
};

/** `id`: that of the new notice. `employee.name` is in the form of `comparableName`. */
type NewNotice = { id: string; now: Instant; inspector: string };

/**
 * An inspector opens a notice on facts that an inspector established. Throws `wrong-state` (the complaint is not closed, was closed
 * too long ago, is a report of retaliation, its cause is none of a person, or its last decision is not `founded`),
 * `notice-exists`, `inspectors-missing`, `not-allowed` (the employee's agency runs the front end that filed), and `invalid` if the evidence is no report of a visit and no decision.
 */
export function openNotice(
  ground: NoticeGround,
  { now, inspector, id, employee, evidence, allegation, grounds }: NoticeOpening & NewNotice,
): NoticeChange {
  refuseUnsuitableComplaint(ground, now);
  // The agency runs the front end that filed the complaint, so it has the citizen's secret: it could end the notice in the citizen's name.
  if (ground.operatesFrontEnd) throw new Fault("not-allowed");
  refuseWrongEvidence(ground.events, evidence);
  refuseSecondNotice(ground.others, employee);
  refuseIfNobodyIsLeft(ground, inspector);
  const { agencyId, officeId } = employee;
  return beginNotice(
    { id, complaintId: ground.complaint.id, agencyId, officeId, at: now, inspector },
    { type: "opened", evidence, allegation, grounds },
  );
}

function refuseUnsuitableComplaint({ complaint, events, isCausePersonal }: NoticeGround, now: Instant): void {
  const { closedAt, retaliationFor } = complaint;
  if (!closedAt) throw wrongStateFault(complaint, "not-closed");
  if (now >= daysAfter(closedAt, noticePeriodDays)) throw wrongStateFault(complaint, "closed-too-long-for-notice");
  if (retaliationFor) throw wrongStateFault(complaint, "retaliation-report");
  if (!isCausePersonal) throw wrongStateFault(complaint, "cause-not-personal");
  if (isRefuted(events)) throw wrongStateFault(complaint, "not-founded");
}

/** Nobody is accused before it is sure that somebody without a part can decide, and somebody else can judge the contest. */
function refuseIfNobodyIsLeft(ground: NoticeGround, opener: string): void {
  const { inspectors, reviewers } = ground;
  const involved = new Set([opener, ...peopleInvolved(ground), ...ground.colleagues]);
  const isLeft = (people: readonly string[]) => people.some((one) => !involved.has(one));
  if (inspectors.length < fewestInspectorsForNotices || !isLeft(inspectors)) throw new Fault("inspectors-missing");
  if (reviewers.length < fewestReviewersForNotices || !isLeft(reviewers))
    throw new Fault("inspectors-missing", { reason: "reviewers-missing" });
}

/** An agency's own finding is no evidence: its head could name a scapegoat. */
function refuseWrongEvidence(events: readonly ComplaintEvent[], evidence: readonly number[]): void {
  for (const [n, number] of evidence.entries()) {
    const named = events.find(({ version }) => version === number);
    if (!isEvidence(named)) throw invalidFault(`evidence[${n}]`, "no-evidence");
  }
}

function refuseSecondNotice(others: NoticeGround["others"], { agencyId, name }: NamedEmployee): void {
  if (others.length >= mostNoticesOnComplaint) throw new Fault("notice-exists", { reason: "notice-limit" });
  if (others.some((one) => one.agencyId === agencyId && one.name === name)) throw new Fault("notice-exists");
}
