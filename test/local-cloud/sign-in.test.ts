import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { startTokenIssuer } from "#infra/programs/local-cloud/token-issuer.ts";

let now = Date.parse("2026-11-24T06:10:00Z");
const verifier = "a-verifier-of-at-least-forty-three-characters-as-pkce-asks";
const redirectUri = "http://127.0.0.1:12800/desk/signed-in";

async function anIssuer() {
  const issuer = await startTokenIssuer({
    port: 0,
    issuer: "https://login.qazvin.example",
    audience: "foad",
    clients: [{ name: "agency", clientId: "agency", clientSecret: "one", scope: "foad/agency" }],
    people: async () => [{ sub: "officer-1", name: "مریم <کریمی>", about: "گاز", isInvented: true }],
    now: () => now,
  });
  onTestFinished(issuer.stop);
  return issuer;
}

const asked = {
  response_type: "code",
  client_id: "desk",
  redirect_uri: redirectUri,
  state: "abc",
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
};

function authorize(url: string, changed: Record<string, string> = {}) {
  return fetch(`${url}/authorize?${new URLSearchParams({ ...asked, ...changed })}`, { redirect: "manual" });
}

async function codeOf(url: string): Promise<string> {
  const answer = await authorize(url, { sub: "officer-1" });
  const back = new URL(answer.headers.get("location") ?? "");
  expect([answer.status, back.origin + back.pathname, back.searchParams.get("state")]).toEqual([
    302,
    redirectUri,
    "abc",
  ]);
  return back.searchParams.get("code") ?? "";
}

async function redeem(endpoint: string, code: string, changed: Record<string, string> = {}) {
  const form = {
    grant_type: "authorization_code",
    client_id: "desk",
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const body = new URLSearchParams({ ...form, code, ...changed });
  const answer = await fetch(endpoint, { method: "POST", body, headers: { origin: "http://127.0.0.1:12800" } });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, string> };
}

test("a person who is chosen gets a code, and the desk a token for it, once", async () => {
  const { url, tokenEndpoint } = await anIssuer();
  const page = await (await authorize(url)).text();
  expect(page).toContain("مریم &#60;کریمی&#62;");
  const code = await codeOf(url);
  const { status, headers, body } = await redeem(tokenEndpoint, code);
  expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "http://127.0.0.1:12800"]);
  expect(decodeJwt(body.access_token ?? "")).toMatchObject({ sub: "officer-1", client_id: "desk", aud: "foad" });
  expect(await redeem(tokenEndpoint, code)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("a person's token is valid for five minutes, and is renewed by its refresh token, for the same client alone", async () => {
  const { url, tokenEndpoint } = await anIssuer();
  const { body } = await redeem(tokenEndpoint, await codeOf(url));
  const { iat = 0, exp } = decodeJwt(body.access_token ?? "");
  expect(exp).toBe(iat + 300);
  const renewal = { grant_type: "refresh_token", refresh_token: body.refresh_token ?? "" };
  const renewed = await redeem(tokenEndpoint, "", renewal);
  expect(decodeJwt(renewed.body.access_token ?? "")).toMatchObject({
    sub: "officer-1",
    client_id: "desk",
    aud: "foad",
  });
  for (const changed of [
    { ...renewal, client_id: "other" },
    { ...renewal, refresh_token: body.access_token ?? "" },
    { ...renewal, refresh_token: "" },
  ])
    expect(await redeem(tokenEndpoint, "", changed)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test.each([
  ["another verifier", { code_verifier: `${verifier}x` }],
  ["another client", { client_id: "other" }],
  ["another address", { redirect_uri: "http://127.0.0.1:12800/desk/elsewhere" }],
])("a code is refused with %s", async (_, changed) => {
  const { url, tokenEndpoint } = await anIssuer();
  expect(await redeem(tokenEndpoint, await codeOf(url), changed)).toMatchObject({ status: 400 });
});

test("a code counts for a minute", async () => {
  const { url, tokenEndpoint } = await anIssuer();
  const code = await codeOf(url);
  now += 60_000;
  expect(await redeem(tokenEndpoint, code)).toMatchObject({ status: 400 });
});

test.each([
  ["a page of another machine", { redirect_uri: "https://elsewhere.example/desk" }],
  ["no challenge", { code_challenge: "" }],
  ["a challenge in the clear", { code_challenge_method: "plain" }],
  ["somebody who is not here", { sub: "nobody" }],
])("%s is refused without a code", async (_, changed) => {
  const { url } = await anIssuer();
  const answer = await authorize(url, changed);
  expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
});

const desk = "http://127.0.0.1:12800/desk/signed-out";

async function idTokenOf({ url, tokenEndpoint }: { url: string; tokenEndpoint: string }, clientId = "desk") {
  const changed = { client_id: clientId };
  const answer = await authorize(url, { ...changed, sub: "officer-1", scope: "openid" });
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  return (await redeem(tokenEndpoint, code, changed)).body.id_token ?? "";
}

const endSession = (url: string, parameters: Record<string, string>) =>
  fetch(`${url}/end-session?${new URLSearchParams(parameters)}`, { redirect: "manual" });

test("an id token is given for the scope `openid` alone, names the discovered issuer, and nobody by name", async () => {
  const issuer = await anIssuer();
  expect((await redeem(issuer.tokenEndpoint, await codeOf(issuer.url))).body.id_token).toBeUndefined();
  const claims = decodeJwt(await idTokenOf(issuer));
  expect(claims).toMatchObject({ iss: issuer.url, sub: "officer-1", aud: "desk", azp: "desk", typ: "ID" });
  expect(JSON.stringify(claims)).not.toContain("کریمی");
});

test("whoever shows an id token, however old, is signed out without a question", async () => {
  const issuer = await anIssuer();
  const hint = await idTokenOf(issuer);
  now += 12 * 3_600_000;
  const query = { id_token_hint: hint, client_id: "desk", post_logout_redirect_uri: desk };
  const answer = await endSession(issuer.url, query);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, desk]);
});

test("whoever shows none is asked first", async () => {
  const { url } = await anIssuer();
  const answer = await endSession(url, { client_id: "desk", post_logout_redirect_uri: desk });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Do you want to sign out?")]);
});

test("a wrong sign-out is refused", async () => {
  const [issuer, another] = [await anIssuer(), await anIssuer()];
  const { access_token = "" } = (await redeem(issuer.tokenEndpoint, await codeOf(issuer.url))).body;
  const own = await idTokenOf(issuer);
  const changed = JSON.stringify({ ...decodeJwt(own), sub: "officer-2" });
  const wrong: Record<string, Record<string, string>> = {
    "no client": {},
    "an access token": { id_token_hint: access_token },
    "a token of another issuer": { id_token_hint: await idTokenOf(another) },
    "a text": { id_token_hint: "abc" },
    "a changed token": { id_token_hint: own.replace(/\.[^.]+\./, `.${Buffer.from(changed).toString("base64url")}.`) },
    "a token of another client": { id_token_hint: await idTokenOf(issuer, "other"), client_id: "desk" },
  };
  for (const [name, query] of Object.entries(wrong)) {
    const answer = await endSession(issuer.url, { ...query, post_logout_redirect_uri: desk });
    expect([name, answer.status, answer.headers.get("location")]).toEqual([name, 400, null]);
  }
  const elsewhere = { id_token_hint: own, post_logout_redirect_uri: "https://elsewhere.example/" };
  expect((await endSession(issuer.url, elsewhere)).headers.get("location")).toBeNull();
});
