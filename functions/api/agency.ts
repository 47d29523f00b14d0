import { serve } from "../pipelines/serve.ts";
import { acknowledgeComplaint } from "./agency/acknowledge-complaint.ts";
import { addStatementAsAgency } from "./agency/add-statement.ts";
import { answerComplaint } from "./agency/answer-complaint.ts";
import { extendDeadline } from "./agency/extend-deadline.ts";
import { listComplaintsAsAgency } from "./agency/list-complaints.ts";
import { listEventsAsAgency } from "./agency/list-events.ts";
import { postMessageAsAgency } from "./agency/post-message.ts";
import { readAttachmentAsAgency } from "./agency/read-attachment.ts";
import { readComplaintAsAgency } from "./agency/read-complaint.ts";
import { readDeadlinesAsAgency } from "./agency/read-deadlines.ts";
import { readWebhookAsAgency } from "./agency/read-webhook.ts";
import { resumeWebhookAsAgency } from "./agency/resume-webhook.ts";
import { transferComplaintAsAgency } from "./agency/transfer-complaint.ts";
import { byToken } from "./any-caller/token-proof.ts";

/** Everything an agency may do with its own complaints, and with its own webhook. */
export const routes = {
  "GET /v1/agency/complaints": listComplaintsAsAgency,
  "GET /v1/agency/complaints/{id}": readComplaintAsAgency,
  "GET /v1/agency/complaints/{id}/deadlines": readDeadlinesAsAgency,
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": readAttachmentAsAgency,
  "POST /v1/agency/complaints/{id}/acknowledgement": acknowledgeComplaint,
  "POST /v1/agency/complaints/{id}/transfer": transferComplaintAsAgency,
  "POST /v1/agency/complaints/{id}/extension": extendDeadline,
  "POST /v1/agency/complaints/{id}/answer": answerComplaint,
  "POST /v1/agency/complaints/{id}/messages": postMessageAsAgency,
  "POST /v1/agency/complaints/{id}/statement": addStatementAsAgency,
  "GET /v1/agency/events": listEventsAsAgency,
  "GET /v1/agency/deliveries": readWebhookAsAgency,
  "POST /v1/agency/deliveries/resume": resumeWebhookAsAgency,
};
export const handler = serve({ routes, prove: byToken("agency") });
