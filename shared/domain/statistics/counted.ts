import type { ComplaintEvent, EventOf } from "../complaint/event.ts";
import type { PrivateEvent } from "../complaint/private-series.ts";
import { later } from "../time/duration.ts";
import type { Instant } from "../time/instant.ts";
import type { Calendar } from "../time/office-clock.ts";
import type { ClockKind } from "../time/policy.ts";
import { type Offered, successionOf } from "../time/retirement.ts";
import { countedMs, type Holding, holdingsOf, longestHolder } from "./holding.ts";
import { opinionMeasures } from "./opinion-measures.ts";
import { type Course, courseOf, type Outcome, outcomeOf } from "./outcome.ts";
import { type Measure, timeEdges } from "./partition.ts";
import type { Counted } from "./tallies.ts";

/** What of the province counting rests on, as its file is when the figures are computed. */
export type CountedProvince = {
  agencies: (Offered & { peerGroup?: string | undefined })[];
  /** The clock on which a category is to be answered. */
  answerClocks: Record<string, ClockKind>;
  /** The agencies that run front ends, by client id. */
  operators: Record<string, string>;
};

/** To be raised whenever what follows counts something otherwise than before. */
export const countingRules = 6;

export type Terms = {
  /** What happened at that instant or later is not known. */
  asOf: Instant;
  calendarOf: (countyId: string) => Calendar;
  province: CountedProvince;
};

type History = { events: readonly ComplaintEvent[]; series: readonly PrivateEvent[] };

/**
 * What a complaint counts as, by what had happened to it before an instant: a report of retaliation as no more than that;
 * undefined where it had not been filed.
 */
export function countedOf({ events, series }: History, terms: Terms): Counted | { retaliation: number } | undefined {
  const known = events.filter(({ at }) => at < terms.asOf);
  const [filed] = known;
  if (filed?.type !== "filed" || !filed.counting) return undefined;
  const { key } = filed.counting;
  if (filed.after.retaliation) return { retaliation: key };
  const held = holdingsOf(known, terms.asOf);
  const holdings = held.map((one) => ({ ...one, agencyId: standsFor(terms, one.agencyId) }));
  const counting = { ...terms, filed, known, holdings };
  const judged = judgedOf(counting);
  const { course, outcome } = judged;
  const place = placeOf(counting, judged);
  return {
    recordKey: key,
    place,
    measures: [
      `outcome:${outcome}`,
      ...courseMeasures(course, known),
      ...timeMeasures(counting, judged),
      ...endMeasures(counting, judged),
      ...opinionMeasures(saidIn(series, { ...counting, ...judged, place }), known),
    ],
    holders: holdersOf(counting),
    ...(place.agency !== lastHolderOf(counting) && { wentOn: true }),
  };
}

type CountedOne = Terms & { filed: EventOf<"filed">; known: readonly ComplaintEvent[]; holdings: readonly Holding[] };
type Weighed = { course: Course; outcome: Outcome };
type Judged = Weighed & { isRivals: boolean };

/** An agency's front end may file against its rivals: what it files that would be one of its peers' is counted apart. */
function judgedOf(counting: CountedOne): Judged {
  const { filed, known, province, asOf } = counting;
  const course = courseOf(known, asOf);
  const outcome = outcomeOf(course);
  const groupOf = (id: string | undefined) => province.agencies.find((one) => one.id === id)?.peerGroup;
  const operator = province.operators[filed.client ?? ""];
  const group = groupOf(operator && standsFor(counting, operator));
  const isRivals = group !== undefined && group === groupOf(whose(counting, { course, outcome }));
  return { course, outcome: isRivals && outcome !== "pending" ? "apart" : outcome, isRivals };
}

type Said = CountedOne & Judged & { place: Counted["place"] };

/**
 * What is counted of what the citizen said: nothing through a rival's front end. Whoever is drawn is drawn by the agency
 * that it was filed at: elsewhere the answers to calls would stand for too few.
 */
function saidIn(series: readonly PrivateEvent[], { filed, asOf, isRivals, place }: Said): readonly PrivateEvent[] {
  if (isRivals) return [];
  const isWeighed = place.agency === filed.after.agencyId;
  return series.filter(({ at, type }) => at < asOf && (type !== "called" || isWeighed));
}

function placeOf(counting: CountedOne, { course, outcome }: Weighed): Counted["place"] {
  const { countyId, category } = counting.filed.after;
  const { answered, decided } = course;
  return {
    agency: whose(counting, { course, outcome }),
    county: countyId,
    category,
    cause: decided?.cause ?? answered?.cause,
  };
}

/** In whose cells it stands; who answered is the last that held it. */
function whose(one: CountedOne, { course, outcome }: Weighed): string {
  const { holdings, province, calendarOf, filed } = one;
  const { countyId, category } = filed.after;
  const lastHolder = lastHolderOf(one);
  if (outcome !== "N" && outcome !== "L") return lastHolder;
  const clock = province.answerClocks[category] ?? "elapsed";
  const counting = { until: course.answerBy, clock, calendar: calendarOf(countyId) };
  return longestHolder(holdings, counting) ?? lastHolder;
}

const lastHolderOf = ({ holdings, filed }: CountedOne) => holdings.at(-1)?.agencyId ?? filed.after.agencyId;

/** An agency's cells go to the one that took its place. */
function standsFor({ province, asOf }: Terms, agencyId: string): string {
  return successionOf(province.agencies, { id: agencyId, now: asOf }).at(-1) ?? agencyId;
}

const highestTold = 5;

function courseMeasures({ answered, decided }: Course, known: readonly ComplaintEvent[]): Measure[] {
  const { after } = known.at(-1) ?? {};
  const finding = decided?.finding ?? answered?.finding;
  const has = (type: ComplaintEvent["type"]) => known.some((event) => event.type === type);
  const passedOn = known.some(isPassedOn);
  return [
    `level:${Math.min(after?.level ?? 0, highestTold)}`,
    `extended:${has("extended") ? "extended" : "not-extended"}`,
    `passed-on:${passedOn ? "passed-on" : "kept"}`,
    ...(finding ? [`finding:${finding}` as const] : []),
  ];
}

/** None through a rival's front end: it has the secrets, and could withdraw, or accept at once, what it files about its peers. */
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
  rejected: "out-of-scope",
} as const;

function closureOf(known: readonly ComplaintEvent[]): string | undefined {
  const types = known.map(({ type }) => type);
  return Object.entries(closures).find(([type]) => types.includes(type as ComplaintEvent["type"]))?.[1];
}

/** An inspector's transfer is not the agency's doing. */
const isPassedOn = (event: ComplaintEvent): event is EventOf<"transferred"> =>
  event.type === "transferred" && event.by === "agency";

function holdersOf(counting: CountedOne): Counted["holders"] {
  const { holdings, known } = counting;
  const givers = new Set(known.filter(isPassedOn).map(({ fromAgencyId }) => standsFor(counting, fromAgencyId)));
  const holders = new Set(holdings.map(({ agencyId }) => agencyId));
  return [...holders].map((agencyId) => ({ agencyId, passedOn: givers.has(agencyId) }));
}

function timeMeasures({ filed, calendarOf }: CountedOne, { course, outcome }: Weighed): Measure[] {
  if (outcome === "pending" || outcome === "apart") return [];
  const calendar = calendarOf(filed.after.countyId);
  const span = course.answered && { from: filed.at, to: course.answered.at };
  const binOn = (clock: ClockKind) => (span ? binOf(countedMs(span, { clock, calendar })) : "unanswered");
  return [`time-office:${binOn("office-hours")}`, `time-elapsed:${binOn("elapsed")}`];
}

function binOf(ms: number): string {
  return timeEdges.find(([, minutes]) => ms <= minutes * 60_000)?.[0] ?? "longer";
}

const quickMs = 60 * 60_000;

function acceptanceMeasures({ counting }: EventOf<"filed">, { answered, accepted }: Course): Measure[] {
  if (!answered || !accepted) return [];
  const isQuick = accepted.at < later(answered.at, quickMs);
  return [`acceptance:${isQuick && !counting?.phone ? "quick-without-phone" : "other"}`];
}
