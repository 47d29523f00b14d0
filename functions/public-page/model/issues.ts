import type { PublicIssueView } from "#functions/issues/issue-views.ts";
import type { Instant } from "#shared/time/calendar.ts";

/** An issue on the pages: exactly the answer of `GET /v1/issues/{issueId}`. */
export type PageIssue = PublicIssueView;

/** Whether the agency owes a plan or a proof whose time has passed. */
export function isLate(
  { status, planBy, promisedBy }: Pick<PageIssue, "status" | "planBy" | "promisedBy">,
  now: Instant,
): boolean {
  if (status === "open" || status === "recurred") return planBy <= now;
  return status === "planned" && promisedBy !== undefined && promisedBy <= now;
}

type Step = PageIssue["history"][number];

/** The steps whose promised time passed before another step ended the promise. */
export function brokenPromises(
  { history }: Pick<PageIssue, "history">,
  now: Instant,
): (Step & { promisedBy: Instant })[] {
  return history.flatMap(({ promisedBy, ...step }, n) => {
    const end = history.find((_, later) => later > n && endsPromise(history, later))?.at ?? now;
    return promisedBy && promisedBy < end ? [{ ...step, promisedBy }] : [];
  });
}

/** Every step ends an earlier promise, except a report that an inspector returned, and its return. */
function endsPromise(history: readonly Step[], n: number): boolean {
  const type = history[n]?.type;
  return type !== "proof-returned" && !(type === "done" && history[n + 1]?.type === "proof-returned");
}

/** Whether a service is down now, as far as anybody has confirmed. */
export const isDown = ({ outage, status }: Pick<PageIssue, "outage" | "status">) =>
  outage && status !== "verified" && status !== "withdrawn";

/** Issues that are not mended come first, then those that nobody has confirmed, then the others. */
const ranks: Record<PageIssue["status"], number> = {
  recurred: 0,
  open: 0,
  planned: 0,
  done: 1,
  unconfirmed: 1,
  verified: 2,
  withdrawn: 2,
};

/** Issues in the order of the pages; of the same rank, the latest opened first. */
export function inPageOrder(issues: readonly PageIssue[]): PageIssue[] {
  return issues.toSorted(
    (one, other) => ranks[one.status] - ranks[other.status] || other.openedAt.localeCompare(one.openedAt),
  );
}

/** How many characters of issues an agency's page has at most, so that a first visit stays below 100 KB. */
const mostCharacters = 30_000;

type Shares = { whole: PageIssue[]; rest: PageIssue[] };

/** The first issues, which stand with all their texts, and the rest, with the titles alone. */
export function withinWeight(issues: readonly PageIssue[]): Shares {
  let characters = 0;
  const fits = issues.findIndex((issue) => {
    characters += charactersOf(issue);
    return characters > mostCharacters;
  });
  return fits < 0 ? { whole: [...issues], rest: [] } : { whole: issues.slice(0, fits), rest: issues.slice(fits) };
}

function charactersOf({ title, summary, plan, proof, history }: PageIssue): number {
  const reasons = history.map(({ reason = "" }) => reason);
  const texts = [title, summary, plan?.what ?? "", proof?.text ?? "", ...reasons];
  // Each step of the history has words of its own.
  return texts.join("").length + 60 * history.length;
}
