import * as z from "zod";
import { Finding, PromisedAction } from "#shared/complaints/complaint.ts";
import { invalidFault } from "#shared/fault.ts";
import { actingOfficer, SentOfficer } from "#shared/people/acting-officer.store.ts";
import { longestText, mostPromisedActions } from "#shared/policy-numbers.ts";
import { refuseCause } from "#shared/province/directory.ts";
import { directory, personalCauses } from "#shared/province/slices.static.ts";
import { text } from "#shared/text.ts";
import { localDate } from "#shared/time/local-time.ts";
import { Slug } from "#shared/vocabulary.ts";
import { route } from "../http/route.ts";
import { agencyRowReply } from "./agency-read-issues.api.ts";
import { executeIssueCommand } from "./issue-commands.store.ts";
import { orderAnswers } from "./issue-moves.ts";
import { IssuePath, refusePersonalNumbers } from "./issue-parameters.api.ts";
import { IssueRow } from "./issue-views.ts";
import { newOrderWrite } from "./linked-answers.store.ts";

const Body = z.strictObject({
  officer: SentOfficer,
  finding: Finding,
  cause: Slug,
  text: text({ min: 2, max: longestText }),
  actions: z.array(PromisedAction).max(mostPromisedActions).default([]),
});

/** Throws for an answer that every single complaint would refuse. */
function refuseUnusableAnswer({ cause, text: words, actions }: z.output<typeof Body>, now: string): void {
  // All linked citizens get this text, so a number of one of them would go to the others.
  const promised = actions.map((action, n) => [`actions[${n}].text`, action.text]);
  refusePersonalNumbers({ text: words, ...Object.fromEntries(promised) });
  const refused = refuseCause(directory, { cause, now });
  if (refused) throw refused;
  // One text for many citizens may not judge a person.
  if (personalCauses.includes(cause)) throw invalidFault("cause", "personal-cause");
  const late = actions.findIndex(({ dueOn }) => dueOn !== undefined && dueOn < localDate(now));
  if (late >= 0) throw invalidFault(`actions[${late}].dueOn`, "in-the-past");
}

/**
 * POST /v1/agency/issues/{issueId}/answer: answers all open linked complaints that the agency holds with one text. The answers follow
 * within minutes; each citizen accepts or disputes alone.
 */
export const answerLinkedComplaints = route({
  caller: "agency",
  summary: { en: "Answer all linked complaints with one text", fa: "پاسخ به همهٔ شکایت‌های پیوندخورده با یک متن" },
  path: IssuePath,
  body: Body,
  answer: { status: 200, schema: IssueRow },
  problems: ["issue-state", "retired", "version-outdated", "idempotency-key-reused"],
  async run({ path: { issueId }, body, principal, now, idempotencyKey, ifMatch }) {
    const { agencyId, clientId, person, personnelId } = principal;
    const officer = await actingOfficer(principal, body.officer);
    const issue = await executeIssueCommand(
      { issueId, agencyId, now, idempotencyKey, ifMatch },
      (found, at) => {
        refuseUnusableAnswer(body, at);
        const actor = { by: "agency", clientId, person } as const;
        return orderAnswers(found, { now: at, actor, answer: { ...body, officer } });
      },
      {
        alsoWrites: ({ issue: { version: number } }) => [
          newOrderWrite({
            issueId,
            number,
            agencyId,
            clientId,
            person,
            personnelId,
            version: 1,
            progress: { answered: 0, skipped: 0 },
            dueAt: now,
          }),
        ],
      },
    );
    return agencyRowReply(issue, now);
  },
});
