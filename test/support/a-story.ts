import { type Becomes, happen, type Signature } from "#shared/domain/complaint/change.ts";
import type { Complaint, RejectionReason } from "#shared/domain/complaint/complaint.ts";
import type { ComplaintEvent, EventOf, SaidBy, Spoken } from "#shared/domain/complaint/event.ts";
import { begin } from "#shared/domain/complaint/evolve.ts";
import { type Move, rules } from "#shared/domain/complaint/lifecycle.ts";
import type { Note, Opinion, PrivateEvent, PrivateEventOf } from "#shared/domain/complaint/private-series.ts";
import { aSeries } from "./a-complaint.ts";

/** A complaint from its filing on: the events that moves write, and what was noted apart. */
export type Story = { complaint: Complaint; events: ComplaintEvent[]; series: PrivateEvent[] };

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

/** The first instant of `aStory`, and that by which an answer is owed: two days later. */
export const filedAt = "2026-11-24T06:00:00.000Z";
export const owedAt = "2026-11-26T06:00:00.000Z";

/** A story that has just begun. */
export function aStory({ at = filedAt, id = "QZ-7K3M-9XPT-Q", answerBy = owedAt, ...one }: Beginning = {}): Story {
  const { agencyId = "water", countyId = "qazvin", category = "postponed-without-reason", client = "web-portal" } = one;
  const status = one.retaliation ? "disputed" : "filed";
  const deadlines = { acknowledgeBy: answerBy, answerBy, reviewBy: one.retaliation && answerBy };
  const filed: EventOf<"filed"> = {
    type: "filed",
    version: 1,
    at,
    by: "citizen",
    client,
    channel: "web",
    origin: { language: "fa" },
    counting: one.phone && { phone: true },
    after: { status, agencyId, countyId, category, level: 0, ...deadlines, retaliation: one.retaliation },
  };
  return { complaint: begin(filed, { id, identityMarks: [] }), events: [filed], series: [] };
}

type Act<M extends Move> = { at: string; says: SaidBy<(typeof rules)[M]["event"]>; becomes?: Becomes };

const hands: Record<string, Signature> = {
  citizen: { by: "citizen" },
  agency: { by: "agency", client: "an-agency" },
  inspector: { by: "inspector", client: "inspectors-application", person: "inspector-1" },
  clock: { by: "clock" },
};

/** The story with one more move, by the first of those who may make it; throws where the lifecycle has no such move. */
export function after<M extends Move>(story: Story, move: M, { at, says, becomes }: Act<M>): Story {
  const rule = rules[move];
  const [hand = ""] = rule.by;
  if (!rule.from.some((status) => status === story.complaint.status))
    throw new Error(`${move} does not follow ${story.complaint.status}`);
  const said = { type: rule.event, ...says } as Spoken;
  const by = hands[hand] ?? { by: "clock" };
  const { complaint, events } = happen(story.complaint, {
    now: at,
    by,
    becomes: { ...becomes, status: rule.to },
    says: [said],
  });
  return { ...story, complaint, events: [...story.events, ...events] };
}

const officer = { name: "مریم کریمی" };
const reason = "به دلیلی";
const words = { text: "نوشته‌ای", actions: [] };
const later = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString();

type Judged = { finding?: "founded" | "unfounded" | "undetermined"; cause?: string };

/** Moves with the words that no figure reads; each takes the instant, and what a figure may read. */
export const acknowledged = (story: Story, at: string) => after(story, "acknowledge", { at, says: { officer } });
export const accepted = (story: Story, at: string) => after(story, "accept", { at, says: {} });
export const withdrawn = (story: Story, at: string) => after(story, "withdraw", { at, says: {} });
export const expired = (story: Story, at: string) => after(story, "expire", { at, says: {} });
export const rejected = (story: Story, at: string, reason: RejectionReason = "out-of-scope") =>
  after(story, "reject", { at, says: { reason, text: words.text } });

export function answered(story: Story, at: string, { finding = "founded", cause }: Judged = {}): Story {
  const says = { officer, finding, cause, ...words };
  return after(story, "answer", { at, says, becomes: { confirmBy: later(at, 10) } });
}

export function disputed(story: Story, at: string): Story {
  return after(story, "dispute", { at, says: { reason }, becomes: { reviewBy: later(at, 2) } });
}

export function decided(story: Story, at: string, told: Judged & { upholdsAnswer?: boolean } = {}): Story {
  return after(story, "decide", { at, says: { finding: "founded", ...words, ...told } });
}

export function transferred(story: Story, at: string, toAgencyId: string): Story {
  const says = { fromAgencyId: story.complaint.agencyId, toAgencyId, reason };
  return after(story, "transfer", { at, says, becomes: { agencyId: toAgencyId, acknowledgeBy: later(at, 1) } });
}

export function extended(story: Story, at: string, answerBy: string): Story {
  return after(story, "extend", { at, says: { reason, was: story.complaint.answerBy }, becomes: { answerBy } });
}

/** The story after a rung of the ladder, which is no move. */
export function climbed(story: Story, at: string): Story {
  const level = story.complaint.level + 1;
  const says = [
    { type: "escalated" as const, level, holder: "agency-head" as const, owed: "answer" as const, dueAt: at },
  ];
  const { complaint, events } = happen(story.complaint, { now: at, by: { by: "clock" }, becomes: { level }, says });
  return { ...story, complaint, events: [...story.events, ...events] };
}

/** The story with an opinion, the last of its private series. */
export function opined(story: Story, at: string, said: Partial<Opinion> = {}): Story {
  return noted(story, (after) => ({
    type: "opinion-given",
    solved: "yes",
    handling: 4,
    ...said,
    at,
    by: "citizen",
    after,
  }));
}

/** The citizen is called, and says it or not. */
export function called(
  story: Story,
  at: string,
  said: Pick<PrivateEventOf<"called">, "outcome" | "group"> & Partial<Opinion>,
): Story {
  return noted(story, (after) => ({ type: "called", probability: 0.5, ...said, at, by: "front-end", after }));
}

function noted({ events, series, ...story }: Story, noting: (after: PrivateEvent["after"]) => Note): Story {
  return { ...story, events, series: aSeries(...series, ...events.slice(-1).map(({ after }) => noting(after))) };
}
