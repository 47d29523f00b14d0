import * as z from "zod";
import type { FaultCode } from "#shared/fault.ts";
import { longestReason, longestText } from "#shared/policy-numbers.ts";
import { escalationLevels } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { SentInstant } from "#shared/time/calendar.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { route } from "../http/route.ts";
import type { Issue, IssueActor } from "./issue.ts";
import { countyOfHours } from "./issue-clock.ts";
import { executeIssueCommand, type IssueRequest } from "./issue-commands.store.ts";
import type { IssueChange } from "./issue-events.ts";
import { type ActingOnIssue, movePromise, readTexts, returnText, sayRecurred, withdrawIssue } from "./issue-moves.ts";
import { IssuePath, refusePersonalNumbers } from "./issue-parameters.api.ts";
import { InspectorIssueRow } from "./issue-views.ts";
import { reportedVisitWrite } from "./issue-visits.store.ts";
import { reportVisit, visitOf } from "./issue-visits.ts";
import { inspectorRowReply } from "./read-issues.api.ts";

const answer = { status: 200, schema: InspectorIssueRow } as const;
const problems: FaultCode[] = ["issue-state", "version-outdated", "idempotency-key-reused"];
const Reason = z.strictObject({ reason: text({ min: 2, max: longestReason }) });

type Request = Omit<IssueRequest, "issueId"> & {
  path: { issueId: string };
  principal: { clientId: string; person: string };
};

/** Makes one move of an inspector, and answers the state after it. */
async function moveAsInspector(
  { path: { issueId }, principal: { clientId, person }, now, idempotencyKey, ifMatch }: Request,
  decide: (issue: Issue, acting: ActingOnIssue) => IssueChange | undefined,
) {
  const actor: IssueActor = { by: "inspector", clientId, person };
  const issue = await executeIssueCommand({ issueId, now, idempotencyKey, ifMatch }, (found, at) =>
    decide(found, { now: at, actor }),
  );
  return inspectorRowReply(issue, now);
}

/** Keeps a visit, and answers the state after it, in which nothing tells of the visit. */
async function reportVisitAsInspector(
  { path: { issueId }, principal: { clientId, person }, now, idempotencyKey, ifMatch }: Request,
  body: { arrivedAt: string; text: string },
) {
  const actor: IssueActor = { by: "inspector", clientId, person };
  const issue = await executeIssueCommand(
    { issueId, now, idempotencyKey, ifMatch },
    (found, at) => reportVisit(found, { now: at, actor, ...body }),
    { alsoWrites: (change) => [reportedVisitWrite(visitOf(change.issue, { now, person, ...body }))] },
  );
  return inspectorRowReply(issue, now);
}

/**
 * POST /v1/inspector/issues/{issueId}/verification: an inspector saw at the office that the issue is mended. It is published on the next
 * Saturday morning.
 */
export const verifyIssue = route({
  caller: "inspector",
  summary: { en: "Say that a visit found the issue mended", fa: "تأیید رفع مشکل با بازدید" },
  path: IssuePath,
  body: z.strictObject({ arrivedAt: SentInstant, text: text({ min: 2, max: longestText }) }),
  answer,
  problems,
  run: ({ body, ...request }) => reportVisitAsInspector(request, body),
});

/** POST /v1/inspector/issues/{issueId}/withdrawal: withdraws an issue, for example one opened by mistake. The reason is published. */
export const withdrawIssueAsInspector = route({
  caller: "inspector",
  summary: { en: "Withdraw an issue, with a reason that is published", fa: "پس گرفتن مشکل، با دلیلی که منتشر می‌شود" },
  path: IssuePath,
  body: Reason,
  answer,
  problems,
  run({ body, ...request }) {
    refusePersonalNumbers(body);
    return moveAsInspector(request, (issue, acting) => withdrawIssue(issue, { ...acting, ...body }));
  },
});

/** POST /v1/inspector/issues/{issueId}/promise: moves the promised time to a later one, once. The reason is published. */
export const movePromiseOfIssue = route({
  caller: "inspector",
  summary: { en: "Move the promised time, once", fa: "جابه‌جایی زمان وعده‌شده، یک بار" },
  path: IssuePath,
  body: Reason.extend({ by: SentInstant }),
  answer,
  problems,
  run({ body, ...request }) {
    refusePersonalNumbers({ reason: body.reason });
    return moveAsInspector(request, (issue, acting) => movePromise(issue, { ...acting, ...body }));
  },
});

/** POST /v1/inspector/issues/{issueId}/return: returns the plan or the proof, each once. Its clock never stopped. */
export const returnTextOfIssue = route({
  caller: "inspector",
  summary: { en: "Return the agency's plan or proof, once", fa: "برگرداندن برنامه یا گزارش رفع، یک بار" },
  path: IssuePath,
  body: Reason,
  answer,
  problems,
  run: ({ body, ...request }) => moveAsInspector(request, (issue, acting) => returnText(issue, { ...acting, ...body })),
});

/** POST /v1/inspector/issues/{issueId}/recurrence: the issue came back. It escalates at once and needs a new plan. */
export const reportRecurrence = route({
  caller: "inspector",
  summary: { en: "Say that a mended issue came back", fa: "اعلام بازگشت مشکل" },
  path: IssuePath,
  body: Reason,
  answer,
  problems,
  async run({ body, ...request }) {
    refusePersonalNumbers(body);
    const calendarOf = await readCalendars({ from: request.now });
    return moveAsInspector(request, (issue, acting) => {
      const calendar = calendarOf(countyOfHours(issue));
      return sayRecurred(issue, { ...acting, ...body, calendar, levels: escalationLevels });
    });
  },
});

/** POST /v1/inspector/issues/{issueId}/reading: an inspector has read the agency's texts up to an event. They are published from then on. */
export const readTextsOfIssue = route({
  caller: "inspector",
  summary: {
    en: "Mark the agency's texts as read, which publishes them",
    fa: "ثبت خواندن متن‌های دستگاه، که آن‌ها را منتشر می‌کند",
  },
  path: IssuePath,
  body: z.strictObject({ number: z.int().min(1) }),
  answer,
  problems,
  run: ({ body, ...request }) => moveAsInspector(request, (issue, acting) => readTexts(issue, { ...acting, ...body })),
});
