import * as z from "zod";
import { account } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/errors.ts";

/** Whether a text fits a pattern of IAM: `*` stands for any characters, `?` for one. */
export type MatchesText = (text: string) => boolean;

export function wildcard(pattern: string, flags = ""): MatchesText {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, `s${flags}`);
  return (text) => expression.test(text);
}

/** ARNs are compared part by part: a wildcard does not reach past a colon, but in the last part, which has its own. */
export function arnPattern(pattern: string): MatchesText {
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

/** What a request says of itself, by lower-case key; a key that it does not have is missing or empty. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Condition = {
  key: string;
  holds(context: Context): boolean;
  /** The values that a request may have, where the condition names such, each as a pattern. */
  allows: { pattern: string; fits: MatchesText }[];
};

const oneOrMore = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((given) => (Array.isArray(given) ? given : [given]).map(String));
export const Conditions = z.record(z.string(), z.record(z.string(), oneOrMore));

type Comparison = (wanted: string) => MatchesText;

const comparisons: Record<string, Comparison> & { StringEquals: Comparison } = {
  StringEquals: (wanted) => (value) => value === wanted,
  StringLike: (wanted) => wildcard(wanted),
  ArnEquals: arnPattern,
  ArnLike: arnPattern,
  Bool: (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
};

/** Keys that requests here have, or would have if whoever they are about called here; those with many values by `true`. */
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

/** The conditions of one statement, all of which must hold. Throws where one cannot be judged here. */
export function readConditions(given: z.infer<typeof Conditions>, place: string): Condition[] {
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
      `${written.place} has ${unknown}: the local cloud cannot judge it (infra/local-cloud/iam/statements.ts).`,
    );
  if (written.operator === "Null") return presence(key, written.wanted);
  const compare = comparisons[bool ?? `${kind}${how}`] ?? comparisons.StringEquals;
  const patterns = written.wanted.map((pattern) => ({ pattern, fits: compare(pattern) }));
  const suits = (value: string) => patterns.some(({ fits }) => fits(value)) !== Boolean(not);
  // On no values at all `ForAllValues` is true: nothing contradicts it.
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
  // IAM takes such a policy, and does not say what it means.
  if (hasMany && !set && operator !== "Null")
    return `${operator} on ${key}, which has many values and needs ForAllValues`;
  return undefined;
}

/** Who asks: a role or a user by its ARN, or a service of AWS by its name. */
export type Principal = { arn: string; service?: undefined } | { service: string; arn?: undefined };

export type PermissionQuery = { action: string; resource: string; context: Context };

export type Pattern = { pattern: string; fits: MatchesText };

/** One statement of a policy, ready to be asked. */
export type Statement = {
  /** Where it is written: stack, logical id of the policy, and its number in it. */
  id: string;
  effect: "Allow" | "Deny";
  actions: Pattern[];
  resources: Pattern[];
  conditions: Condition[];
  /** Of a resource's policy: whether it names this principal itself, or only the account that it is of. */
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

/** The statements of a policy document whose references are resolved. Throws where it says what cannot be judged here. */
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
  const some = (of: Pattern[], text: string) => of.some(({ fits }) => fits(text));
  return {
    id,
    effect: Effect,
    actions,
    resources,
    conditions,
    names: namesIn(written.Principal ?? {}),
    appliesTo: ({ action, resource, context }) =>
      some(actions, action) === (NotAction === undefined) &&
      // Who may take a role is said of that role, and of nothing else.
      (resources.length === 0 || some(resources, resource) === (NotResource === undefined)) &&
      conditions.every(({ holds }) => holds(context)),
  };
}

function patterns(texts: string[] = [], flags = ""): Pattern[] {
  return texts.map((pattern) => ({ pattern, fits: wildcard(pattern, flags) }));
}

function namesIn(named: NonNullable<Written["Principal"]>): Statement["names"] {
  if (named === "*") return () => "itself";
  const { AWS = [], Service = [] } = named;
  // The same as everybody, services included.
  if (AWS.includes("*")) return () => "itself";
  return ({ arn, service }) => {
    if (arn === undefined) return Service.includes(service) ? "itself" : undefined;
    if (AWS.includes(arn)) return "itself";
    const ofAccount = arn.split(":")[4] ?? account;
    return AWS.some((one) => one === ofAccount || one.endsWith(`::${ofAccount}:root`)) ? "account" : undefined;
  };
}

/** What is allowed, by the statements that allow it, or why it is not. */
export type PermissionVerdict = { by: Statement[]; refusal?: undefined } | { by?: undefined; refusal: string };

/** The policies that a request is judged by. */
export type Policies = {
  /** Of the role that asks. */
  identity: Statement[];
  /** Of the resource that is asked for. */
  resource: Statement[];
};

/**
 * As IAM judges: whatever denies wins, and what nothing allows is denied. In the resource's own account the role's policy
 * or the resource's suffices, but for a key, whose policy must let the account in. Of another account, whose policies
 * are not ours to read, the resource's policy is asked alone.
 */
export function judgePermission(
  asked: PermissionQuery,
  principal: Principal,
  { identity, resource }: Policies,
): PermissionVerdict {
  const of = (statements: Statement[], effect: Statement["effect"]) =>
    statements.filter((one) => one.effect === effect && one.appliesTo(asked));
  const concerning = resource.filter(({ names }) => names(principal));
  const [denied] = [...of(identity, "Deny"), ...of(concerning, "Deny")];
  if (denied) return { refusal: refusal(asked, principal, `with an explicit deny in ${denied.id}`) };
  const allowing = of(concerning, "Allow");
  const byName = allowing.filter(({ names }) => names(principal) === "itself");
  const isForeign = principal.arn !== undefined && principal.arn.split(":")[4] !== account;
  const [ofResource, ofIdentity] = [isForeign ? allowing : byName, isForeign ? [] : of(identity, "Allow")];
  const opened = !asked.action.startsWith("kms:") || allowing.length > 0;
  if (opened && ofResource.length + ofIdentity.length > 0) return { by: [...ofIdentity, ...ofResource] };
  return { refusal: refusal(asked, principal, `because no policy allows the ${asked.action} action`) };
}

function refusal({ action, resource }: PermissionQuery, { arn, service }: Principal, why: string): string {
  return `User: ${arn ?? service} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
