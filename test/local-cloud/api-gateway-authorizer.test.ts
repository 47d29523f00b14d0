import { generateKeyPair, SignJWT } from "jose";
import { expect, test } from "vitest";
import { aGateway, aToken, claims, eventOf, ISSUER, keySet, NOW, SECONDS } from "../support/a-gateway.ts";

test("a good token opens the route, and its claims arrive as text", async () => {
  const { url } = await aGateway();
  const token = await aToken({ groups: ["a", "b"], flag: true, scope: "foad/agency other" });
  const event = await eventOf(`${url}/desk`, { headers: { authorization: `Bearer ${token}` } });
  expect(event).toHaveProperty("requestContext.authorizer.jwt", {
    claims: {
      iss: ISSUER,
      aud: "foad",
      iat: String(SECONDS),
      exp: String(SECONDS + 60),
      client_id: "bank",
      scope: "foad/agency other",
      groups: "[a b]",
      flag: "true",
    },
    scopes: ["foad/agency"],
  });
});

test.each([
  ["without the word Bearer", {}, ""],
  ["with several audiences of which one is ours", { aud: ["x", "foad"] }, "Bearer "],
  ["without an audience, by its client id", { aud: undefined, client_id: "foad" }, "Bearer "],
  ["with its scopes in scp", { scope: undefined, scp: ["x", "foad/admin"] }, "Bearer "],
])("a token is taken %s", async (_, over, prefix) => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/desk`, { headers: { authorization: `${prefix}${await aToken(over)}` } });
  expect(response.status).toBe(200);
});

const stranger = await generateKeyPair("RS256");

const unsigned = `${Buffer.from('{"alg":"none","kid":"first"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;

test.each([
  ["it has expired", () => aToken({ exp: SECONDS })],
  ["it has no expiry", () => aToken({ exp: undefined })],
  ["it is not yet valid", () => aToken({ nbf: SECONDS + 10 })],
  ["it comes from the future", () => aToken({ iat: SECONDS + 10 })],
  ["another issued it", () => aToken({ iss: "https://elsewhere.example" })],
  ["it is for somebody else", () => aToken({ aud: "other" })],
  ["neither audience nor client is ours", () => aToken({ aud: undefined })],
  ["its audience is another's and its client id ours", () => aToken({ aud: "other", client_id: "foad" })],
  ["another key signed it", () => aToken({}, { key: stranger.privateKey })],
  ["its key is unknown", () => aToken({}, { header: { kid: "second" } })],
  ["it names no key", () => aToken({}, { header: { kid: undefined } })],
  ["it is not signed at all", async () => unsigned],
  ["the public key was used as a shared secret", () => aSharedSecretToken()],
  ["it is no token", async () => "abc"],
])("401 where %s", async (_, token) => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/desk`, { headers: { authorization: `Bearer ${await token()}` } });
  expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(response.headers.get("www-authenticate")).toContain('error="invalid_token"');
});

async function aSharedSecretToken() {
  const secret = new TextEncoder().encode(JSON.stringify(keySet.keys[0]));
  return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(secret);
}

test("no token at all is 401 and only asks for one", async () => {
  const { url } = await aGateway();
  const response = await fetch(`${url}/signed`);
  expect(response.status).toBe(401);
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
});

test("a token whose scopes do not open the route is 403", async () => {
  const { url } = await aGateway();
  const headers = { authorization: `Bearer ${await aToken({ scope: "foad/front-end" })}` };
  const response = await fetch(`${url}/desk`, { headers });
  expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
});

test("tokens expire by the local clock, not by the machine's", async () => {
  let now = NOW;
  const { url } = await aGateway({ now: () => now });
  const headers = { authorization: `Bearer ${await aToken()}` };
  expect((await fetch(`${url}/signed`, { headers })).status).toBe(200);
  now += 60_000;
  expect((await fetch(`${url}/signed`, { headers })).status).toBe(401);
});
