import * as z from "zod";
import { account } from "../machine/aws-account.ts";
import { plainFailure } from "../machine/plain-failure.ts";
import { type Condition, Conditions, type Context, readConditions } from "./conditions.ts";
import { type Fits, wildcard } from "./patterns.ts";

/** Who asks: a role or a user by its ARN, or a service of AWS by its name. */
export type Principal = { arn: string; service?: undefined } | { service: string; arn?: undefined };

export type Asked = { action: string; resource: string; context: Context };

export type Pattern = { pattern: string; fits: Fits };

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
  appliesTo(asked: Asked): boolean;
};

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Written = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Principal: z.union([z.literal("*"), z.strictObject({ AWS: oneOrMore, Service: oneOrMore }).partial()]).optional(),
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
