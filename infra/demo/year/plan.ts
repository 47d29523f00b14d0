import type { Province } from "#shared/province/schema.ts";
import { day, grid, hour, hoursOf, lastGridBefore, nextCallTime, type Span } from "./calendar.ts";
import { createChance } from "./chance.ts";
import { channels, type Filing, type Finding, filingOf } from "./filing.ts";
import {
  addRequest,
  type PlannedComplaint,
  type PlannedRequest,
  planComplaint,
  theAgency,
  type World,
  yearTexts,
} from "./story.ts";

/** Within the last three of the ten days in which an answer may be disputed. */
const silentUntilCalled = 8 * day;
const inspectors = ["inspector-1", "inspector-2"];

/** What the citizen makes of an answer. */
export function planOutcome(complaint: PlannedComplaint): void {
  const { chance, character, now } = complaint;
  if (chance.happens(character.acceptedAtOnce)) {
    addRequest(complaint, { at: now, by: "citizen", to: "acceptance", body: {} });
    planOpinion(complaint, { probability: 0.5, within: 2 * day });
    isCalled(complaint, { at: complaint.now + day });
  } else reactions[chance.weighted(character.reactions)](complaint);
}

const reactions = {
  accepts(story: PlannedComplaint): void {
    const { chance, now } = story;
    planOpinion(story, { probability: 0.2, within: 0 });
    addRequest(story, { at: now + chance.between(2, 80) * hour, by: "citizen", to: "acceptance", body: {} });
    isCalled(story, { at: story.now + day });
  },
  disputes(story: PlannedComplaint): void {
    const { chance, now } = story;
    const at = now + chance.between(2, 200) * hour;
    addRequest(story, { at, by: "citizen", to: "dispute", body: { reason: yearTexts.dispute } });
    review(story);
    planOpinion(story, { probability: 0.4, within: 5 * day });
    isCalled(story, { at: story.now + day });
  },
  silent(story: PlannedComplaint): void {
    const { now } = story;
    isCalled(story, { at: now + silentUntilCalled });
    if (story.now === now) planOpinion(story, { probability: 0.25, within: 15 * day });
  },
};

/** An inspector looks into a dispute, mostly within the two days that a review may take; now and then on the spot. */
function review(complaint: PlannedComplaint): void {
  const { chance, hours, character } = complaint;
  const upholdsAnswer = chance.happens(character.upheld);
  if (chance.happens(0.25)) visit(complaint);
  const at = hours.worked(complaint.now, chance.happens(0.85) ? chance.between(30, 500) : chance.between(1_200, 2_400));
  decide(complaint, { at, finding: upholdsAnswer ? "unfounded" : "founded", answered: { upholdsAnswer } });
}

function visit(complaint: PlannedComplaint): void {
  const { chance, hours } = complaint;
  const by = { inspector: chance.oneOf(inspectors) };
  const ordered = hours.worked(complaint.now, chance.between(15, 60));
  const arrived = hours.worked(ordered, chance.between(30, 120));
  const instant = (at: number) => new Date(at).toISOString();
  addRequest(complaint, { at: ordered, by, to: "visits", body: { plannedAt: instant(arrived) } });
  const found = chance.weighted({ confirmed: 5, "not-confirmed": 3, undetermined: 2 });
  const body = { arrivedAt: instant(arrived), found, text: yearTexts.report };
  addRequest(complaint, { at: arrived + grid, by, to: "report", body });
}

type Decision = { at: number; finding: Finding; answered?: { upholdsAnswer: boolean } };

function decide(complaint: PlannedComplaint, { at, finding, answered }: Decision): void {
  const { chance, filing } = complaint;
  const cause = yearTexts.cause(chance, { category: filing.category, finding });
  const body = { finding, cause, text: yearTexts.decision(finding), ...answered };
  addRequest(complaint, { at, by: { inspector: chance.oneOf(inspectors) }, to: "decision", body });
}

/** What nobody answers climbs; in the end an inspector ends it, or the citizen gives up, or it stays as it is. */
export function planNoAnswer(story: PlannedComplaint): void {
  const { chance, hours, answerBy } = story;
  const after = answerBy + chance.between(1, 14) * day;
  const end = chance.weighted({ decided: 6, withdrawn: 1, open: 3 });
  if (end === "decided") {
    const finding = chance.weighted({ founded: 8, undetermined: 2 });
    decide(story, { at: hours.worked(after, 30), finding });
  }
  if (end === "withdrawn") addRequest(story, { at: after, by: "citizen", to: "withdrawal", body: {} });
  if (end === "open") return;
  planOpinion(story, { probability: 0.35, within: 10 * day });
  isCalled(story, { at: story.now + day });
}

/** Who agreed may be called; whom the API draws is on its list. Most answer. */
function isCalled(complaint: PlannedComplaint, { at }: { at: number }): void {
  if (!complaint.mayBeCalled || !complaint.chance.happens(0.8)) return;
  addRequest(complaint, {
    at: nextCallTime(at),
    by: { frontEnd: "call-centre-128" },
    to: "call",
    body: opinionOf(complaint),
  });
}

type OpinionPlan = { probability: number; within: number };

/** Some say what they think of it; whoever was pressed says so more often. */
function planOpinion(story: PlannedComplaint, { probability, within }: OpinionPlan): void {
  const { chance, now } = story;
  const body = opinionOf(story);
  if (!chance.happens("pressed" in body ? Math.max(probability, 0.5) : probability)) return;
  addRequest(story, { at: now + chance.between(0, within), by: "citizen", to: "opinion", body });
}

function opinionOf({ chance, character }: PlannedComplaint) {
  const pressed = chance.happens(character.pressed);
  const solved = pressed ? "no" : chance.weighted(character.solved);
  const most = { yes: 5, partly: 4, no: 3 }[solved];
  const handling = Math.ceil(chance.between(most - 3, most));
  return { solved, handling: Math.max(handling, 1), ...(pressed && { pressed }) };
}

/** Who takes what the late one passes on: offices of the whole province, which refuse nobody. */
const receivingAgencies = ["workers-fund", "revenue-house", "roads-house"];

/** Everything that is done in the life of one complaint, in its order. */
export function requestsOfComplaint(filing: Filing, world: World): PlannedRequest[] {
  const story = planComplaint(filing, world);
  file(story);
  if (endsWithoutAnswer(story)) return story.acts;
  acknowledge(story);
  if (story.chance.happens(story.character.passedOn)) planTransfer(story);
  else if (isWithdrawn(story)) return story.acts;
  if (story.chance.happens(story.character.answers)) {
    answer(story);
    planOutcome(story);
  } else planNoAnswer(story);
  return story.acts;
}

function file(complaint: PlannedComplaint): void {
  const { filing, chance, number } = complaint;
  const { at, agencyId, countyId, category, frontEnd } = filing;
  const citizen = chance.happens(0.55) ? yearTexts.citizen(number) : undefined;
  const channel = channels[frontEnd] ?? "web";
  const description = yearTexts.complaint(chance, category);
  const body = { agencyId, countyId, category, channel, description, ...(citizen && { citizen }) };
  complaint.mayBeCalled = citizen?.mayBeCalled ?? false;
  addRequest(complaint, { at, by: { frontEnd }, to: "", body });
}

/** An inspector finds that it is no complaint. */
function endsWithoutAnswer(story: PlannedComplaint): boolean {
  const { chance, hours, now } = story;
  if (!chance.happens(0.015)) return false;
  const at = hours.worked(now, chance.between(30, 150));
  const body = { reason: "out-of-scope", text: yearTexts.rejection };
  addRequest(story, { at, by: { inspector: "inspector-1" }, to: "rejection", body });
  return true;
}

function acknowledge(complaint: PlannedComplaint): void {
  const { chance, hours, now, character } = complaint;
  const [from, to] = character.acknowledges;
  // Whoever clicks fast has a program that does it, closed or not.
  const at = to === 0 ? now : hours.worked(now, chance.between(from, to));
  addRequest(complaint, {
    at,
    by: theAgency(complaint),
    to: "acknowledgement",
    body: { officer: yearTexts.officer(chance) },
  });
  if (chance.happens(0.06))
    addRequest(complaint, { at: at + grid, by: "citizen", to: "messages", body: { text: yearTexts.message } });
}

function isWithdrawn(complaint: PlannedComplaint): boolean {
  const { chance, now, character } = complaint;
  if (!chance.happens(character.withdrawn)) return false;
  const at = Math.max(now, Math.min(now + chance.between(0.5, 6) * hour, lastGridBefore(complaint.answerBy)));
  addRequest(complaint, { at, by: "citizen", to: "withdrawal", body: {} });
  const pressed = chance.happens(character.pressed * 2);
  if (pressed || chance.happens(0.1))
    addRequest(complaint, {
      at: at + 2 * hour,
      by: "citizen",
      to: "opinion",
      body: { solved: "no", handling: 1, pressed },
    });
  return true;
}

/** When its time is nearly over, or over; who takes it has what is left, and says so first. */
function planTransfer(story: PlannedComplaint): void {
  const { chance, hours, answerBy } = story;
  const at = chance.happens(0.5) ? lastGridBefore(answerBy) - grid : hours.worked(answerBy, chance.between(15, 120));
  const toAgencyId = chance.oneOf(receivingAgencies.filter((id) => id !== story.agencyId));
  addRequest(story, { at, by: theAgency(story), to: "transfer", body: { toAgencyId, reason: yearTexts.transfer } });
  Object.assign(story, { agencyId: toAgencyId });
  const taken = hours.worked(story.now, chance.between(15, 60));
  const body = { officer: yearTexts.officer(chance) };
  addRequest(story, { at: taken, by: theAgency(story), to: "acknowledgement", body });
}

function answer(complaint: PlannedComplaint): void {
  const { chance, hours, character, filing, category } = complaint;
  const inTime = chance.happens(character.inTime);
  if (chance.happens(character.extended) && complaint.now + grid < lastGridBefore(complaint.answerBy)) {
    addRequest(complaint, {
      at: lastGridBefore(complaint.answerBy),
      by: theAgency(complaint),
      to: "extension",
      body: { reason: yearTexts.extension },
    });
    complaint.answerBy = hours.due(complaint.answerBy, category.extension);
  }
  const at = inTime ? inTimeAt(complaint) : hours.worked(complaint.answerBy, chance.between(30, 1_500));
  const finding = chance.weighted(character.findings);
  const cause = yearTexts.cause(chance, { category: filing.category, finding });
  const text = yearTexts.answer(chance, { finding, says: character.says });
  const body = { officer: yearTexts.officer(chance), finding, cause, text };
  addRequest(complaint, { at, by: theAgency(complaint), to: "answer", body });
}

/** Somewhere between the last act and the deadline, in office hours; where they end too early, just before it. */
function inTimeAt({ chance, hours, now, answerBy }: PlannedComplaint): number {
  const wished = hours.worked(now, chance.between(15, 600));
  return wished < answerBy ? wished : Math.max(lastGridBefore(answerBy), now);
}

type Wanted = { seed: string; complaints: number; span: Span; province: Province };

/**
 * Everything that is done in the year, in the order of time; the same for the same seed. Each complaint has a chance of its
 * own, so that one more changes no other.
 */
export function planOf({ seed, complaints, span, province }: Wanted): PlannedRequest[] {
  const hours = hoursOf(province);
  const { categories } = province;
  const lives = Array.from({ length: complaints }, (_, number) => {
    const chance = createChance(`${seed}/${number}`);
    return requestsOfComplaint(filingOf({ chance, span, hours }), { number, chance, hours, categories });
  });
  return lives
    .flat()
    .filter(({ at }) => at < span.until)
    .sort((one, other) => one.at - other.at || one.complaint - other.complaint || one.step - other.step);
}
