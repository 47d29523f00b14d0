import { account } from "../machine/aws-account.ts";
import type { Asked, Principal, Statement } from "./statement.ts";

/** What is allowed, by the statements that allow it, or why it is not. */
export type Verdict = { by: Statement[]; refusal?: undefined } | { by?: undefined; refusal: string };

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
export function judge(asked: Asked, principal: Principal, { identity, resource }: Policies): Verdict {
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

function refusal({ action, resource }: Asked, { arn, service }: Principal, why: string): string {
  return `User: ${arn ?? service} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
