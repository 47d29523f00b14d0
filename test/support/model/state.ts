/** The rules of docs/domain.md once more, written without a look at the code; the product is held against them. */

export type Status = "filed" | "acknowledged" | "answered" | "disputed" | "closed";

/**
 * What a reader of the complaint finds in its history. The number is its place there: among the events, or among what is
 * noted privately, which moves no version.
 */
export type Entry = { type: string; at: string; level?: number; dueAt?: string; private?: true };

/** A move that was sent with a key: by whom and what, and how it was answered. */
export type KeyedRequest = { by: string; request: string; at: string; status: number; version: number };

export type State = {
  /** A report of retaliation: no agency's, and with a review from the start. */
  retaliation: boolean;
  status: Status;
  agencyId: string;
  countyId: string;
  category: string;
  /** Whether an employee is named, who then may not be the officer. */
  accused: boolean;
  /** Whether nobody is kept who complains: from the start, or since it was erased. */
  anonymous: boolean;
  /** The agency that was last let know who complains, and after how many transfers. */
  consent?: { agencyId: string; transferCount: number } | undefined;
  /** How often consent was given after filing. */
  consents: number;
  history: Entry[];
  level: number;
  transferCount: number;
  extended: boolean;
  acknowledgeBy?: string | undefined;
  answerBy?: string | undefined;
  confirmBy?: string | undefined;
  reviewBy?: string | undefined;
  /** When the level that was raised last was due. Undefined before the first level of the present step. */
  raisedFor?: string | undefined;
  closure?: "accepted" | "expired" | "decided" | "withdrawn" | "out-of-scope" | "not-a-complaint" | undefined;
  closedAt?: string | undefined;
  /** The inspector who decided or rejected it, if one did. */
  judgedBy?: string | undefined;
  /** `reportBy`: of the clock's visits, until when they must be reported; those of inspectors are a year ahead. */
  visits: { reported: boolean; reportBy?: string | undefined }[];
  keys: Record<string, KeyedRequest>;
};

export const versionOf = ({ history }: State) => history.filter(({ private: noted }) => !noted).length;

/** Whether an agency has answered what is open; of a report of retaliation none is ever asked. */
export const isAnswered = ({ status, retaliation }: State) =>
  !retaliation && (status === "answered" || status === "disputed");

/** Whether the agency that holds it may know who complains: a transfer ends that, and coming back does not renew it. */
export const isShared = ({ consent, agencyId, transferCount }: State) =>
  consent?.agencyId === agencyId && consent.transferCount === transferCount;

/** The state with something that happened to it. */
export function withChange(state: State, change: Partial<State>, ...told: Entry[]): State {
  return { ...state, ...change, history: [...state.history, ...told] };
}
