import { giveDirectiveAsOverseer } from "../complaints/overseer-directives.api.ts";
import { listComplaintsAsOverseer, readComplaintAsOverseer } from "../complaints/overseer-read-complaints.api.ts";
import { readSummaryAsOverseer } from "../complaints/overseer-summary.api.ts";
import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { listIssuesAsOverseer, readIssueAsOverseer } from "../issues/overseer-read-issues.api.ts";

/** The routes of overseers. They read complaints and give directives; they move nothing. */
export const routes = {
  "GET /v1/overseer/complaints": listComplaintsAsOverseer,
  "GET /v1/overseer/complaints/{id}": readComplaintAsOverseer,
  "GET /v1/overseer/summary": readSummaryAsOverseer,
  "GET /v1/overseer/issues": listIssuesAsOverseer,
  "GET /v1/overseer/issues/{issueId}": readIssueAsOverseer,
  "POST /v1/overseer/complaints/{id}/directives": giveDirectiveAsOverseer,
};
export const handler = serve({ routes, authenticate: authenticateByToken("overseer") });
