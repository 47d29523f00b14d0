import * as z from "zod";
import { route } from "#functions/http/route.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import type { FaultCode } from "#shared/domain/fault.ts";
import type { Issue, IssueActor } from "#shared/domain/issues/issue.ts";
import { countyOfHours } from "#shared/domain/issues/issue-clock.ts";
import type { IssueChange } from "#shared/domain/issues/issue-events.ts";
import { type ActingOnIssue, planIssue, reportDone } from "#shared/domain/issues/issue-moves.ts";
import { longestReason, longestText } from "#shared/domain/policy-numbers.ts";
import { singleLineText, text } from "#shared/domain/text.ts";
import { SentInstant } from "#shared/domain/time/calendar.ts";
import type { Calendar } from "#shared/domain/time/office-clock.ts";
import { IssueRow } from "#shared/domain/views/issue-views.ts";
import { executeIssueCommand, type IssueRequest } from "#shared/persistence/issues/commands.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { IssuePath, refusePersonalNumbers } from "../issues/parameters.ts";
import { agencyRowReply } from "./read.ts";

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
