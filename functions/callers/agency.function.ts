import { addStatementAsAgency, postMessageAsAgency } from "../complaints/agency-messages.api.ts";
import {
  acknowledgeComplaint,
  answerComplaint,
  extendDeadline,
  transferComplaintAsAgency,
} from "../complaints/agency-moves.api.ts";
import { reportPromiseAsAgency } from "../complaints/agency-promises.api.ts";
import {
  listComplaintsAsAgency,
  readAttachmentAsAgency,
  readComplaintAsAgency,
  readDeadlinesAsAgency,
} from "../complaints/agency-read-complaints.api.ts";
import { readSummaryAsAgency } from "../complaints/agency-summary.api.ts";
import { listEventsAsAgency, readWebhookAsAgency, resumeWebhookAsAgency } from "../deliveries/agency-events.api.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";

/** The routes of agencies: each agency works on its own complaints and its own webhook. */
export const routes = {
  "GET /v1/agency/complaints": listComplaintsAsAgency,
  "GET /v1/agency/summary": readSummaryAsAgency,
  "GET /v1/agency/complaints/{id}": readComplaintAsAgency,
  "GET /v1/agency/complaints/{id}/deadlines": readDeadlinesAsAgency,
  "GET /v1/agency/complaints/{id}/attachments/{attachmentId}": readAttachmentAsAgency,
  "POST /v1/agency/complaints/{id}/acknowledgement": acknowledgeComplaint,
  "POST /v1/agency/complaints/{id}/transfer": transferComplaintAsAgency,
  "POST /v1/agency/complaints/{id}/extension": extendDeadline,
  "POST /v1/agency/complaints/{id}/answer": answerComplaint,
  "POST /v1/agency/complaints/{id}/messages": postMessageAsAgency,
  "POST /v1/agency/complaints/{id}/statement": addStatementAsAgency,
  "POST /v1/agency/complaints/{id}/actions/{n}/report": reportPromiseAsAgency,
  "GET /v1/agency/events": listEventsAsAgency,
  "GET /v1/agency/webhook": readWebhookAsAgency,
  "POST /v1/agency/webhook/resume": resumeWebhookAsAgency,
};
export const handler = serve({ routes, authenticate: authenticateByToken("agency") });
