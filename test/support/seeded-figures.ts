import { recordAgencyFiguresMade, writeAgencyFigures } from "#functions/figures/own-figures.store.ts";
import { type AgencyFigures, exactBreakdowns } from "#functions/figures/own-figures.ts";
import { closesAt, type PublicationInput, type PublishedPeriod, publish } from "#functions/figures/publication.ts";
import { saveClosedMonth, writePeriod } from "#functions/figures/published.store.ts";
import { servedCountiesAt } from "#functions/figures/rounding.ts";
import { addComplaint, type Counts, emptyCounts, type Measure, sumOfCounts } from "#functions/figures/tables.ts";
import { countedProvince } from "#shared/province/slices.static.ts";
import { addMonths, type IranianMonth, monthsOf, periodsClosingWith } from "#shared/time/period.ts";

export const seededMonths = { first: "1404-07", last: "1405-07" };
const banks = ["bank-melli", "bank-mellat", "bank-saderat", "bank-tejarat", "bank-sepah", "bank-maskan"];
export const ids = {
  agency: [...banks, "gas"],
  category: ["postponed-without-reason", "disrespect"],
  county: ["qazvin", "takestan"],
  cause: ["system-down"],
};
const edition = "seeded";

/** A small generator, so that every run has the same figures. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

/** What an agency's complaints become: `gas` answers nothing, the first bank does best. */
function measuresOf(agencyId: string, roll: (sides: number) => number): Measure[] {
  const isGood = agencyId !== "gas" && roll(100) < (agencyId === banks[0] ? 80 : 45);
  const outcomes = ["unanswered", "late", "silent", "overturned"];
  const outcome = isGood ? "confirmed" : (outcomes[roll(agencyId === "gas" ? 1 : 4)] ?? "unanswered");
  const time = outcome === "unanswered" ? outcome : (["PT1H", "PT3H", "PT24H", "PT48H", "longer"][roll(5)] ?? "PT1H");
  return [
    `outcome:${outcome}`,
    `time-office-hours:${time}`,
    `time-elapsed:${time}`,
    `extended:${roll(10) === 0 ? "extended" : "not-extended"}`,
    ...(roll(2) ? ([`solved:${isGood ? "yes" : "no"}`, `handling:${1 + roll(5)}`] as const) : []),
    ...(outcome === "silent"
      ? (["called-outcome:answered", `called-silent-solved:${roll(3) ? "no" : "yes"}`] as const)
      : outcome === "late"
        ? (["called-outcome:no-contact"] as const)
        : []),
  ];
}

/** What was filed in a month, counted exactly. */
export function cohortOf(month: IranianMonth): Counts {
  const roll = createDice(Number(month.replace("-", "")));
  const counts = { ...emptyCounts(), retaliationReports: 1 };
  for (const agencyId of ids.agency)
    for (let n = 0; n < 24 + roll(12); n++) {
      const [category = "", county = ""] = [ids.category[roll(2)], ids.county[roll(2)]];
      const place = { agency: agencyId, category, county, cause: "system-down" };
      addComplaint(counts, { place, measures: measuresOf(agencyId, roll), holders: [] });
    }
  return counts;
}

/** Publishes thirteen months, with the quarters and the four quarters that they make, and writes each agency's own figures. */
export async function seedFigures(): Promise<PublishedPeriod[]> {
  const all: PublishedPeriod[] = [];
  for (let month = seededMonths.first; month <= seededMonths.last; month = addMonths(month, 1)) {
    const at = closesAt(month);
    const published = periodsClosingWith(month, seededMonths.first).map((period) =>
      publish({ period, counts: sumOfCounts(monthsOf(period).map(cohortOf)) }, publishingAt(at)),
    );
    for (const one of published) await writePeriod(one, edition);
    const closed = { month, firstMonth: seededMonths.first, periods: published.map(({ period }) => period), edition };
    if (!(await saveClosedMonth({ ...closed, asOf: at, closedAt: at }))) throw new Error(`${month} was closed before`);
    for (const agencyId of ids.agency)
      await writeAgencyFigures({ agencyId, month, figures: ownFiguresFor(agencyId, month) });
    await recordAgencyFiguresMade(month);
    all.push(...published);
  }
  return all;
}

const publishingAt = (now: string): PublicationInput => ({
  key: "a key for tests",
  ids,
  serving: servedCountiesAt(
    ids.agency.map((id) => ({ id, countyIds: ids.county })),
    now,
  ),
  peerGroupOf: (agencyId) => countedProvince.agencies.find(({ id }) => id === agencyId)?.peerGroup,
});

/** Nothing is transferred here, so what an agency received is what is counted for it. */
function ownFiguresFor(agencyId: string, month: IranianMonth): AgencyFigures {
  const { tables } = cohortOf(month);
  const exact = (measures: Record<string, number> = {}) =>
    Object.fromEntries(
      Object.entries(measures).filter(([name]) => ["all", ...exactBreakdowns].includes(name.split(":")[0] ?? "")),
    );
  const categories = ids.category.map((id) => [id, exact(tables["agency-category"]?.[`${agencyId}+${id}`])]);
  return { all: exact(tables.agency?.[agencyId]), categories: Object.fromEntries(categories) };
}
