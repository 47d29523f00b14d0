import {
  type Breakdown,
  breakdownNames,
  breakdowns,
  isOpinion,
  type Measure,
} from "#shared/domain/statistics/breakdown.ts";
import type { Counted } from "#shared/domain/statistics/counts.ts";
import { type IranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { type Period, periodEndingWith } from "#shared/domain/statistics/period.ts";
import { cellKey, type Table } from "#shared/domain/statistics/table.ts";
import { type Belief, believed } from "./belief.ts";
import { type Knowledge, nameOf, type Quantity } from "./knowledge.ts";
import { sameAs } from "./measures.ts";
import { isSmall, rounds, sure } from "./named.ts";
import type { World } from "./world.ts";

/** `asked`: persons and breakdowns, where one to four complaints of the agency are in the person's class. `odds`: by how much the odds of the true class grew for the unluckiest 1 %. */
export type FoundOut = { asked: number; claimed: number; named: number; odds: number };

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
 * Asks the published figures for the class of each person's complaint. By Bayes' rule a class is likelier by the believed mean of
 * its count over the expected one, in each row that the person is in. Named: the attacker is 90 % sure and right, and was not before.
 */
function askAbout({ world, knowledge, isAsked }: About): FoundOut {
  const asking = { world, knowledge, beliefs: believed(rowsAlone(knowledge), rounds) };
  const persons = [...world.filed].flatMap(([month, all]) => all.map((person) => ({ month, person })));
  const answers = persons.flatMap((one) =>
    breakdownNames.filter(isAsked).flatMap((name) => answerOf(asking, { ...one, name }) ?? []),
  );
  const odds = answers.map((one) => one.odds).sort((a, b) => b - a);
  return {
    asked: answers.length,
    claimed: answers.filter(({ isClaimed }) => isClaimed).length,
    named: answers.filter(({ isNamed }) => isNamed).length,
    odds: odds[Math.floor(odds.length / 100)] ?? 1,
  };
}

type Question = { month: IranianMonth; person: Counted; name: Breakdown };
type Answer = { odds: number; isClaimed: boolean; isNamed: boolean };
/** A class with its probability before and after the figures were read. */
type Class = { measure: Measure | "none"; before: number; after: number };

function answerOf(asking: Asking, question: Question): Answer | undefined {
  const truth = question.person.measures.find((measure) => measure.startsWith(`${question.name}:`));
  if (!truth) return undefined;
  if (!isSmall(agencyCount(asking, question, truth))) return undefined;
  const classes = classesOf(asking, question);
  const total = classes.reduce((sum, { after }) => sum + after, 0);
  const found = classes.filter((one) => one.measure !== "none" && one.after / total >= sure && one.before < sure);
  const own = classes.find(({ measure }) => measure === truth);
  if (!own) return undefined;
  const after = own.after / total;
  return {
    odds: after / (1 - after) / (own.before / (1 - own.before)),
    isClaimed: found.length > 0,
    isNamed: found.includes(own),
  };
}

function agencyCount({ world, knowledge }: Asking, { month, person }: Question, measure: Measure): number {
  const [period, cell] = [quarterOf(month), cellKey("agency", person.place)];
  if (!period || cell === undefined) return 0;
  return knowledge.quantities.get(nameOf(world, { period, table: "agency", cell }, sameAs(measure)))?.truth ?? 0;
}

/** The classes of a breakdown, and none of them. */
function classesOf(asking: Asking, { month, person, name }: Question): Class[] {
  const period = quarterOf(month);
  const rows = (["total", "agency", "category", "county", "cause"] as const).flatMap((table) => {
    const cell = cellKey(table, person.place);
    return period && cell !== undefined ? [{ period, table, cell }] : [];
  });
  const counted = (at: (typeof rows)[number], measure: Measure) => countOf(asking, at, measure);
  const measures = breakdowns[name].map((one): Measure => `${name}:${one}`);
  const factors = rows.map((at) => {
    const all = counted(at, "all");
    const classes = measures.map((measure) => counted(at, measure));
    const rest = classes.reduce(
      (left, { expected, believed }) => ({ expected: left.expected - expected, believed: left.believed - believed }),
      all,
    );
    return { isAgency: at.table === "agency", all, counts: [...classes, rest] };
  });
  const agency = factors.find(({ isAgency }) => isAgency);
  return [...measures, "none" as const].map((measure, n) => {
    const before = Math.max(0, (agency?.counts[n]?.expected ?? 0) / (agency?.all.expected ?? 1));
    const grown = factors.map(({ counts }) => grownBy(counts[n]));
    return { measure, before, after: grown.reduce((product, one) => product * one, before) };
  });
}

type Count = { expected: number; believed: number };

function countOf(
  { world, knowledge, beliefs }: Asking,
  at: { period: Period; table: Table; cell: string },
  measure: Measure,
) {
  const quantity = knowledge.quantities.get(nameOf(world, at, sameAs(measure)));
  const belief = quantity && beliefs.get(quantity);
  if (!belief) return { expected: 0, believed: 0 };
  const mean = belief.likely.reduce((sum, chance, n) => sum + chance * (belief.low + n), 0);
  return { expected: quantity.mean, believed: mean };
}

const grownBy = (count: Count | undefined) =>
  count && count.expected > 1e-9 ? Math.max(0, count.believed / count.expected) : 1;

function quarterOf(month: IranianMonth): Period | undefined {
  return [0, 1, 2].flatMap((more) => periodEndingWith(monthsLater(month, more), "quarter") ?? [])[0];
}

/** Rows that learn nothing from each other, so that what each of them says of a person counts once. */
function rowsAlone(knowledge: Knowledge): Knowledge {
  const rowOf = ({ name }: Quantity) => name.split("|").slice(1, 3).join("|");
  const sums = [...knowledge.sums].filter(([, { whole, parts }]) =>
    parts.every((part) => rowOf(part) === rowOf(whole)),
  );
  return { ...knowledge, sums: new Map(sums) };
}

/** All agencies at once: each of them alone knows less. */
function knownToAgencies({ quantities, ...knowledge }: Knowledge): Knowledge {
  const isOwn = (name: string) =>
    /\|agency(-\w+)?\|/.test(name) && !/\|(not-)?(opined|called|solved|handling|pressed)[^|]*$/.test(name);
  const renewed = new Map(
    [...quantities].map(([name, one]) => [name, isOwn(name) ? { ...one, least: one.truth, most: one.truth } : one]),
  );
  const renew = ({ name }: Quantity) => renewed.get(name) ?? [];
  const sums = [...knowledge.sums].flatMap(([key, sum]) =>
    [renew(sum.whole)].flat().map((whole) => [key, { whole, parts: sum.parts.flatMap(renew) }] as const),
  );
  return { ...knowledge, quantities: renewed, sums: new Map(sums) };
}
