import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type { Proof } from "#functions/pipelines/route.ts";
import type { Client, Principal } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { clients } from "#shared/province/slices.static.ts";

/** For public routes: anybody may call. */
export const byNothing: Proof = () => undefined;

/** The registered client of a token that the gateway has checked; the token's scope alone is not enough. */
export function byToken(caller: Exclude<Principal["caller"], "citizen">): Proof {
  return (event) => {
    const claims = claimsOf(event);
    const clientId = String(claims.client_id ?? claims.azp ?? "");
    const client: Client | undefined = Object.hasOwn(clients, clientId) ? clients[clientId] : undefined;
    if (client?.caller !== caller) throw new Fault("not-registered");
    if (client.caller !== "inspector" && client.caller !== "admin") return { ...client, clientId };
    // Without a person, all tokens that name none would pass for one and the same.
    if (!claims.sub) throw new Fault("not-registered");
    return { ...client, clientId, person: String(claims.sub) };
  };
}

function claimsOf(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;
  return authorizer?.jwt.claims ?? {};
}
