import { authenticateByToken } from "../http/authentication.ts";
import { serve } from "../http/serve.ts";
import { decideNoticeAsInspector } from "./decide-notice.api.ts";
import { answerQuestionAsInspector, recordPaperAnswerAsInspector } from "./hearing.api.ts";
import { printLetterAsInspector, recordLeaveAsInspector } from "./letter.api.ts";
import { announceScanAsInspector, readNoticeFileAsInspector } from "./notice-files.api.ts";
import { openNoticeAsInspector } from "./open-notice.api.ts";
import { listNoticesAsInspector, readNoticeAsInspector } from "./read-notices.api.ts";
import { confirmServiceAsInspector, recordServiceAsInspector } from "./service.api.ts";

/**
 * The notices to employees, as inspectors work on them. A function of its own: it alone of the inspectors' functions reads and
 * writes notices and the names of employees, and makes the secrets of letters.
 */
export const routes = {
  "POST /v1/inspector/complaints/{id}/notices": openNoticeAsInspector,
  "GET /v1/inspector/notices": listNoticesAsInspector,
  "GET /v1/inspector/notices/{noticeId}": readNoticeAsInspector,
  "POST /v1/inspector/notices/{noticeId}/letter": printLetterAsInspector,
  "POST /v1/inspector/notices/{noticeId}/leave": recordLeaveAsInspector,
  "POST /v1/inspector/notices/{noticeId}/attachments": announceScanAsInspector,
  "GET /v1/inspector/notices/{noticeId}/attachments/{attachmentId}": readNoticeFileAsInspector,
  "POST /v1/inspector/notices/{noticeId}/service": recordServiceAsInspector,
  "POST /v1/inspector/notices/{noticeId}/service/confirmation": confirmServiceAsInspector,
  "POST /v1/inspector/notices/{noticeId}/questions/{number}": answerQuestionAsInspector,
  "POST /v1/inspector/notices/{noticeId}/answer": recordPaperAnswerAsInspector,
  "POST /v1/inspector/notices/{noticeId}/decision": decideNoticeAsInspector,
};
export const handler = serve({ routes, authenticate: authenticateByToken("inspector") });
