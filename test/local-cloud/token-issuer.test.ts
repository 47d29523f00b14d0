import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { startTokenIssuer, type TokenIssuerOptions } from "#infra/programs/local-cloud/token-issuer.ts";

const NOW = Date.parse("2026-11-24T06:10:00Z");

const Keys = z.object({ keys: z.array(z.looseObject({})) });

const clients = [
  { name: "call centre", clientId: "call-centre", clientSecret: "s3cret:with/colon", scope: "foad/front-end" },
  { name: "first inspector", clientId: "desk", clientSecret: "one", scope: "foad/inspector", sub: "inspector-1" },
  { name: "second inspector", clientId: "desk", clientSecret: "two", scope: "foad/inspector", sub: "inspector-2" },
  { name: "operator", clientId: "operator", clientSecret: "three", scope: "foad/inspector foad/admin" },
];

async function anIssuer(options: Partial<TokenIssuerOptions> = {}) {
  const started = await startTokenIssuer({
    port: 0,
    issuer: "https://login.qazvin.example",
    audience: "foad",
    clients,
    now: () => NOW,
    ...options,
  });
  onTestFinished(started.stop);
  return started;
}

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

type Asked = { endpoint: string; authorization?: string; form?: Record<string, string> };

async function askToken({ endpoint, authorization, form = { grant_type: "client_credentials" } }: Asked) {
  const headers = authorization ? { authorization } : undefined;
  const response = await fetch(endpoint, { method: "POST", body: new URLSearchParams(form), headers });
  return { status: response.status, headers: response.headers, body: z.looseObject({}).parse(await response.json()) };
}

async function tokenOf(endpoint: string, id: string, secret: string): Promise<string> {
  const { body } = await askToken({ endpoint, authorization: basic(id, secret) });
  return z.looseObject({ access_token: z.string() }).parse(body).access_token;
}

test("a client with its secret gets a token of the province's issuer, good for an hour by the local clock", async () => {
  const { tokenEndpoint, keys } = await anIssuer();
  const token = await tokenOf(tokenEndpoint, "call-centre", "s3cret:with/colon");
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(await keys()), {
    currentDate: new Date(NOW),
  });
  expect(protectedHeader.alg).toBe("RS256");
  expect(payload).toMatchObject({
    iss: "https://login.qazvin.example",
    aud: "foad",
    client_id: "call-centre",
    sub: "call-centre",
    scope: "foad/front-end",
    iat: NOW / 1_000,
    exp: NOW / 1_000 + 3_600,
  });
});

test("of two persons behind one client id the secret says who it is", async () => {
  const { tokenEndpoint } = await anIssuer();
  expect(decodeJwt(await tokenOf(tokenEndpoint, "desk", "one")).sub).toBe("inspector-1");
  expect(decodeJwt(await tokenOf(tokenEndpoint, "desk", "two")).sub).toBe("inspector-2");
});

test.each([
  ["the secret is wrong", basic("desk", "three")],
  ["the client is unknown", basic("nobody", "one")],
  ["nothing is sent", undefined],
  ["it is no Basic header", "Bearer abc"],
])("401 invalid_client where %s", async (_, authorization) => {
  const { tokenEndpoint } = await anIssuer();
  const { status, body, headers } = await askToken({ endpoint: tokenEndpoint, authorization });
  expect(status).toBe(401);
  expect(body).toEqual({ error: "invalid_client" });
  expect(headers.get("www-authenticate")).toContain("Basic");
});

test.each([
  [{ grant_type: "client_credentials", scope: "foad/admin" }, "invalid_scope"],
  [{ grant_type: "client_credentials", scope: "foad/inspector foad/admin" }, "invalid_scope"],
  [{ grant_type: "password", username: "a", password: "b" }, "unsupported_grant_type"],
  [{ scope: "foad/inspector" }, "invalid_request"],
])("400 for %j is %s", async (form, error) => {
  const { tokenEndpoint } = await anIssuer();
  const answer = await askToken({ endpoint: tokenEndpoint, authorization: basic("desk", "one"), form });
  expect(answer).toMatchObject({ status: 400, body: { error } });
});

test("a client may ask for less than it has", async () => {
  const { tokenEndpoint } = await anIssuer();
  const form = { grant_type: "client_credentials", scope: "foad/admin" };
  const { body } = await askToken({ endpoint: tokenEndpoint, authorization: basic("operator", "three"), form });
  expect(body).toMatchObject({ scope: "foad/admin", token_type: "Bearer", expires_in: 3_600 });
});

test("the served keys and the discovery document hold no private part", async () => {
  const { url, keys } = await anIssuer();
  const served = Keys.parse(await (await fetch(`${url}/jwks`)).json());
  expect(served).toEqual(await keys());
  expect(Object.keys(served.keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n"]);
  const discovery = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
  expect(discovery).toMatchObject({ issuer: url, jwks_uri: `${url}/jwks` });
});

async function aKeyFile() {
  const folder = await mkdtemp(join(tmpdir(), "token-issuer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "key.json");
}

test("a stored key outlives a restart and is readable by its owner alone", async () => {
  const keyFile = await aKeyFile();
  const first = await anIssuer({ keyFile });
  const token = await tokenOf(first.tokenEndpoint, "desk", "one");
  await first.stop();
  const second = await anIssuer({ keyFile });
  await jwtVerify(token, createLocalJWKSet(await second.keys()), { currentDate: new Date(NOW) });
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
});

test("a key that is passed signs, with no file written", async () => {
  const keyFile = await aKeyFile();
  await anIssuer({ keyFile });
  const key = JSON.parse(await readFile(keyFile, "utf8"));
  const { tokenEndpoint } = await anIssuer({ key });
  expect(decodeProtectedHeader(await tokenOf(tokenEndpoint, "desk", "one")).kid).toBe(key.kid);
});

test("a key file that holds no key any more says what to do", async () => {
  const keyFile = await aKeyFile();
  await writeFile(keyFile, '{"kty":');
  await expect(anIssuer({ keyFile })).rejects.toThrow("delete it");
});

test("a port in use is the engine's own EADDRINUSE", async () => {
  const { url } = await anIssuer();
  await expect(anIssuer({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
