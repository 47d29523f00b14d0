import { PublicIssueView } from "#functions/issues/issue-views.ts";
import type { PageIssue } from "#functions/public-page/model/issues.ts";

const days = {
  opened: "2026-11-02T06:00:00.000Z",
  planned: "2026-11-07T06:00:00.000Z",
  promised: "2026-12-10T20:29:59.999Z",
  done: "2026-11-20T06:00:00.000Z",
  verified: "2026-11-24T06:00:00.000Z",
};
const opened = { type: "opened", at: days.opened };
const planned = { type: "planned", at: days.planned, promisedBy: days.promised };
const done = { type: "done", at: days.done };
const plan = { what: "سرور نوبت‌دهی عوض می‌شود و تا آن روز نوبت کاغذی می‌دهیم.", at: days.planned };
const proof = { text: "سرور تازه یک هفته است که بی‌وقفه کار می‌کند.", at: days.done };
const ofPlan = { plannedAt: days.planned, promisedBy: days.promised };
const ofProof = { ...ofPlan, doneAt: days.done };

/** What is added to an open issue in each state. */
const states: Record<PageIssue["status"], object> = {
  open: { history: [opened] },
  planned: { ...ofPlan, plan, history: [opened, planned] },
  done: { ...ofProof, plan, proof, history: [opened, planned, done] },
  verified: {
    ...ofProof,
    plan,
    proof,
    verifiedAt: days.verified,
    history: [opened, planned, done, { type: "verified", at: days.verified }],
  },
  unconfirmed: {
    ...ofProof,
    plan,
    proof,
    history: [opened, planned, done, { type: "unconfirmed", at: days.verified }],
  },
  recurred: {
    recurredAt: days.verified,
    history: [opened, planned, done, { type: "recurred", at: days.verified, reason: "صف دوباره برگشته است." }],
  },
  withdrawn: {
    endedAt: days.verified,
    history: [opened, { type: "withdrawn", at: days.verified, reason: "ثبت آن اشتباه بود." }],
  },
};

/** An issue as everybody reads it, of an agency of the invented province. It was opened on 11 Aban 1405. */
export function anIssueInPublic(status: PageIssue["status"] = "open", changes: Partial<PageIssue> = {}): PageIssue {
  return PublicIssueView.parse({
    id: "IS-7K3M-9XPT-Q",
    title: "قطعی سامانهٔ نوبت‌دهی",
    summary: "سامانهٔ نوبت‌دهی هر روز چند ساعت از کار می‌افتد.",
    agencyId: "agency-2",
    category: "category-1",
    cause: "system-down",
    countyIds: ["county-1", "county-3"],
    outage: false,
    status,
    openedAt: days.opened,
    planBy: "2026-12-01T20:29:59.999Z",
    ...states[status],
    ...changes,
  });
}

/** One issue in every state, of three agencies. */
export const issuesInPublic: PageIssue[] = (Object.keys(states) as PageIssue["status"][]).map((status, n) =>
  anIssueInPublic(status, {
    id: `IS-7K3M-9XP${n}-Q`,
    agencyId: ["agency-2", "agency-5", "agency-8"][n % 3] ?? "agency-2",
    outage: n === 0,
    openedAt: `2026-11-0${n + 1}T06:00:00.000Z`,
  }),
);
