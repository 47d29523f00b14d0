import * as z from "zod";
import { account } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";

/** Tells whether a text matches a pattern. */
type MatchesText = (text: string) => boolean;

/** Returns a matcher for an IAM pattern: `*` means any characters, `?` means one character. */
function wildcard(pattern: string, flags = ""): MatchesText {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, `s${flags}`);
  return (text) => expression.test(text);
}

/**
 * Returns a matcher for an ARN pattern. ARNs are compared part by part; only in the last part may a wildcard match colons.
 */
function arnPattern(pattern: string): MatchesText {
  const parts = arnParts(pattern).map((part) => wildcard(part));
  return (text) => {
    const given = arnParts(text);
    return given.length === parts.length && parts.every((fits, index) => fits(given[index] ?? ""));
  };
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** The context keys of a request, in lower case. A key that the request does not have is missing or empty. */
export type Context = Readonly<Record<string, readonly string[]>>;

type Condition = {
  key: string;
  holds(context: Context): boolean;
  /** The values that a request may have, each as a pattern; empty if the condition only excludes values. */
  allows: { pattern: string; fits: MatchesText }[];
};

const oneOrMore = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((given) => (Array.isArray(given) ? given : [given]).map(String));
const Conditions = z.record(z.string(), z.record(z.string(), oneOrMore));

type Comparison = (wanted: string) => MatchesText;

const comparisons: Record<string, Comparison> & { StringEquals: Comparison } = {
  StringEquals: (wanted) => (value) => value === wanted,
  StringLike: (wanted) => wildcard(wanted),
  ArnEquals: arnPattern,
  ArnLike: arnPattern,
  Bool: (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
};

/** Context keys that the local cloud can check, or that never occur in its requests. `true`: the key has many values. */
const knownKeys: Record<string, boolean> = {
  "aws:principalarn": false,
  "aws:securetransport": false,
  "aws:sourceaccount": false,
  "aws:sourcearn": false,
  "dynamodb:attributes": true,
  "dynamodb:leadingkeys": true,
  "dynamodb:returnvalues": false,
  "dynamodb:select": false,
  "events:managedby": false,
  "kms:viaservice": false,
  "s3:prefix": false,
  "lambda:sourcefunctionarn": false,
  "s3:if-none-match": false,
  "ses:fromaddress": false,
};

const Operator =
  /^(?:(?:(?<set>ForAllValues|ForAnyValue):)?(?:(?<kind>String|Arn)(?<not>Not)?(?<how>Equals|Like)|(?<bool>Bool))(?<ifExists>IfExists)?|Null)$/;

/** Returns the conditions of a statement; all must hold. Throws if the local cloud cannot check a condition. */
function readConditions(given: z.infer<typeof Conditions>, place: string): Condition[] {
  return Object.entries(given).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => readCondition({ operator, key, wanted, place })),
  );
}

type WrittenConditions = { operator: string; key: string; wanted: string[]; place: string };

function readCondition(written: WrittenConditions): Condition {
  const key = written.key.toLowerCase();
  const { set, kind, not, how, bool, ifExists } = Operator.exec(written.operator)?.groups ?? {};
  const unknown = unknownIn(written, set);
  if (unknown)
    throw plainFailure(
      `${written.place} has ${unknown}: the local cloud cannot judge it (infra/programs/local-cloud/iam/statements.ts).`,
    );
  if (written.operator === "Null") return presence(key, written.wanted);
  const compare = comparisons[bool ?? `${kind}${how}`] ?? comparisons.StringEquals;
  const patterns = written.wanted.map((pattern) => ({ pattern, fits: compare(pattern) }));
  const suits = (value: string) => patterns.some(({ fits }) => fits(value)) !== Boolean(not);
  // Without values `ForAllValues` is true, because no value contradicts it.
  const ifMissing = Boolean(ifExists) || (set ? set === "ForAllValues" : Boolean(not));
  const meets = (values: readonly string[]) => (set === "ForAnyValue" ? values.some(suits) : values.every(suits));
  return {
    key,
    allows: not ? [] : patterns,
    holds({ [key]: values = [] }) {
      return values.length === 0 ? ifMissing : meets(values);
    },
  };
}

function presence(key: string, wanted: string[]): Condition {
  const isMissing = wanted.map((value) => value.toLowerCase() === "true");
  return { key, allows: [], holds: ({ [key]: values = [] }) => isMissing.includes(values.length === 0) };
}

function unknownIn({ operator, key, wanted }: WrittenConditions, set: string | undefined): string | undefined {
  if (!Operator.test(operator)) return `the condition operator ${operator}`;
  const hasMany = knownKeys[key.toLowerCase()];
  if (hasMany === undefined) return `the condition key ${key}`;
  if (wanted.some((value) => value.includes("${"))) return `a policy variable under ${key}`;
  // IAM accepts such a policy, but does not document its meaning.
  if (hasMany && !set && operator !== "Null")
    return `${operator} on ${key}, which has many values and needs ForAllValues`;
  return undefined;
}

/** The caller of a request: a role or user by its ARN, or an AWS service by its name. */
export type Principal = { arn: string; service?: undefined } | { service: string; arn?: undefined };

export type PermissionQuery = { action: string; resource: string; context: Context };

type Pattern = { pattern: string; fits: MatchesText };

/** A parsed statement of a policy. */
export type Statement = {
  /** Stack, logical id of the policy, and the statement's number in it. */
  id: string;
  effect: "Allow" | "Deny";
  actions: Pattern[];
  resources: Pattern[];
  conditions: Condition[];
  /** Only for a resource's policy: whether it names this principal itself, or only the principal's account. */
  names(principal: Principal): "itself" | "account" | undefined;
  appliesTo(asked: PermissionQuery): boolean;
};

const oneOrMoreTexts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Written = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMoreTexts.optional(),
  NotAction: oneOrMoreTexts.optional(),
  Resource: oneOrMoreTexts.optional(),
  NotResource: oneOrMoreTexts.optional(),
  Principal: z
    .union([z.literal("*"), z.strictObject({ AWS: oneOrMoreTexts, Service: oneOrMoreTexts }).partial()])
    .optional(),
  Condition: Conditions.default({}),
});
type Written = z.infer<typeof Written>;

const Document = z.object({ Statement: z.union([z.array(Written), Written.transform((one) => [one])]) });

/**
 * Returns the statements of a policy document whose references are resolved. Throws if the local cloud cannot check the
 * document.
 */
export function readStatements(document: unknown, place: string): Statement[] {
  const read = Document.safeParse(document);
  if (!read.success)
    throw plainFailure(`${place} is no policy that the local cloud can judge: ${z.prettifyError(read.error)}`);
  return read.data.Statement.map((written, index) => readStatement(written, `${place}/${index + 1}`));
}

function readStatement(written: Written, id: string): Statement {
  const { Effect, Action, NotAction, Resource, NotResource } = written;
  if (!Action === !NotAction) throw plainFailure(`${id} must say either Action or NotAction.`);
  if (Resource && NotResource) throw plainFailure(`${id} must say Resource or NotResource, not both.`);
  const [actions, resources] = [patterns(Action ?? NotAction, "i"), patterns(Resource ?? NotResource)];
  const conditions = readConditions(written.Condition, id);
  const matchesSome = (patterns: Pattern[], text: string) => patterns.some(({ fits }) => fits(text));
  return {
    id,
    effect: Effect,
    actions,
    resources,
    conditions,
    names: namesIn(written.Principal ?? {}),
    appliesTo: ({ action, resource, context }) =>
      matchesSome(actions, action) === (NotAction === undefined) &&
      // A trust policy names no resource; it applies only to its role.
      (resources.length === 0 || matchesSome(resources, resource) === (NotResource === undefined)) &&
      conditions.every(({ holds }) => holds(context)),
  };
}

function patterns(texts: string[] = [], flags = ""): Pattern[] {
  return texts.map((pattern) => ({ pattern, fits: wildcard(pattern, flags) }));
}

function namesIn(named: NonNullable<Written["Principal"]>): Statement["names"] {
  if (named === "*") return () => "itself";
  const { AWS = [], Service = [] } = named;
  // `AWS: "*"` means every caller, services included.
  if (AWS.includes("*")) return () => "itself";
  return ({ arn, service }) => {
    if (arn === undefined) return Service.includes(service) ? "itself" : undefined;
    if (AWS.includes(arn)) return "itself";
    const ofAccount = arn.split(":")[4] ?? account;
    return AWS.some((one) => one === ofAccount || one.endsWith(`::${ofAccount}:root`)) ? "account" : undefined;
  };
}

/** The result of a check: the statements that allow the request (`by`), or why it is refused. */
type PermissionVerdict = { by: Statement[]; refusal?: undefined } | { by?: undefined; refusal: string };

/** The policies that apply to a request. */
type Policies = {
  /** Policies of the calling role. */
  identity: Statement[];
  /** Policies of the requested resource. */
  resource: Statement[];
};

/**
 * Checks a request as IAM does. A statement that denies always wins; a request that no statement allows is refused. For a
 * caller of the resource's own account, a policy of the role or of the resource is enough; only for a KMS key must the key's
 * policy also allow the account. For a caller of another account only the resource's policy is checked, since the caller's
 * policies are not in our templates.
 */
export function judgePermission(
  asked: PermissionQuery,
  principal: Principal,
  { identity, resource }: Policies,
): PermissionVerdict {
  const applying = (statements: Statement[], effect: Statement["effect"]) =>
    statements.filter((one) => one.effect === effect && one.appliesTo(asked));
  const naming = resource.filter(({ names }) => names(principal));
  const [denied] = [...applying(identity, "Deny"), ...applying(naming, "Deny")];
  if (denied) return { refusal: refusal(asked, principal, `with an explicit deny in ${denied.id}`) };
  const allowing = applying(naming, "Allow");
  const byName = allowing.filter(({ names }) => names(principal) === "itself");
  const isOtherAccount = principal.arn !== undefined && principal.arn.split(":")[4] !== account;
  const ofResource = isOtherAccount ? allowing : byName;
  const ofIdentity = isOtherAccount ? [] : applying(identity, "Allow");
  const keyAllowsAccount = !asked.action.startsWith("kms:") || allowing.length > 0;
  if (keyAllowsAccount && ofResource.length + ofIdentity.length > 0) return { by: [...ofIdentity, ...ofResource] };
  return { refusal: refusal(asked, principal, `because no policy allows the ${asked.action} action`) };
}

function refusal({ action, resource }: PermissionQuery, { arn, service }: Principal, why: string): string {
  return `User: ${arn ?? service} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
