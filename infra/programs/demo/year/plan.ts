import type { Province } from "#shared/province/schema.ts";
import { day, grid, hour, hoursOf, lastGridBefore, nextCallTime, type Span } from "./calendar.ts";
import { createChance } from "./chance.ts";
import { channels, type Filing, type Finding, filingOf } from "./filing.ts";
import { countOfScripts, filingOfScript, tellScript } from "./scripts.ts";
import {
  addRequest,
  agencyOf,
  type PlannedComplaint,
  type PlannedRequest,
  planComplaint,
  type World,
  yearTexts,
} from "./story.ts";

/** A silent citizen is called within the last three of the ten days in which an answer may be disputed. */
const silentUntilCalled = 8 * day;
const inspectors = ["inspector-1", "inspector-2"];

/** Plans what the citizen does after an answer. */
function planOutcome(complaint: PlannedComplaint): void {
  const { chance, character, now } = complaint;
  if (chance.happens(character.acceptedAtOnce)) {
    addRequest(complaint, { at: now, by: "citizen", act: "acceptance", body: {} });
    planOpinion(complaint, { probability: 0.5, within: 2 * day });
    planCall(complaint, { at: complaint.now + day });
  } else reactions[chance.weighted(character.reactions)](complaint);
}

const reactions = {
  accepts(complaint: PlannedComplaint): void {
    const { chance, now } = complaint;
    planOpinion(complaint, { probability: 0.2, within: 0 });
    addRequest(complaint, { at: now + chance.between(2, 80) * hour, by: "citizen", act: "acceptance", body: {} });
    planCall(complaint, { at: complaint.now + day });
  },
  disputes(complaint: PlannedComplaint): void {
    const { chance, now } = complaint;
    const at = now + chance.between(2, 200) * hour;
    addRequest(complaint, { at, by: "citizen", act: "dispute", body: { reason: yearTexts.dispute } });
    review(complaint);
    planOpinion(complaint, { probability: 0.4, within: 5 * day });
    planCall(complaint, { at: complaint.now + day });
  },
  silent(complaint: PlannedComplaint): void {
    const { now } = complaint;
    planCall(complaint, { at: now + silentUntilCalled });
    if (complaint.now === now) planOpinion(complaint, { probability: 0.25, within: 15 * day });
  },
};

/** An inspector reviews a dispute, mostly within the allowed two days, and sometimes visits the office. */
function review(complaint: PlannedComplaint): void {
  const { chance, hours, character } = complaint;
  const upholdsAnswer = chance.happens(character.upheld);
  if (chance.happens(0.25)) visit(complaint);
  const at = hours.worked(complaint.now, chance.happens(0.85) ? chance.between(30, 500) : chance.between(1_200, 2_400));
  const { answerFinding = "founded" } = complaint;
  decide(complaint, { at, finding: upholdsAnswer ? answerFinding : "founded", answered: { upholdsAnswer } });
}

function visit(complaint: PlannedComplaint): void {
  const { chance, hours } = complaint;
  const by = { person: chance.oneOf(inspectors) };
  const ordered = hours.worked(complaint.now, chance.between(15, 60));
  const arrived = hours.worked(ordered, chance.between(30, 120));
  const instant = (at: number) => new Date(at).toISOString();
  addRequest(complaint, { at: ordered, by, act: "visits", body: { plannedAt: instant(arrived) } });
  const visitResult = chance.weighted({ confirmed: 5, "not-confirmed": 3, undetermined: 2 });
  const body = { arrivedAt: instant(arrived), visitResult, text: yearTexts.report };
  addRequest(complaint, { at: arrived + grid, by, act: "report", body });
}

type Decision = { at: number; finding: Finding; answered?: { upholdsAnswer: boolean } };

function decide(complaint: PlannedComplaint, { at, finding, answered }: Decision): void {
  const { chance, filing } = complaint;
  const cause = yearTexts.cause(chance, { category: filing.category, finding });
  const body = { finding, cause, text: yearTexts.decision(finding), ...answered };
  addRequest(complaint, { at, by: { person: chance.oneOf(inspectors) }, act: "decision", body });
}

/** An unanswered complaint is escalated. In the end an inspector decides, the citizen withdraws, or it stays open. */
function planNoAnswer(complaint: PlannedComplaint): void {
  const { chance, hours, answerBy } = complaint;
  const after = answerBy + chance.between(1, 14) * day;
  const end = chance.weighted({ decided: 6, withdrawn: 1, open: 3 });
  if (end === "decided") {
    const finding = chance.weighted({ founded: 8, undetermined: 2 });
    decide(complaint, { at: hours.worked(after, 30), finding });
  }
  if (end === "withdrawn") addRequest(complaint, { at: after, by: "citizen", act: "withdrawal", body: {} });
  if (end === "open") return;
  planOpinion(complaint, { probability: 0.35, within: 10 * day });
  planCall(complaint, { at: complaint.now + day });
}

/**
 * Plans a call to a citizen who agreed to be called. It is made only if the API has drawn the complaint. Most citizens
 * answer.
 */
function planCall(complaint: PlannedComplaint, { at }: { at: number }): void {
  if (!complaint.mayBeCalled || !complaint.chance.happens(0.8)) return;
  addRequest(complaint, {
    at: nextCallTime(at),
    by: { program: "call-centre-128" },
    act: "call",
    body: opinionOf(complaint),
  });
}

type OpinionPlan = { probability: number; within: number };

/** Some citizens give an opinion; a citizen who was pressured gives one more often. */
function planOpinion(complaint: PlannedComplaint, { probability, within }: OpinionPlan): void {
  const { chance, now } = complaint;
  const body = opinionOf(complaint);
  if (!chance.happens("pressured" in body ? Math.max(probability, 0.5) : probability)) return;
  addRequest(complaint, { at: now + chance.between(0, within), by: "citizen", act: "opinion", body });
}

function opinionOf({ chance, character }: PlannedComplaint) {
  const pressured = chance.happens(character.pressured);
  const solved = pressured ? "no" : chance.weighted(character.solved);
  const most = { yes: 5, partly: 4, no: 3 }[solved];
  const handling = Math.ceil(chance.between(most - 3, most));
  return { solved, handling: Math.max(handling, 1), ...(pressured && { pressured }) };
}

/** Agencies that receive transferred complaints. They serve every county, so none refuses a transfer. */
const receivingAgencies = ["workers-fund", "revenue-house", "roads-house"];

/** Returns all requests of one complaint, in order. */
function requestsOfComplaint(filing: Filing, world: World): PlannedRequest[] {
  const complaint = planComplaint(filing, world);
  file(complaint);
  if (isRejected(complaint)) return complaint.requests;
  acknowledge(complaint);
  if (complaint.chance.happens(complaint.character.transferred)) planTransfer(complaint);
  else if (isWithdrawn(complaint)) return complaint.requests;
  if (complaint.chance.happens(complaint.character.answers)) {
    answer(complaint);
    planOutcome(complaint);
  } else planNoAnswer(complaint);
  return complaint.requests;
}

function file(complaint: PlannedComplaint): void {
  const { filing, chance, number } = complaint;
  const { at, agencyId, countyId, category, frontEnd } = filing;
  const citizen = chance.happens(0.55) ? yearTexts.citizen(number) : undefined;
  const channel = channels[frontEnd] ?? "web";
  const description = yearTexts.complaint(chance, category);
  const body = { agencyId, countyId, category, channel, description, ...(citizen && { citizen }) };
  complaint.mayBeCalled = citizen?.mayBeCalled ?? false;
  addRequest(complaint, { at, by: { program: frontEnd }, act: "filing", body });
}

/** Returns whether an inspector rejects the filing as no complaint. */
function isRejected(complaint: PlannedComplaint): boolean {
  const { chance, hours, now } = complaint;
  if (!chance.happens(0.015)) return false;
  const at = hours.worked(now, chance.between(30, 150));
  const body = { reason: "out-of-scope", text: yearTexts.rejection };
  addRequest(complaint, { at, by: { person: "inspector-1" }, act: "rejection", body });
  return true;
}

function acknowledge(complaint: PlannedComplaint): void {
  const { chance, hours, now, character } = complaint;
  const [from, to] = character.acknowledges;
  // An agency that acknowledges at once has a program for it, which also runs outside office hours.
  const at = to === 0 ? now : hours.worked(now, chance.between(from, to));
  addRequest(complaint, {
    at,
    by: agencyOf(complaint),
    act: "acknowledgement",
    body: { officer: yearTexts.officer(chance) },
  });
  if (chance.happens(0.06))
    addRequest(complaint, { at: at + grid, by: "citizen", act: "messages", body: { text: yearTexts.message } });
}

function isWithdrawn(complaint: PlannedComplaint): boolean {
  const { chance, now, character } = complaint;
  if (!chance.happens(character.withdrawn)) return false;
  const at = Math.max(now, Math.min(now + chance.between(0.5, 6) * hour, lastGridBefore(complaint.answerBy)));
  addRequest(complaint, { at, by: "citizen", act: "withdrawal", body: {} });
  const pressured = chance.happens(character.pressured * 2);
  if (pressured || chance.happens(0.1))
    addRequest(complaint, {
      at: at + 2 * hour,
      by: "citizen",
      act: "opinion",
      body: { solved: "no", handling: 1, pressured },
    });
  return true;
}

/**
 * Plans a transfer when the time to answer is nearly over, or over. The receiving agency gets the remaining time, and
 * acknowledges.
 */
function planTransfer(complaint: PlannedComplaint): void {
  const { chance, hours, answerBy } = complaint;
  const at = chance.happens(0.5) ? lastGridBefore(answerBy) - grid : hours.worked(answerBy, chance.between(15, 120));
  const toAgencyId = chance.oneOf(receivingAgencies.filter((id) => id !== complaint.agencyId));
  addRequest(complaint, {
    at,
    by: agencyOf(complaint),
    act: "transfer",
    body: { toAgencyId, reason: yearTexts.transfer },
  });
  Object.assign(complaint, { agencyId: toAgencyId });
  const taken = hours.worked(complaint.now, chance.between(15, 60));
  const body = { officer: yearTexts.officer(chance) };
  addRequest(complaint, { at: taken, by: agencyOf(complaint), act: "acknowledgement", body });
}

function answer(complaint: PlannedComplaint): void {
  const { chance, hours, character, filing, category } = complaint;
  const inTime = chance.happens(character.inTime);
  if (chance.happens(character.extended) && complaint.now + grid < lastGridBefore(complaint.answerBy)) {
    addRequest(complaint, {
      at: lastGridBefore(complaint.answerBy),
      by: agencyOf(complaint),
      act: "extension",
      body: { reason: yearTexts.extension },
    });
    complaint.answerBy = hours.due(complaint.answerBy, category.extension);
  }
  const at = inTime ? inTimeAt(complaint) : hours.worked(complaint.answerBy, chance.between(30, 1_500));
  const finding = chance.weighted(character.findings);
  const cause = yearTexts.cause(chance, { category: filing.category, finding });
  const text = yearTexts.answer(chance, { finding, answerText: character.answerText });
  const body = { officer: yearTexts.officer(chance), finding, cause, text };
  complaint.answerFinding = finding;
  addRequest(complaint, { at, by: agencyOf(complaint), act: "answer", body });
}

/**
 * A time in office hours between the last request and the deadline. If office hours end too early, just before the deadline.
 */
function inTimeAt({ chance, hours, now, answerBy }: PlannedComplaint): number {
  const wished = hours.worked(now, chance.between(15, 600));
  return wished < answerBy ? wished : Math.max(lastGridBefore(answerBy), now);
}

type YearPlan = { seed: string; complaints: number; span: Span; province: Province };

/**
 * Returns all requests of the year, ordered by time. They are the same for the same seed. Each complaint has its own random
 * sequence, so that one more complaint changes no other complaint.
 */
export function planOf({ seed, complaints, span, province }: YearPlan): PlannedRequest[] {
  const hours = hoursOf(province);
  const { categories } = province;
  const requests = Array.from({ length: complaints }, (_, number) => {
    const chance = createChance(`${seed}/${number}`);
    const world = { number, chance, hours, categories };
    if (number < countOfScripts) return tellScript(planComplaint(filingOfScript(number, { span, hours }), world));
    return requestsOfComplaint(filingOf({ chance, span, hours }), world);
  });
  return requests
    .flat()
    .filter(({ at }) => at < span.until)
    .sort((one, other) => one.at - other.at || one.complaint - other.complaint || one.step - other.step);
}
