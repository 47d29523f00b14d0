import { serve } from "../http/serve.ts";
import { answerAsEmployee, askAsEmployee, contestAsEmployee, extendAsEmployee } from "./employee-acts.api.ts";
import { announceFileAsEmployee, readNoticeAsEmployee } from "./employee-read.api.ts";
import { authenticateByNoticeSecret } from "./notice-authentication.api.ts";

/** The routes of employees for the notice that was served on them. The function can read nothing of any complaint. */
export const routes = {
  "GET /v1/notices/{noticeId}": readNoticeAsEmployee,
  "POST /v1/notices/{noticeId}/attachments": announceFileAsEmployee,
  "POST /v1/notices/{noticeId}/answer": answerAsEmployee,
  "POST /v1/notices/{noticeId}/extension": extendAsEmployee,
  "POST /v1/notices/{noticeId}/questions": askAsEmployee,
  "POST /v1/notices/{noticeId}/contest": contestAsEmployee,
};
export const handler = serve({ routes, authenticate: authenticateByNoticeSecret });
