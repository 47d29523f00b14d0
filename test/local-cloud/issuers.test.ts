import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { authenticateByToken } from "#functions/http/authentication.ts";
import type { PersonRole } from "#shared/people/people.ts";
import type { Principal } from "#shared/people/principal.ts";
import { clients, peopleClients } from "#shared/province/slices.static.ts";
import { table } from "#shared/storage/table.ts";
import { ARN, aGateway, aToken, eventOf, ISSUER, NOW } from "../support/a-gateway.ts";

const person = "0b6bb4f0-4f2e-4a37-9d11-6a6f4f7c9f0e";
const ours = { audience: ["foad-qazvin"] };
/** A province that names no audience. */
const clientIds = { audience: [...Object.keys(clients), ...peopleClients] };

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

type Case = {
  claims: Record<string, unknown>;
  gateway: { audience: string[] };
  caller: "front-end" | "agency" | "inspector" | "admin";
};

const everyScope = ["front-end", "agency", "inspector", "overseer", "admin"].map((kind) => `foad/${kind}`);

/** Whom an admin registered. */
const registered: Record<string, PersonRole[]> = {};
const tables = mockClient(table);
vi.stubEnv("COMPLAINTS_TABLE", "complaints");
beforeEach(() => {
  for (const sub of Object.keys(registered)) delete registered[sub];
  registered[person] = [{ role: "inspector" }];
  tables.on(GetCommand).callsFake(({ Key: { sk } }) => ({
    Item: registered[sk] && { pk: "PEOPLE", sk, roles: registered[sk], version: 1, at: "2026-11-24T06:00:00.000Z" },
  }));
});

/** Who a function takes the caller for, once the gateway has taken the token. */
async function principalOf({ claims, gateway: { audience }, caller }: Case) {
  const { url } = await aGateway({
    routes: [{ routeKey: "GET /as", functionArn: `${ARN}as`, scopes: everyScope, authorizer: "JWT" }],
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

/** Each issuer's token of a person, or of a program, as it names client and scopes. */
const forms = {
  Keycloak: ({ client, ...own }: { client: string; sub: string; scope: string }) => ({
    claims: { ...keycloak, client_id: undefined, azp: client, ...own },
    gateway: ours,
  }),
  Cognito: ({ client, ...own }: { client: string; sub: string; scope: string }) => ({
    claims: { ...cognito, client_id: client, username: own.sub, ...own },
    gateway: clientIds,
  }),
};

describe.each(Object.entries(forms))("by a token of %s", (issuer, form) => {
  const sub = (name: string) => `${name}-${issuer}`;

  test.each(peopleClients)(
    "an officer who signed in through %s stays an officer, whatever the scopes say",
    async (client) => {
      registered[sub("officer")] = [{ role: "officer", agencyId: "gas", personnelId: "7" }];
      const token = form({ client, sub: sub("officer"), scope: "foad/inspector foad/admin" });
      expect(await principalOf({ ...token, caller: "agency" })).toMatchObject({
        agencyId: "gas",
        person: sub("officer"),
      });
      for (const caller of ["inspector", "admin"] as const)
        await expect(principalOf({ ...token, caller })).rejects.toMatchObject({
          code: "not-registered",
          reason: "role-missing",
          values: { sub: sub("officer") },
        });
    },
  );

  test("nobody who signed in is a front end", async () => {
    const token = form({ client: "desk", sub: person, scope: "foad/front-end" });
    await expect(principalOf({ ...token, caller: "front-end" })).rejects.toMatchObject({ code: "not-registered" });
  });

  test("whom nobody registered is told the own sub, to hand on", async () => {
    const token = form({ client: "desk", sub: sub("new"), scope: "foad/agency" });
    await expect(principalOf({ ...token, caller: "agency" })).rejects.toMatchObject({
      code: "not-registered",
      reason: "person-unknown",
      values: { sub: sub("new") },
    });
  });

  test("a program stays the program, with whatever sub: also that of an admin", async () => {
    registered[sub("admin")] = [{ role: "admin" }];
    const token = form({ client: "call-centre-128", sub: sub("admin"), scope: "foad/front-end foad/admin" });
    expect(await principalOf({ ...token, caller: "front-end" })).toMatchObject({ clientId: "call-centre-128" });
    await expect(principalOf({ ...token, caller: "admin" })).rejects.toMatchObject({ code: "not-registered" });
  });

  test("a program needs the scope of the path", async () => {
    const token = form({ client: "call-centre-128", sub: "x", scope: "foad/agency" });
    await expect(principalOf({ ...token, caller: "front-end" })).rejects.toMatchObject({ code: "not-registered" });
  });

  test("the admins of the province file are admins without being registered", async () => {
    const token = form({ client: "desk", sub: "admin", scope: "openid foad/agency" });
    expect(await principalOf({ ...token, caller: "admin" })).toMatchObject({ caller: "admin", person: "admin" });
  });

  test("of several roles, the path chooses", async () => {
    registered[sub("both")] = [{ role: "inspector" }, { role: "officer", agencyId: "gas" }];
    const token = form({ client: "desk", sub: sub("both"), scope: "foad/agency" });
    expect(await principalOf({ ...token, caller: "agency" })).toMatchObject({ caller: "agency" });
    expect(await principalOf({ ...token, caller: "inspector" })).toMatchObject({ caller: "inspector" });
  });
});
