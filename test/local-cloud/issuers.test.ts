import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { authenticateByToken } from "#functions/http/authentication.ts";
import type { Principal } from "#shared/domain/complaint/principal.ts";
import { clients } from "#shared/province/slices.static.ts";
import { ARN, aGateway, aToken, eventOf, ISSUER, NOW } from "../support/a-gateway.ts";

const person = "0b6bb4f0-4f2e-4a37-9d11-6a6f4f7c9f0e";
const ours = { audience: ["foad-qazvin"] };
/** A province that names no audience. */
const clientIds = { audience: Object.keys(clients) };

/** As the issuers write them: https://www.keycloak.org (service accounts, code flow), Cognito's user pools. */
const keycloak = {
  aud: ["foad-qazvin", "account"],
  typ: "Bearer",
  acr: "1",
  "allowed-origins": ["/*"],
  realm_access: { roles: ["offline_access", "default-roles-foad"] },
  resource_access: { account: { roles: ["view-profile"] } },
  email_verified: false,
};
const cognito = { aud: undefined, token_use: "access", version: 2, jti: "d3b1f6c2-7b1a-4c3e-8a55-2f1a0c9e7b10" };
const program = { sub: "f2a7c0de-1111-4222-8333-944445555666", preferred_username: "service-account-call-centre-128" };

type Case = { claims: Record<string, unknown>; gateway: { audience: string[] }; caller: "front-end" | "inspector" };

/** Who a function takes the caller for, once the gateway has taken the token. */
async function principalOf({ claims, gateway: { audience }, caller }: Case) {
  const scope = caller === "front-end" ? "foad/front-end" : "foad/inspector";
  const { url } = await aGateway({
    routes: [{ routeKey: "GET /as", functionArn: `${ARN}as`, scopes: [scope], authorizer: "JWT" }],
    authorizer: { issuer: ISSUER, audience },
  });
  const event = await eventOf(`${url}/as`, { headers: { authorization: `Bearer ${await aToken(claims)}` } });
  return authenticateByToken(caller)(
    event as unknown as APIGatewayProxyEventV2,
    new Date(NOW).toISOString(),
  ) as Principal;
}

test.each<[string, Case, object]>([
  [
    "Keycloak's of a front end's server",
    {
      claims: {
        ...keycloak,
        ...program,
        azp: "call-centre-128",
        client_id: "call-centre-128",
        scope: "foad/front-end profile email",
      },
      gateway: ours,
      caller: "front-end",
    },
    { caller: "front-end", clientId: "call-centre-128" },
  ],
  [
    "Keycloak's of an inspector, which says azp alone",
    {
      claims: {
        ...keycloak,
        client_id: undefined,
        azp: "inspectors-application",
        sub: person,
        scope: "openid foad/inspector",
      },
      gateway: ours,
      caller: "inspector",
    },
    { caller: "inspector", person },
  ],
  [
    "Cognito's of a front end's server, whose sub is the client",
    {
      claims: { ...cognito, client_id: "call-centre-128", sub: "call-centre-128", scope: "foad/front-end" },
      gateway: clientIds,
      caller: "front-end",
    },
    { caller: "front-end", clientId: "call-centre-128" },
  ],
  [
    "Cognito's of an inspector",
    {
      claims: {
        ...cognito,
        client_id: "inspectors-application",
        sub: person,
        username: person,
        scope: "openid foad/inspector",
      },
      gateway: clientIds,
      caller: "inspector",
    },
    { caller: "inspector", person },
  ],
])("a token is understood: %s", async (_, given, expected) => {
  expect(await principalOf(given)).toMatchObject(expected);
});

test("an inspectors' program without a person is nobody, with Cognito too", async () => {
  const claims = {
    ...cognito,
    client_id: "inspectors-application",
    sub: "inspectors-application",
    scope: "foad/inspector",
  };
  await expect(principalOf({ claims, gateway: clientIds, caller: "inspector" })).rejects.toThrow("not-registered");
});

test("a client that the province's file does not name is not let in, where clients are what the gateway goes by", async () => {
  const { url } = await aGateway({ authorizer: { issuer: ISSUER, ...clientIds } });
  const token = await aToken({ ...cognito, client_id: "somebody-elses-app", sub: "x", scope: "foad/agency" });
  expect((await fetch(`${url}/desk`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
});
