import { serve } from "../pipelines/serve.ts";
import { acknowledgeComplaint } from "./agency/acknowledge-complaint.ts";
import { addStatementOfEmployee } from "./agency/add-statement.ts";
import { answerComplaint } from "./agency/answer-complaint.ts";
import { extendDeadline } from "./agency/extend-deadline.ts";
import { listComplaints } from "./agency/list-complaints.ts";
import { listEvents } from "./agency/list-events.ts";
import { postMessageOfAgency } from "./agency/post-message.ts";
import { readAttachment } from "./agency/read-attachment.ts";
import { readComplaint } from "./agency/read-complaint.ts";
import { readDeadlines } from "./agency/read-deadlines.ts";
import { transferComplaint } from "./agency/transfer-complaint.ts";
import { byToken } from "./any-caller/proof.ts";

/** Everything an agency does with its own complaints. */
export const routes = {
  "GET /v1/agency/complaints": listComplaints,
  "GET /v1/agency/complaints/{id}": readComplaint,
  "GET /v1/agency/complaints/{id}/deadlines": readDeadlines,
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": readAttachment,
  "POST /v1/agency/complaints/{id}/acknowledgement": acknowledgeComplaint,
  "POST /v1/agency/complaints/{id}/transfer": transferComplaint,
  "POST /v1/agency/complaints/{id}/extension": extendDeadline,
  "POST /v1/agency/complaints/{id}/answer": answerComplaint,
  "POST /v1/agency/complaints/{id}/messages": postMessageOfAgency,
  "POST /v1/agency/complaints/{id}/statement": addStatementOfEmployee,
  "GET /v1/agency/events": listEvents,
};
export const handler = serve({ routes, prove: byToken("agency") });
