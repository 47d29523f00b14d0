import { cast, times } from "./cast.ts";
import type { Words } from "./words.ts";

const { id, agencyId, countyId, officeId, category, cause } = cast;

/** The fields of a complaint that was just filed. */
export const filedStanding = {
  id,
  status: "filed",
  version: 1,
  agencyId,
  countyId,
  category,
  filedAt: times.filed,
  acknowledgeBy: times.acknowledgeBy,
  answerBy: times.answerBy,
  level: 0,
};
export const acknowledgedStanding = { ...filedStanding, status: "acknowledged", version: 2 };
export const answeredStanding = { ...filedStanding, status: "answered", version: 3, confirmBy: times.confirmBy };
export const disputedStanding = { ...answeredStanding, status: "disputed", version: 4, reviewBy: times.reviewBy };
/** The same when it is late and was raised to the county governor. */
const escalatedStanding = { ...filedStanding, version: 3, level: 2 };

type Standing = typeof filedStanding & Record<string, unknown>;
/** The event that an example adds. */
type Last = { type: string; at: string; by: string; person?: string } & Record<string, unknown>;
/** `noted`: what an example adds to the private series, which moves no version. */
type View = { words: Words; standing: Standing; last?: Last; noted?: Last };

/** The complaint one event later. */
export function after(standing: Standing, sets: Record<string, unknown> = {}): Standing {
  return { ...standing, version: standing.version + 1, ...sets };
}

export function officerOf({ officer }: Words) {
  return { name: officer, personnelId: "48213" };
}

export function answerOf({ answer, action }: Words) {
  return { finding: "founded", cause, text: answer, actions: [{ text: action, by: "2026-12-01" }] };
}

export function decisionOf({ decision, action }: Words) {
  const actions = [{ text: action, by: "2026-12-05" }];
  return { finding: "founded", cause, text: decision, actions, upholdsAnswer: false };
}

/** The events up to a dispute. */
function storyOf(words: Words, until: number): (Last & { version: number })[] {
  const officer = { name: words.officer };
  return [
    { version: 1, type: "filed", at: times.filed, by: "citizen", channel: "phone" },
    { version: 2, type: "acknowledged", at: times.acknowledged, by: "agency", officer },
    { version: 3, type: "answered", at: times.answered, by: "agency", officer, ...answerOf(words) },
    { version: 4, type: "disputed", at: times.disputed, by: "citizen", reason: words.dispute },
  ].slice(0, until);
}

/** The fields of every view: how the complaint stands, what was written, what happened. */
function told({ words, standing, last, noted }: View) {
  const story: Last[] = storyOf(words, last ? standing.version - 1 : standing.version);
  const history = [
    ...story,
    ...(last ? [{ version: standing.version, ...last }] : []),
    ...(noted ? [{ private: 1, ...noted }] : []),
  ];
  const ofType = (type: string) => history.filter((entry) => entry.type === type);
  const [answered] = ofType("answered");
  const [decided] = ofType("decided");
  return {
    ...standing,
    description: words.description,
    ...(answered && { answer: { ...answerOf(words), at: answered.at } }),
    ...(decided && { decision: { ...decisionOf(words), at: decided.at } }),
    messages: ofType("message-posted").map(
      ({ version: _version, type: _type, person: _person, ...message }) => message,
    ),
    attachments: [],
    history,
  };
}

export function citizenViewOf(view: View) {
  return {
    ...told(view),
    identityShared: view.noted?.type === "consent-given",
    mayBeCalled: true,
    identityReads: [],
    uploads: [],
  };
}

function workedOn({ words, standing }: View) {
  return {
    officeId,
    language: words.language,
    occurredAt: times.occurred,
    ...(standing.status !== "filed" && { officer: officerOf(words) }),
    employee: { name: words.employee, desk: words.desk },
  };
}

export function agencyViewOf(view: View) {
  return { ...told(view), ...workedOn(view) };
}

export function inspectorViewOf(view: View & { visits?: unknown[] }) {
  const { visits = [], ...rest } = view;
  return { ...told(rest), ...workedOn(rest), channel: "phone", transfers: 0, visits };
}

export function overseerViewOf(words: Words) {
  const raised = ({ version, level, at, holder }: { version: number; level: number; at: string; holder: string }) => ({
    version,
    type: "escalated",
    at,
    by: "clock",
    level,
    holder,
    owed: "acknowledge",
    dueAt: at,
  });
  const view = told({ words, standing: filedStanding });
  const history = [
    ...view.history,
    raised({ version: 2, level: 1, at: times.acknowledgeBy, holder: "agency-head" }),
    raised({ version: 3, level: 2, at: times.secondRung, holder: "county-governor" }),
  ];
  return { ...view, ...escalatedStanding, officeId, history };
}

/** A line of an inspector's or overseer's list. */
export const deskItem = { ...disputedStanding, officeId };
export const escalatedItem = { ...escalatedStanding, officeId };
/** A cursor as callers see it; they are not meant to read it. */
export const cursor = "WyI4ZDQ1YzE1ZjYwNTcwYjFhIix7fV0";
