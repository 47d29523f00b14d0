/** Upper ends of the classes of time to answer, in minutes; what is longer is `longer`, what has no answer `unanswered`. */
export const timeEdges: readonly (readonly [name: string, minutes: number])[] = [
  ["PT1H", 60],
  ["PT3H", 180],
  ["PT24H", 1_440],
  ["PT48H", 2_880],
];
const times = [...timeEdges.map(([name]) => name), "longer", "unanswered"];

const opinions = {
  solved: ["yes", "partly", "no"],
  handling: ["1", "2", "3", "4", "5"],
  pressed: ["pressed", "not-pressed"],
};

/** Ways to divide the complaints of a cell into classes; a complaint is in at most one class of each. */
export const breakdowns = {
  outcome: ["overturned", "unanswered", "late", "confirmed", "silent", "pending", "excluded"],
  finding: ["founded", "undetermined", "unfounded"],
  closure: ["confirmed", "unconfirmed", "decided", "withdrawn", "out-of-scope", "not-a-complaint"],
  level: ["0", "1", "2", "3", "4", "5"],
  "time-office": times,
  "time-elapsed": times,
  extended: ["extended", "not-extended"],
  "transferred-out": ["transferred-out", "kept"],
  "quick-acceptance": ["quick", "not-quick"],
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
export type Breakdown = keyof typeof breakdowns;
export const breakdownNames = Object.keys(breakdowns) as Breakdown[];

/** Whether a breakdown counts what citizens said, on their own or when they were called. */
export function isOpinion(breakdown: Breakdown): boolean {
  return /^(solved|handling|pressed|called-)/.test(breakdown);
}

/** One class of one breakdown, such as `outcome:late`; or `all`, every complaint of the cell. */
export type Measure = "all" | `${Breakdown}:${string}`;
