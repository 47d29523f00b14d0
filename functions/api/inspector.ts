import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/token-proof.ts";
import { claimComplaint } from "./inspector/claim-complaint.ts";
import { decideComplaint } from "./inspector/decide-complaint.ts";
import { leaveComplaint } from "./inspector/leave-complaint.ts";
import { listComplaintsAsInspector } from "./inspector/list-complaints.ts";
import { orderVisitAsInspector } from "./inspector/order-visit.ts";
import { postMessageAsInspector } from "./inspector/post-message.ts";
import { readAttachmentAsInspector } from "./inspector/read-attachment.ts";
import { readComplaintAsInspector } from "./inspector/read-complaint.ts";
import { readDeadlinesAsInspector } from "./inspector/read-deadlines.ts";
import { rejectComplaint } from "./inspector/reject-complaint.ts";
import { reportVisitAsInspector } from "./inspector/report-visit.ts";
import { transferComplaintAsInspector } from "./inspector/transfer-complaint.ts";

/** What an inspector may do with any complaint of the province, except read who complains (read-identity.ts). */
export const routes = {
  "GET /v1/inspector/complaints": listComplaintsAsInspector,
  "GET /v1/inspector/complaints/{id}": readComplaintAsInspector,
  "GET /v1/inspector/complaints/{id}/deadlines": readDeadlinesAsInspector,
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": readAttachmentAsInspector,
  "POST /v1/inspector/complaints/{id}/claim": claimComplaint,
  "DELETE /v1/inspector/complaints/{id}/claim": leaveComplaint,
  "POST /v1/inspector/complaints/{id}/visits": orderVisitAsInspector,
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": reportVisitAsInspector,
  "POST /v1/inspector/complaints/{id}/decision": decideComplaint,
  "POST /v1/inspector/complaints/{id}/rejection": rejectComplaint,
  "POST /v1/inspector/complaints/{id}/transfer": transferComplaintAsInspector,
  "POST /v1/inspector/complaints/{id}/messages": postMessageAsInspector,
};
export const handler = serve({ routes, prove: byToken("inspector") });
