import { serve } from "../pipelines/serve.ts";
import { acceptAnswer } from "./citizen/accept-answer.ts";
import { addAttachment } from "./citizen/add-attachment.ts";
import { disputeAnswer } from "./citizen/dispute-answer.ts";
import { giveOpinionAsCitizen } from "./citizen/give-opinion.ts";
import { postMessageAsCitizen } from "./citizen/post-message.ts";
import { readAttachmentAsCitizen } from "./citizen/read-attachment.ts";
import { readComplaintAsCitizen } from "./citizen/read-complaint.ts";
import { readDeadlinesAsCitizen } from "./citizen/read-deadlines.ts";
import { bySecret } from "./citizen/secret-proof.ts";
import { withdrawComplaint } from "./citizen/withdraw-complaint.ts";

/** Everything a citizen may do with a complaint once it is filed. */
export const routes = {
  "GET /v1/complaints/{id}": readComplaintAsCitizen,
  "GET /v1/complaints/{id}/deadlines": readDeadlinesAsCitizen,
  "POST /v1/complaints/{id}/messages": postMessageAsCitizen,
  "POST /v1/complaints/{id}/attachments": addAttachment,
  "GET /v1/complaints/{id}/attachments/{attachmentId}": readAttachmentAsCitizen,
  "POST /v1/complaints/{id}/acceptance": acceptAnswer,
  "POST /v1/complaints/{id}/dispute": disputeAnswer,
  "POST /v1/complaints/{id}/opinion": giveOpinionAsCitizen,
  "POST /v1/complaints/{id}/withdrawal": withdrawComplaint,
};
export const handler = serve({ routes, prove: bySecret });
