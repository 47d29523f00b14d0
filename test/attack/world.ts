import type { Serving } from "#shared/domain/statistics/address.ts";
import { addComplaint, type Counted, type Counts, noCounts, sumOfCounts } from "#shared/domain/statistics/counts.ts";
import { type IranianMonth, monthNamed, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Outcome } from "#shared/domain/statistics/outcome.ts";
import { monthsOf, type Period, periodsClosingWith } from "#shared/domain/statistics/period.ts";
import { type Publishing, publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { mulberry32 } from "../../infra/demo/year/chance.ts";
import { type Chance, poisson } from "../support/chance.ts";
import { aComplaint, causes, ordinaryOutcomes, outcomes } from "./complaint.ts";

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
  ids: Publishing["ids"];
  serving: Serving;
  rates: readonly Rate[];
  months: IranianMonth[];
  /** The complaints of others than the attacker, by month. */
  filed: Map<IranianMonth, Counted[]>;
  /** True counts by month: of the attacker's own complaints, and of all others. */
  others: Map<IranianMonth, Counts>;
  own: Map<IranianMonth, Counts>;
};

const first = monthNamed(1404, 1);
const named = (name: string, size: number) => Array.from({ length: size }, (_, n) => `${name}-${n + 1}`);
const counties = named("county", 6);
const categories = named("category", 7);

/** Complaints by Zipf over agencies, counties and categories. Agencies differ in their outcomes. The same for the same seed. */
export function aWorld(shape: Shape, seed: number): World {
  const chance = mulberry32(seed);
  const rates = ratesOf(shape, chance);
  const months = Array.from({ length: shape.months }, (_, n) => monthsLater(first, n));
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

function ratesOf(shape: Shape, chance: Chance): Rate[] {
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
function varied(chance: Chance, by: number): Record<Outcome, number> {
  const weights = outcomes.map((name) => [name, ordinaryOutcomes[name] * (1 - by + 2 * by * chance())] as const);
  const all = weights.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(weights.map(([name, weight]) => [name, weight / all])) as Record<Outcome, number>;
}

export function scaled(numbers: Record<Outcome, number>, by: number): Record<Outcome, number> {
  return Object.fromEntries(outcomes.map((name) => [name, numbers[name] * by])) as Record<Outcome, number>;
}

function filedAt({ place, outcomes: expected }: Rate, chance: Chance): Counted[] {
  return outcomes.flatMap((outcome) =>
    Array.from({ length: poisson(chance, expected[outcome]) }, () => aComplaint({ outcome, place, chance })),
  );
}

export function countsOf(complaints: readonly Counted[]): Counts {
  const counts = noCounts();
  for (const one of complaints) addComplaint(counts, one);
  return counts;
}

type Filing = Pick<World, "shape" | "months"> & { agencies: readonly string[]; chance: Chance };

/** The attacker files once a year at each agency in each category, each time in another month. */
function ownComplaints({ shape, months, agencies, chance }: Filing): World["own"] {
  const [from, to] = shape.own ?? [0, 0];
  const all = new Map(months.map((month): [IranianMonth, Counted[]] => [month, []]));
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
  return sumOfCounts(monthsOf(period).map((month) => filed.get(month) ?? noCounts()));
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
