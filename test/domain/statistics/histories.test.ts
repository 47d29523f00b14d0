import * as fc from "fast-check";
import { expect, test } from "vitest";
import { countOne } from "../../support/a-count.ts";
import * as s from "../../support/a-story.ts";

const moves = ["answer", "transfer", "accept", "dispute", "withdraw", "expire", "decide", "reject", "extend"] as const;
type Step = { move: (typeof moves)[number]; hours: number; upholds: boolean; to: string };

const hour = 3_600_000;
const at = (hours: number) => new Date(Date.parse(s.filedAt) + hours * hour).toISOString();
const agencies = ["water", "bank", "town-hall"];

/** What happened, by the hour, as the test itself notes it. */
type Fact = Step & { at: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    move: fc.constantFrom(...moves),
    hours: fc.nat({ max: 40 }),
    upholds: fc.boolean(),
    to: fc.constantFrom(...agencies),
  }),
  { maxLength: 7 },
);

const acts: Record<Step["move"], (story: s.EventStory, at: string, step: Step) => s.EventStory> = {
  answer: (story, when) => s.answered(story, when),
  transfer: (story, when, { to }) => s.transferred(story, when, to),
  accept: s.accepted,
  dispute: s.disputed,
  withdraw: s.withdrawn,
  expire: s.expired,
  decide: (story, when, { upholds }) => s.decided(story, when, { upholdsAnswer: upholds }),
  reject: (story, at) => s.rejected(story, at),
  extend: (story, when) => s.extended(s.acknowledged(story, when), when, at(72)),
};

/** Makes every step that the lifecycle allows, and returns which those were. */
function lived(all: Step[]): { story: s.EventStory; facts: Fact[] } {
  let story = s.aStory();
  let now = 0;
  const facts: Fact[] = [];
  for (const step of all) {
    now += step.hours;
    try {
      story = acts[step.move](story, at(now), step);
      facts.push({ ...step, at: now });
    } catch {
      // Not from this status.
    }
  }
  return { story, facts };
}

type Lived = { facts: Fact[]; asOf: number };

function fact(facts: Fact[], ...names: Step["move"][]): Fact | undefined {
  return facts.find(({ move }) => names.includes(move));
}

/** When the answer was owed: after two days, three where it was extended. */
const owed = (facts: Fact[]) => (fact(facts, "extend") ? 72 : 48);

/** The first class that holds, read from above. */
function outcome({ facts, asOf }: Lived): string {
  const answer = fact(facts, "answer");
  const sinceDispute = facts.slice(facts.findLastIndex(({ move }) => move === "dispute") + 1);
  const closing = fact(sinceDispute, "accept", "withdraw", "expire", "decide", "reject");
  const due = owed(facts);
  if (!closing && !answer && asOf < due) return "pending";
  if (!closing && fact(facts, "dispute")) return "pending";
  if (closing?.move === "reject") return "excluded";
  if (!answer && closing && closing.at < due) return "excluded";
  if (answer && closing?.move === "decide" && !closing.upholds) return "overturned";
  if (!answer) return "unanswered";
  if (answer.at >= due) return "late";
  return closing?.move === "accept" || closing?.move === "decide" ? "confirmed" : "silent";
}

/** The agency that it is counted for: hour by hour, who held it until the answer was owed. */
function agencyOf(lived: Lived): string {
  const { facts, asOf } = lived;
  const holderAt = (time: number) =>
    facts.findLast(({ move, at: when }) => move === "transfer" && when <= time)?.to ?? "water";
  const answer = fact(facts, "answer");
  if (!["unanswered", "late"].includes(outcome(lived))) return holderAt(answer?.at ?? asOf);
  const hours = Array.from({ length: owed(facts) }, (_, time) => holderAt(time));
  const held = (one: string) => hours.filter((authority) => authority === one).length;
  return [...new Set(hours)].reduce((one, other) => (held(other) > held(one) ? other : one));
}

test("any life counts as the table of outcomes says, with the agency that the rules name", () => {
  fc.assert(
    fc.property(steps, fc.nat({ max: 300 }), (all, asOf) => {
      const { story, facts } = lived(all);
      // An event of that very instant is not known yet.
      const known = { facts: facts.filter((one) => one.at <= asOf), asOf: asOf + 0.5 };
      const { place, measures } = countOne(story, { asOf: at(asOf + 0.5) });
      expect([measures[0], place.agency]).toEqual([`outcome:${outcome(known)}`, agencyOf(known)]);
    }),
    { numRuns: 1_000 },
  );
});

test("no life is in two classes of one breakdown, and each is in one of outcome, level, extended and transferred-out", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { measures } = countOne(lived(all).story);
      const names = measures.map((measure) => measure.split(":")[0]);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining(["outcome", "level", "extended", "transferred-out"]));
    }),
    { numRuns: 200 },
  );
});
