import { claimComplaint, releaseComplaint } from "../complaints/inspector-claims.api.ts";
import { listVisitsAsInspector } from "../complaints/inspector-list-visits.api.ts";
import { postMessageAsInspector } from "../complaints/inspector-messages.api.ts";
import { decideComplaint, rejectComplaint, transferComplaintAsInspector } from "../complaints/inspector-moves.api.ts";
import { judgePromiseAsInspector } from "../complaints/inspector-promises.api.ts";
import {
  listComplaintsAsInspector,
  readAttachmentAsInspector,
  readComplaintAsInspector,
  readDeadlinesAsInspector,
} from "../complaints/inspector-read-complaints.api.ts";
import { readSummaryAsInspector } from "../complaints/inspector-summary.api.ts";
import {
  cancelVisitAsInspector,
  orderVisitAsInspector,
  planVisitAsInspector,
  reportVisitAsInspector,
} from "../complaints/inspector-visits.api.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { listProposalsAsInspector } from "../proposals/inspector-proposals.api.ts";

/** The routes of inspectors, except reading identities (read-identity.function.ts). They are open for every complaint of the province. */
export const routes = {
  "GET /v1/inspector/complaints": listComplaintsAsInspector,
  "GET /v1/inspector/complaints/{id}": readComplaintAsInspector,
  "GET /v1/inspector/complaints/{id}/deadlines": readDeadlinesAsInspector,
  "GET /v1/inspector/complaints/{id}/attachments/{attachmentId}": readAttachmentAsInspector,
  "POST /v1/inspector/complaints/{id}/claim": claimComplaint,
  "DELETE /v1/inspector/complaints/{id}/claim": releaseComplaint,
  "POST /v1/inspector/complaints/{id}/visits": orderVisitAsInspector,
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/plan": planVisitAsInspector,
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/cancellation": cancelVisitAsInspector,
  "POST /v1/inspector/complaints/{id}/visits/{visitId}/report": reportVisitAsInspector,
  "GET /v1/inspector/visits": listVisitsAsInspector,
  "GET /v1/inspector/proposals": listProposalsAsInspector,
  "GET /v1/inspector/summary": readSummaryAsInspector,
  "POST /v1/inspector/complaints/{id}/decision": decideComplaint,
  "POST /v1/inspector/complaints/{id}/rejection": rejectComplaint,
  "POST /v1/inspector/complaints/{id}/transfer": transferComplaintAsInspector,
  "POST /v1/inspector/complaints/{id}/messages": postMessageAsInspector,
  "POST /v1/inspector/complaints/{id}/actions/{n}/judgement": judgePromiseAsInspector,
};
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
