const minute = 1;
const hour = 60 * minute;
const day = 24 * hour;

/** Upper edges of the bins of times to answer, in minutes; a day is 24 hours on either clock. */
export const timeEdges: readonly (readonly [string, number])[] = [
  ["PT15M", 15 * minute],
  ["PT30M", 30 * minute],
  ["PT1H", hour],
  ["PT2H", 2 * hour],
  ["PT3H", 3 * hour],
  ["PT6H", 6 * hour],
  ["PT12H", 12 * hour],
  ["PT24H", day],
  ["PT48H", 2 * day],
  ["PT72H", 3 * day],
  ["P5D", 5 * day],
  ["P10D", 10 * day],
  ["P20D", 20 * day],
];
/** What no bin holds: answered later than all of them, and never answered, which counts as longer than anything. */
const bins = [...timeEdges.map(([name]) => name), "longer", "unanswered"];

const opinions = {
  solved: ["yes", "partly", "no"],
  handling: ["1", "2", "3", "4", "5"],
  pressed: ["pressed", "not-pressed"],
};

/**
 * Ways to part the complaints of a cell, each complaint in one class at the most. The order is that in which a class too
 * small to be shown joins the next.
 */
export const partitions = {
  outcome: ["D", "N", "L", "pending", "apart", "U", "G"],
  finding: ["founded", "undetermined", "unfounded"],
  closure: ["confirmed", "unconfirmed", "decided", "withdrawn", "out-of-scope"],
  level: ["0", "1", "2", "3", "4", "5"],
  "time-office": bins,
  "time-elapsed": bins,
  extended: ["extended", "not-extended"],
  "passed-on": ["passed-on", "kept"],
  acceptance: ["quick-without-phone", "other"],
  solved: opinions.solved,
  handling: opinions.handling,
  pressed: opinions.pressed,
  "called-outcome": ["refused", "no-contact", "answered"],
  "called-acceptors-solved": opinions.solved,
  "called-acceptors-handling": opinions.handling,
  "called-acceptors-pressed": opinions.pressed,
  "called-silent-solved": opinions.solved,
  "called-silent-handling": opinions.handling,
  "called-silent-pressed": opinions.pressed,
  "called-others-solved": opinions.solved,
  "called-others-handling": opinions.handling,
  "called-others-pressed": opinions.pressed,
} satisfies Record<string, readonly string[]>;
export type Partition = keyof typeof partitions;
export const partitionNames = Object.keys(partitions) as Partition[];

/** Told by no month: an opinion would be known by the month in which it was asked. */
export function isOpinion(partition: Partition): boolean {
  return /^(solved|handling|pressed|called-)/.test(partition);
}

/** Whether a measure may be the work of who held the complaint last, whoever has it in its cells. */
export function isOfLastHolder(measure: Measure): boolean {
  return /^(finding|closure|level|time-|extended)/.test(measure);
}

/** The class of what a partition leaves out, where that is told with its last part. */
export const leftOut = "none";

/**
 * Whether complaints of a cell may be in no class of it: pending and apart ones have no time, those that nobody judged no
 * finding, open ones no closure. Opinions are passed over: what is said of them counts answers alone, and most give none.
 */
export function leavesOut(partition: Partition): boolean {
  return /^(finding|closure|time-|acceptance)/.test(partition);
}

/** One class of one partition, `outcome:G`; or `all`, every complaint of the cell. */
export type Measure = "all" | `${Partition}:${string}`;
