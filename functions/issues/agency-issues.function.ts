import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { answerLinkedComplaints } from "./agency-answers.api.ts";
import { planIssueAsAgency, reportIssueDone } from "./agency-issue-moves.api.ts";
import { listIssuesAsAgency, readIssueAsAgency } from "./agency-read-issues.api.ts";

/** The issues of an agency that has to mend them: plan, proof and answers. The function cannot read which complaints are linked. */
export const routes = {
  "GET /v1/agency/issues": listIssuesAsAgency,
  "GET /v1/agency/issues/{issueId}": readIssueAsAgency,
  "POST /v1/agency/issues/{issueId}/plan": planIssueAsAgency,
  "POST /v1/agency/issues/{issueId}/done": reportIssueDone,
  "POST /v1/agency/issues/{issueId}/answer": answerLinkedComplaints,
};
export const handler = serve({ routes, authenticate: authenticateByToken("agency") });
