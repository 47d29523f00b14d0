import {
  type Breakdown,
  breakdownNames,
  breakdowns,
  type CellPlace,
  cellKey,
  isOpinion,
  type Measure,
} from "#functions/figures/tables.ts";
import { addMonths, type IranianMonth, periodEndingWith } from "#shared/time/period.ts";
import { type Belief, believed, isSmall, sure } from "./belief.ts";
import { type At, type Knowledge, nameOf, type Quantity } from "./knowledge.ts";
import { sameAs } from "./measures.ts";
import type { World } from "./world.ts";

/**
 * `asked`: classes of persons, where 1 to 4 complaints of the agency are in the class. `odds`: the odds of the true class grew
 * by at least so much for one of a hundred.
 */
export type FoundOut = { asked: number; named: number; odds: number };

type Asking = { world: World; knowledge: Knowledge; beliefs: ReadonlyMap<Quantity, Belief> };

/** A neighbour knows that one person complained, when, where and of what, and wants to know everything but the opinion. */
export function askedByNeighbour(world: World, knowledge: Knowledge): FoundOut {
  return askAbout({ world, knowledge, isAsked: (name) => !isOpinion(name) });
}

/** An agency knows every count of its own but the opinions, and wants to know the opinion of one complainant. */
export function askedByAgency(world: World, knowledge: Knowledge): FoundOut {
  return askAbout({ world, knowledge: knownToAgencies(knowledge), isAsked: isOpinion });
}

type About = { world: World; knowledge: Knowledge; isAsked: (name: Breakdown) => boolean };

/**
 * Asks the published figures for each person's classes. Bayes' rule: in each row that the person is in, a class is likelier by
 * the believed mean of its count over the expected one. Named: the attacker is 90 % sure and right, and was not before.
 */
function askAbout({ world, knowledge, isAsked }: About): FoundOut {
  const asking = { world, knowledge, beliefs: believed(rowsAlone(knowledge), 3) };
  const answers = [...world.filed].flatMap(([month, all]) =>
    all.flatMap(({ place, measures }) => {
      const rows = rowsOf(place, month);
      return breakdownNames.filter(isAsked).flatMap((name) => {
        const truth = measures.find((measure) => measure.startsWith(`${name}:`));
        return truth ? (answerOf(asking, { rows, name, truth }) ?? []) : [];
      });
    }),
  );
  const odds = answers.map((one) => one.odds).sort((a, b) => b - a);
  return {
    asked: answers.length,
    named: answers.filter(({ isNamed }) => isNamed).length,
    odds: odds[Math.floor(odds.length / 100)] ?? 1,
  };
}

/** The rows of the quarter that a person is in, the agency's first. */
function rowsOf(place: CellPlace, month: IranianMonth): At[] {
  const [period] = [0, 1, 2].flatMap((more) => periodEndingWith(addMonths(month, more), "quarter") ?? []);
  return (["agency", "category", "county", "cause", "total"] as const).flatMap((table) => {
    const cell = cellKey(table, place);
    return period && cell !== undefined ? [{ period, table, cell }] : [];
  });
}

type Question = { rows: readonly At[]; name: Breakdown; truth: Measure };

function answerOf(asking: Asking, { rows, name, truth }: Question): { odds: number; isNamed: boolean } | undefined {
  const [agency] = rows;
  if (!agency || !isSmall(quantityAt(asking, agency, truth)?.truth ?? 0)) return undefined;
  const measures = breakdowns[name].map((one): Measure => `${name}:${one}`);
  const counts = rows.map((row) => countsOf(asking, row, measures));
  const before = counts[0]?.map(({ expected }) => expected / (quantityAt(asking, agency, "all")?.mean ?? 1)) ?? [];
  const weights = before.map((prior, n) => counts.reduce((all, row) => all * growth(row[n]), prior));
  const own = measures.indexOf(truth);
  const after = (weights[own] ?? 0) / weights.reduce((sum, one) => sum + one, 0);
  const prior = before[own] ?? 0;
  return { odds: after / (1 - after) / (prior / (1 - prior)), isNamed: after >= sure && prior < sure };
}

type Count = { expected: number; believed: number };

/** How many complaints of a row are in each class, and, at last, in none. */
function countsOf(asking: Asking, row: At, measures: readonly Measure[]): Count[] {
  const countOf = (measure: Measure): Count => {
    const quantity = quantityAt(asking, row, measure);
    const { low = 0, likely = [] } = (quantity && asking.beliefs.get(quantity)) ?? {};
    return {
      expected: quantity?.mean ?? 0,
      believed: [...likely].reduce((sum, chance, n) => sum + chance * (low + n), 0),
    };
  };
  const classes = measures.map(countOf);
  const all = countOf("all");
  const rest = (name: keyof Count) =>
    Math.max(
      0,
      classes.reduce((left, one) => left - one[name], all[name]),
    );
  return [...classes, { expected: rest("expected"), believed: rest("believed") }];
}

const growth = (count: Count | undefined) => (count && count.expected > 1e-9 ? count.believed / count.expected : 1);

const quantityAt = ({ world, knowledge }: Asking, row: At, measure: Measure) =>
  knowledge.quantities.get(nameOf(world, row, sameAs(measure)));

/** Rows that learn nothing from each other, so that each of them counts once for a person. */
function rowsAlone(knowledge: Knowledge): Knowledge {
  const rowOf = ({ name }: Quantity) => name.split("|").slice(1, 3).join("|");
  const isWithin = ({ whole, parts }: { whole: Quantity; parts: Quantity[] }) =>
    parts.every((part) => rowOf(part) === rowOf(whole));
  return { ...knowledge, sums: new Map([...knowledge.sums].filter(([, sum]) => isWithin(sum))) };
}

const opinionsAndCalls = /\|(not-)?(opined|called|solved|handling|pressured)[^|]*$/;

/** All agencies at once: each of them alone knows less. */
function knownToAgencies({ quantities, sums, base }: Knowledge): Knowledge {
  const known = new Map(
    [...quantities.values()].map((one) => {
      const isOwn = /\|agency(-\w+)?\|/.test(one.name) && !opinionsAndCalls.test(one.name);
      return [one, isOwn ? { ...one, least: one.truth, most: one.truth } : one] as const;
    }),
  );
  const renew = (one: Quantity) => known.get(one) ?? one;
  return {
    base,
    quantities: new Map([...quantities].map(([name, one]) => [name, renew(one)])),
    sums: new Map([...sums].map(([key, { whole, parts }]) => [key, { whole: renew(whole), parts: parts.map(renew) }])),
  };
}
