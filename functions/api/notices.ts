import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { openNoticeAsInspector } from "./notices/open.ts";
import { listNoticesAsInspector, readNoticeAsInspector } from "./notices/read.ts";

/**
 * The notices to employees, as inspectors open and read them. A function of its own: it alone of the inspectors' functions reads and
 * writes notices and the names of employees.
 */
export const routes = {
  "POST /v1/inspector/complaints/{id}/notices": openNoticeAsInspector,
  "GET /v1/inspector/notices": listNoticesAsInspector,
  "GET /v1/inspector/notices/{noticeId}": readNoticeAsInspector,
};
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
