/**
 * Every act of the played year, with the route that performs it. `{id}` and the like are filled with what earlier answers of the
 * same story said.
 */
export const acts = {
  filing: "POST /v1/complaints",
  acknowledgement: "POST /v1/agency/complaints/{id}/acknowledgement",
  answer: "POST /v1/agency/complaints/{id}/answer",
  transfer: "POST /v1/agency/complaints/{id}/transfer",
  extension: "POST /v1/agency/complaints/{id}/extension",
  "agency-message": "POST /v1/agency/complaints/{id}/messages",
  statement: "POST /v1/agency/complaints/{id}/statement",
  "promise-report": "POST /v1/agency/complaints/{id}/actions/1/report",
  messages: "POST /v1/complaints/{id}/messages",
  acceptance: "POST /v1/complaints/{id}/acceptance",
  dispute: "POST /v1/complaints/{id}/dispute",
  opinion: "POST /v1/complaints/{id}/opinion",
  withdrawal: "POST /v1/complaints/{id}/withdrawal",
  consent: "POST /v1/complaints/{id}/consent",
  "promise-objection": "POST /v1/complaints/{id}/actions/1/objection",
  "identity-erasure": "DELETE /v1/complaints/{id}/identity",
  attachment: "POST /v1/complaints/{id}/attachments",
  claim: "POST /v1/inspector/complaints/{id}/claim",
  "claim-return": "DELETE /v1/inspector/complaints/{id}/claim",
  decision: "POST /v1/inspector/complaints/{id}/decision",
  rejection: "POST /v1/inspector/complaints/{id}/rejection",
  "inspector-transfer": "POST /v1/inspector/complaints/{id}/transfer",
  "inspector-message": "POST /v1/inspector/complaints/{id}/messages",
  "promise-judgement": "POST /v1/inspector/complaints/{id}/actions/1/judgement",
  "secret-renewal": "POST /v1/inspector/complaints/{id}/secret",
  visits: "POST /v1/inspector/complaints/{id}/visits",
  "visit-plan": "POST /v1/inspector/complaints/{id}/visits/{visitId}/plan",
  "visit-cancellation": "POST /v1/inspector/complaints/{id}/visits/{visitId}/cancellation",
  report: "POST /v1/inspector/complaints/{id}/visits/{visitId}/report",
  directive: "POST /v1/overseer/complaints/{id}/directives",
  "hold-set": "PUT /v1/admin/holds/{id}",
  "hold-lifted": "DELETE /v1/admin/holds/{id}",
  "office-hours": "PUT /v1/admin/office-hours/{date}",
  "office-hours-restored": "DELETE /v1/admin/office-hours/{date}",
  "issue-opening": "POST /v1/inspector/issues",
  "issue-links": "POST /v1/inspector/issues/{issueId}/links",
  "issue-unlinking": "DELETE /v1/inspector/issues/{issueId}/links",
  "issue-plan": "POST /v1/agency/issues/{issueId}/plan",
  "issue-reading": "POST /v1/inspector/issues/{issueId}/reading",
  "issue-promise": "POST /v1/inspector/issues/{issueId}/promise",
  "issue-answer": "POST /v1/agency/issues/{issueId}/answer",
  "issue-done": "POST /v1/agency/issues/{issueId}/done",
  "issue-return": "POST /v1/inspector/issues/{issueId}/return",
  "issue-verification": "POST /v1/inspector/issues/{issueId}/verification",
  "issue-recurrence": "POST /v1/inspector/issues/{issueId}/recurrence",
  "issue-withdrawal": "POST /v1/inspector/issues/{issueId}/withdrawal",
  "notice-opening": "POST /v1/inspector/complaints/{id}/notices",
  "notice-consent": "POST /v1/complaints/{id}/notices/{noticeId}/consent",
  "notice-leave": "POST /v1/inspector/notices/{noticeId}/leave",
  "notice-letter": "POST /v1/inspector/notices/{noticeId}/letter",
  /** The employee opens the letter: the answer has the employee's own secret. */
  "notice-first-reading": "GET /v1/notices/{noticeId}",
  "notice-scan": "POST /v1/inspector/notices/{noticeId}/attachments",
  "notice-service": "POST /v1/inspector/notices/{noticeId}/service",
  "notice-confirmation": "POST /v1/inspector/notices/{noticeId}/service/confirmation",
  "notice-extension": "POST /v1/notices/{noticeId}/extension",
  "notice-question": "POST /v1/notices/{noticeId}/questions",
  "notice-question-answer": "POST /v1/inspector/notices/{noticeId}/questions/1",
  "notice-attachment": "POST /v1/notices/{noticeId}/attachments",
  "notice-answer": "POST /v1/notices/{noticeId}/answer",
  "notice-paper-answer": "POST /v1/inspector/notices/{noticeId}/answer",
  "notice-decision": "POST /v1/inspector/notices/{noticeId}/decision",
  "notice-contest": "POST /v1/notices/{noticeId}/contest",
  "notice-judgement": "POST /v1/reviewer/notices/{noticeId}/decision",
  /** The employee came with the identity card. The answer has the secret of the new letter. */
  "notice-hand-over": "POST /v1/reviewer/notices/{noticeId}/letter",
  "records-reading": "GET /v1/agency/records",
  /** What an operator does with the call list: `perform.ts`. Its requests follow from the purpose of the call. */
  call: "GET /v1/front-end/calls",
} as const satisfies Record<string, `${"GET" | "POST" | "PUT" | "DELETE"} /v1/${string}`>;
export type Act = keyof typeof acts;

/** What an operator sends in a call. */
const ofCalls = [
  "POST /v1/front-end/calls/{callId}",
  "POST /v1/front-end/calls/{callId}/opening",
  "POST /v1/front-end/calls/{callId}/issue-answer",
  "POST /v1/front-end/calls/{callId}/dispute",
];

/** Routes that change something and have no part in the year, with the reason. */
const excludedRoutes: Record<string, string> = {
  "POST /v1/mail/unsubscribe": "its token stands in a mail alone",
  "POST /v1/front-end/webhook/resume": "the invented province has no webhooks",
  "POST /v1/agency/webhook/resume": "the invented province has no webhooks",
  "POST /v1/admin/webhooks/{subscriber}/resume": "the invented province has no webhooks",
  "PUT /v1/admin/webhooks/{subscriber}/secret": "the invented province has no webhooks",
  "POST /v1/admin/deliveries/redrive": "no event is lost",
  "DELETE /v1/admin/identity-limits/{sub}": "nobody meets a limit",
  "PUT /v1/admin/people/{sub}": "the officials are registered when the province starts",
  "DELETE /v1/admin/people/{sub}": "the officials are registered when the province starts",
};

/** The routes that change something, and that the year neither has as an act nor excludes for a reason. */
export function routesUnknownToYear(routes: readonly string[]): string[] {
  const known = new Set<string>([...Object.values(acts).map(withNumbers), ...ofCalls, ...Object.keys(excludedRoutes)]);
  return routes.filter((route) => !route.startsWith("GET ") && !known.has(route));
}

/** An act names a promised action or a question by its number, where a route has a variable. */
const withNumbers = (route: string) =>
  route.replace("/actions/1/", "/actions/{n}/").replace("/questions/1", "/questions/{number}");
