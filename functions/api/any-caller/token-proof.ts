import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type { Proof } from "#functions/pipelines/route.ts";
import type { Client, Principal } from "#shared/domain/complaint/principal.ts";
import { Fault } from "#shared/domain/fault.ts";
import { clients } from "#shared/province/slices.static.ts";

/** Nobody in particular. */
export const byNothing: Proof = () => undefined;

/** The registered client behind a token that the gateway has checked; a token's scope alone makes nobody known. */
export function byToken(caller: Exclude<Principal["caller"], "citizen">): Proof {
  return (event) => {
    const claims = claimsOf(event);
    const clientId = String(claims.client_id ?? claims.azp ?? "");
    const client: Client | undefined = Object.hasOwn(clients, clientId) ? clients[clientId] : undefined;
    if (client?.caller !== caller) throw new Fault("not-registered");
    if (client.caller !== "inspector" && client.caller !== "admin") return { ...client, clientId };
    // Nobody in particular would be taken for whoever else comes without a name.
    if (!claims.sub) throw new Fault("not-registered");
    return { ...client, clientId, person: String(claims.sub) };
  };
}

function claimsOf(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;
  return authorizer?.jwt.claims ?? {};
}
