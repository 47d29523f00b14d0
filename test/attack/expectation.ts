import type { Outcome } from "#functions/figures/outcome.ts";
import type { PublishedPeriod } from "#functions/figures/publication.ts";
import { type CellKey, cellPlaceOf, type Measure, readCount, type Table } from "#functions/figures/tables.ts";
import { mulberry32 } from "#infra/programs/demo/year/chance.ts";
import { aComplaint, countsIn, outcomes, type Place, type Rate, scaled, type World } from "./world.ts";

/** How many complaints an attacker expects in a month, by cell and measure. */
export type Expectation = (at: { table: Table; cell: CellKey; measure: Measure }) => number;

/** In place of a cause: complaints without a cause. */
export const noCause = "no-cause";
/** So surely a rate within 20 % is known: as if so many complaints had been counted (variance of an even chance). */
const priorComplaints = 75;
const knownWithin = 0.2;

/**
 * An attacker who knows each agency's rate, and the rate of each outcome, within 20 %; the agency's rate he corrects by the
 * published counts of quarters. The shares of categories and counties, and of classes in an outcome, he knows exactly.
 */
export function expectationOf(world: World, published: readonly PublishedPeriod[]): Expectation {
  const rates = knownRates(world, published);
  const chances = chancesByOutcome();
  const byCell = new Map<string, number[]>();
  const inCell = (table: Table, cell: CellKey) => {
    const key = `${table}|${cell}`;
    const place: Partial<Place> & { cause?: string } = cellPlaceOf(table, cell);
    const known = byCell.get(key) ?? outcomesAt(rates, place);
    byCell.set(key, known);
    return { known, cause: place.cause ?? "any" };
  };
  return ({ table, cell, measure }) => {
    const { known, cause } = inCell(table, cell);
    return outcomes.reduce((total, outcome, n) => {
      return total + (known[n] ?? 0) * (chances.get(`${outcome}|${cause}|${measure}`) ?? 0);
    }, 0);
  };
}

function outcomesAt(rates: readonly Rate[], { agency, category, county }: Partial<Place>): number[] {
  const here = rates.filter(
    ({ place }) =>
      (agency ?? place.agency) === place.agency &&
      (category ?? place.category) === place.category &&
      (county ?? place.county) === place.county,
  );
  return outcomes.map((name) => here.reduce((total, rate) => total + rate.outcomes[name], 0));
}

function knownRates({ ids, rates, own, months }: World, published: readonly PublishedPeriod[]): Rate[] {
  const chance = mulberry32(months.length + rates.length);
  const near = () => 1 - knownWithin + 2 * knownWithin * chance();
  const quarters = published.filter(({ period }) => period.kind === "quarter");
  return ids.agency.flatMap((agency) => {
    const factors = Object.fromEntries(outcomes.map((name) => [name, near()])) as Record<Outcome, number>;
    const guessed = rates
      .filter(({ place }) => place.agency === agency)
      .map((rate) => ({ ...rate, outcomes: multiplied(rate.outcomes, factors) }));
    const expected = guessed.reduce((total, rate) => total + sumOf(rate.outcomes), 0) * quarters.length * 3;
    const counted = quarters.reduce((total, { period, tables }) => {
      const count = tables.agency?.find(({ cell }) => cell === agency)?.count ?? 0;
      return total + count - readCount(countsIn(own, period), { table: "agency", cell: agency, measure: "all" });
    }, 0);
    const by = (priorComplaints + Math.max(0, counted)) / (priorComplaints + expected);
    return guessed.map((rate) => ({ ...rate, outcomes: scaled(rate.outcomes, by) }));
  });
}

const sumOf = (numbers: Record<Outcome, number>) => outcomes.reduce((total, name) => total + numbers[name], 0);
const multiplied = (numbers: Record<Outcome, number>, by: Record<Outcome, number>) =>
  Object.fromEntries(outcomes.map((name) => [name, numbers[name] * by[name]])) as Record<Outcome, number>;

const drawn = 20_000;
let drawnChances: Map<string, number> | undefined;

/** How likely a complaint of an outcome has a cause (or any, or none) and is in a class, by drawing many. */
function chancesByOutcome(): Map<string, number> {
  if (drawnChances) return drawnChances;
  const all = new Map<string, number>();
  const chance = mulberry32(11);
  const place = { agency: "", category: "", county: "" };
  for (const outcome of outcomes)
    for (let n = 0; n < drawn; n++) {
      const one = aComplaint({ outcome, place, chance });
      for (const cause of ["any", one.place.cause ?? noCause])
        for (const measure of ["all", ...one.measures]) {
          const key = `${outcome}|${cause}|${measure}`;
          all.set(key, (all.get(key) ?? 0) + 1 / drawn);
        }
    }
  drawnChances = all;
  return all;
}
