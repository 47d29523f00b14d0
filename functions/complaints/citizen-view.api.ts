import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecordUpTo } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecordForView } from "#shared/complaints/confidential-log.store.ts";
import { idPrefixes, retention } from "#shared/province/slices.static.ts";
import { okReply } from "../http/reply.ts";
import { readCitizenNotices } from "../notices/notices.store.ts";
import { citizenView } from "./complaint-views.ts";

/** The citizen's view of exactly this version of the complaint, even if a newer one exists. */
export async function citizenViewReply(complaint: Complaint, now: string) {
  const [complaintRecord, confidentialRecord] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecordForView(complaint.id),
  ]);
  const employeeNotices = await readCitizenNotices(confidentialRecord.confidentialLog, now);
  return okReply(citizenView(complaintRecord, { ...confidentialRecord, employeeNotices, now, retention, idPrefixes }));
}
