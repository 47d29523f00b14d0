import * as z from "zod";
import { hasAccess } from "#shared/complaints/access.ts";
import { applyEvents, attributionOf, type Change, type CommandContext } from "#shared/complaints/change.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";

/** Why a complaint is not linked to an issue, or not unlinked. */
export const LinkRefusal = z.enum([
  "not-found",
  "other-agency",
  "other-category",
  "other-county",
  "retaliation-report",
  "personal-cause",
  "other-issue",
  "not-linked",
  "changed-meanwhile",
]);
export type LinkRefusal = z.infer<typeof LinkRefusal>;

/** The facts of the issue that a link depends on. */
type LinkedIssue = { id: string; agencyId: string; category: string; countyIds: readonly string[] };
type InspectorContext = CommandContext<PrincipalOf<"inspector">>;
type LinkCommand = InspectorContext & { issue: LinkedIssue; personalCauses: readonly string[] };

/**
 * Links a complaint to an issue. The link changes no deadline and no right. Returns why not, or undefined if the complaint is
 * linked to this issue already.
 */
export function linkToIssue(
  complaint: Complaint,
  { by, now, issue, personalCauses }: LinkCommand,
): Change | LinkRefusal | undefined {
  if (complaint.issueId === issue.id) return undefined;
  const refusal = refusalOfLink(complaint, { by, issue, personalCauses });
  if (refusal) return refusal;
  return applyLink(complaint, { by, now, payload: { type: "issue-linked", issueId: issue.id } });
}

function refusalOfLink(
  complaint: Complaint,
  { by, issue, personalCauses }: Omit<LinkCommand, "now">,
): LinkRefusal | undefined {
  if (!hasAccess(complaint, by)) return "not-found";
  // A report of retaliation accuses people of the agency. The agency must not find it through a link.
  if (complaint.retaliationFor) return "retaliation-report";
  if (complaint.agencyId !== issue.agencyId) return "other-agency";
  if (complaint.category !== issue.category) return "other-category";
  if (!issue.countyIds.includes(complaint.countyId)) return "other-county";
  if (complaint.issueId !== undefined) return "other-issue";
  // The public issue would judge a person who was not heard.
  return complaint.cause !== undefined && personalCauses.includes(complaint.cause) ? "personal-cause" : undefined;
}

/** Ends the link to this issue. Returns `not-linked` if the complaint is not linked to it, and `not-found` if the caller may not read the complaint. */
export function unlinkFromIssue(
  complaint: Complaint,
  { by, now, issueId }: InspectorContext & { issueId: string },
): Change | LinkRefusal {
  if (!hasAccess(complaint, by)) return "not-found";
  if (complaint.issueId !== issueId) return "not-linked";
  return applyLink(complaint, { by, now, payload: { type: "issue-unlinked", issueId } });
}

function applyLink(
  complaint: Complaint,
  { by, now, payload }: InspectorContext & { payload: { type: "issue-linked" | "issue-unlinked"; issueId: string } },
): Change {
  return applyEvents(complaint, { now, by: attributionOf(by), payloads: [payload] });
}
