import { addToDay, type DayCount, type DayTally } from "#functions/proposals/day-counts.ts";
import { listAfter, type Proposal, proposalsOf } from "#functions/proposals/proposals.ts";
import { chooseByWeight } from "#infra/programs/demo/year/chance.ts";
import { dayCountSettlesDays, daysCompared } from "#shared/policy-numbers.ts";
import { catalog, personalCauses } from "#shared/province/slices.static.ts";
import { addDays } from "#shared/time/period.ts";

/** A Saturday. */
const firstDay = "2026-01-03";
/** Complaints on each day of a week from Saturday, in proportion: offices are closed on Thursday and Friday. */
const weekdays = [1, 1, 1, 1, 1, 0.25, 0.25].map((weight) => (weight * 7) / 5.5);

type Simulated = Parameters<typeof addToDay>[1] & { answeredAfterDays: number };
/** Days until the answer, on average. A complaint has no cause before. */
const answerDays = 1;

/** Draws a number of events by Knuth's method. */
function poisson(mean: number, share: () => number): number {
  const limit = Math.exp(-mean);
  let count = -1;
  for (let product = 1; product > limit; count++) product *= share();
  return count;
}

/** Zipf weights: the n-th id has the weight 1/n. */
const zipf = (ids: readonly string[]) => Object.fromEntries(ids.map((id, n) => [id, 1 / (n + 1)]));
const categoryWeights = Object.fromEntries(
  catalog.categories.map(({ id }, n) => [id, [14, 13, 16, 11, 8, 8, 30][n] ?? 10]),
);
const causeWeights = Object.fromEntries(catalog.causes.map(({ id }) => [id, 1]));
const agencyWeights = zipf(catalog.agencies.map(({ id }) => id));
const frontEnds = { "call-centre-128": 55, "web-portal": 27, "mobile-app": 18 };

/** A complaint of an ordinary day. Nothing is known of the true shares of agencies: a few have most complaints, as elsewhere. */
function ordinaryComplaint(share: () => number): Simulated {
  const agencyId = chooseByWeight(share, agencyWeights);
  const { countyIds = [] } = catalog.agencies.find(({ id }) => id === agencyId) ?? {};
  return {
    agencyId,
    countyId: chooseByWeight(share, zipf(countyIds)),
    category: chooseByWeight(share, categoryWeights),
    cause: chooseByWeight(share, causeWeights),
    filedBy: chooseByWeight(share, frontEnds),
    answeredAfterDays: -Math.log(1 - share()) * answerDays,
  };
}

function countsAsOf(complaints: readonly Simulated[], age: number): DayCount[] {
  const tally: DayTally = new Map();
  for (const { cause, answeredAfterDays, ...complaint } of complaints)
    addToDay(tally, { ...complaint, cause: answeredAfterDays < age ? cause : undefined }, { personalCauses });
  return [...tally.values()];
}

/** Proposes on each of some mornings, as the job does: young days are counted anew, and older ones are kept. */
function* mornings(perDay: readonly Simulated[][], from: number): Generator<{ morning: string; found: Proposal[] }> {
  const settled = perDay.map((complaints, n) => ({
    day: addDays(firstDay, n),
    counts: countsAsOf(complaints, dayCountSettlesDays),
  }));
  for (let n = from; n <= perDay.length; n++) {
    const young = Math.max(n - dayCountSettlesDays, 0);
    const days = [
      ...settled.slice(Math.max(n - daysCompared, 0), young),
      ...perDay.slice(young, n).map((complaints, at) => ({
        day: addDays(firstDay, young + at),
        counts: countsAsOf(complaints, n - young - at),
      })),
    ];
    const morning = addDays(firstDay, n);
    yield { morning, found: proposalsOf({ morning, days, doneIssues: [], currentAgency: (id) => id }) };
  }
}

type Year = { perMonth: number; share: () => number; isNew?: boolean; days?: number };

/** How many proposals chance alone makes in a year in which nothing happens. `isNew`: the province's first year. */
export function falseProposals({ perMonth, share, isNew = false, days = 365 }: Year): number {
  const past = isNew ? 0 : daysCompared;
  const perDay = Array.from({ length: past + days }, (_, n) => {
    const count = poisson(((perMonth * 12) / 365) * (weekdays[n % 7] ?? 1), share);
    return Array.from({ length: count }, () => ordinaryComplaint(share));
  });
  let listed: Proposal[] = [];
  let proposed = 0;
  for (const { morning, found } of mornings(perDay, past)) {
    listed = listAfter(listed, { found, morning });
    proposed += listed.filter(({ since }) => since === morning).length;
  }
  return proposed;
}

type Rise = { perWeek: number; factor: number; by: "place" | "cause"; share: () => number };

/** On which morning after its begin a rise of one group is proposed; undefined if not within 14 days. */
export function proposedAfterDays({ perWeek, factor, by, share }: Rise): number | undefined {
  // A rise may begin on any day of the week.
  const start = daysCompared + Math.floor(share() * 7);
  const perDay = Array.from({ length: start + 14 }, (_, n) => {
    const mean = (perWeek / 7) * (weekdays[n % 7] ?? 1) * (n < start ? 1 : factor);
    return Array.from({ length: poisson(mean, share) }, () => ordinaryComplaint(share)).map((complaint, at) => ({
      ...complaint,
      agencyId: "social-security",
      cause: "capacity",
      countyId: by === "place" ? "qazvin" : `county-${at}`,
      category: by === "place" ? "systems-not-ready" : `category-${n % 7}`,
    }));
  });
  let morning = 0;
  for (const { found } of mornings(perDay, start)) {
    if (morning > 0 && found.some(({ cause }) => (cause === undefined) === (by === "place"))) return morning;
    morning++;
  }
  return undefined;
}
