import { serve } from "../pipelines/serve.ts";
import { acceptAnswer } from "./citizen/accept-answer.ts";
import { addAttachment } from "./citizen/add-attachment.ts";
import { bySecret } from "./citizen/by-secret.ts";
import { disputeAnswer } from "./citizen/dispute-answer.ts";
import { postMessageOfCitizen } from "./citizen/post-message.ts";
import { readAttachment } from "./citizen/read-attachment.ts";
import { readComplaint } from "./citizen/read-complaint.ts";
import { readDeadlines } from "./citizen/read-deadlines.ts";
import { withdrawComplaint } from "./citizen/withdraw-complaint.ts";

/** Everything a citizen does with a complaint once it is filed. */
export const routes = {
  "GET /v1/complaints/{id}": readComplaint,
  "GET /v1/complaints/{id}/deadlines": readDeadlines,
  "POST /v1/complaints/{id}/messages": postMessageOfCitizen,
  "POST /v1/complaints/{id}/attachments": addAttachment,
  "GET /v1/complaints/{id}/attachments/{attachmentId}": readAttachment,
  "POST /v1/complaints/{id}/acceptance": acceptAnswer,
  "POST /v1/complaints/{id}/dispute": disputeAnswer,
  "POST /v1/complaints/{id}/withdrawal": withdrawComplaint,
};
export const handler = serve({ routes, prove: bySecret });
