import type { Complaint, Visit } from "#shared/complaints/complaint.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecord } from "#shared/complaints/confidential-log.store.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { Fault } from "#shared/fault.ts";
import { sinceForOwnAgencies } from "#shared/people/registration.ts";
import { readPeopleInRole } from "#shared/people/roles.store.ts";
import { isOperatedBy } from "#shared/province/directory.ts";
import { countedProvince, directory, personalCauses } from "#shared/province/slices.static.ts";
import { comparableName } from "#shared/text.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { Involved } from "./complaint-facts.ts";
import type { NoticeGround, NoticeOpening } from "./notice-opening.ts";
import { readEmployeeNames, readNotices } from "./notices.store.ts";

export const openingProblems = [
  "wrong-state",
  "notice-exists",
  "inspectors-missing",
  "names-citizen",
  "not-allowed",
  "unknown-agency",
  "unknown-office",
  "too-many-requests",
  "idempotency-key-reused",
] as const;

/** The agency and office must be ones of the province; a retired one may still have employees. */
export function refuseUnknownOffice({ agencyId, officeId }: Omit<NoticeOpening["employee"], "name">): void {
  const agency = directory.agencies.find(({ id }) => id === agencyId);
  if (!agency) throw new Fault("unknown-agency", { values: { agencyId } });
  if (officeId !== undefined && !agency.offices.some(({ id }) => id === officeId))
    throw new Fault("unknown-office", { values: { officeId } });
}

/** The inspectors to whom a visit was assigned. */
const visitorsOf = (visits: readonly Visit[]) =>
  visits.flatMap(({ inspector, cancelledAt }) => (inspector && !cancelledAt ? inspector : []));

/**
 * Reads who took part in a complaint. Undefined if the complaint was erased, or if it has events that only
 * newer code can read: one of them could name a person.
 */
export async function readInvolved(complaintId: string): Promise<Involved | undefined> {
  const complaint = await readHead(complaintId);
  if (!complaint) return undefined;
  const [{ events, newer = [] }, { visits, confidentialLog }] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecord(complaintId),
  ]);
  return newer.length > 0 ? undefined : { complaint, events, confidentialLog, visitors: visitorsOf(visits) };
}

/** Reads the facts that decide whether a notice may be opened. */
export async function readGround(
  complaint: Complaint,
  { confidentialLog, agencyId, now }: { confidentialLog: readonly ConfidentialEntry[]; agencyId: string; now: Instant },
): Promise<NoticeGround> {
  const noticeIds = confidentialLog.flatMap((entry) => (entry.type === "notice-opened" ? entry.noticeId : []));
  const [{ events, newer = [] }, { visits }, inspectors, reviewers, notices, names] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecord(complaint.id),
    readPeopleInRole("inspector", sinceForOwnAgencies(now)),
    readPeopleInRole("reviewer", sinceForOwnAgencies(now)),
    readNotices(noticeIds),
    readEmployeeNames(noticeIds),
  ]);
  // Without an event that only newer code knows, or without a name, something could be overlooked.
  if (newer.length > 0 || notices.some(({ id }) => !names.has(id))) throw new Fault("unavailable");
  const operatedBy = countedProvince.operators[complaint.filedBy];
  return {
    complaint,
    operatesFrontEnd: isOperatedBy(directory, { operatedBy, agencyId, now }),
    events,
    isCausePersonal: complaint.cause !== undefined && personalCauses.includes(complaint.cause),
    inspectors: inspectors.map(({ sub }) => sub),
    visitors: visitorsOf(visits),
    confidentialLog,
    reviewers: reviewers.map(({ sub }) => sub),
    colleagues: [...inspectors, ...reviewers].flatMap(({ sub, agencies }) => (agencies.includes(agencyId) ? sub : [])),
    others: notices.map(({ id, agencyId }) => ({ agencyId, name: comparableName(names.get(id) ?? "") })),
  };
}
