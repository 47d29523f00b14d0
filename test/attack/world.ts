import type { CalledGroup } from "#functions/figures/called-citizens.ts";
import type { Outcome } from "#functions/figures/outcome.ts";
import { type PublicationInput, type PublishedPeriod, publish } from "#functions/figures/publication.ts";
import type { ServedCounties } from "#functions/figures/rounding.ts";
import {
  addComplaint,
  type CountedComplaint,
  type Counts,
  emptyCounts,
  type Measure,
  sumOfCounts,
} from "#functions/figures/tables.ts";
import { chooseByWeight, mulberry32 } from "#infra/programs/demo/year/chance.ts";
import {
  addMonths,
  type IranianMonth,
  monthFrom,
  monthsOf,
  type Period,
  periodsClosingWith,
} from "#shared/time/period.ts";
import { poissonSample, type RandomNumbers } from "../support/chance.ts";

/** How often an ordinary agency's complaints have each outcome. */
export const ordinaryOutcomes: Record<Outcome, number> = {
  overturned: 0.05,
  unanswered: 0.09,
  late: 0.12,
  confirmed: 0.3,
  silent: 0.34,
  pending: 0.02,
  excluded: 0.08,
};
export const outcomes = Object.keys(ordinaryOutcomes) as Outcome[];

export const causes = ["system-down", "staff-absent", "rule-unclear", "capacity", "conduct", "none"];
const causeWeights = Object.fromEntries(causes.map((cause, n) => [cause, 1 / (n + 1)]));

const closures: Record<Outcome, Record<string, number>> = {
  overturned: { decided: 1 },
  unanswered: { decided: 0.5, withdrawn: 0.2, open: 0.3 },
  late: { accepted: 0.3, expired: 0.6, withdrawn: 0.1 },
  confirmed: { accepted: 0.85, decided: 0.15 },
  silent: { expired: 0.95, withdrawn: 0.05 },
  pending: { open: 1 },
  excluded: { withdrawn: 0.4, "out-of-scope": 0.3, "not-a-complaint": 0.2, decided: 0.1 },
};
const inTime = { PT1H: 9, PT3H: 8, PT24H: 33, PT48H: 20, longer: 2 };
const tooLate = { PT24H: 1, PT48H: 2, longer: 4 };

const answered: Outcome[] = ["overturned", "late", "confirmed", "silent"];

/** One invented complaint of an outcome: everything but the outcome is drawn by chance, and alike for every agency. */
export function aComplaint({
  outcome,
  place,
  chance,
}: {
  outcome: Outcome;
  place: ComplaintPlace;
  chance: RandomNumbers;
}): CountedComplaint {
  const isAnswered = answered.includes(outcome);
  const closure = chooseByWeight(chance, closures[outcome]);
  const isJudged = isAnswered || closure === "decided";
  const isTransferred = chance() < 1 / 15;
  const measures: Measure[] = [
    `outcome:${outcome}`,
    `level:${chooseByWeight(chance, isAnswered && outcome !== "late" ? { 0: 9, 1: 1 } : { 0: 3, 1: 8, 2: 5, 3: 2, 4: 1, 5: 1 })}`,
    `extended:${chooseByWeight(chance, { extended: 1, "not-extended": 14 })}`,
    `transferred-out:${isTransferred ? "transferred-out" : "not-transferred-out"}`,
    ...timeMeasures(outcome, chance),
    ...(isJudged
      ? ([`finding:${chooseByWeight(chance, { founded: 5, undetermined: 1, unfounded: 4 })}`] as const)
      : []),
    ...(closure === "open" ? [] : ([`closure:${closure}`] as const)),
    ...(closure === "accepted" ? ([`quick-acceptance:${chance() < 0.1 ? "quick" : "not-quick"}`] as const) : []),
    ...(isAnswered ? ([`notice:${noticeChance() < 0.7 ? "notified" : "not-notified"}`] as const) : []),
    ...(chance() < 0.3 ? opinion("", chance) : []),
    ...(closure === "open" ? [] : called(closure, chance)),
  ];
  return {
    place: isJudged ? { ...place, cause: chooseByWeight(chance, causeWeights) } : place,
    measures,
    holders: [{ agencyId: place.agency, transferredOut: isTransferred }],
  };
}

/** A series of its own, so that notices change nothing else of a world. */
const noticeChance = mulberry32(128);

type ComplaintPlace = { agency: string; category: string; county: string };

function timeMeasures(outcome: Outcome, chance: RandomNumbers): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const time = () => {
    if (outcome === "unanswered") return "unanswered";
    return chooseByWeight(chance, outcome === "late" ? tooLate : inTime);
  };
  return [`time-office-hours:${time()}`, `time-elapsed:${time()}`];
}

const groups: Record<string, CalledGroup> = { accepted: "accepted", expired: "silent" };

/** Two of five citizens are called when their complaint is closed. */
function called(closure: string, chance: RandomNumbers): Measure[] {
  if (chance() > 0.4) return [];
  const outcome = chooseByWeight(chance, { declined: 1, "no-contact": 3, answered: 6 });
  const said = outcome === "answered" ? opinion(`called-${groups[closure] ?? "other"}-`, chance) : [];
  return [`called-outcome:${outcome}`, ...said];
}

function opinion(asked: "" | `called-${CalledGroup}-`, chance: RandomNumbers): Measure[] {
  return [
    `${asked}solved:${chooseByWeight(chance, { yes: 4, partly: 3, no: 3 })}`,
    `${asked}handling:${chooseByWeight(chance, { 1: 2, 2: 1, 3: 2, 4: 3, 5: 2 })}`,
    `${asked}pressured:${chooseByWeight(chance, { pressured: 1, "not-pressured": 20 })}`,
  ];
}

export type Shape = {
  name: string;
  agencies: number;
  /** In how many counties each agency is: in one, or in the first so many. */
  countiesEach: number;
  perMonth: number;
  months: number;
  /** From so many to so many complaints that the attacker filed himself at each agency in each category, in four quarters. */
  own?: readonly [from: number, to: number];
};

export type Place = { agency: string; category: string; county: string };
/** How many complaints of each outcome are expected in a month at a place. */
export type Rate = { place: Place; outcomes: Record<Outcome, number> };

/** The complaints of a province. What is known of them at the end of their month is all that is ever known. */
export type World = {
  shape: Shape;
  ids: PublicationInput["ids"];
  serving: ServedCounties;
  rates: readonly Rate[];
  months: IranianMonth[];
  /** The complaints of others than the attacker, by month. */
  filed: Map<IranianMonth, CountedComplaint[]>;
  /** True counts by month: of the attacker's own complaints, and of all others. */
  others: Map<IranianMonth, Counts>;
  own: Map<IranianMonth, Counts>;
};

const first = monthFrom(1404, 1);
const named = (name: string, size: number) => Array.from({ length: size }, (_, n) => `${name}-${n + 1}`);
const counties = named("county", 6);
const categories = named("category", 7);

/** Complaints by Zipf over agencies, counties and categories. Agencies differ in their outcomes. The same for the same seed. */
export function aWorld(shape: Shape, seed: number): World {
  const chance = mulberry32(seed);
  const rates = ratesOf(shape, chance);
  const months = Array.from({ length: shape.months }, (_, n) => addMonths(first, n));
  const agencies = named("agency", shape.agencies);
  const filed = new Map(months.map((month) => [month, rates.flatMap((rate) => filedAt(rate, chance))]));
  return {
    shape,
    ids: { agency: agencies, category: categories, county: counties, cause: causes },
    serving: new Map(agencies.map((id, n) => [id, new Set(countiesOf(n, shape))])),
    rates,
    months,
    filed,
    others: new Map([...filed].map(([month, complaints]) => [month, countsOf(complaints)])),
    own: ownComplaints({ shape, months, agencies, chance }),
  };
}

const countiesOf = (agency: number, { countiesEach }: Shape) =>
  countiesEach === 1 ? [counties[agency % counties.length] ?? ""] : counties.slice(0, countiesEach);

function ratesOf(shape: Shape, chance: RandomNumbers): Rate[] {
  const places = named("agency", shape.agencies).flatMap((agency, a) => {
    const shares = varied(chance, 0.6);
    return countiesOf(a, shape).flatMap((county, k) =>
      categories.map((_, c) => {
        // A category that is frequent at one agency is rare at another.
        const category = categories[(a + c) % categories.length] ?? "";
        return { place: { agency, category, county }, shares, weight: 1 / ((a + 1) * (k + 1) * (c + 1)) };
      }),
    );
  });
  const all = places.reduce((total, { weight }) => total + weight, 0);
  return places.map(({ place, shares, weight }) => ({
    place,
    outcomes: scaled(shares, (weight / all) * shape.perMonth),
  }));
}

/** The ordinary shares of outcomes, each larger or smaller by up to `by`. */
function varied(chance: RandomNumbers, by: number): Record<Outcome, number> {
  const weights = outcomes.map((name) => [name, ordinaryOutcomes[name] * (1 - by + 2 * by * chance())] as const);
  const all = weights.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(weights.map(([name, weight]) => [name, weight / all])) as Record<Outcome, number>;
}

export function scaled(numbers: Record<Outcome, number>, by: number): Record<Outcome, number> {
  return Object.fromEntries(outcomes.map((name) => [name, numbers[name] * by])) as Record<Outcome, number>;
}

function filedAt({ place, outcomes: expected }: Rate, chance: RandomNumbers): CountedComplaint[] {
  return outcomes.flatMap((outcome) =>
    Array.from({ length: poissonSample(chance, expected[outcome]) }, () => aComplaint({ outcome, place, chance })),
  );
}

export function countsOf(complaints: readonly CountedComplaint[]): Counts {
  const counts = emptyCounts();
  for (const one of complaints) addComplaint(counts, one);
  return counts;
}

type Filing = Pick<World, "shape" | "months"> & { agencies: readonly string[]; chance: RandomNumbers };

/** The attacker files once a year at each agency in each category, each time in another month. */
function ownComplaints({ shape, months, agencies, chance }: Filing): World["own"] {
  const [from, to] = shape.own ?? [0, 0];
  const all = new Map(months.map((month): [IranianMonth, CountedComplaint[]] => [month, []]));
  for (let year = 0; year < months.length; year += 12)
    for (const [a, agency] of agencies.entries())
      for (const category of categories) {
        const month = months[year + Math.floor(chance() * 12)] ?? first;
        const counties = countiesOf(a, shape);
        for (let left = from + Math.floor(chance() * (to - from + 1)); left > 0; left--) {
          const county = counties[Math.floor(chance() * counties.length)] ?? "";
          const outcome = outcomes[Math.floor(chance() * outcomes.length)] ?? "silent";
          all.get(month)?.push(aComplaint({ outcome, place: { agency, category, county }, chance }));
        }
      }
  return new Map([...all].map(([month, complaints]) => [month, countsOf(complaints)]));
}

/** The true counts of a period. */
export function countsIn(filed: World["others"], period: Period): Counts {
  return sumOfCounts(monthsOf(period).map((month) => filed.get(month) ?? emptyCounts()));
}

/** How figures are published: by the domain's rule, or by a broken one that the attack must find out. */
export type Publisher = typeof publish;

/** Everything that is published of a world, as the domain publishes it with this statistics key. */
export function publishedOf(world: World, key: string, publisher: Publisher = publish): PublishedPeriod[] {
  const { ids, serving, months, others, own } = world;
  const publishing = { key, ids, serving, peerGroupOf: () => undefined };
  return months
    .flatMap((month) => periodsClosingWith(month, first))
    .map((period) => {
      const counts = sumOfCounts([countsIn(others, period), countsIn(own, period)]);
      return publisher({ period, counts }, publishing);
    });
}
