import { cast, times } from "./cast.ts";
import type { Words } from "./words.ts";

const { id, agencyId, countyId, officeId, category } = cast;

/** How a complaint stands that was just filed. */
export const filedStanding = {
  ...{ id, status: "filed", version: 1, agencyId, countyId, category },
  ...{ filedAt: times.filed, acknowledgeBy: times.acknowledgeBy, answerBy: times.answerBy, level: 0 },
};

export const acknowledgedStanding = { ...filedStanding, status: "acknowledged", version: 2 };
export const answeredStanding = { ...filedStanding, status: "answered", version: 3, confirmBy: times.confirmBy };
export const disputedStanding = { ...answeredStanding, status: "disputed", version: 4, reviewBy: times.reviewBy };

type Standing = typeof filedStanding & Record<string, unknown>;

/** The complaint closed, one event after it stood so. */
export function closed(standing: Standing, closure: string): Standing {
  return { ...standing, status: "closed", version: standing.version + 1, closure };
}

export function officerOf({ officer }: Words) {
  return { name: officer, personnelId: "48213" };
}

export function answerOf({ answer, action }: Words) {
  return { finding: "founded", text: answer, actions: [{ text: action, by: "2026-12-01" }] };
}

export function decisionOf({ decision, action }: Words) {
  return { finding: "founded", text: decision, actions: [{ text: action, by: "2026-12-05" }] };
}

/** The events up to the answer, as the citizen is told them. */
export function storyOf(words: Words, until: number) {
  const officer = { name: words.officer };
  return [
    { version: 1, type: "filed", at: times.filed, by: "citizen", channel: "phone" },
    { version: 2, type: "acknowledged", at: times.acknowledged, by: "agency", officer },
    { version: 3, type: "answered", at: times.answered, by: "agency", officer, ...answerOf(words) },
    { version: 4, type: "disputed", at: times.disputed, by: "citizen", reason: words.dispute, rating: 2 },
  ].slice(0, until);
}

/** What happened last, after the events above. */
export type Last = { type: string; at: string; by: string } & Record<string, unknown>;

type View = { words: Words; standing: Standing; last?: Last };

/** What every view tells of a complaint: how it stands, what was written, what happened. */
function told({ words, standing, last }: View) {
  const story = storyOf(words, last ? standing.version - 1 : standing.version);
  const history = last ? [...story, { version: standing.version, ...last }] : story;
  const isAnswered = history.some(({ type }) => type === "answered");
  return {
    ...standing,
    description: words.description,
    ...(isAnswered && { answer: { ...answerOf(words), at: times.answered } }),
    history,
  };
}

export function citizenViewOf(view: View) {
  return { ...told(view), identityReads: [] };
}

export function agencyViewOf(view: View) {
  const { words, standing } = view;
  return {
    ...told(view),
    ...{ officeId, language: words.language, occurredAt: times.occurred },
    ...(standing.status !== "filed" && { officer: officerOf(words) }),
    employee: { name: words.employee, desk: words.desk },
  };
}
