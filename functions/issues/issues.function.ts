import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { linkComplaints, listLinksOfIssue, unlinkComplaints } from "./issue-links.api.ts";
import {
  movePromiseOfIssue,
  readTextsOfIssue,
  reportRecurrence,
  returnTextOfIssue,
  verifyIssue,
  withdrawIssueAsInspector,
} from "./issue-moves.api.ts";
import { openIssueAsInspector } from "./open-issue.api.ts";
import { listIssuesAsInspector, readIssueAsInspector } from "./read-issues.api.ts";

/** Issues, as inspectors open, link, verify and withdraw them. A function of its own: it alone writes links. */
export const routes = {
  "POST /v1/inspector/issues": openIssueAsInspector,
  "GET /v1/inspector/issues": listIssuesAsInspector,
  "GET /v1/inspector/issues/{issueId}": readIssueAsInspector,
  "GET /v1/inspector/issues/{issueId}/links": listLinksOfIssue,
  "POST /v1/inspector/issues/{issueId}/links": linkComplaints,
  "DELETE /v1/inspector/issues/{issueId}/links": unlinkComplaints,
  "POST /v1/inspector/issues/{issueId}/verification": verifyIssue,
  "POST /v1/inspector/issues/{issueId}/withdrawal": withdrawIssueAsInspector,
  "POST /v1/inspector/issues/{issueId}/promise": movePromiseOfIssue,
  "POST /v1/inspector/issues/{issueId}/return": returnTextOfIssue,
  "POST /v1/inspector/issues/{issueId}/recurrence": reportRecurrence,
  "POST /v1/inspector/issues/{issueId}/reading": readTextsOfIssue,
};
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
