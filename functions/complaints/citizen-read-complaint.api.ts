import type { AnswerNotice } from "#shared/complaints/answer-notices.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readComplaintRecord } from "#shared/complaints/complaints.store.ts";
import { readConfidentialRecordForView } from "#shared/complaints/confidential-log.store.ts";
import { Deadlines } from "#shared/complaints/explanation.ts";
import { refuseRenewedSecret } from "#shared/complaints/refusals.ts";
import { Download } from "#shared/files/download.ts";
import { idPrefixes, retention } from "#shared/province/slices.static.ts";
import { AttachmentPath, downloadReply } from "../files/download.api.ts";
import { ComplaintPath } from "../http/parameters.ts";
import { okReply } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { recordAnswerNotice } from "../messages/answer-notices.store.ts";
import { readCitizenNotices } from "../notices/notices.store.ts";
import { CitizenView, citizenView } from "./complaint-views.ts";
import { deadlinesReply } from "./deadlines.api.ts";

/** GET /v1/complaints/{id}: the citizen reads the state of the complaint and its whole history. */
export const readComplaintAsCitizen = route({
  caller: "citizen",
  summary: { en: "Read one's own complaint", fa: "مشاهدهٔ شکایت خود" },
  path: ComplaintPath,
  answer: { status: 200, schema: CitizenView },
  async run({ principal: { complaintId }, now }) {
    const [complaintRecord, confidentialRecord] = await Promise.all([
      readComplaintRecord(complaintId),
      readConfidentialRecordForView(complaintId),
    ]);
    await noteViewOfAnswer(complaintRecord.complaint, { notices: confidentialRecord.notices, now });
    const employeeNotices = await readCitizenNotices(confidentialRecord.confidentialLog, now);
    return okReply(
      citizenView(complaintRecord, { ...confidentialRecord, employeeNotices, now, retention, idPrefixes }),
    );
  },
});

/**
 * The first look at the answered case is a notice of the answer: nobody has to call this citizen about it. A look with a lately renewed
 * secret may be somebody else's, so it ends no calls.
 */
async function noteViewOfAnswer(
  complaint: Complaint,
  { notices, now }: { notices: readonly AnswerNotice[]; now: string },
): Promise<void> {
  const { id, answeredAt } = complaint;
  if (refuseRenewedSecret(complaint, { now })) return;
  if (answeredAt && !notices.some(({ way }) => way === "view")) await recordAnswerNotice(id, { way: "view", at: now });
}

/** GET /v1/complaints/{id}/deadlines: how each deadline was computed, to the minute. */
export const readDeadlinesAsCitizen = route({
  caller: "citizen",
  summary: { en: "See how each deadline comes about", fa: "مشاهدهٔ نحوهٔ محاسبهٔ هر مهلت" },
  path: ComplaintPath,
  answer: { status: 200, schema: Deadlines },
  run: ({ principal, now }) => deadlinesReply(principal.complaintId, { by: principal, now }),
});

/** GET /v1/complaints/{id}/attachments/{attachmentId}: the citizen gets a link to a file. */
export const readAttachmentAsCitizen = route({
  caller: "citizen",
  summary: { en: "Fetch a file of one's own complaint", fa: "دریافت پیوست شکایت خود" },
  path: AttachmentPath,
  answer: { status: 200, schema: Download },
  run: ({ principal, path, now }) => downloadReply({ ...path, by: principal, now }),
});
