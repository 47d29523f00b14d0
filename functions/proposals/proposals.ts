import * as z from "zod";
import {
  daysCompared,
  fewestDaysAfterIssue,
  fewestProposalWeeks,
  fewestProposed,
  leastExpectedPerWeek,
  oneSourceShare,
  proposalBaselineWeeks,
  proposalListedDays,
  proposalProbability,
  proposalWindowDays,
} from "#shared/policy-numbers.ts";
import { LocalDate } from "#shared/time/calendar.ts";
import { dayMs } from "#shared/time/duration.ts";
import { addDays } from "#shared/time/period.ts";
import { type DayCount, parseSubject } from "./day-counts.ts";
import { probabilityOfAtLeast } from "./poisson.ts";

/**
 * A group of complaints that is larger than chance explains: of an agency, by category and county, or by cause. Inspectors alone
 * read it, and decide whether it is an issue.
 */
export const Proposal = z
  .object({
    agencyId: z.string(),
    category: z.string().optional(),
    countyId: z.string().optional(),
    cause: z.string().optional(),
    /** The days whose complaints are counted, both included. */
    from: LocalDate,
    to: LocalDate,
    count: z.int(),
    /** The number of complaints expected from the weeks before in as many days, to one decimal. */
    expected: z.number(),
    /** The front end that filed more than 80 % of them. */
    oneSource: z.string().optional(),
    /** The issue that was done and may have come back. */
    issueId: z.string().optional(),
    /** The first morning on which it was proposed. */
    since: LocalDate,
  })
  .meta({ id: "Proposal" });
export type Proposal = z.infer<typeof Proposal>;

/** The counts of one day. */
export type CountedDay = { day: string; counts: readonly DayCount[] };

/** An issue that an agency says is mended. */
export type DoneIssue = {
  issueId: string;
  agencyId: string;
  category: string;
  cause?: string | undefined;
  countyIds: readonly string[];
  /** The day on which the agency reported it done. */
  doneOn: string;
};

type ProposalInput = {
  /** The day on whose morning the proposals are made. Its own complaints do not count. */
  morning: string;
  /** The days that are counted, in any order; days without complaints may be left out. */
  days: readonly CountedDay[];
  doneIssues: readonly DoneIssue[];
  /** The agency that is responsible now: itself, or its successor. */
  currentAgency: (agencyId: string) => string;
};

/** The first day that is compared with the last days. */
export const firstDayCompared = (morning: string) => addDays(morning, -daysCompared);

/**
 * The proposals of a morning: groups with at least five complaints in the last 14 days, where chance alone would make so many
 * with a probability below 0.0001. Nothing is proposed before eight weeks of a province are counted.
 */
export function proposalsOf(input: ProposalInput): Proposal[] {
  const from = addDays(input.morning, -proposalWindowDays);
  const counts = datedCounts(input);
  const earlier = counts.filter(({ day }) => day < from);
  const firstDays = firstDayOfEach(earlier);
  const first = [...firstDays.values()].sort()[0];
  if (first === undefined || first > addDays(from, -7 * fewestProposalWeeks)) return [];
  const earlierGroups = Map.groupBy(earlier, groupOf);
  const groups = Map.groupBy(
    counts.filter(({ day }) => day >= from),
    groupOf,
  );
  return [...groups].flatMap(([group, recent]) => {
    const { agencyId = "", subject = "" } = recent[0] ?? {};
    const issue = input.doneIssues.find((one) => isAbout(one, { agencyId, subject }));
    const since = startOfPast({ issue, firstDay: firstDays.get(agencyId), from });
    const past = (earlierGroups.get(group) ?? []).filter(({ day }) => day >= since);
    const expected = expectedCount({ past: sumOf(past), days: daysBetween(since, from) });
    const count = sumOf(recent);
    if (count < fewestProposed || probabilityOfAtLeast(count, expected) >= proposalProbability) return [];
    const rounded = Math.round(expected * 10) / 10;
    const days = { from, to: addDays(input.morning, -1) };
    const oneSource = oneSourceOf(recent);
    const about = { agencyId, ...parseSubject(subject) };
    return [{ ...about, ...days, count, expected: rounded, oneSource, issueId: issue?.issueId, since: input.morning }];
  });
}

type DatedCount = DayCount & { day: string };

/** The counts of all days that are compared, under the agencies that are responsible now. */
function datedCounts({ morning, days, currentAgency }: ProposalInput): DatedCount[] {
  return days
    .filter(({ day }) => day >= firstDayCompared(morning) && day < morning)
    .flatMap(({ day, counts }) => counts.map((count) => ({ ...count, day, agencyId: currentAgency(count.agencyId) })));
}

const groupOf = ({ agencyId, subject }: DatedCount) => `${agencyId} ${subject}`;
const sumOf = (counts: readonly DatedCount[]) => counts.reduce((sum, { count }) => sum + count, 0);
const daysBetween = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / dayMs;

function firstDayOfEach(counts: readonly DatedCount[]): Map<string, string> {
  const firstDays = new Map<string, string>();
  for (const { agencyId, day } of counts) {
    const known = firstDays.get(agencyId);
    if (known === undefined || day < known) firstDays.set(agencyId, day);
  }
  return firstDays;
}

function isAbout(issue: DoneIssue, { agencyId, subject }: Pick<DayCount, "agencyId" | "subject">): boolean {
  if (issue.agencyId !== agencyId) return false;
  const named = parseSubject(subject);
  if ("cause" in named) return issue.cause === named.cause;
  return issue.category === named.category && issue.countyIds.includes(named.countyId);
}

type PastInput = { issue: DoneIssue | undefined; firstDay: string | undefined; from: string };

/**
 * The day from which earlier complaints are compared. An agency that joined lately, or was silent, is compared with the days
 * since its first complaint: it would otherwise be proposed for months. A mended cause is compared with the days since it was
 * mended, if there are enough of them: the bad weeks before would hide that it came back.
 */
function startOfPast({ issue, firstDay, from }: PastInput): string {
  const afterIssue = issue && addDays(issue.doneOn, 1);
  if (afterIssue && afterIssue <= addDays(from, -fewestDaysAfterIssue)) return afterIssue;
  return firstDay ?? addDays(from, -7 * proposalBaselineWeeks);
}

/** How many complaints are expected in the days that are looked at. */
function expectedCount({ past, days }: { past: number; days: number }): number {
  return Math.max((leastExpectedPerWeek / 7) * proposalWindowDays, (past / days) * proposalWindowDays);
}

/** The front end that filed nearly all complaints of a group: perhaps one person or one program wrote them. */
function oneSourceOf(counts: readonly DatedCount[]): string | undefined {
  const most = oneSourceShare * sumOf(counts);
  return [...Map.groupBy(counts, ({ filedBy }) => filedBy)].find(([, own]) => sumOf(own) > most)?.[0];
}

/**
 * The list after a morning. A proposal keeps its first morning, and stays for seven days after it was last found: a group that
 * comes and goes by chance is one proposal. The newest stand first.
 */
export function listAfter(
  previous: readonly Proposal[],
  { found, morning }: { found: readonly Proposal[]; morning: string },
): Proposal[] {
  const nameOf = ({ agencyId, category, countyId, cause }: Proposal) =>
    JSON.stringify([agencyId, category, countyId, cause]);
  const listed = new Map(previous.map((proposal) => [nameOf(proposal), proposal]));
  const again = found.map((proposal) => ({ ...proposal, since: listed.get(nameOf(proposal))?.since ?? morning }));
  const names = new Set(found.map(nameOf));
  const stay = previous.filter(
    (proposal) => !names.has(nameOf(proposal)) && proposal.to >= addDays(morning, -1 - proposalListedDays),
  );
  const rank = ({ count, expected }: Proposal) => count / Math.max(expected, 1);
  return [...again, ...stay].toSorted(
    (one, other) =>
      compareTexts(other.since, one.since) || rank(other) - rank(one) || compareTexts(nameOf(one), nameOf(other)),
  );
}

const compareTexts = (one: string, other: string) => (one < other ? -1 : Number(one > other));
