import { addAttachment, giveOpinionAsCitizen, postMessageAsCitizen } from "../complaints/citizen-messages.api.ts";
import { acceptAnswer, disputeAnswer, withdrawComplaint } from "../complaints/citizen-moves.api.ts";
import { objectToPromiseAsCitizen } from "../complaints/citizen-promises.api.ts";
import {
  readAttachmentAsCitizen,
  readComplaintAsCitizen,
  readDeadlinesAsCitizen,
} from "../complaints/citizen-read-complaint.api.ts";
import { authenticateBySecret } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";

/**
 * The routes of citizens for a filed complaint. Consent and erasure (consent.function.ts) and the export (export-complaint.function.ts)
 * are functions of their own.
 */
export const routes = {
  "GET /v1/complaints/{id}": readComplaintAsCitizen,
  "GET /v1/complaints/{id}/deadlines": readDeadlinesAsCitizen,
  "POST /v1/complaints/{id}/messages": postMessageAsCitizen,
  "POST /v1/complaints/{id}/attachments": addAttachment,
  "GET /v1/complaints/{id}/attachments/{attachmentId}": readAttachmentAsCitizen,
  "POST /v1/complaints/{id}/acceptance": acceptAnswer,
  "POST /v1/complaints/{id}/dispute": disputeAnswer,
  "POST /v1/complaints/{id}/opinion": giveOpinionAsCitizen,
  "POST /v1/complaints/{id}/actions/{n}/objection": objectToPromiseAsCitizen,
  "POST /v1/complaints/{id}/withdrawal": withdrawComplaint,
};
export const handler = serve({ routes, authenticate: authenticateBySecret });
