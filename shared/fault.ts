/** The state of one of the caller's own limits. */
export type Quota = {
  name: "filings" | "identities" | "phones";
  /** At most `maximum` requests in a window of `windowSeconds`. */
  maximum: number;
  windowSeconds: number;
  remaining: number;
  /** Seconds until the full number is available again. Absent if an admin has to lift the limit. */
  resetsInSeconds?: number;
};

/** Every way a request can be refused; also the problem codes of the API's contract. */
export type FaultCode =
  | "invalid"
  | "idempotency-key-missing"
  | "cursor-invalid"
  | "direct-access-not-allowed"
  | "not-registered"
  | "not-allowed"
  | "channel-not-allowed"
  | "not-found"
  | "unknown-route"
  | "wrong-state"
  | "transfer-limit"
  | "already-extended"
  | "issue-state"
  | "notice-state"
  | "notice-exists"
  | "inspectors-missing"
  | "person-exists"
  | "names-citizen"
  | "conflict-of-interest"
  | "consent-limit"
  | "call-not-opened"
  | "call-digits-none"
  | "call-digits-wrong"
  | "renewal-limit"
  | "legal-hold"
  | "idempotency-key-expired"
  | "version-outdated"
  | "too-large"
  | "unsupported-media-type"
  | "idempotency-key-reused"
  | "retired"
  | "unknown-agency"
  | "unknown-county"
  | "unknown-office"
  | "unknown-category"
  | "unknown-earlier-complaint"
  | "national-id-differs"
  | "too-many-requests"
  | "internal-error"
  | "unavailable";

/** The reason, for codes with several reasons. */
export type FaultReason =
  | "answer-overdue"
  | "promise-reported"
  | "promise-not-reported"
  | "promise-objected"
  | "promise-judged"
  | "promise-not-listed"
  | "objection-overdue"
  | "visit-reported"
  | "visit-cancelled"
  | "visit-by-clock"
  | "texts-erased"
  | "closed-long-ago"
  | "message-limit"
  | "attachment-limit"
  | "attachments-awaited"
  | "announcement-limit"
  | "decided-earlier-complaint"
  | "had-role-at-agency"
  | "returned-before"
  | "promise-moved-before"
  | "promise-overdue"
  | "answers-under-way"
  | "not-closed"
  | "closed-too-long-for-notice"
  | "retaliation-report"
  | "cause-not-personal"
  | "not-founded"
  | "notice-limit"
  | "letter-limit"
  | "notice-file-limit"
  | "letter-missing"
  | "printed-letter"
  | "service-missing"
  | "service-changed"
  | "letter-opened"
  | "secret-renewed-by-opener"
  | "judged-by-another"
  | "handed-over-before"
  | "secret-renewed-lately"
  | "messages-kept"
  | "recorded-service"
  | "opened-notice"
  | "took-part"
  | "reviewers-missing"
  | "notice-answered"
  | "answer-awaited"
  | "notice-answer-overdue"
  | "question-open"
  | "question-limit"
  | "question-answered"
  | "receiver-has-complaint"
  | "receiver-unknown"
  | "receiver-outside-county"
  | "agency-retired"
  | "county-retired"
  | "office-retired"
  | "category-retired"
  | "cause-retired"
  | "front-end-retired"
  | "client-retired"
  | "person-unknown"
  | "role-missing"
  | "agency-missing"
  | "identity-missing"
  | "national-id-missing"
  | "phone-missing"
  | "calls-not-allowed"
  | "call-digits-missing"
  | "mobile-missing"
  | "webhook-missing"
  | "identity-limit"
  | "phone-limit"
  | "visit-limit"
  | "opinion-limit"
  | "unsupported-charset"
  | "compressed-body";

/**
 * One wrong field of a request: the name of the rule that it breaks, and the values for the text of the rule. `pattern` is
 * the required form of a text.
 */
export type FieldError = {
  path: string;
  rule: string;
  values?: Record<string, unknown>;
  pattern?: string | undefined;
};

/**
 * The moves of a caller's role: those that the state allows now, and the others. The content of a request may still refuse an
 * allowed move. `reason`: the code of the refusal, or a more exact word for it.
 */
export type MovesNow<Name extends string = string> = {
  allowedMoves: Name[];
  blockedMoves: { move: Name; reason: string }[];
};

type Details = {
  reason?: FaultReason | undefined;
  values?: Record<string, string>;
  errors?: FieldError[];
  quota?: Quota;
  moves?: MovesNow;
  cause?: unknown;
};

type InvalidDetails = Pick<FieldError, "values"> & Pick<Details, "cause">;

/** The fault for one wrong field, with the name of the rule that it breaks. */
export function invalidFault(path: string, rule: string, { values, cause }: InvalidDetails = {}): Fault {
  return new Fault("invalid", { errors: [{ path, rule, ...(values && { values }) }], cause });
}

/** An expected refusal. Any other thrown error is a defect, or a failure of AWS. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** Values for the problem's text, such as the status of the complaint. */
  readonly values: Record<string, string>;
  readonly errors: FieldError[];
  readonly reason: FaultReason | undefined;
  /** The limit that is exhausted. */
  readonly quota: Quota | undefined;
  /** Where the state refuses a move: the moves that the caller may make instead, and why not the others. */
  readonly moves: MovesNow | undefined;

  constructor(code: FaultCode, { reason, values = {}, errors = [], quota, moves, cause }: Details = {}) {
    super(code, { cause });
    this.name = "Fault";
    this.code = code;
    this.values = values;
    this.errors = errors;
    this.reason = reason;
    this.quota = quota;
    this.moves = moves;
  }
}
