import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { giveDirectiveAsOverseer } from "./overseer/directives.ts";
import { listIssuesAsOverseer, readIssueAsOverseer } from "./overseer/issues.ts";
import { listComplaintsAsOverseer, readComplaintAsOverseer } from "./overseer/read-complaints.ts";
import { readSummaryAsOverseer } from "./overseer/summary.ts";

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
