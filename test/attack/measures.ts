import { calledGroups } from "#functions/figures/called-citizens.ts";
import { type Breakdown, breakdownNames, breakdowns, type Measure } from "#functions/figures/tables.ts";

/** What an attacker counts in a cell: a published measure, a sum of classes, or all complaints that are not in a sum. */
export type Counting = Measure | SumName | `not-${SumName}`;
type SumName = "judged" | "answered" | "found" | "closed" | "opined" | "called" | "noticed" | `called-${string}`;

const classesOf = (breakdown: Breakdown, names: readonly string[] = breakdowns[breakdown]) =>
  names.map((name): Measure => `${breakdown}:${name}`);
const answered = classesOf("outcome", ["overturned", "late", "confirmed", "silent"]);

/** Sums of classes that no number is published of. */
const sums: Record<string, Measure[]> = {
  judged: [...answered, "outcome:unanswered"],
  answered,
  found: classesOf("finding"),
  closed: classesOf("closure"),
  opined: classesOf("solved"),
  called: classesOf("called-outcome"),
  noticed: classesOf("notice"),
  ...Object.fromEntries(calledGroups.map((group) => [`called-${group}`, classesOf(`called-${group}-solved`)])),
};

/** The value of anything counted, from the values of published measures; works for true counts and expected ones. */
export function valueFrom(counting: Counting, get: (measure: Measure) => number): number {
  if (counting.startsWith("not-")) return get("all") - valueFrom(counting.slice(4) as Counting, get);
  const classes = sums[counting];
  return classes ? classes.reduce((total, one) => total + get(one), 0) : get(counting as Measure);
}

/** The sum that must reach 20 for a breakdown to be published. */
export const sumOfBreakdown = Object.fromEntries(breakdownNames.map((name) => [name, sumOf(name)])) as Record<
  Breakdown,
  Counting
>;

function sumOf(breakdown: Breakdown): Counting {
  const sumsByName: Partial<Record<Breakdown, Counting>> = {
    finding: "found",
    closure: "closed",
    "time-office-hours": "judged",
    "time-elapsed": "judged",
    "quick-acceptance": "closure:accepted",
    solved: "opined",
    handling: "opined",
    pressured: "opined",
    "called-outcome": "called",
    notice: "noticed",
  };
  const [group] = /^called-(accepted|silent|other)/.exec(breakdown) ?? [];
  return sumsByName[breakdown] ?? (group as Counting | undefined) ?? "all";
}

/** The unanswered are the same complaints in three breakdowns. */
export function sameAs(measure: Measure): Measure {
  return /^time-[\w-]+:unanswered$/.test(measure) ? "outcome:unanswered" : measure;
}

export type Split = readonly [whole: Counting, parts: readonly Counting[]];

const times = (breakdown: "time-office-hours" | "time-elapsed") =>
  classesOf(breakdown).filter((measure) => sameAs(measure) === measure);
const said = (asked: "" | `called-${(typeof calledGroups)[number]}-`) =>
  (["solved", "handling", "pressured"] as const).map((name) => classesOf(`${asked}${name}`));

/** How the complaints of one cell add up, in months too. */
export const outcomeSplits: Split[] = [
  ["all", ["judged", "outcome:pending", "outcome:excluded"]],
  ["judged", ["answered", "outcome:unanswered"]],
  ["answered", answered],
];

/** How the complaints of one cell add up in longer periods. */
export const splits: Split[] = [
  ...outcomeSplits,
  ["answered", times("time-office-hours")],
  ["answered", times("time-elapsed")],
  ...(["found", "closed", "opined", "called"] as const).map((name): Split => ["all", [name, `not-${name}`]]),
  ["found", classesOf("finding")],
  ["closed", classesOf("closure")],
  ["closure:accepted", classesOf("quick-acceptance")],
  ...(["level", "extended", "transferred-out"] as const).map((name): Split => ["all", classesOf(name)]),
  ...said("").map((classes): Split => ["opined", classes]),
  ["called", classesOf("called-outcome")],
  ["called-outcome:answered", calledGroups.map((group): Counting => `called-${group}`)],
  ...calledGroups.flatMap((group) => said(`called-${group}-`).map((classes): Split => [`called-${group}`, classes])),
];
/** What only the total of the province has. */
export const totalSplits: Split[] = [...splits, ["all", ["noticed", "not-noticed"]], ["noticed", classesOf("notice")]];
export const countingsIn = (some: readonly Split[]) => [
  ...new Set(some.flatMap(([whole, parts]) => [whole, ...parts])),
];
