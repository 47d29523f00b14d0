/** What a caller has left of a limit of its own. */
export type Quota = {
  name: "filings" | "identities" | "phones";
  /** So many in a window of so many seconds. */
  maximum: number;
  windowSeconds: number;
  remaining: number;
  /** Seconds until there are as many again; left out where that is up to somebody who lifts it. */
  resetsInSeconds?: number;
};

/** Every way a request can be refused; also the problem codes of the API's contract. */
export type FaultCode =
  | "invalid"
  | "idempotency-key-missing"
  | "cursor-invalid"
  | "not-through-the-edge"
  | "not-registered"
  | "not-allowed"
  | "channel-not-allowed"
  | "not-found"
  | "unknown-route"
  | "wrong-state"
  | "transfer-limit"
  | "already-extended"
  | "same-person"
  | "consent-limit"
  | "held"
  | "key-expired"
  | "stale"
  | "too-large"
  | "unsupported-media-type"
  | "idempotency-key-reused"
  | "retired"
  | "unknown-agency"
  | "unknown-county"
  | "unknown-office"
  | "unknown-category"
  | "unknown-complaint"
  | "too-many"
  | "internal"
  | "unavailable";

/** The reason, where one code stands for several. */
export type FaultReason =
  | "answer-overdue"
  | "visit-reported"
  | "texts-erased"
  | "closed-long-ago"
  | "message-limit"
  | "attachment-limit"
  | "attachments-awaited"
  | "announcement-limit"
  | "decided-earlier-complaint"
  | "unknown-receiver"
  | "agency-retired"
  | "county-retired"
  | "office-retired"
  | "category-retired"
  | "cause-retired"
  | "front-end-retired"
  | "client-retired"
  | "agency-missing"
  | "identity-missing"
  | "phone-missing"
  | "webhook-missing"
  | "identity-limit"
  | "phone-limit"
  | "visit-limit"
  | "opinion-limit"
  | "unsupported-charset"
  | "compressed-body";

/**
 * One field of a request that is wrong, the name of the rule it breaks, and the values that the rule's text names;
 * `pattern`: the form that a text had to have.
 */
export type FieldError = {
  path: string;
  rule: string;
  values?: Record<string, unknown>;
  pattern?: string | undefined;
};

type Details = {
  reason?: FaultReason | undefined;
  values?: Record<string, string>;
  errors?: FieldError[];
  quota?: Quota;
  cause?: unknown;
};

type InvalidDetails = Pick<FieldError, "values"> & Pick<Details, "cause">;

/** A refusal of one field, by the name of the rule that it breaks. */
export function invalidFault(path: string, rule: string, { values, cause }: InvalidDetails = {}): Fault {
  return new Fault("invalid", { errors: [{ path, rule, ...(values && { values }) }], cause });
}

/** A refusal that the rules foresee; anything else that is thrown is a defect or a failure of the cloud. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** Values that the problem's text names, such as the state a complaint is in. */
  readonly values: Record<string, string>;
  readonly errors: FieldError[];
  readonly reason: FaultReason | undefined;
  /** The limit that is used up. */
  readonly quota: Quota | undefined;

  constructor(code: FaultCode, { reason, values = {}, errors = [], quota, cause }: Details = {}) {
    super(code, { cause });
    this.name = "Fault";
    this.code = code;
    this.values = values;
    this.errors = errors;
    this.reason = reason;
    this.quota = quota;
  }
}
