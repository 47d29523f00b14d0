import { authenticateNobody } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { listIssuesInPublic, readIssueInPublic } from "../issues/public-read.api.ts";
import { readCatalog } from "./catalog.api.ts";

/** The public routes of issues. The catalog is here too: it lists open outages. The function cannot read links. */
export const routes = {
  "GET /v1/catalog": readCatalog,
  "GET /v1/issues": listIssuesInPublic,
  "GET /v1/issues/{issueId}": readIssueInPublic,
};
export const handler = serve({ routes, authenticate: authenticateNobody });
