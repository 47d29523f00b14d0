import type { AnswerNotice } from "#shared/complaints/answer-notices.ts";
import { type Attribution, applyEvents, type SnapshotChanges } from "#shared/complaints/change.ts";
import type { Complaint, RejectionReason } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry, ConfidentialEntryOf, NewEntry, Opinion } from "#shared/complaints/confidential-log.ts";
import type { ComplaintEvent, EventOf, EventPayload, NewEvent } from "#shared/complaints/event.ts";
import { headAfterFiling } from "#shared/complaints/event-rules.ts";
import { type LifecycleCommand, moveRules } from "#shared/complaints/lifecycle.ts";
import { aConfidentialLog } from "./a-complaint.ts";

/** A complaint from its filing on: the events that moves write, and what was noted apart. */
export type EventStory = {
  complaint: Complaint;
  events: ComplaintEvent[];
  confidentialLog: ConfidentialEntry[];
  notices: AnswerNotice[];
};

type Beginning = {
  at?: string;
  id?: string;
  agencyId?: string;
  countyId?: string;
  category?: string;
  answerBy?: string;
  /** The front end's client id. */
  client?: string;
  phone?: true;
  retaliation?: true;
};

/** When `aStory` is filed, and its deadline for the answer, two days later. */
export const filedAt = "2026-11-24T06:00:00.000Z";
export const owedAt = "2026-11-26T06:00:00.000Z";

/** A story that has just begun. */
export function aStory({ at = filedAt, id = "QZ-7K3M-9XPT-Q", answerBy = owedAt, ...one }: Beginning = {}): EventStory {
  const { agencyId = "water", countyId = "qazvin", category = "postponed-without-reason", client = "web-portal" } = one;
  const status = one.retaliation ? "disputed" : "filed";
  const deadlines = { acknowledgeBy: answerBy, answerBy, reviewBy: one.retaliation && answerBy };
  const filed: EventOf<"filed"> = {
    type: "filed",
    version: 1,
    at,
    by: "citizen",
    clientId: client,
    channel: "web",
    origin: { language: "fa" },
    statistics: one.phone && { phoneGiven: true },
    after: { status, agencyId, countyId, category, level: 0, ...deadlines, retaliation: one.retaliation },
  };
  return {
    complaint: headAfterFiling(filed, { id, identityDigests: [] }),
    events: [filed],
    confidentialLog: [],
    notices: [],
  };
}

type StoryStep<M extends LifecycleCommand> = {
  at: string;
  payload: EventPayload<(typeof moveRules)[M]["event"]>;
  changes?: SnapshotChanges;
};

const actorOfMove: Record<string, Attribution> = {
  citizen: { by: "citizen" },
  agency: { by: "agency", clientId: "an-agency" },
  inspector: { by: "inspector", clientId: "inspectors-application", person: "inspector-1" },
  system: { by: "system" },
};

/** The story with one more move, by the first of those who may make it; throws if the lifecycle has no such move. */
export function after<M extends LifecycleCommand>(
  story: EventStory,
  move: M,
  { at, payload: says, changes }: StoryStep<M>,
): EventStory {
  const rule = moveRules[move];
  const [hand = ""] = rule.by;
  if (!rule.from.some((status) => status === story.complaint.status))
    throw new Error(`${move} does not follow ${story.complaint.status}`);
  const payload = { type: rule.event, ...says } as NewEvent;
  const by = actorOfMove[hand] ?? { by: "system" };
  const { complaint, events } = applyEvents(story.complaint, {
    now: at,
    by,
    changes: { ...changes, status: rule.to },
    payloads: [payload],
  });
  return { ...story, complaint, events: [...story.events, ...events] };
}

const officer = { name: "مریم کریمی" };
const reason = "به دلیلی";
const answerTexts = { text: "نوشته‌ای", actions: [] };
const later = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString();

type Judged = { finding?: "founded" | "unfounded" | "undetermined"; cause?: string };

/** Moves with the words that no figure reads; each takes the instant, and what a figure may read. */
export const acknowledged = (story: EventStory, at: string) =>
  after(story, "acknowledge", { at, payload: { officer } });
export const accepted = (story: EventStory, at: string) => after(story, "accept", { at, payload: {} });
export const withdrawn = (story: EventStory, at: string) => after(story, "withdraw", { at, payload: {} });
export const expired = (story: EventStory, at: string) => after(story, "expire", { at, payload: {} });
export const rejected = (story: EventStory, at: string, reason: RejectionReason = "out-of-scope") =>
  after(story, "reject", { at, payload: { reason, text: answerTexts.text } });

export function answered(story: EventStory, at: string, { finding = "founded", cause }: Judged = {}): EventStory {
  const payload = { officer, finding, cause, ...answerTexts };
  return after(story, "answer", { at, payload, changes: { confirmBy: later(at, 10) } });
}

export function disputed(story: EventStory, at: string): EventStory {
  const { status, closure } = story.complaint;
  if (status === "closed" && closure !== "expired") throw new Error(`no dispute follows ${closure}`);
  return after(story, "dispute", { at, payload: { reason }, changes: { reviewBy: later(at, 2) } });
}

export function decided(
  story: EventStory,
  at: string,
  judgement: Judged & { upholdsAnswer?: boolean } = {},
): EventStory {
  return after(story, "decide", { at, payload: { finding: "founded", ...answerTexts, ...judgement } });
}

export function transferred(story: EventStory, at: string, toAgencyId: string): EventStory {
  const payload = { fromAgencyId: story.complaint.agencyId, toAgencyId, reason };
  return after(story, "transfer", { at, payload, changes: { agencyId: toAgencyId, acknowledgeBy: later(at, 1) } });
}

export function extended(story: EventStory, at: string, answerBy: string): EventStory {
  return after(story, "extend", {
    at,
    payload: { reason, previousAnswerBy: story.complaint.answerBy },
    changes: { answerBy },
  });
}

/** The story after an escalation level, which is no move. */
export function escalated(story: EventStory, at: string): EventStory {
  const level = story.complaint.level + 1;
  const says = [
    { type: "escalated" as const, level, authority: "agency-head" as const, step: "answer" as const, dueAt: at },
  ];
  const { complaint, events } = applyEvents(story.complaint, {
    now: at,
    by: { by: "system" },
    changes: { level },
    payloads: says,
  });
  return { ...story, complaint, events: [...story.events, ...events] };
}

/** The story with an opinion, the last of its confidential log. */
export function opinionGiven(story: EventStory, at: string, answers: Partial<Opinion> = {}): EventStory {
  return withEntry(story, (after) => ({
    type: "opinion-given",
    solved: "yes",
    handling: 4,
    ...answers,
    at,
    by: "citizen",
    after,
  }));
}

/** The citizen is called, and says it or not. */
export function called(
  story: EventStory,
  at: string,
  answers: Pick<ConfidentialEntryOf<"call-recorded">, "outcome" | "group"> & Partial<Opinion>,
): EventStory {
  return withEntry(story, (after) => ({
    type: "call-recorded",
    probability: 0.5,
    ...answers,
    at,
    by: "front-end",
    after,
  }));
}

function withEntry(
  { events, confidentialLog, ...story }: EventStory,
  noting: (after: ConfidentialEntry["after"]) => NewEntry,
): EventStory {
  return {
    ...story,
    events,
    confidentialLog: aConfidentialLog(...confidentialLog, ...events.slice(-1).map(({ after }) => noting(after))),
  };
}
