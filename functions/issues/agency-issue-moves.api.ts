import * as z from "zod";
import type { FaultCode } from "#shared/fault.ts";
import type { Calendar } from "#shared/hours/office-clock.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { longestReason, longestText } from "#shared/policy-numbers.ts";
import { singleLineText, text } from "#shared/text.ts";
import { SentInstant } from "#shared/time/calendar.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { route } from "../http/route.ts";
import { agencyRowReply } from "./agency-read-issues.api.ts";
import type { Issue, IssueActor } from "./issue.ts";
import { countyOfHours } from "./issue-clock.ts";
import { executeIssueCommand, type IssueRequest } from "./issue-commands.store.ts";
import type { IssueChange } from "./issue-events.ts";
import { type ActingOnIssue, planIssue, reportDone } from "./issue-moves.ts";
import { IssuePath, refusePersonalNumbers } from "./issue-parameters.api.ts";
import { IssueRow } from "./issue-views.ts";

const problems: FaultCode[] = ["issue-state", "version-outdated", "idempotency-key-reused"];

type Request = Omit<IssueRequest, "issueId"> & { path: { issueId: string }; principal: PrincipalOf<"agency"> };
type Acting = ActingOnIssue & { calendar: Calendar };

/** Makes one move of the agency whose issue it is. Throws `not-found` for the issue of another agency. */
async function moveAsAgency(
  { path: { issueId }, principal: { agencyId, clientId, person }, now, idempotencyKey, ifMatch }: Request,
  decide: (issue: Issue, acting: Acting) => IssueChange,
) {
  const actor: IssueActor = { by: "agency", clientId, person };
  const calendarOf = await readCalendars({ from: now });
  const issue = await executeIssueCommand({ issueId, agencyId, now, idempotencyKey, ifMatch }, (found, at) =>
    decide(found, { now: at, actor, calendar: calendarOf(countyOfHours(found)) }),
  );
  return agencyRowReply(issue, now);
}

/** POST /v1/agency/issues/{issueId}/plan: how the agency mends the issue, who is responsible, and until when. */
export const planIssueAsAgency = route({
  caller: "agency",
  summary: { en: "Plan how and until when an issue is mended", fa: "ثبت برنامهٔ رفع مشکل و زمان آن" },
  path: IssuePath,
  body: z.strictObject({
    what: text({ min: 20, max: longestText }),
    responsible: singleLineText({ min: 2, max: longestReason }),
    by: SentInstant,
  }),
  answer: { status: 200, schema: IssueRow },
  problems,
  run({ body, ...request }) {
    refusePersonalNumbers({ what: body.what });
    return moveAsAgency(request, (issue, acting) => planIssue(issue, { ...acting, ...body }));
  },
});

/** POST /v1/agency/issues/{issueId}/done: the agency says that the issue is mended, and how that can be seen. */
export const reportIssueDone = route({
  caller: "agency",
  summary: { en: "Say that an issue is mended, with proof", fa: "اعلام رفع مشکل، با دلیل آن" },
  path: IssuePath,
  body: z.strictObject({ text: text({ min: 20, max: longestText }) }),
  answer: { status: 200, schema: IssueRow },
  problems,
  run({ body, ...request }) {
    refusePersonalNumbers(body);
    return moveAsAgency(request, (issue, acting) => reportDone(issue, { ...acting, ...body }));
  },
});
