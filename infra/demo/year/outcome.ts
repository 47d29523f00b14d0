import type { Finding } from "./characters.ts";
import { day, grid, hour, nextCalls } from "./hours.ts";
import { type Story, tell } from "./story.ts";
import { said } from "./texts.ts";

/** Within the last three of the ten days in which an answer may be disputed. */
const silentUntilCalled = 8 * day;
const inspectors = ["inspector-1", "inspector-2"];

/** What the citizen makes of an answer. */
export function conclude(story: Story): void {
  const { chance, character, now } = story;
  if (chance.happens(character.acceptedAtOnce)) {
    tell(story, { at: now, by: "citizen", to: "acceptance", body: {} });
    speak(story, { probability: 0.5, within: 2 * day });
    isCalled(story, { at: story.now + day });
  } else reactions[chance.weighted(character.reactions)](story);
}

const reactions = {
  accepts(story: Story): void {
    const { chance, now } = story;
    speak(story, { probability: 0.2, within: 0 });
    tell(story, { at: now + chance.between(2, 80) * hour, by: "citizen", to: "acceptance", body: {} });
    isCalled(story, { at: story.now + day });
  },
  disputes(story: Story): void {
    const { chance, now } = story;
    const at = now + chance.between(2, 200) * hour;
    tell(story, { at, by: "citizen", to: "dispute", body: { reason: said.dispute } });
    review(story);
    speak(story, { probability: 0.4, within: 5 * day });
    isCalled(story, { at: story.now + day });
  },
  silent(story: Story): void {
    const { now } = story;
    isCalled(story, { at: now + silentUntilCalled });
    if (story.now === now) speak(story, { probability: 0.25, within: 15 * day });
  },
};

/** An inspector looks into a dispute, mostly within the two days that a review may take; now and then on the spot. */
function review(story: Story): void {
  const { chance, hours, character } = story;
  const upholdsAnswer = chance.happens(character.upheld);
  if (chance.happens(0.25)) visit(story);
  const at = hours.worked(story.now, chance.happens(0.85) ? chance.between(30, 500) : chance.between(1_200, 2_400));
  decide(story, { at, finding: upholdsAnswer ? "unfounded" : "founded", answered: { upholdsAnswer } });
}

function visit(story: Story): void {
  const { chance, hours } = story;
  const by = { inspector: chance.oneOf(inspectors) };
  const ordered = hours.worked(story.now, chance.between(15, 60));
  const arrived = hours.worked(ordered, chance.between(30, 120));
  const instant = (at: number) => new Date(at).toISOString();
  tell(story, { at: ordered, by, to: "visits", body: { plannedAt: instant(arrived) } });
  const found = chance.weighted({ confirmed: 5, "not-confirmed": 3, undetermined: 2 });
  const body = { arrivedAt: instant(arrived), found, text: said.report };
  tell(story, { at: arrived + grid, by, to: "report", body });
}

type Decision = { at: number; finding: Finding; answered?: { upholdsAnswer: boolean } };

function decide(story: Story, { at, finding, answered }: Decision): void {
  const { chance, filing } = story;
  const cause = said.cause(chance, { category: filing.category, finding });
  const body = { finding, cause, text: said.decision(finding), ...answered };
  tell(story, { at, by: { inspector: chance.oneOf(inspectors) }, to: "decision", body });
}

/** What nobody answers climbs; in the end an inspector ends it, or the citizen gives up, or it stays as it is. */
export function leftUnanswered(story: Story): void {
  const { chance, hours, answerBy } = story;
  const after = answerBy + chance.between(1, 14) * day;
  const end = chance.weighted({ decided: 6, withdrawn: 1, open: 3 });
  if (end === "decided") {
    const finding = chance.weighted({ founded: 8, undetermined: 2 });
    decide(story, { at: hours.worked(after, 30), finding });
  }
  if (end === "withdrawn") tell(story, { at: after, by: "citizen", to: "withdrawal", body: {} });
  if (end === "open") return;
  speak(story, { probability: 0.35, within: 10 * day });
  isCalled(story, { at: story.now + day });
}

/** Who agreed may be called; whom the API draws is on its list. Most answer. */
function isCalled(story: Story, { at }: { at: number }): void {
  if (!story.mayBeCalled || !story.chance.happens(0.8)) return;
  tell(story, { at: nextCalls(at), by: { frontEnd: "call-centre-128" }, to: "call", body: opinionOf(story) });
}

type Speaking = { probability: number; within: number };

/** Some say what they think of it; whoever was pressed says so more often. */
function speak(story: Story, { probability, within }: Speaking): void {
  const { chance, now } = story;
  const body = opinionOf(story);
  if (!chance.happens("pressed" in body ? Math.max(probability, 0.5) : probability)) return;
  tell(story, { at: now + chance.between(0, within), by: "citizen", to: "opinion", body });
}

function opinionOf({ chance, character }: Story) {
  const pressed = chance.happens(character.pressed);
  const solved = pressed ? "no" : chance.weighted(character.solved);
  const most = { yes: 5, partly: 4, no: 3 }[solved];
  const handling = Math.ceil(chance.between(most - 3, most));
  return { solved, handling: Math.max(handling, 1), ...(pressed && { pressed }) };
}
