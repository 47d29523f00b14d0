import { type AnswerNotice, wasInformedByPhone } from "#shared/complaints/answer-notices.ts";
import type { Closure } from "#shared/complaints/complaint.ts";
import type { CallGroup, CallOutcome, ConfidentialEntry, Opinion } from "#shared/complaints/confidential-log.ts";
import type { ComplaintEvent, EventOf } from "#shared/complaints/event.ts";
import type { ClockKind } from "#shared/hours/deadline-policy.ts";
import type { Calendar } from "#shared/hours/office-clock.ts";
import { quickAcceptanceMinutes } from "#shared/policy-numbers.ts";
import type { CountedProvince } from "#shared/province/counted-province.ts";
import { successionChain } from "#shared/province/retirement.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds, minuteMs } from "#shared/time/duration.ts";
import {
  type ComplaintCourse,
  closingEventOf,
  complaintCourse,
  countedMilliseconds,
  type HoldingPeriod,
  holdingPeriods,
  longestHolder,
  type Outcome,
  outcomeOf,
} from "./outcome.ts";
import { type CountedComplaint, type Measure, timeLimits } from "./tables.ts";

/** Raise this number with every change of how complaints are counted. Counting that is under way then starts again. */
export const countingRules = 8;

export type CountingTerms = {
  /** Only events before this instant are counted. */
  asOf: Instant;
  calendarOf: (countyId: string) => Calendar;
  province: CountedProvince;
};

type EventsAndConfidentialLog = {
  events: readonly ComplaintEvent[];
  confidentialLog: readonly ConfidentialEntry[];
  /** The notices of the answer that reached the citizen. */
  notices: readonly AnswerNotice[];
};

/**
 * Returns the cell and the classes in which a complaint is counted. Events and confidential entries from `asOf` on do
 * not count. A retaliation report is in no cell: for it the function returns `"retaliation"`. For a complaint that was
 * not filed before `asOf` it returns undefined.
 */
export function countComplaint(
  { events: allEvents, confidentialLog, notices }: EventsAndConfidentialLog,
  terms: CountingTerms,
): CountedComplaint | "retaliation" | undefined {
  const events = allEvents.filter(({ at }) => at < terms.asOf);
  const [filed] = events;
  if (filed?.type !== "filed") return undefined;
  if (filed.after.retaliation) return "retaliation";
  const holdings = holdingPeriods(events, terms.asOf).map((period) => ({
    ...period,
    agencyId: currentAgency(terms, period.agencyId),
  }));
  const input: CountingInput = { ...terms, filed, events, holdings };
  const result = decideOutcome(input);
  const place = countedPlace(input, result);
  return {
    place,
    measures: [
      `outcome:${result.outcome}`,
      ...courseClasses(result.course, events),
      ...timeMeasures({ start: filed, calendarOf: terms.calendarOf }, result),
      ...closureMeasures(input, result),
      ...noticeMeasures(result.course, { confidentialLog, notices }),
      ...opinionMeasures(countedEntries(confidentialLog, { ...input, ...result, place }), events),
    ],
    holders: countedHolders(input),
  };
}

/**
 * One complaint to count. `events`: those before `asOf`. `holdings`: each agency that held it, or that agency's
 * successor.
 */
type CountingInput = CountingTerms & {
  filed: EventOf<"filed">;
  events: readonly ComplaintEvent[];
  holdings: readonly HoldingPeriod[];
};
type CourseAndOutcome = { course: ComplaintCourse; outcome: Outcome };
/** `isFiledByPeer`: the complaint came through the front end of an agency in the peer group of the counted agency. */
type CountedResult = CourseAndOutcome & { isFiledByPeer: boolean };

/**
 * Decides the outcome that is counted. An agency that runs a front end could file complaints against its rivals. So the
 * outcome of a complaint that its front end filed about an agency of its own peer group is `excluded`.
 */
function decideOutcome(input: CountingInput): CountedResult {
  const { filed, events, province, asOf } = input;
  const course = complaintCourse(events, asOf);
  const outcome = outcomeOf(course);
  const peerGroupOf = (agencyId: string | undefined) => province.agencies.find(({ id }) => id === agencyId)?.peerGroup;
  const operator = province.operators[filed.clientId ?? ""];
  const operatorGroup = peerGroupOf(operator && currentAgency(input, operator));
  const isFiledByPeer =
    operatorGroup !== undefined && operatorGroup === peerGroupOf(countedAgency(input, { course, outcome }));
  return { course, outcome: isFiledByPeer && outcome !== "pending" ? "excluded" : outcome, isFiledByPeer };
}

function countedPlace(input: CountingInput, { course, outcome }: CourseAndOutcome): CountedComplaint["place"] {
  const { countyId, category } = input.filed.after;
  const { answered, decided } = course;
  return {
    agency: countedAgency(input, { course, outcome }),
    county: countyId,
    category,
    cause: decided?.cause ?? answered?.cause,
  };
}

/**
 * Returns the agency whose cell counts the complaint. A late or unanswered complaint counts for the agency that held it
 * longest, every other complaint for the agency that held it last.
 */
function countedAgency(input: CountingInput, { course, outcome }: CourseAndOutcome): string {
  const { holdings, province, calendarOf, filed } = input;
  const { countyId, category, agencyId } = filed.after;
  const lastHolder = holdings.at(-1)?.agencyId ?? agencyId;
  if (outcome !== "unanswered" && outcome !== "late") return lastHolder;
  const clock = province.answerClocks[category] ?? "elapsed";
  return longestHolder(holdings, { until: course.answerBy, clock, calendar: calendarOf(countyId) }) ?? lastHolder;
}

/**
 * Returns the successor of a retired agency, because the successor's cell counts its complaints; else the agency
 * itself.
 */
function currentAgency({ province, asOf }: CountingTerms, agencyId: string): string {
  return successionChain(province.agencies, { id: agencyId, now: asOf }).at(-1) ?? agencyId;
}

const highestLevel = 5;

/** Returns the classes that follow from the events alone: level, extension, transfer out, and finding. */
export function courseClasses({ answered, decided }: ComplaintCourse, events: readonly ComplaintEvent[]): Measure[] {
  const level = events.at(-1)?.after.level ?? 0;
  const finding = decided?.finding ?? answered?.finding;
  const isExtended = events.some(({ type }) => type === "extended");
  const isTransferredOut = events.some(isTransferByAgency);
  return [
    `level:${Math.min(level, highestLevel)}`,
    `extended:${isExtended ? "extended" : "not-extended"}`,
    `transferred-out:${isTransferredOut ? "transferred-out" : "not-transferred-out"}`,
    ...(finding ? [`finding:${finding}` as const] : []),
  ];
}

/** Transfers by inspectors do not count as transferred out, because the agency did not decide them. */
const isTransferByAgency = (event: ComplaintEvent): event is EventOf<"transferred"> =>
  event.type === "transferred" && event.by === "agency";

type TimeInput = { start: EventOf<"filed"> | EventOf<"transferred">; calendarOf: CountingTerms["calendarOf"] };

/**
 * Returns the classes of the time from `start` to the answer, one for each clock. `pending` and `excluded` have none.
 */
export function timeMeasures({ start, calendarOf }: TimeInput, { course, outcome }: CourseAndOutcome): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const calendar = calendarOf(start.after.countyId);
  const span = course.answered && { from: start.at, to: course.answered.at };
  const classOn = (clock: ClockKind) =>
    span ? timeClassOf(countedMilliseconds(span, { clock, calendar })) : "unanswered";
  return [`time-office-hours:${classOn("office-hours")}`, `time-elapsed:${classOn("elapsed")}`];
}

function timeClassOf(ms: number): string {
  return timeLimits.find(([, minutes]) => ms <= minutes * minuteMs)?.[0] ?? "longer";
}

/**
 * Returns the classes of how the complaint was closed. A complaint that a rival's front end filed has none: the front
 * end has the citizen's secret, and could withdraw the complaint or accept the answer at once.
 */
function closureMeasures({ filed, events }: CountingInput, { course, isFiledByPeer }: CountedResult): Measure[] {
  if (isFiledByPeer) return [];
  const closure = closureOf(events);
  return [...(closure ? [`closure:${closure}` as const] : []), ...acceptanceMeasures(filed, course)];
}

/** Returns how a complaint was closed; undefined while it is open. */
export function closureOf(events: readonly ComplaintEvent[]): Closure | undefined {
  const closing = closingEventOf(events);
  return closing?.type === "rejected" ? closing.reason : closing?.type;
}

/**
 * A quick acceptance is suspicious only if the citizen gave no phone, since nobody can call and ask that citizen.
 */
function acceptanceMeasures({ statistics }: EventOf<"filed">, { answered, accepted }: ComplaintCourse): Measure[] {
  if (!answered || !accepted) return [];
  const isQuick = accepted.at < addMilliseconds(answered.at, quickAcceptanceMinutes * minuteMs);
  return [`quick-acceptance:${isQuick && !statistics?.phoneGiven ? "quick" : "not-quick"}`];
}

/**
 * Returns the confidential entries that are counted. No opinion counts if a rival's front end filed the complaint. A
 * call counts only for the agency where the complaint was filed, since that agency's probability selected the citizen.
 */
function countedEntries(
  confidentialLog: readonly ConfidentialEntry[],
  { filed, asOf, isFiledByPeer, place }: CountingInput & CountedResult & { place: CountedComplaint["place"] },
): readonly ConfidentialEntry[] {
  if (isFiledByPeer) return [];
  const countsCalls = place.agency === filed.after.agencyId;
  return confidentialLog.filter(({ at, type }) => at < asOf && (type !== "call-recorded" || countsCalls));
}

/** Who was called and not asked counts as not reached: the figures are about what citizens said. */
const countedOutcome: Record<CallOutcome, "answered" | "declined" | "no-contact"> = {
  answered: "answered",
  declined: "declined",
  "no-contact": "no-contact",
  later: "no-contact",
  informed: "no-contact",
  "wrong-person": "no-contact",
};

/**
 * Returns the classes of the citizen's opinions. The last opinion that the citizen gave without a call has the
 * breakdowns `solved`, `handling` and `pressured`. Calls have breakdowns of their own, which begin with `called-`.
 */
function opinionMeasures(confidentialLog: readonly ConfidentialEntry[], events: readonly ComplaintEvent[]): Measure[] {
  const given = confidentialLog.findLast((entry) => entry.type === "opinion-given");
  const calls = confidentialLog.filter((entry) => entry.type === "call-recorded");
  const answeredCall = calls.findLast(({ outcome }) => outcome === "answered");
  const countedCall = answeredCall ?? calls.at(-1);
  return [
    ...(given?.type === "opinion-given" ? opinionClasses("", given) : []),
    ...(countedCall ? [`called-outcome:${countedOutcome[countedCall.outcome]}` as const] : []),
    ...(answeredCall ? opinionClasses(`called-${countedGroup(answeredCall.group, events)}-`, answeredCall) : []),
  ];
}

/**
 * Returns the group of a called citizen. The called citizens of the group `silent` represent all citizens who said
 * nothing. A citizen who accepted or disputed after the call belongs to another group.
 */
function countedGroup(groupAtCall: CallGroup, events: readonly ComplaintEvent[]): CallGroup {
  if (groupAtCall !== "silent") return groupAtCall;
  const types = new Set(events.map(({ type }) => type));
  if (types.has("accepted")) return "accepted";
  return types.has("disputed") ? "other" : "silent";
}

/** Returns whether a notice of the answer reached the citizen. A complaint without an answer has no class. */
function noticeMeasures(
  { answered, asOf }: ComplaintCourse,
  { confidentialLog, notices }: Pick<EventsAndConfidentialLog, "confidentialLog" | "notices">,
): Measure[] {
  if (!answered) return [];
  const known = confidentialLog.filter(({ at }) => at < asOf);
  const isInformed = notices.some(({ at }) => at < asOf) || wasInformedByPhone({ answeredAt: answered.at }, known);
  return [isInformed ? "notice:notified" : "notice:not-notified"];
}

type BreakdownPrefix = "" | `called-${CallGroup}-`;

function opinionClasses(prefix: BreakdownPrefix, { solved, handling, pressured }: Partial<Opinion>): Measure[] {
  return [
    `${prefix}solved:${solved}`,
    `${prefix}handling:${handling}`,
    `${prefix}pressured:${pressured ? "pressured" : "not-pressured"}`,
  ];
}

/**
 * Returns every agency that held the complaint. `transferredOut`: whether the agency itself transferred it to another.
 */
function countedHolders(input: CountingInput): CountedComplaint["holders"] {
  const { holdings, events } = input;
  const transferring = new Set(
    events.filter(isTransferByAgency).map(({ fromAgencyId }) => currentAgency(input, fromAgencyId)),
  );
  const holders = new Set(holdings.map(({ agencyId }) => agencyId));
  return [...holders].map((agencyId) => ({ agencyId, transferredOut: transferring.has(agencyId) }));
}
