import type { Measure } from "#shared/domain/statistics/partition.ts";
import type { Place } from "#shared/domain/statistics/table.ts";
import type { Counted } from "#shared/domain/statistics/tallies.ts";
import { weighted } from "../../infra/demo/year/chance.ts";
import type { Chance } from "../support/chance.ts";

export const causes = [
  "system-down",
  "staff-absent",
  "rule-unclear",
  "information-missing",
  "capacity",
  "conduct",
  "none",
];

/** What became of a complaint. */
type Course = { outcome: string; closure?: string | undefined; answered: boolean };

export function aCourse(chance: Chance): Course {
  const outcome = weighted(chance, { D: 0.05, N: 0.09, L: 0.12, apart: 0.08, U: 0.36, G: 0.3 });
  const closures: Record<string, Record<string, number>> = {
    D: { decided: 1 },
    N: { decided: 0.5, withdrawn: 0.2, open: 0.3 },
    L: { confirmed: 0.3, unconfirmed: 0.6, withdrawn: 0.1 },
    // Of what a front end filed about its rivals it is not counted how it ended.
    apart: { withdrawn: 0.3, "out-of-scope": 0.4, decided: 0.1, open: 0.2 },
    U: { unconfirmed: 0.95, withdrawn: 0.05 },
    G: { confirmed: 0.85, decided: 0.15 },
  };
  const closure = weighted(chance, closures[outcome] ?? {});
  return { outcome, closure: closure === "open" ? undefined : closure, answered: !["N", "apart"].includes(outcome) };
}

/** What is known two weeks after its month, where not all is. */
export function notYet({ outcome, answered }: Course): Partial<Course> {
  if (outcome === "G" || outcome === "U") return { outcome: "U", closure: undefined };
  return { outcome: "pending", closure: undefined, answered };
}

const bins = {
  PT15M: 3,
  PT1H: 6,
  PT3H: 8,
  PT6H: 8,
  PT12H: 10,
  PT24H: 15,
  PT48H: 20,
  PT72H: 6,
  P5D: 5,
  P20D: 3,
  longer: 1,
};

type Counting = {
  recordKey: number;
  place: Place;
  fixed: Measure[];
  course: Course;
  opinions?: number | undefined;
  agreeing?: number | undefined;
  chance: Chance;
};

type Group = "acceptors" | "silent" | "others";

/** What came of calling, of so many who agreed to it. */
function called(closure: string | undefined, { agreeing, chance }: { agreeing: number; chance: Chance }): Measure[] {
  if (!closure || chance() >= agreeing) return [];
  const groups: Record<string, Group> = { confirmed: "acceptors", unconfirmed: "silent" };
  const outcome = weighted(chance, { refused: 1, "no-contact": 3, answered: 6 });
  return [
    `called-outcome:${outcome}`,
    ...(outcome === "answered" ? opinion(`called-${groups[closure] ?? "others"}-`, chance) : []),
  ];
}

/** What is counted of a complaint that took this course. */
export function countedAs({
  recordKey,
  place,
  fixed,
  course,
  opinions = 0.3,
  agreeing = 0,
  chance,
}: Counting): Counted {
  const { outcome, closure, answered } = course;
  const isJudged = answered || closure === "decided";
  const isTimed = outcome !== "pending" && outcome !== "apart";
  const binOn = () => (outcome === "N" ? "unanswered" : weighted(chance, bins));
  const level =
    outcome === "N" || outcome === "L"
      ? weighted(chance, { 1: 5, 2: 3, 3: 1, 4: 1 })
      : weighted(chance, { 0: 9, 1: 1 });
  const measures: Measure[] = [
    `outcome:${outcome}`,
    `level:${level}`,
    ...fixed,
    ...(isJudged ? ([`finding:${weighted(chance, { founded: 5, undetermined: 1, unfounded: 4 })}`] as const) : []),
    ...(closure ? ([`closure:${closure}`] as const) : []),
    ...(isTimed ? ([`time-office:${binOn()}`, `time-elapsed:${binOn()}`] as const) : []),
    ...(closure === "confirmed"
      ? ([`acceptance:${weighted(chance, { "quick-without-phone": 1, other: 9 })}`] as const)
      : []),
    ...(chance() < opinions ? opinion("", chance) : []),
    ...(agreeing > 0 ? called(closure, { agreeing, chance }) : []),
  ];
  const kept = { agencyId: place.agency ?? "", passedOn: measures.includes("passed-on:passed-on") };
  const cause = isJudged ? weighted(chance, Object.fromEntries(causes.map((one, n) => [one, 1 / (n + 1)]))) : undefined;
  return { recordKey, place: { ...place, cause }, measures, holders: [kept] };
}

function opinion(asked: "" | `called-${Group}-`, chance: Chance): Measure[] {
  return [
    `${asked}solved:${weighted(chance, { yes: 4, partly: 3, no: 3 })}`,
    `${asked}handling:${weighted(chance, { 1: 2, 2: 1, 3: 2, 4: 3, 5: 2 })}`,
    `${asked}pressed:${weighted(chance, { pressed: 1, "not-pressed": 20 })}`,
  ];
}
