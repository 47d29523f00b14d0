/** What somebody may do to a complaint; the names of its routes. */
export type RequestKind =
  | "read"
  | "acknowledge"
  | "transfer"
  | "extend"
  | "answer"
  | "accept"
  | "dispute"
  | "withdraw"
  | "opinion"
  | "decide"
  | "reject"
  | "visit"
  | "report"
  | "message"
  | "statement"
  | "identity"
  | "consent"
  | "take-back"
  | "erase";

export type Role = "citizen" | "agency" | "inspector";

/** One request, all of it decided: everything that the answer may depend on beside the complaint and the time. */
export type ModelRequest = {
  kind: RequestKind;
  role: Role;
  /** A registered client's name; `citizen`, or `impostor` for a citizen with another secret. */
  by: string;
  /** Whether the officer is the employee complained of. */
  accusedOfficer: boolean;
  toAgencyId: string;
  /** Which of the visits, in the order they were ordered; `noVisit` for one that was never. */
  visit: number;
  /** Whether a decision upholds the agency's answer; undefined if it does not say. */
  upholds?: boolean | undefined;
  key?: string | undefined;
  /** Of two requests with one key, what their bodies differ by. */
  wording: string;
  ifMatch?: number | undefined;
};

export const noVisit = -1;

/** Who has a route for what. */
export const routesOf: Record<RequestKind, readonly Role[]> = {
  read: ["citizen", "agency", "inspector"],
  acknowledge: ["agency"],
  transfer: ["agency", "inspector"],
  extend: ["agency"],
  answer: ["agency"],
  accept: ["citizen"],
  dispute: ["citizen"],
  withdraw: ["citizen"],
  opinion: ["citizen"],
  decide: ["inspector"],
  reject: ["inspector"],
  visit: ["inspector"],
  report: ["inspector"],
  message: ["citizen", "agency", "inspector"],
  statement: ["agency"],
  identity: ["inspector"],
  consent: ["citizen"],
  "take-back": ["citizen"],
  erase: ["citizen"],
};

/** A client that the token issuer knows and the province does not. */
export const stranger = "stranger-agency";
export const impostor = "impostor";
/** An agency that has no office in the county of the complaints. */
export const elsewhere = "takestan-municipality";

export const agencyOf = (client: string) => client.replace(/^agency-/, "");
export const clientOf = (agencyId: string) => `agency-${agencyId}`;
/** What makes two requests with one key the same. */
export const requestOf = ({ kind, role, toAgencyId, visit, accusedOfficer, upholds, wording }: ModelRequest) =>
  JSON.stringify([kind, role, toAgencyId, visit, accusedOfficer, upholds, hasNoWords(kind) ? "" : wording]);
/** Their bodies hold no words that could differ. */
const hasNoWords = (kind: RequestKind) => kind === "consent" || kind === "accept";
/** Nothing can have these refused: no state, no key, no version. */
export const neverRefused: readonly RequestKind[] = ["take-back", "erase"];
