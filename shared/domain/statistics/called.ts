import type { Partition } from "./partition.ts";
import type { PublishedCell } from "./published.ts";
import { aloneIn, fewestFor, rounded, shownParts, sumOf } from "./shown-part.ts";
import { sum } from "./sum.ts";

/** Whom the calls reach, by what they had done when they were called. */
export const calledGroups = ["acceptors", "silent", "others"] as const;
export type CalledGroup = (typeof calledGroups)[number];

/** What was published of one agency for a quarter of filing, and how likely its citizens were called. */
export type CalledQuarter = { cell: PublishedCell; probability: number };
/** The same agency in the period that is told of, and in the quarters of it. */
export type CalledAgency = { cell: PublishedCell; quarters: readonly CalledQuarter[] };

export type Estimate = {
  /** How many answers it rests on. */
  answers: number;
  /** How many more were given that it leaves out, as they are told. */
  leftOut: number;
  /** The share of those who say that it was solved, and between which numbers it lies (95 %, Wilson). */
  solved?: number;
  solvedFrom?: number;
  solvedTo?: number;
};

/**
 * What called citizens say, those of each agency standing for as many as were as unlikely to be called; of agencies whose
 * `yes` is told alone in the whole period: by quarters one would leave out those in which few said yes. `whole`: the cell
 * that it is said of.
 */
export function calledEstimate(
  agencies: readonly CalledAgency[],
  { group, whole }: { group: CalledGroup; whole: PublishedCell },
): Estimate | undefined {
  const partition: Partition = `called-${group}-solved`;
  const told = agencies.flatMap((agency) => weighedIn(agency, partition));
  const answers = sum(told.map(({ all }) => all));
  const leftOut = Math.max(0, sumOf(shownParts(whole, partition)) - answers);
  if (answers + leftOut === 0) return undefined;
  return { answers, leftOut, ...(answers >= fewestFor.opinions && intervalOf(told)) };
}

type Weighed = { yes: number; all: number; weight: number };

function weighedIn({ cell, quarters }: CalledAgency, partition: Partition): Weighed[] {
  const parts = shownParts(cell, partition);
  const yes = aloneIn(parts, "yes");
  if (yes === undefined || quarters.length === 0) return [];
  const answers = quarters.map((quarter) => sumOf(shownParts(quarter.cell, partition)));
  // Where no quarter's answers are told, each counts alike.
  const shares = sum(answers) > 0 ? answers : answers.map(() => 1);
  const weight = sum(quarters.map(({ probability }, n) => (shares[n] ?? 0) / probability)) / sum(shares);
  return [{ yes, all: sumOf(parts), weight }];
}

function intervalOf(told: readonly Weighed[]): Pick<Estimate, "solved" | "solvedFrom" | "solvedTo"> {
  const all = sum(told.map((one) => one.all * one.weight));
  const share = sum(told.map((one) => one.yes * one.weight)) / all;
  // Unlike weights tell less than as many equal ones would.
  const effective = all ** 2 / sum(told.map((one) => one.all * one.weight ** 2));
  const [from, to] = wilson(share, effective);
  return { solved: rounded(share), solvedFrom: rounded(from), solvedTo: rounded(to) };
}

/** Wilson's interval of 95 % for a share of `n`. */
export function wilson(share: number, n: number): [number, number] {
  const z = 1.959963985;
  const middle = share + z ** 2 / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const whole = 1 + z ** 2 / n;
  return [Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole)];
}
