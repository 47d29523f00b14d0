import { type PublicationInput, type PublishedPeriod, publish } from "#functions/figures/publication.ts";
import {
  addComplaint,
  type Breakdown,
  type CountedComplaint,
  type Counts,
  emptyCounts,
  type Measure,
  sumOfCounts,
} from "#functions/figures/tables.ts";
import { chooseByWeight, mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { addMonths, monthFrom, monthsOf, periodsClosingWith } from "#shared/time/period.ts";
import { aPageProvince } from "./a-material.ts";

/** Some agencies serve otherwise than most: the share of complaints that they answer late, and that they answer well after all. */
const ways: Record<string, { worse?: number; better?: number }> = {
  "agency-2": { worse: 0.6 },
  "agency-5": { better: 0.5 },
  "agency-7": { better: 0.25 },
  "agency-9": { worse: 0.7 },
  "agency-16": { worse: 0.45 },
};
/** From this month on all agencies do better. */
const changed = "1404-12";

const published = new Map<string, PublishedPeriod[]>();

type Lived = { agencies?: number; months?: number; perMonth?: number; seed?: number };

/** A year and a half of an invented province, published month after month by the domain's own rules; once for all tests. */
export function aPublishedWorld(lived: Lived = {}): PublishedPeriod[] {
  const name = JSON.stringify(lived);
  const known = published.get(name) ?? publishedOf(lived);
  published.set(name, known);
  return known;
}

const first = monthFrom(1404, 1);

function publishedOf({ agencies = 24, months: length = 19, perMonth = 320, seed = 7 }: Lived): PublishedPeriod[] {
  const { counties, categories, causes } = aPageProvince();
  const idsOf = (named: readonly { id: string }[]) => named.map(({ id }) => id);
  const ids = {
    agency: Array.from({ length: agencies }, (_, n) => `agency-${n + 1}`),
    county: idsOf(counties),
    category: idsOf(categories),
    cause: idsOf(causes),
  };
  const groups = new Map(aPageProvince().agencies.map(({ id, peerGroup }) => [id, peerGroup]));
  const publishing: PublicationInput = {
    key: `world ${seed}`,
    ids,
    serving: new Map(ids.agency.map((id) => [id, new Set(ids.county)])),
    peerGroupOf: (id) => groups.get(id),
  };
  const chance = mulberry32(seed);
  const months = Array.from({ length }, (_, n) => addMonths(first, n));
  const counted = new Map(months.map((month) => [month, aMonth(month, { ids, perMonth, chance })]));
  return months.flatMap((month) =>
    periodsClosingWith(month, first).map((period) =>
      publish(
        { period, counts: sumOfCounts(monthsOf(period).map((one) => counted.get(one) ?? emptyCounts())) },
        publishing,
      ),
    ),
  );
}

/** The same world with other peer groups on every day of publication. */
export function withPeerGroups(
  published: readonly PublishedPeriod[],
  groupOf: (agencyId: string) => string | undefined,
): PublishedPeriod[] {
  return published.map(({ period, tables }) => {
    const agency = tables.agency?.map((cell) => ({ ...cell, peerGroup: groupOf(cell.cell) ?? null }));
    return period.kind === "four-quarters" && agency ? { period, tables: { ...tables, agency } } : { period, tables };
  });
}

type Living = { ids: PublicationInput["ids"]; perMonth: number; chance: () => number };

function aMonth(month: string, { ids, perMonth, chance }: Living): Counts {
  const counts = emptyCounts();
  const size = Math.round(perMonth * (0.9 + 0.2 * chance()));
  for (let n = 0; n < size; n++) addComplaint(counts, aComplaint(month, { ids, chance }));
  return counts;
}

/** Agencies at the beginning of the list have many more complaints than those at its end. */
const drawnFrom = (ids: readonly string[], chance: () => number) =>
  chooseByWeight(chance, Object.fromEntries(ids.map((id, n) => [id, 1 / (n + 2)])));

function aComplaint(month: string, { ids, chance }: Omit<Living, "perMonth">): CountedComplaint {
  const agency = drawnFrom(ids.agency, chance);
  const outcome = outcomeAt(agency, month, chance);
  const isAnswered = !["unanswered", "pending", "excluded"].includes(outcome);
  const place = {
    agency,
    county: drawnFrom(ids.county, chance),
    category: drawnFrom(ids.category, chance),
    ...(isAnswered && { cause: drawnFrom(ids.cause, chance) }),
  };
  const is = (share: number) => chance() < share;
  const measures: Measure[] = [
    `outcome:${outcome}`,
    `level:${outcome === "late" || outcome === "unanswered" ? "1" : "0"}`,
    `extended:${is(0.1) ? "extended" : "not-extended"}`,
    `transferred-out:${is(0.05) ? "transferred-out" : "not-transferred-out"}`,
    ...timesOf(outcome, chance),
    ...(isAnswered ? [`finding:${is(0.6) ? "founded" : "unfounded"}` as const] : []),
    ...(outcome === "confirmed" ? [`quick-acceptance:${is(0.05) ? "quick" : "not-quick"}` as const] : []),
    ...closureOf(outcome),
    ...opinionsOf(outcome, chance),
  ];
  return { place, measures, holders: [{ agencyId: agency, transferredOut: is(0.05) }] };
}

function outcomeAt(agency: string, month: string, chance: () => number): string {
  const shares = { overturned: 5, unanswered: 9, late: 12, excluded: 6, pending: 2, silent: 36, confirmed: 30 };
  const outcome = chooseByWeight(chance, shares);
  const { worse = 0, better = 0 } = ways[agency] ?? {};
  const luck = chance();
  const isWell = outcome === "confirmed" || outcome === "silent";
  if (isWell && luck < worse) return "late";
  const gains = outcome === "silent" || outcome === "late";
  return gains && luck < better + (month >= changed ? 0.22 : 0) ? "confirmed" : outcome;
}

const times = { PT1H: 9, PT3H: 16, PT24H: 25, PT48H: 20, longer: 10 };

function timesOf(outcome: string, chance: () => number): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const time = outcome === "unanswered" ? "unanswered" : chooseByWeight(chance, times);
  return [`time-office-hours:${time}`, `time-elapsed:${time}`];
}

const closures: Record<string, string> = {
  confirmed: "confirmed",
  silent: "expired",
  late: "expired",
  overturned: "decided",
  excluded: "withdrawn",
};
const closureOf = (outcome: string): Measure[] => (closures[outcome] ? [`closure:${closures[outcome]}`] : []);

/** Three of ten give an opinion on their own; of ten called citizens seven answer, two decline, one is not reached. */
function opinionsOf(outcome: string, chance: () => number): Measure[] {
  const own = chance() < 0.3 ? saidAs("", chance) : [];
  if (chance() > 0.42) return own;
  const called = chooseByWeight(chance, { answered: 7, declined: 2, "no-contact": 1 });
  const group = { confirmed: "accepted", silent: "silent" }[outcome] ?? "other";
  return [...own, `called-outcome:${called}`, ...(called === "answered" ? saidAs(`called-${group}-`, chance) : [])];
}

function saidAs(asked: string, chance: () => number): Measure[] {
  const said = {
    solved: chooseByWeight(chance, { yes: 13, partly: 7, no: 10 }),
    handling: chooseByWeight(chance, { 1: 1, 2: 1, 3: 2, 4: 4, 5: 3 }),
    pressured: chooseByWeight(chance, { pressured: 1, "not-pressured": 19 }),
  };
  return Object.entries(said).map(([name, value]): Measure => `${`${asked}${name}` as Breakdown}:${value}`);
}
