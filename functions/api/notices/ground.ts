import type { Complaint, Visit } from "#shared/domain/complaint/complaint.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import { isOperatedBy } from "#shared/domain/complaint/directory.ts";
import { Fault } from "#shared/domain/fault.ts";
import type { Involved } from "#shared/domain/notices/complaint-facts.ts";
import type { NoticeGround, NoticeOpening } from "#shared/domain/notices/notice-opening.ts";
import { comparableName } from "#shared/domain/text.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/persistence/complaints/complaints.ts";
import { readConfidentialRecord } from "#shared/persistence/complaints/confidential-log.ts";
import { readEmployeeNames, readNotices } from "#shared/persistence/notices/notices.ts";
import { readPeopleInRole } from "#shared/persistence/roles.ts";
import { countedProvince, directory, personalCauses } from "#shared/province/slices.static.ts";

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
 * Reads who took part in a complaint. Undefined where the complaint is no more, or where an event that only newer code knows could
 * name somebody.
 */
export async function readInvolved(complaintId: string): Promise<Involved | undefined> {
  const complaint = await readHead(complaintId);
  if (!complaint) return undefined;
  const [{ events, newer = [] }, { visits }] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecord(complaintId),
  ]);
  return newer.length > 0 ? undefined : { complaint, events, visitors: visitorsOf(visits) };
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
    readPeopleInRole("inspector"),
    readPeopleInRole("reviewer"),
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
    inspectors,
    visitors: visitorsOf(visits),
    hasReviewer: reviewers.length > 0,
    others: notices.map(({ id, agencyId }) => ({ agencyId, name: comparableName(names.get(id) ?? "") })),
  };
}
