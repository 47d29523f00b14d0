import { okReply } from "#functions/http/reply.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { citizenView } from "#shared/domain/views/complaint-views.ts";
import { readComplaintRecordUpTo } from "#shared/persistence/complaints/complaints.ts";
import { readConfidentialRecordForView } from "#shared/persistence/complaints/confidential-log.ts";
import { readCitizenNotices } from "#shared/persistence/notices/notices.ts";
import { idPrefixes, retention } from "#shared/province/slices.static.ts";

/** The citizen's view of exactly this version of the complaint, even where a newer one exists. */
export async function citizenViewReply(complaint: Complaint, now: string) {
  const [complaintRecord, confidentialRecord] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecordForView(complaint.id),
  ]);
  const employeeNotices = await readCitizenNotices(confidentialRecord.confidentialLog, now);
  return okReply(citizenView(complaintRecord, { ...confidentialRecord, employeeNotices, now, retention, idPrefixes }));
}
