import * as z from "zod";
import { plainFailure } from "../machine/plain-failure.ts";
import { arnPattern, type Fits, wildcard } from "./patterns.ts";

/** What a request says of itself, by lower-case key; a key that it does not have is missing or empty. */
export type Context = Readonly<Record<string, readonly string[]>>;

export type Condition = {
  key: string;
  holds(context: Context): boolean;
  /** The values that a request may have, where the condition names such, each as a pattern. */
  allows: { pattern: string; fits: Fits }[];
};

const oneOrMore = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((given) => (Array.isArray(given) ? given : [given]).map(String));
export const Conditions = z.record(z.string(), z.record(z.string(), oneOrMore));

type Comparison = (wanted: string) => Fits;

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

type Written = { operator: string; key: string; wanted: string[]; place: string };

function readCondition(written: Written): Condition {
  const key = written.key.toLowerCase();
  const { set, kind, not, how, bool, ifExists } = Operator.exec(written.operator)?.groups ?? {};
  const unknown = unknownIn(written, set);
  if (unknown)
    throw plainFailure(
      `${written.place} has ${unknown}: the local cloud cannot judge it (infra/local/iam/conditions.ts).`,
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

function unknownIn({ operator, key, wanted }: Written, set: string | undefined): string | undefined {
  if (!Operator.test(operator)) return `the condition operator ${operator}`;
  const hasMany = knownKeys[key.toLowerCase()];
  if (hasMany === undefined) return `the condition key ${key}`;
  if (wanted.some((value) => value.includes("${"))) return `a policy variable under ${key}`;
  // IAM takes such a policy, and does not say what it means.
  if (hasMany && !set && operator !== "Null")
    return `${operator} on ${key}, which has many values and needs ForAllValues`;
  return undefined;
}
