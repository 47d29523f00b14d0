import type { Closure } from "../complaint/complaint.ts";
import type { ComplaintEvent, EventOf } from "../complaint/event.ts";
import type { PrivateEvent } from "../complaint/private-series.ts";
import { quickAcceptanceMinutes } from "../policy-numbers.ts";
import { later, minuteMs } from "../time/duration.ts";
import type { Instant } from "../time/instant.ts";
import type { Calendar } from "../time/office-clock.ts";
import type { ClockKind } from "../time/policy.ts";
import { type Offered, successionOf } from "../time/retirement.ts";
import { type Measure, timeEdges } from "./breakdown.ts";
import type { Counted } from "./counts.ts";
import { countedMs, type Holding, holdingsOf, longestHolder } from "./holding.ts";
import { opinionMeasures } from "./opinion-measures.ts";
import { type Course, courseOf, type Outcome, outcomeOf } from "./outcome.ts";

/** What of the province counting rests on, as its file is when the figures are computed. */
export type CountedProvince = {
  agencies: (Offered & { peerGroup?: string | undefined })[];
  /** The clock on which a category is to be answered. */
  answerClocks: Record<string, ClockKind>;
  /** The agencies that run front ends, by client id. */
  operators: Record<string, string>;
};

/** Raise this number with every change of how complaints are counted: a count that has begun then begins anew. */
export const countingRules = 7;

export type Terms = {
  /** What happened at that instant or later is not known. */
  asOf: Instant;
  calendarOf: (countyId: string) => Calendar;
  province: CountedProvince;
};

type History = { events: readonly ComplaintEvent[]; series: readonly PrivateEvent[] };

/**
 * What a complaint counts as, by its events before `asOf`: a report of retaliation counts as nothing else; undefined where
 * the complaint was not filed by then.
 */
export function countedOf({ events, series }: History, terms: Terms): Counted | "retaliation" | undefined {
  const known = events.filter(({ at }) => at < terms.asOf);
  const [filed] = known;
  if (filed?.type !== "filed") return undefined;
  if (filed.after.retaliation) return "retaliation";
  const held = holdingsOf(known, terms.asOf);
  const holdings = held.map((one) => ({ ...one, agencyId: standsFor(terms, one.agencyId) }));
  const counting = { ...terms, filed, known, holdings };
  const judged = judgedOf(counting);
  const { course, outcome } = judged;
  const place = placeOf(counting, judged);
  return {
    place,
    measures: [
      `outcome:${outcome}`,
      ...courseMeasures(course, known),
      ...timeMeasures({ start: filed, calendarOf: terms.calendarOf }, judged),
      ...endMeasures(counting, judged),
      ...opinionMeasures(saidIn(series, { ...counting, ...judged, place }), known),
    ],
    holders: holdersOf(counting),
  };
}

type CountedOne = Terms & { filed: EventOf<"filed">; known: readonly ComplaintEvent[]; holdings: readonly Holding[] };
type CourseAndOutcome = { course: Course; outcome: Outcome };
type Judged = CourseAndOutcome & { isRivals: boolean };

/** An agency's front end may file against rivals: a complaint that it files about an agency of its own peer group is excluded. */
function judgedOf(counting: CountedOne): Judged {
  const { filed, known, province, asOf } = counting;
  const course = courseOf(known, asOf);
  const outcome = outcomeOf(course);
  const groupOf = (id: string | undefined) => province.agencies.find((one) => one.id === id)?.peerGroup;
  const operator = province.operators[filed.client ?? ""];
  const group = groupOf(operator && standsFor(counting, operator));
  const isRivals = group !== undefined && group === groupOf(agencyOf(counting, { course, outcome }));
  return { course, outcome: isRivals && outcome !== "pending" ? "excluded" : outcome, isRivals };
}

type Said = CountedOne & Judged & { place: Counted["place"] };

/**
 * The citizen's opinions that are counted: none of a complaint that a rival's front end filed. A call counts only for the
 * agency where the complaint was filed, since the call was drawn with that agency's probability.
 */
function saidIn(series: readonly PrivateEvent[], { filed, asOf, isRivals, place }: Said): readonly PrivateEvent[] {
  if (isRivals) return [];
  const isDrawnHere = place.agency === filed.after.agencyId;
  return series.filter(({ at, type }) => at < asOf && (type !== "called" || isDrawnHere));
}

function placeOf(counting: CountedOne, { course, outcome }: CourseAndOutcome): Counted["place"] {
  const { countyId, category } = counting.filed.after;
  const { answered, decided } = course;
  return {
    agency: agencyOf(counting, { course, outcome }),
    county: countyId,
    category,
    cause: decided?.cause ?? answered?.cause,
  };
}

/** The agency that a complaint is counted for: the last holder, but the longest holder of a late or unanswered one. */
function agencyOf(one: CountedOne, { course, outcome }: CourseAndOutcome): string {
  const { holdings, province, calendarOf, filed } = one;
  const { countyId, category } = filed.after;
  const lastHolder = lastHolderOf(one);
  if (outcome !== "unanswered" && outcome !== "late") return lastHolder;
  const clock = province.answerClocks[category] ?? "elapsed";
  const counting = { until: course.answerBy, clock, calendar: calendarOf(countyId) };
  return longestHolder(holdings, counting) ?? lastHolder;
}

const lastHolderOf = ({ holdings, filed }: CountedOne) => holdings.at(-1)?.agencyId ?? filed.after.agencyId;

/** A retired agency's complaints are counted for its successor. */
function standsFor({ province, asOf }: Terms, agencyId: string): string {
  return successionOf(province.agencies, { id: agencyId, now: asOf }).at(-1) ?? agencyId;
}

const highestLevel = 5;

/** The classes of one history that rest on its events alone, without times and closure. */
export function courseMeasures({ answered, decided }: Course, known: readonly ComplaintEvent[]): Measure[] {
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
function endMeasures({ filed, known }: CountedOne, { course, isRivals }: Judged): Measure[] {
  if (isRivals) return [];
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

function holdersOf(counting: CountedOne): Counted["holders"] {
  const { holdings, known } = counting;
  const previous = new Set(
    known.filter(isTransferredOutOf).map(({ fromAgencyId }) => standsFor(counting, fromAgencyId)),
  );
  const holders = new Set(holdings.map(({ agencyId }) => agencyId));
  return [...holders].map((agencyId) => ({ agencyId, transferredOut: previous.has(agencyId) }));
}

type Timed = { start: EventOf<"filed"> | EventOf<"transferred">; calendarOf: Terms["calendarOf"] };

/** The classes of the time from `start` to the answer, on both clocks; none of complaints that no share counts. */
export function timeMeasures({ start, calendarOf }: Timed, { course, outcome }: CourseAndOutcome): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const calendar = calendarOf(start.after.countyId);
  const span = course.answered && { from: start.at, to: course.answered.at };
  const binOn = (clock: ClockKind) => (span ? binOf(countedMs(span, { clock, calendar })) : "unanswered");
  return [`time-office:${binOn("office-hours")}`, `time-elapsed:${binOn("elapsed")}`];
}

function binOf(ms: number): string {
  return timeEdges.find(([, minutes]) => ms <= minutes * 60_000)?.[0] ?? "longer";
}

/** With a phone given the citizen can be asked, so a quick acceptance is not counted as quick. */
function acceptanceMeasures({ counting }: EventOf<"filed">, { answered, accepted }: Course): Measure[] {
  if (!answered || !accepted) return [];
  const isQuick = accepted.at < later(answered.at, quickAcceptanceMinutes * minuteMs);
  return [`quick-acceptance:${isQuick && !counting?.phone ? "quick" : "not-quick"}`];
}
