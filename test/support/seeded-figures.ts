import { closesAt } from "#shared/domain/statistics/closing.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import type { Measure } from "#shared/domain/statistics/partition.ts";
import { firstMonthFor, publish } from "#shared/domain/statistics/publication.ts";
import type { PublishedPeriod } from "#shared/domain/statistics/published.ts";
import { count, countRetaliation, noTallies, type Tallies } from "#shared/domain/statistics/tallies.ts";
import { writeAgencyFigures } from "#shared/store/statistics/agency-figures.ts";
import { close } from "#shared/store/statistics/closed.ts";
import { writePeriod } from "#shared/store/statistics/editions.ts";

export const seeded = { first: "1404-07", last: "1405-07" };
const banks = ["bank-melli", "bank-mellat", "bank-saderat", "bank-tejarat", "bank-sepah", "bank-maskan"];
export const values = {
  agency: [...banks, "gas"],
  category: ["postponed-without-reason", "disrespect"],
  county: ["qazvin", "takestan"],
  cause: ["system-down"],
};
const edition = "seeded";

/** A small generator, so that every run has the same figures. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

/** What an agency's complaints become: `gas` answers nothing, the first bank does best. */
function measuresOf(agencyId: string, roll: (sides: number) => number): Measure[] {
  const isGood = agencyId !== "gas" && roll(100) < (agencyId === banks[0] ? 80 : 45);
  const outcome = isGood ? "G" : (["N", "L", "U", "D"][roll(agencyId === "gas" ? 1 : 4)] ?? "N");
  const bin = outcome === "N" ? "unanswered" : (["PT1H", "PT3H", "PT24H", "PT48H", "P5D"][roll(5)] ?? "PT1H");
  return [
    `outcome:${outcome}`,
    `time-office:${bin}`,
    `time-elapsed:${bin}`,
    `extended:${roll(10) === 0 ? "extended" : "not-extended"}`,
    ...(roll(2) ? ([`solved:${isGood ? "yes" : "no"}`, `handling:${1 + roll(5)}`] as const) : []),
    ...(outcome === "U"
      ? (["called-outcome:answered", `called-silent-solved:${roll(3) ? "no" : "yes"}`] as const)
      : outcome === "L"
        ? (["called-outcome:no-contact"] as const)
        : []),
  ];
}

export function cohortOf(month: IranianMonth): Tallies {
  const roll = dice(Number(month.replace("-", "")));
  const tallies = noTallies();
  for (const agencyId of values.agency)
    for (let n = 0; n < 24 + roll(12); n++) {
      const [category = "", county = ""] = [values.category[roll(2)], values.county[roll(2)]];
      const place = { agency: agencyId, category, county, cause: "system-down" };
      const holders = [{ agencyId, passedOn: false }];
      count(tallies, { recordKey: roll(256), place, measures: measuresOf(agencyId, roll), holders });
    }
  countRetaliation(tallies, roll(256));
  return tallies;
}

/** Publishes thirteen months, with the quarters and the four quarters that they make. */
export async function seedFigures(): Promise<PublishedPeriod[]> {
  const all: PublishedPeriod[] = [];
  for (let month = seeded.first; month <= seeded.last; month = monthsLater(month, 1)) {
    const cohorts = new Map<IranianMonth, Tallies>();
    const begins = [firstMonthFor(month), seeded.first].sort().at(-1) ?? month;
    for (let one = begins; one <= month; one = monthsLater(one, 1)) cohorts.set(one, cohortOf(one));
    const periods = publish({
      closing: month,
      cohorts,
      earlier: all,
      values,
      agencies: [],
      retirable: {},
    });
    for (const period of periods) {
      await writePeriod(period, edition);
      if (period.period.kind === "quarter") await writeAgencyFigures(period, { edition, agencyIds: values.agency });
    }
    const at = closesAt(month);
    const closed = { month, since: seeded.first, periods: periods.map(({ period }) => period), edition };
    if (!(await close({ ...closed, asOf: at, closedAt: at }))) throw new Error(`${month} was closed before`);
    all.push(...periods);
  }
  return all;
}
