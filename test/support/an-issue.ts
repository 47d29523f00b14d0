import type { Issue } from "#functions/issues/issue.ts";
import type { IssueChange } from "#functions/issues/issue-events.ts";
import { openIssue } from "#functions/issues/issue-opening.ts";
import { publishVisit, reportVisit } from "#functions/issues/issue-visits.ts";
import { readProvince } from "#infra/provinces/province-files.ts";
import { directory, personalCauses } from "#shared/province/slices.static.ts";
import type { EscalationLevels } from "#shared/province/terms.ts";
import { aCalendar } from "./a-calendar.ts";

export const issueLevels: EscalationLevels = readProvince("qazvin").escalationLevels;
/** Sunday 29 November 2026, 09:30 in Qazvin; offices are open from 8 to 13. */
export const issueOpenedAt = "2026-11-29T06:00:00.000Z";
export const issueCalendar = aCalendar();
export const issueGround = { directory, personalCauses, calendar: issueCalendar };

export const issueRequest = {
  agencyId: "social-security",
  category: "systems-not-ready",
  cause: "system-down",
  countyIds: ["qazvin"],
  title: "قطعی سامانهٔ نوبت‌دهی",
  summary: "سامانهٔ نوبت‌دهی هر روز چند ساعت از کار می‌افتد.",
  outage: false,
};

export const newIssue = { id: "IS-7K3M-9XPT-Q", now: issueOpenedAt, clientId: "desk", inspector: "inspector-1" };

export const anIssue = (changes: Partial<typeof issueRequest> = {}): IssueChange =>
  openIssue(issueGround, { ...issueRequest, ...changes, ...newIssue });

/** The issue once a visit of an inspector is published, at the instant of its report. */
export function verifiedByVisit(issue: Issue, { now, arrivedAt }: { now: string; arrivedAt: string }): IssueChange {
  const { issue: present, events } = reportVisit(issue, { now, actor: byInspector, arrivedAt });
  const published = publishVisit(present, { doneAt: present.doneAt ?? "", publishAt: now, now });
  return { issue: published?.issue ?? present, events: [...events, ...(published?.events ?? [])] };
}

export const byInspector = { by: "inspector", clientId: "desk", person: "inspector-1" } as const;
export const byAgency = { by: "agency", clientId: "agency-social-security" } as const;
