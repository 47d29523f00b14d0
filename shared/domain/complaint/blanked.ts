import { blank } from "../citizen/mask.ts";
import type { Complaint, Narrative } from "./complaint.ts";
import type { ComplaintEvent, EventOf, EventType } from "./event.ts";
import type { PrivateEvent, PrivateEventOf, PrivateType } from "./private-series.ts";

/** What stands in the place of a name that is kept no longer; it reads like what was masked. */
const nobody = { name: blank };

type Fields<E> = (event: E) => Partial<E>;
const nothing = () => ({});

const judged = ({ actions }: Pick<EventOf<"decided">, "actions">) => ({
  text: blank,
  actions: actions.map((action) => ({ ...action, text: blank })),
});

/** What of each event a person wrote, or names one, in the form in which it is left. */
const ofEvents: { [T in EventType]: Fields<EventOf<T>> } = {
  filed: nothing,
  acknowledged: () => ({ officer: nobody }),
  answered: (event) => ({ officer: nobody, ...judged(event) }),
  accepted: nothing,
  transferred: () => ({ reason: blank }),
  extended: () => ({ reason: blank }),
  disputed: () => ({ reason: blank }),
  withdrawn: ({ reason }) => ({ reason: reason && blank }),
  expired: nothing,
  escalated: nothing,
  decided: judged,
  rejected: () => ({ text: blank }),
  "message-posted": ({ officer }) => ({ text: blank, officer: officer && nobody }),
  "attachment-added": nothing,
  "visit-reported": () => ({ text: blank, location: undefined }),
  "statement-added": () => ({ text: blank, employee: nobody }),
  // An admin's words about a day, not about a case.
  "deadlines-moved": nothing,
};

/** What is left of an event once texts are kept no longer: who did what when, and what was found. */
export function withoutTexts(event: ComplaintEvent): ComplaintEvent {
  const fields: (event: never) => Partial<ComplaintEvent> = ofEvents[event.type];
  return { ...event, ...fields(event as never), masked: undefined } as ComplaintEvent;
}

const ofNotes: { [T in PrivateType]: Fields<PrivateEventOf<T>> } = {
  "visit-ordered": nothing,
  "identity-read": nothing,
  "consent-given": nothing,
  "consent-taken-back": nothing,
  "identity-erased": nothing,
  "texts-erased": nothing,
  "opinion-given": () => ({ comment: undefined }),
  "calls-allowed": nothing,
  "calls-ended": nothing,
  "phone-read": nothing,
  called: () => ({ comment: undefined }),
  "dispute-carried": nothing,
  "hold-set": () => ({ reason: blank }),
  "hold-lifted": () => ({ reason: blank }),
};

/** The same of a note of the private series: an opinion stays, without its comment. */
export function noteWithoutTexts(note: PrivateEvent): PrivateEvent {
  const fields: (note: never) => Partial<PrivateEvent> = ofNotes[note.type];
  return { ...note, ...fields(note as never) } as PrivateEvent;
}

/** The head, and what was written at filing, without a name; without texts nothing is left to mask. */
export function blankedHead(complaint: Complaint): Complaint {
  return { ...complaint, officer: blankedOfficer(complaint.officer), accused: undefined, identityMarks: [] };
}

export const blankedOfficer = (officer: Complaint["officer"]) => officer && nobody;

export function blankedNarrative({ occurredAt }: Narrative): Narrative {
  return { description: blank, occurredAt, employee: undefined, masked: undefined };
}
