import { serve } from "../pipelines/serve.ts";
import { byToken } from "./any-caller/proof.ts";
import { decideComplaint } from "./inspector/decide-complaint.ts";
import { listComplaints } from "./inspector/list-complaints.ts";
import { orderVisitOfInspector } from "./inspector/order-visit.ts";
import { postMessageOfInspector } from "./inspector/post-message.ts";
import { readAttachment } from "./inspector/read-attachment.ts";
import { readComplaint } from "./inspector/read-complaint.ts";
import { readDeadlines } from "./inspector/read-deadlines.ts";
import { rejectComplaint } from "./inspector/reject-complaint.ts";
import { reportVisitOfInspector } from "./inspector/report-visit.ts";
import { transferComplaint } from "./inspector/transfer-complaint.ts";

/** What an inspector sees and does with every complaint of the province. */
export const routes = {
  "GET /v1/inspector/complaints": listComplaints,
  "GET /v1/inspector/complaints/{id}": readComplaint,
  "GET /v1/inspector/complaints/{id}/deadlines": readDeadlines,
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": readAttachment,
  "POST /v1/inspector/complaints/{id}/visits": orderVisitOfInspector,
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": reportVisitOfInspector,
  "POST /v1/inspector/complaints/{id}/decision": decideComplaint,
  "POST /v1/inspector/complaints/{id}/rejection": rejectComplaint,
  "POST /v1/inspector/complaints/{id}/transfer": transferComplaint,
  "POST /v1/inspector/complaints/{id}/messages": postMessageOfInspector,
};
export const handler = serve({ routes, prove: byToken("inspector") });
