import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type { Proof } from "#functions/pipelines/route.ts";
import type { Client, Principal } from "#shared/domain/complaint/principal.ts";
import { sandboxAgency } from "#shared/domain/complaint/sandbox.ts";
import { Fault } from "#shared/domain/fault.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import { clients } from "#shared/province/slices.static.ts";

/** For public routes: anybody may call. */
export const byNothing: Proof = () => undefined;

/** The registered client of a token that the gateway has checked; the token's scope alone is not enough. */
export function byToken(caller: Exclude<Principal["caller"], "citizen">): Proof {
  return (event, now) => {
    const claims = claimsOf(event);
    const clientId = String(claims.client_id ?? claims.azp ?? "");
    const client = actingAs(caller, Object.hasOwn(clients, clientId) ? clients[clientId] : undefined);
    if (client?.caller !== caller) throw new Fault("not-registered");
    if (client.caller === "front-end" || client.caller === "agency") return { ...client, clientId };
    // Nothing waits for them to finish it: whoever comes after them reads and does the same.
    if (isRetired(client, now)) throw new Fault("not-registered", { because: "client-retired" });
    const person = personOf(claims, clientId);
    return client.caller === "overseer" ? { ...client, clientId } : { ...client, clientId, person };
  };
}

/** One of the sandbox is its agency too, where it calls as one. */
function actingAs(caller: Client["caller"], client: Client | undefined): Client | undefined {
  const isSandboxes = client?.caller === "front-end" && client.sandbox;
  return isSandboxes && caller === "agency" ? { caller, agencyId: sandboxAgency } : client;
}

/**
 * A subject of OpenID Connect has at most 255 characters of ASCII. Spaces and invisible marks are refused too: they would
 * make a second person of the same name, with limits of its own.
 */
export const subject = /^[\x21-\x7e]{1,255}$/;

/** A token without a person names only an application, and all such tokens would pass for one person. */
function personOf({ sub }: Record<string, unknown>, clientId: string): string {
  if (typeof sub !== "string" || !subject.test(sub) || sub === clientId || Object.hasOwn(clients, sub))
    throw new Fault("not-registered");
  return sub;
}

function claimsOf(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;
  return authorizer?.jwt.claims ?? {};
}
