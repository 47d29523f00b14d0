import { authenticateNobody } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { readCatalog } from "./public/catalog.ts";
import { listIssuesInPublic, readIssueInPublic } from "./read-issues/read.ts";

/** The public routes of issues. The catalog is here too: it lists open outages. The function cannot read links. */
export const routes = {
  "GET /v1/catalog": readCatalog,
  "GET /v1/issues": listIssuesInPublic,
  "GET /v1/issues/{issueId}": readIssueInPublic,
};
export const handler = serve({ routes, authenticate: authenticateNobody });
