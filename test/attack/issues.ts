import type { PublishedPeriod } from "#functions/figures/publication.ts";
import type { CountedComplaint } from "#functions/figures/tables.ts";
import { cellKey, Table } from "#functions/figures/tables.ts";
import { probabilityOfAtLeast } from "#functions/proposals/poisson.ts";
import { chooseByWeight, mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { proposalProbability, proposalWindowDays } from "#shared/policy-numbers.ts";
import { monthsOf, type Period } from "#shared/time/period.ts";
import type { RandomNumbers } from "../support/chance.ts";
import { type At, type Knowledge, nameOf, type Quantity } from "./knowledge.ts";
import { aComplaint, countsOf, ordinaryOutcomes, type Place, type Rate, type World } from "./world.ts";

/** Of a month so many, so that a day's number says in which month it is. */
const monthDays = 30;
/** So long nobody opens a second issue of the same place. */
const standsDays = 90;

type Dated = { place: CountedComplaint["place"]; day: number };

/** What `GET /v1/issues` shows: agency, category, county, perhaps the cause, and the days before the opening. */
export type PublicIssue = {
  place: Place;
  cause?: string | undefined;
  /** The days whose complaints made an inspector open it, both included. */
  from: number;
  to: number;
  /** At least so many complaints are in these days: everybody knows the rule by which issues are proposed. */
  fewest: number;
  /** At least so many of them have the cause. */
  fewestOfCause: number;
  /** How many complaints there are in truth. */
  count: number;
};

/** The same world with days, and with outages: on three days together five to thirty people complain of one place. */
export function withOutages(world: World, { seed, perMonth }: { seed: number; perMonth: number }) {
  const chance = mulberry32(1_000 + seed);
  const dated: Dated[] = [];
  const filed = new Map([...world.filed].map(([month, complaints]) => [month, [...complaints]]));
  for (const [n, month] of world.months.entries()) {
    for (const { place } of world.filed.get(month) ?? [])
      dated.push({ place, day: n * monthDays + Math.floor(chance() * monthDays) });
    if (chance() >= perMonth) continue;
    const first = n * monthDays + Math.floor(chance() * (monthDays - 3));
    for (const one of anOutage(world, chance)) {
      filed.get(month)?.push(one);
      dated.push({ place: one.place, day: first + Math.floor(chance() * 3) });
    }
  }
  const others = new Map([...filed].map(([month, complaints]) => [month, countsOf(complaints)]));
  return { world: { ...world, filed, others }, dated };
}

function anOutage({ rates }: World, chance: RandomNumbers): CountedComplaint[] {
  const { place } = rates[Math.floor(chance() * rates.length)] as Rate;
  return Array.from({ length: 5 + Math.floor(chance() * 26) }, () => {
    const one = aComplaint({ outcome: chooseByWeight(chance, ordinaryOutcomes), place, chance });
    const isOfOutage = one.place.cause !== undefined && chance() < 0.8;
    return isOfOutage ? { ...one, place: { ...one.place, cause: "system-down" } } : one;
  });
}

/** How many complaints of two weeks an inspector needs for an issue of a place, where so many are expected. */
type Rule = (expected: number) => number;

/** As arithmetic proposes them. */
export const byArithmetic: Rule = (expected) => {
  let fewest = 5;
  while (probabilityOfAtLeast(fewest, Math.max(expected, 0.1)) >= proposalProbability) fewest++;
  return fewest;
};

/** As soon as anybody could speak of a repetition. */
export const byThree: Rule = () => 3;

/** The issues that inspectors open: at once, wherever the rule says so, and with the cause that most complaints have. */
export function issuesOf(world: World, { dated, rule }: { dated: readonly Dated[]; rule: Rule }): PublicIssue[] {
  const byPlace = Map.groupBy(dated, ({ place: { agency, category, county } }) => `${agency} ${category} ${county}`);
  const expected = new Map(
    world.rates.map(({ place, outcomes }) => [
      `${place.agency} ${place.category} ${place.county}`,
      (Object.values(outcomes).reduce((sum, one) => sum + one, 0) * proposalWindowDays) / monthDays,
    ]),
  );
  return [...byPlace].flatMap(([key, all]) => {
    const fewest = rule(expected.get(key) ?? 0);
    const complaints = all.sort((one, other) => one.day - other.day);
    const issues: PublicIssue[] = [];
    for (const { day } of complaints) {
      const from = day - proposalWindowDays + 1;
      if (from < (issues.at(-1)?.to ?? -standsDays) + standsDays) continue;
      const those = complaints.filter((one) => one.day >= from && one.day <= day);
      if (those.length >= fewest) issues.push(opened(those, { from, to: day, fewest }));
    }
    return issues;
  });
}

function opened(those: readonly Dated[], days: Pick<PublicIssue, "from" | "to" | "fewest">): PublicIssue {
  const { agency, category, county } = those[0]?.place ?? {};
  const causes = Map.groupBy(those, ({ place: { cause } }) => cause);
  causes.delete(undefined);
  const [cause, most = []] = [...causes].sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  // A cause stands in an issue where half of its complaints have it.
  const fewestOfCause = Math.ceil(days.fewest / 2);
  const isKnown = most.length >= fewestOfCause;
  const place = { agency: agency ?? "", category: category ?? "", county: county ?? "" };
  return {
    ...days,
    place,
    count: those.length,
    ...(isKnown && { cause }),
    fewestOfCause: isKnown ? fewestOfCause : 0,
  };
}

type Issues = { world: World; published: readonly PublishedPeriod[]; issues: readonly PublicIssue[] };

/** What an issue tells of one count: how many complaints more are expected in it, and how many there are at least. */
type Told = { count: string; more: number; least: number };

/**
 * What an attacker knows who also reads the issues. Each says of every row it is in that so many complaints at least are there;
 * and he expects as many more as an issue has on average, which he may know exactly.
 */
export function withIssues(knowledge: Knowledge, { world, published, issues }: Issues): Knowledge {
  const average = issues.reduce((sum, { count }) => sum + count, 0) / Math.max(1, issues.length);
  const byRow = Map.groupBy(knowledge.quantities.values(), ({ name }) => rowOf(name));
  const changed = new Map(knowledge.quantities);
  const told = Map.groupBy(
    issues.flatMap((issue) => toldBy(issue, { world, published, average })),
    ({ count }) => count,
  );
  for (const [count, all] of told) {
    const [more, least] = all.reduce(([sum, fewest], one) => [sum + one.more, fewest + one.least], [0, 0]);
    const growth = 1 + more / Math.max(changed.get(count)?.mean ?? 0, 0.1);
    // A breakdown that is published says too how many there are at least.
    for (const one of byRow.get(rowOf(count)) ?? [])
      changed.set(one.name, {
        ...one,
        mean: one.mean * growth,
        least: one.name === count ? Math.max(one.least, least) : one.least,
      });
  }
  const renew = (one: Quantity) => changed.get(one.name) ?? one;
  const sums = [...knowledge.sums].map(
    ([key, { whole, parts }]) => [key, { whole: renew(whole), parts: parts.map(renew) }] as const,
  );
  return { ...knowledge, quantities: changed, sums: new Map(sums) };
}

/** Without the breakdown and its class. */
const rowOf = (name: string) => name.split("|").slice(0, 3).join("|");

type Telling = Pick<Issues, "world" | "published"> & { average: number };

function toldBy(issue: PublicIssue, { world, published, average }: Telling): Told[] {
  return published.flatMap(({ period, tables }) => {
    const share = shareWithin(issue, { period, world });
    if (share === 0) return [];
    const rows = Table.options.flatMap((table) => rowsOf(issue, { period, table, cells: tables[table] ?? [] }));
    // Equal cells are one count.
    const counts = new Map(rows.map((at) => [nameOf(world, at, "all"), at]));
    return [...counts].map(([count, { table }]) => {
      const [more, least] = table.includes("cause") ? [average / 2, issue.fewestOfCause] : [average, issue.fewest];
      return { count, more: more * share, least: share === 1 ? least : 0 };
    });
  });
}

/** The share of an issue's days that are in a period. */
function shareWithin({ from, to }: PublicIssue, { period, world }: { period: Period; world: World }): number {
  const months = new Set(monthsOf(period).map((month) => world.months.indexOf(month)));
  const days = Array.from({ length: to - from + 1 }, (_, n) => Math.floor((from + n) / monthDays));
  return days.filter((month) => months.has(month)).length / days.length;
}

type Row = { period: Period; table: Table; cells: readonly { cell: string }[] };

/** The row of a table that an issue is in; without its cause it is in no row of a cause. */
function rowsOf({ place, cause }: PublicIssue, { period, table, cells }: Row): At[] {
  const cell = cellKey(table, { ...place, cause });
  return cells.filter((one) => one.cell === cell).map(() => ({ period, table, cell: cell ?? "" }));
}
