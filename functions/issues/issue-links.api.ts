import * as z from "zod";
import { Complaint } from "#shared/complaints/complaint.ts";
import { Fault } from "#shared/fault.ts";
import { parseComplaintId } from "#shared/identifier.ts";
import { refusalByState } from "#shared/moves.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { mostLinksInRequest } from "#shared/policy-numbers.ts";
import { idPrefixes, personalCauses } from "#shared/province/slices.static.ts";
import { Instant } from "#shared/time/calendar.ts";
import { Paging, pageOf, readCursor, writeCursor } from "../http/parameters.ts";
import { route } from "../http/route.ts";
import type { Issue } from "./issue.ts";
import { issueMoveRules, questionAboutIssue } from "./issue-lifecycle.ts";
import { changeLink, readLinkedComplaints } from "./issue-links.store.ts";
import { LinkRefusal, linkToIssue, unlinkFromIssue } from "./issue-links.ts";
import { IssuePath } from "./issue-parameters.api.ts";
import { readIssue } from "./issues.store.ts";

const LinkedId = z
  .string()
  .refine((typed) => parseComplaintId(typed, idPrefixes) !== undefined, {
    params: { rule: "complaint-id" },
    abort: true,
  })
  .overwrite((typed) => parseComplaintId(typed, idPrefixes) ?? typed);
const Body = z.strictObject({ complaintIds: z.array(LinkedId).min(1).max(mostLinksInRequest) });

const Outcome = z
  .object({
    complaintIds: z.array(z.string()),
    refused: z.array(z.object({ complaintId: z.string(), refusal: LinkRefusal })),
  })
  .meta({ id: "IssueLinks" });

type Request = {
  path: { issueId: string };
  body: { complaintIds: string[] };
  principal: PrincipalOf<"inspector">;
  now: string;
};
type Decide = (issue: Issue) => Parameters<typeof changeLink>[0]["decide"];

/** The number of complaints that are changed at the same time: a hundred take two seconds. */
const concurrency = 10;

/**
 * Changes the link of each complaint. Each is a transaction of its own, so a request that ends early is simply repeated: linked complaints
 * stays linked.
 */
async function changeLinks({ path: { issueId }, body, now }: Request, decideFor: Decide) {
  const issue = await readIssue(issueId);
  if (!issue) throw new Fault("not-found");
  const decide = decideFor(issue);
  const refusals = new Map<string, LinkRefusal | undefined>();
  const remaining = new Set(body.complaintIds).values();
  const changeRemaining = async () => {
    for (const complaintId of remaining)
      refusals.set(complaintId, await changeLink({ issueId, complaintId, now, decide }).catch(changedMeanwhile));
  };
  await Promise.all(Array.from({ length: concurrency }, changeRemaining));
  const outcomes = [...new Set(body.complaintIds)].map((complaintId) => ({
    complaintId,
    refusal: refusals.get(complaintId),
  }));
  const complaintIds = outcomes.flatMap(({ complaintId, refusal }) => (refusal ? [] : complaintId));
  return { status: 200, body: { complaintIds, refused: outcomes.filter(({ refusal }) => refusal) } };
}

/** A complaint that cannot be changed because of conflicts must not spoil the answer about the others. */
function changedMeanwhile(error: unknown): LinkRefusal {
  if (error instanceof Fault && error.code === "unavailable") return "changed-meanwhile";
  throw error;
}

/** POST /v1/inspector/issues/{issueId}/links: links complaints with this cause. A link changes no deadline and no right. */
export const linkComplaints = route({
  caller: "inspector",
  summary: { en: "Link complaints to an issue", fa: "پیوند دادن شکایت‌ها به یک مشکل" },
  path: IssuePath,
  body: Body,
  answer: { status: 200, schema: Outcome },
  problems: ["issue-state"],
  run: (request) =>
    changeLinks(request, (issue) => {
      const refusal = refusalByState(
        issueMoveRules.link,
        questionAboutIssue(issue, { by: request.principal, now: request.now }),
      );
      if (refusal) throw refusal;
      return (complaint, now) => linkToIssue(complaint, { by: request.principal, now, issue, personalCauses });
    }),
});

/** DELETE /v1/inspector/issues/{issueId}/links: ends the links of complaints. */
export const unlinkComplaints = route({
  caller: "inspector",
  summary: { en: "End the links of complaints to an issue", fa: "پایان دادن پیوند شکایت‌ها با یک مشکل" },
  path: IssuePath,
  body: Body,
  answer: { status: 200, schema: Outcome },
  run: (request) =>
    changeLinks(
      request,
      (issue) => (complaint, now) => unlinkFromIssue(complaint, { by: request.principal, now, issueId: issue.id }),
    ),
});

const LinkRow = z
  .object({ complaintId: z.string(), linkedAt: Instant, status: Complaint.shape.status, filedAt: Instant })
  .meta({ id: "IssueLinkRow" });

/** GET /v1/inspector/issues/{issueId}/links: the complaints that are linked now, in the order of their ids. */
export const listLinksOfIssue = route({
  caller: "inspector",
  summary: { en: "List the complaints linked to an issue", fa: "فهرست شکایت‌های پیوندخورده به یک مشکل" },
  path: IssuePath,
  query: Paging,
  answer: { status: 200, schema: pageOf(LinkRow).meta({ id: "IssueLinksPage" }) },
  problems: ["cursor-invalid"],
  async run({ path: { issueId }, query: { limit, cursor } }) {
    if (!(await readIssue(issueId))) throw new Fault("not-found");
    const bound = { list: "issue-links", issueId };
    const { items, next } = await readLinkedComplaints({ issueId, limit, from: readCursor(cursor, bound) });
    const rows = items.map(({ complaint: { id, status, filedAt }, linkedAt }) => ({
      complaintId: id,
      linkedAt,
      status,
      filedAt,
    }));
    return { status: 200, body: { items: rows, nextCursor: writeCursor(next, bound) } };
  },
});
