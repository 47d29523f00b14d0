import type { IncomingHttpHeaders } from "node:http";
import type { Service } from "../cloudformation/local-service.ts";
import { account } from "../machine/aws-account.ts";
import { grantsIn } from "./grants-used.ts";
import { createPolicyStore } from "./policies.ts";
import type { Asked, Principal } from "./statement.ts";
import { judge } from "./verdict.ts";

export type Ask = Omit<Asked, "context"> & { context?: Asked["context"] };

export type Gate = Service & {
  /** Why the policies do not let the principal do all of it, in AWS's words; undefined where they do. */
  refusal(principal: Principal, ...asks: Ask[]): string | undefined;
  /** Every refusal so far. */
  refused: string[];
  /** How many calls were judged. */
  judged(): number;
};

/** Judges what functions and services of AWS ask for, by the policies of the templates. */
export function createGate({ usedGrants }: { usedGrants?: string | undefined } = {}): Gate {
  const { identity, resource, makes } = createPolicyStore();
  const refused: string[] = [];
  const grants = grantsIn(usedGrants);
  let judged = 0;
  const refusalOf = (principal: Principal, { context, ...ask }: Ask): string | undefined => {
    judged += 1;
    const asked = { ...ask, context: contextOf(principal, context) };
    const policies = {
      identity: identity.get(principal.arn ?? "") ?? [],
      resource: resource.get(holderOf(asked.resource)) ?? [],
    };
    const { by, refusal } = judge(asked, principal, policies);
    if (by) grants.used(asked, by);
    return refusal;
  };
  return {
    makes,
    begin: () => grants.granted([...identity.values(), ...resource.values()].flat()),
    stop: () => grants.counted({ judged, refused: refused.length }),
    refused,
    judged: () => judged,
    refusal(principal, ...asks) {
      for (const ask of asks) {
        const refusal = refusalOf(principal, ask);
        if (refusal === undefined) continue;
        refused.push(refusal);
        console.error(`denied: ${refusal}`);
        return refusal;
      }
      return undefined;
    },
  };
}

/**
 * Whose credentials signed a request: those of a role have a session token, which here is the role's ARN. Without one it
 * is whoever runs this cloud, who may do anything.
 */
export function callerOf(headers: IncomingHttpHeaders): Principal | undefined {
  return holderOfToken(headers["x-amz-security-token"]);
}

export function holderOfToken(token: string | string[] | null | undefined): Principal | undefined {
  return token ? { arn: String(token) } : undefined;
}

/** What every request has beside its own. In AWS it would come over TLS; here nothing leaves the machine. */
function contextOf({ arn }: Principal, own: Asked["context"] = {}): Asked["context"] {
  const always = { "aws:securetransport": ["true"], "aws:sourceaccount": [account] };
  return arn === undefined
    ? { ...always, ...own }
    : { "aws:securetransport": ["true"], "aws:principalarn": [arn], ...own };
}

/** What has the policy: an object's bucket, and the function that a version is of. */
function holderOf(resource: string): string {
  if (resource.includes(":s3:::")) return resource.split("/", 1)[0] ?? "";
  return resource.includes(":lambda:") ? resource.split(":").slice(0, 7).join(":") : resource;
}
