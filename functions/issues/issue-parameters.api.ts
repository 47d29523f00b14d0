import * as z from "zod";
import { maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { invalidFault } from "#shared/fault.ts";
import { parseIssueId } from "#shared/identifier.ts";
import { Slug } from "#shared/vocabulary.ts";
import { Paging, YesOrNo } from "../http/parameters.ts";
import { type Issue, IssueStatus } from "./issue.ts";
import { lateSince } from "./issue-views.ts";

/** The id of an issue in a path, in any spelling that people type. */
export const IssuePath = z.object({
  issueId: z
    .string()
    .refine((typed) => parseIssueId(typed) !== undefined, { params: { rule: "issue-id" }, abort: true })
    .overwrite((typed) => parseIssueId(typed) ?? typed),
});

/** The query of a list of issues. */
export const IssuesQuery = Paging.extend({
  agencyId: Slug.optional(),
  status: IssueStatus.optional(),
});

/** The query of an official's list. */
export const OfficialIssuesQuery = IssuesQuery.omit({ agencyId: true }).extend({ late: YesOrNo.optional() });

type IssueFilter = {
  agencyId?: string | undefined;
  status?: Issue["status"] | undefined;
  late?: boolean | undefined;
  unread?: boolean | undefined;
};

/** Returns whether an issue matches every given part of a filter. */
export function issueMatcher({ agencyId, status, late, unread }: IssueFilter, now: string) {
  return (issue: Issue) =>
    (agencyId === undefined || issue.agencyId === agencyId) &&
    (status === undefined || issue.status === status) &&
    (late === undefined || (lateSince(issue, now) !== undefined) === late) &&
    (unread === undefined || (issue.unread !== undefined) === unread);
}

/** These texts are published. Throws `invalid` if one has a number or an address of a person. */
export function refusePersonalNumbers(texts: Record<string, string>): void {
  for (const [field, text] of Object.entries(texts))
    if (maskByPattern({ text })) throw invalidFault(field, "personal-number");
}
