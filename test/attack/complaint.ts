import type { Measure } from "#shared/domain/statistics/breakdown.ts";
import type { CalledGroup } from "#shared/domain/statistics/called.ts";
import type { Counted } from "#shared/domain/statistics/counts.ts";
import type { Outcome } from "#shared/domain/statistics/outcome.ts";
import { weighted } from "../../infra/demo/year/chance.ts";
import type { Chance } from "../support/chance.ts";

/** How often an ordinary agency's complaints have each outcome. */
export const ordinaryOutcomes: Record<Outcome, number> = {
  overturned: 0.05,
  unanswered: 0.09,
  late: 0.12,
  confirmed: 0.3,
  silent: 0.34,
  pending: 0.02,
  excluded: 0.08,
};
export const outcomes = Object.keys(ordinaryOutcomes) as Outcome[];

export const causes = ["system-down", "staff-absent", "rule-unclear", "capacity", "conduct", "none"];
const causeWeights = Object.fromEntries(causes.map((cause, n) => [cause, 1 / (n + 1)]));

const closures: Record<Outcome, Record<string, number>> = {
  overturned: { decided: 1 },
  unanswered: { decided: 0.5, withdrawn: 0.2, open: 0.3 },
  late: { confirmed: 0.3, unconfirmed: 0.6, withdrawn: 0.1 },
  confirmed: { confirmed: 0.85, decided: 0.15 },
  silent: { unconfirmed: 0.95, withdrawn: 0.05 },
  pending: { open: 1 },
  excluded: { withdrawn: 0.4, "out-of-scope": 0.3, "not-a-complaint": 0.2, decided: 0.1 },
};
const inTime = { PT1H: 9, PT3H: 8, PT24H: 33, PT48H: 20, longer: 2 };
const tooLate = { PT24H: 1, PT48H: 2, longer: 4 };

const answered: Outcome[] = ["overturned", "late", "confirmed", "silent"];

/** One invented complaint of an outcome: everything but the outcome is drawn by chance, and alike for every agency. */
export function aComplaint({ outcome, place, chance }: { outcome: Outcome; place: Place; chance: Chance }): Counted {
  const isAnswered = answered.includes(outcome);
  const closure = weighted(chance, closures[outcome]);
  const isJudged = isAnswered || closure === "decided";
  const isTransferred = chance() < 1 / 15;
  const measures: Measure[] = [
    `outcome:${outcome}`,
    `level:${weighted(chance, isAnswered && outcome !== "late" ? { 0: 9, 1: 1 } : { 0: 3, 1: 8, 2: 5, 3: 2, 4: 1, 5: 1 })}`,
    `extended:${weighted(chance, { extended: 1, "not-extended": 14 })}`,
    `transferred-out:${isTransferred ? "transferred-out" : "kept"}`,
    ...timeMeasures(outcome, chance),
    ...(isJudged ? ([`finding:${weighted(chance, { founded: 5, undetermined: 1, unfounded: 4 })}`] as const) : []),
    ...(closure === "open" ? [] : ([`closure:${closure}`] as const)),
    ...(closure === "confirmed" ? ([`quick-acceptance:${chance() < 0.1 ? "quick" : "not-quick"}`] as const) : []),
    ...(chance() < 0.3 ? opinion("", chance) : []),
    ...(closure === "open" ? [] : called(closure, chance)),
  ];
  return {
    place: isJudged ? { ...place, cause: weighted(chance, causeWeights) } : place,
    measures,
    holders: [{ agencyId: place.agency, transferredOut: isTransferred }],
  };
}

type Place = { agency: string; category: string; county: string };

function timeMeasures(outcome: Outcome, chance: Chance): Measure[] {
  if (outcome === "pending" || outcome === "excluded") return [];
  const time = () => {
    if (outcome === "unanswered") return "unanswered";
    return weighted(chance, outcome === "late" ? tooLate : inTime);
  };
  return [`time-office:${time()}`, `time-elapsed:${time()}`];
}

const groups: Record<string, CalledGroup> = { confirmed: "acceptors", unconfirmed: "silent" };

/** Two of five citizens are called when their complaint is closed. */
function called(closure: string, chance: Chance): Measure[] {
  if (chance() > 0.4) return [];
  const outcome = weighted(chance, { refused: 1, "no-contact": 3, answered: 6 });
  const said = outcome === "answered" ? opinion(`called-${groups[closure] ?? "others"}-`, chance) : [];
  return [`called-outcome:${outcome}`, ...said];
}

function opinion(asked: "" | `called-${CalledGroup}-`, chance: Chance): Measure[] {
  return [
    `${asked}solved:${weighted(chance, { yes: 4, partly: 3, no: 3 })}`,
    `${asked}handling:${weighted(chance, { 1: 2, 2: 1, 3: 2, 4: 3, 5: 2 })}`,
    `${asked}pressed:${weighted(chance, { pressed: 1, "not-pressed": 20 })}`,
  ];
}
