import type { Closure } from "#shared/domain/complaint/complaint.ts";
import type { CallGroup, ConfidentialEntry, Opinion } from "#shared/domain/complaint/confidential-log.ts";
import type { ComplaintEvent, EventOf } from "#shared/domain/complaint/event.ts";
import { quickAcceptanceMinutes } from "#shared/domain/policy-numbers.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds, type ClockKind, minuteMs } from "#shared/domain/time/duration.ts";
import type { Calendar } from "#shared/domain/time/office-clock.ts";
import { type CatalogEntry, successionChain } from "#shared/domain/time/retirement.ts";
import {
  type ComplaintCourse,
  complaintCourse,
  countedMilliseconds,
  type HoldingPeriod,
  holdingPeriods,
  longestHolder,
  type Outcome,
  outcomeOf,
} from "./outcome.ts";
import { type CountedComplaint, type Measure, timeLimits } from "./tables.ts";

/** What is said unasked, the last of it; and beside it, never mixed, what came of calling, and what is then said, by whom. */
export function opinionMeasures(
  confidentialLog: readonly ConfidentialEntry[],
  events: readonly ComplaintEvent[],
): Measure[] {
  const given = confidentialLog.findLast((one) => one.type === "opinion-given");
  const calls = confidentialLog.filter((one) => one.type === "called");
  const called = calls.findLast(({ outcome }) => outcome === "answered");
  const last = called ?? calls.at(-1);
  return [
    ...(given?.type === "opinion-given" ? opinionClasses("", given) : []),
    ...(last ? [`called-outcome:${last.outcome}` as const] : []),
    ...(called ? opinionClasses(`called-${groups[countedGroup(called.group, events)]}-`, called) : []),
  ];
}

/**
 * Silent is whoever stayed so: what the silent say stands for all who are silent, and whom the call moved to dispute or
 * accept is among them no more.
 */
function countedGroup(group: CallGroup, events: readonly ComplaintEvent[]): CallGroup {
  if (group !== "silent") return group;
  const types = new Set(events.map(({ type }) => type));
  if (types.has("accepted")) return "accepted";
  return types.has("disputed") ? "other" : "silent";
}

const groups = { accepted: "acceptors", silent: "silent", other: "others" } as const satisfies Record<
  CallGroup,
  string
>;
type MeasurePrefix = "" | `called-${(typeof groups)[CallGroup]}-`;

function opinionClasses(asked: MeasurePrefix, { solved, handling, pressed }: Partial<Opinion>): Measure[] {
  return [
    `${asked}solved:${solved}`,
    `${asked}handling:${handling}`,
    `${asked}pressed:${pressed ? "pressed" : "not-pressed"}`,
  ];
}

/** What of the province counting rests on, as its file is when the figures are computed. */
export type CountedProvince = {
  agencies: (CatalogEntry & { peerGroup?: string | undefined })[];
  /** The clock on which a category is to be answered. */
  answerClocks: Record<string, ClockKind>;
  /** The agencies that run front ends, by client id. */
  operators: Record<string, string>;
};

/** Raise this number with every change of how complaints are counted: a count that has begun then begins anew. */
export const countingRules = 7;

export type CountingTerms = {
  /** What happened at that instant or later is not known. */
  asOf: Instant;
  calendarOf: (countyId: string) => Calendar;
  province: CountedProvince;
};

type EventsAndConfidentialLog = { events: readonly ComplaintEvent[]; confidentialLog: readonly ConfidentialEntry[] };

/**
 * What a complaint counts as, by its events before `asOf`: a report of retaliation counts as nothing else; undefined where
 * the complaint was not filed by then.
 */
export function countComplaint(
  { events, confidentialLog }: EventsAndConfidentialLog,
  terms: CountingTerms,
): CountedComplaint | "retaliation" | undefined {
  const known = events.filter(({ at }) => at < terms.asOf);
  const [filed] = known;
  if (filed?.type !== "filed") return undefined;
  if (filed.after.retaliation) return "retaliation";
  const periods = holdingPeriods(known, terms.asOf);
  const holdings = periods.map((one) => ({ ...one, agencyId: currentAgency(terms, one.agencyId) }));
  const counting = { ...terms, filed, known, holdings };
  const judged = judgeForCounting(counting);
  const { course, outcome } = judged;
  const place = countedPlace(counting, judged);
  return {
    place,
    measures: [
      `outcome:${outcome}`,
      ...courseClasses(course, known),
      ...timeMeasures({ start: filed, calendarOf: terms.calendarOf }, judged),
      ...endMeasures(counting, judged),
      ...opinionMeasures(countedEntries(confidentialLog, { ...counting, ...judged, place }), known),
    ],
    holders: countedHolders(counting),
  };
}

type CountingInput = CountingTerms & {
  filed: EventOf<"filed">;
  known: readonly ComplaintEvent[];
  holdings: readonly HoldingPeriod[];
};
type CourseAndResult = { course: ComplaintCourse; outcome: Outcome };
type JudgedComplaint = CourseAndResult & { isFiledByPeer: boolean };

/** An agency's front end may file against rivals: a complaint that it files about an agency of its own peer group is excluded. */
function judgeForCounting(counting: CountingInput): JudgedComplaint {
  const { filed, known, province, asOf } = counting;
  const course = complaintCourse(known, asOf);
  const outcome = outcomeOf(course);
  const groupOf = (id: string | undefined) => province.agencies.find((one) => one.id === id)?.peerGroup;
  const operator = province.operators[filed.client ?? ""];
  const group = groupOf(operator && currentAgency(counting, operator));
  const isRivals = group !== undefined && group === groupOf(countedAgency(counting, { course, outcome }));
  return { course, outcome: isRivals && outcome !== "pending" ? "excluded" : outcome, isFiledByPeer: isRivals };
}

type EntriesQuery = CountingInput & JudgedComplaint & { place: CountedComplaint["place"] };

/**
 * The citizen's opinions that are counted: none of a complaint that a rival's front end filed. A call counts only for the
 * agency where the complaint was filed, since the call was drawn with that agency's probability.
 */
function countedEntries(
  confidentialLog: readonly ConfidentialEntry[],
  { filed, asOf, isFiledByPeer, place }: EntriesQuery,
): readonly ConfidentialEntry[] {
  if (isFiledByPeer) return [];
  const isDrawnHere = place.agency === filed.after.agencyId;
  return confidentialLog.filter(({ at, type }) => at < asOf && (type !== "called" || isDrawnHere));
}

function countedPlace(counting: CountingInput, { course, outcome }: CourseAndResult): CountedComplaint["place"] {
  const { countyId, category } = counting.filed.after;
  const { answered, decided } = course;
  return {
    agency: countedAgency(counting, { course, outcome }),
    county: countyId,
    category,
    cause: decided?.cause ?? answered?.cause,
  };
}

/** The agency that a complaint is counted for: the last holder, but the longest holder of a late or unanswered one. */
function countedAgency(one: CountingInput, { course, outcome }: CourseAndResult): string {
  const { holdings, province, calendarOf, filed } = one;
  const { countyId, category } = filed.after;
  const lastHolder = lastHolderOf(one);
  if (outcome !== "unanswered" && outcome !== "late") return lastHolder;
  const clock = province.answerClocks[category] ?? "elapsed";
  const counting = { until: course.answerBy, clock, calendar: calendarOf(countyId) };
  return longestHolder(holdings, counting) ?? lastHolder;
}

const lastHolderOf = ({ holdings, filed }: CountingInput) => holdings.at(-1)?.agencyId ?? filed.after.agencyId;

/** A retired agency's complaints are counted for its successor. */
function currentAgency({ province, asOf }: CountingTerms, agencyId: string): string {
  return successionChain(province.agencies, { id: agencyId, now: asOf }).at(-1) ?? agencyId;
}

const highestLevel = 5;

/** The classes of one history that rest on its events alone, without times and closure. */
export function courseClasses({ answered, decided }: ComplaintCourse, known: readonly ComplaintEvent[]): Measure[] {
  const { after } = known.at(-1) ?? {};
  const finding = decided?.finding ?? answered?.finding;
  const has = (type: ComplaintEvent["type"]) => known.some((event) => event.type === type);
  const isTransferredOut = known.some(isTransferredOutOf);
  return [
    `level:${Math.min(after?.level ?? 0, highestLevel)}`,
    `extended:${has("extended") ? "extended" : "not-extended"}`,
    `transferred-out:${isTransferredOut ? "transferred-out" : "kept"}`,
    ...(finding ? [`finding:${finding}` as const] : []),
  ];
}

/** None where a rival's front end filed the complaint: it has the secret, and could withdraw or accept at once. */
function endMeasures({ filed, known }: CountingInput, { course, isFiledByPeer }: JudgedComplaint): Measure[] {
  if (isFiledByPeer) return [];
  const closure = closureOf(known);
  return [...(closure ? [`closure:${closure}` as const] : []), ...acceptanceMeasures(filed, course)];
}

const closures = {
  accepted: "confirmed",
  expired: "unconfirmed",
  decided: "decided",
  withdrawn: "withdrawn",
} as const;

/** How a complaint was closed; undefined while it is open. */
export function closureOf(known: readonly ComplaintEvent[]): Closure | undefined {
  const rejected = known.find((event) => event.type === "rejected");
  if (rejected) return rejected.reason;
  const types = known.map(({ type }) => type);
  return Object.entries(closures).find(([type]) => types.includes(type as ComplaintEvent["type"]))?.[1];
}

/** An inspector's transfer is not the agency's doing. */
const isTransferredOutOf = (event: ComplaintEvent): event is EventOf<"transferred"> =>
  event.type === "transferred" && event.by === "agency";

function countedHolders(counting: CountingInput): CountedComplaint["holders"] {
  const { holdings, known } = counting;
  const previous = new Set(
    known.filter(isTransferredOutOf).map(({ fromAgencyId }) => currentAgency(counting, fromAgencyId)),
  );
  const holders = new Set(holdings.map(({ agencyId }) => agencyId));
  return [...holders].map((agencyId) => ({ agencyId, transferredOut: previous.has(agencyId) }));
}

type TimeInput = { start: EventOf<"filed"> | EventOf<"transferred">; calendarOf: CountingTerms["calendarOf"] };

/** The classes of the time from `start` to the answer, on both clocks; none of complaints that no share counts. */
export function timeMeasures({ start, calendarOf }: TimeInput, { course, outcome }: CourseAndResult): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const calendar = calendarOf(start.after.countyId);
  const span = course.answered && { from: start.at, to: course.answered.at };
  const binOn = (clock: ClockKind) =>
    span ? timeClassOf(countedMilliseconds(span, { clock, calendar })) : "unanswered";
  return [`time-office:${binOn("office-hours")}`, `time-elapsed:${binOn("elapsed")}`];
}

function timeClassOf(ms: number): string {
  return timeLimits.find(([, minutes]) => ms <= minutes * 60_000)?.[0] ?? "longer";
}

/** With a phone given the citizen can be asked, so a quick acceptance is not counted as quick. */
function acceptanceMeasures({ counting }: EventOf<"filed">, { answered, accepted }: ComplaintCourse): Measure[] {
  if (!answered || !accepted) return [];
  const isQuick = accepted.at < addMilliseconds(answered.at, quickAcceptanceMinutes * minuteMs);
  return [`quick-acceptance:${isQuick && !counting?.phone ? "quick" : "not-quick"}`];
}
