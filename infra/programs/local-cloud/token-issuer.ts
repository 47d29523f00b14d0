import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createLocalJWKSet, decodeJwt, type JWK, jwtVerify } from "jose";
import { OAuth2Issuer } from "oauth2-mock-server";
import * as z from "zod";
import { readBody, sendJson, serveOnLoopback } from "./machine/http-server.ts";
import { createSignIn, type PageAnswer, type SignInPerson } from "./sign-in.ts";

const StoredKey = z.looseObject({ kty: z.literal("RSA"), alg: z.literal("RS256"), kid: z.string(), d: z.string() });

/**
 * Returns a signer with the given key, the stored key or a new key. A new key is stored; only the file's owner may read it.
 */
async function issuerWithKey({ issuer, key, keyFile }: { issuer: string; key?: JWK; keyFile?: string }) {
  const signer = new OAuth2Issuer();
  signer.url = issuer;
  const known = key ?? (keyFile && (await stored(keyFile)));
  if (known) {
    await signer.keys.add({ alg: "RS256", ...known });
    return signer;
  }
  const fresh = await signer.keys.generate("RS256", { kid: randomUUID() });
  if (keyFile) await store(keyFile, fresh);
  return signer;
}

/** Writes the whole file or nothing: a process killed during the write must not leave a broken key. */
async function store(keyFile: string, key: JWK): Promise<void> {
  await writeFile(`${keyFile}.draft`, JSON.stringify(key), { mode: 0o600 });
  await rename(`${keyFile}.draft`, keyFile);
}

async function stored(keyFile: string): Promise<z.infer<typeof StoredKey> | undefined> {
  const text = await readFile(keyFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return StoredKey.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${keyFile} holds no signing key any more: delete it, and a new one is made.`, { cause });
  }
}

/** Seconds for which the token of a program is valid, that of a person, and that by which a person’s is renewed. */
const lifetimes = { program: 3_600, person: 300, refresh: 8 * 3_600 };

type TokenClient = { name: string; clientId: string; clientSecret: string; scope: string; sub?: string };

export type TokenIssuerOptions = {
  port: number;
  /** The issuer that tokens name; it need not be the address of this server. */
  issuer: string;
  /** The audience that tokens name; undefined if they name none. */
  audience?: string | undefined;
  /** Several clients may share a client id and have different secrets. The secret then decides the token's `sub`. */
  clients: TokenClient[];
  /** Who may sign in by a code now. */
  people?: () => Promise<SignInPerson[]>;
  now: () => number;
  key?: JWK;
  /** Where the signing key is kept between runs, so that tokens outlive a restart. */
  keyFile?: string;
};

type TokenIssuer = {
  url: string;
  tokenEndpoint: string;
  keys(): Promise<{ keys: JWK[] }>;
  stop(): Promise<void>;
};

/**
 * Starts an OAuth 2 issuer for client credentials, and for people who sign in by a code. oauth2-mock-server keeps the key and signs. Its own token endpoint is not
 * used, because it grants every scope to every caller.
 */
export async function startTokenIssuer(options: TokenIssuerOptions): Promise<TokenIssuer> {
  const signer = await issuerWithKey(options);
  const keys = async () => ({ keys: signer.keys.toJSON() });
  let base = "";
  const clientOfIdToken = async (token: string) => {
    const claims = IdToken.safeParse(decoded(token)).data;
    // Its age does not count: a person who signs out late must not be asked either.
    const currentDate = claims && new Date(claims.iat * 1_000);
    const checked = jwtVerify(token, createLocalJWKSet(await keys()), { issuer: base, currentDate });
    return checked.then(
      () => claims?.aud,
      () => undefined,
    );
  };
  const signIn = createSignIn({ people: options.people ?? (async () => []), now: options.now, clientOfIdToken });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split("?")[0];
    allowPagesOfThisMachine(request, response);
    if (path === "/authorize") return sendPage(response, await signIn.authorize(request));
    if (path === "/end-session") return sendPage(response, await signIn.endSession(request));
    if (path === "/jwks") return sendJson(response, { status: 200, body: await keys() });
    if (path === "/.well-known/openid-configuration") return sendJson(response, { status: 200, body: discovery(base) });
    if (path !== "/token") return sendJson(response, { status: 404, body: { error: "not_found" } });
    send(response, await grant({ request, signer, options, signIn, base }));
  };
  const { url, stop } = await serveOnLoopback({ port: options.port, answer });
  base = url;
  return { url, tokenEndpoint: `${url}/token`, keys, stop };
}

/** Pages of this machine may call the issuer. The server has refused all other pages already. */
function allowPagesOfThisMachine({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
  if (origin === undefined) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "origin");
}

/** `issuer` is where the document is fetched, as clients demand. Tokens name the issuer of the province file. */
function discovery(base: string) {
  return {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    end_session_endpoint: `${base}/end-session`,
    jwks_uri: `${base}/jwks`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    grant_types_supported: ["client_credentials", "authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}

type TokenAnswer = { status: number; body: Record<string, unknown>; headers?: Record<string, string> };

const refusal = (status: number, error: string): TokenAnswer => ({ status, body: { error } });

function send(response: ServerResponse, { status, body, headers }: TokenAnswer): void {
  sendJson(response, { status, body, headers: { "cache-control": "no-store", ...headers } });
}

function sendPage(response: ServerResponse, { status, headers, body }: PageAnswer): void {
  response.writeHead(status, { "cache-control": "no-store", ...headers }).end(body);
}

type Grant = {
  request: IncomingMessage;
  signer: OAuth2Issuer;
  options: TokenIssuerOptions;
  signIn: ReturnType<typeof createSignIn>;
  base: string;
};

async function grant({ request, signer, options, signIn, base }: Grant): Promise<TokenAnswer> {
  if (request.method !== "POST") return { ...refusal(405, "invalid_request"), headers: { allow: "POST" } };
  const form = new URLSearchParams((await readBody({ request, limit: 16_384 }))?.toString() ?? "");
  if (form.get("grant_type") === "authorization_code") return grantByCode(form, { signer, options, signIn, base });
  if (form.get("grant_type") === "refresh_token") return grantByRefresh(form, { signer, options, signIn, base });
  const client = authenticated(request.headers.authorization, options.clients);
  if (!client)
    return {
      ...refusal(401, "invalid_client"),
      headers: { "www-authenticate": 'Basic realm="token", charset="UTF-8"' },
    };
  if (!form.has("grant_type")) return refusal(400, "invalid_request");
  if (form.get("grant_type") !== "client_credentials") return refusal(400, "unsupported_grant_type");
  const scope = grantedScope(form.get("scope"), client);
  if (scope === undefined) return refusal(400, "invalid_scope");
  const { audience, now } = { ...options, now: options.now() };
  const token = await sign({ signer, client, scope, audience, now, lifetime: lifetimes.program });
  return { status: 200, body: { access_token: token, token_type: "Bearer", expires_in: lifetimes.program, scope } };
}

type PeopleGrant = Omit<Grant, "request">;

async function grantByCode(form: URLSearchParams, grantOf: PeopleGrant): Promise<TokenAnswer> {
  const signedIn = grantOf.signIn.redeem(form);
  return signedIn ? grantToPerson(signedIn, grantOf) : refusal(400, "invalid_grant");
}

async function grantByRefresh(form: URLSearchParams, grantOf: PeopleGrant): Promise<TokenAnswer> {
  const { signer, base, options } = grantOf;
  const keys = createLocalJWKSet({ keys: signer.keys.toJSON() });
  const currentDate = new Date(options.now());
  const checked = await jwtVerify(form.get("refresh_token") ?? "", keys, { issuer: base, currentDate }).catch(
    () => undefined,
  );
  const token = RefreshToken.safeParse(checked?.payload).data;
  if (!token || token.aud !== form.get("client_id")) return refusal(400, "invalid_grant");
  return grantToPerson({ sub: token.sub, clientId: token.aud, asksForId: false }, grantOf);
}

type SignedIn = { sub: string; clientId: string; asksForId: boolean };

/** A token of the person, and one that renews it. It has every scope, as the scopes of people decide nothing. */
async function grantToPerson(
  { asksForId, ...person }: SignedIn,
  { signer, options, base }: PeopleGrant,
): Promise<TokenAnswer> {
  const scope = [...new Set(options.clients.flatMap((client) => client.scope.split(" ")))].join(" ");
  const client = { ...person, name: person.sub, clientSecret: "", scope };
  const { audience, now } = { ...options, now: options.now() };
  const token = await sign({ signer, client, scope, audience, now, lifetime: lifetimes.person });
  const own = { signer, issuer: base, now, ...person };
  const idToken = asksForId && { id_token: await signOwnToken({ ...own, typ: "ID", lifetime: lifetimes.program }) };
  const refresh = await signOwnToken({ ...own, typ: "Refresh", lifetime: lifetimes.refresh });
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: "Bearer",
      expires_in: lifetimes.person,
      refresh_token: refresh,
      scope,
      ...idToken,
    },
  };
}

function authenticated(authorization: string | undefined, clients: TokenClient[]): TokenClient | undefined {
  const encoded = /^basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (!encoded) return undefined;
  const [id = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  const secret = rest.join(":");
  const names = (client: TokenClient) =>
    [id, formDecoded(id)].includes(client.clientId) && [secret, formDecoded(secret)].includes(client.clientSecret);
  return clients.find(names);
}

/**
 * RFC 6749 requires id and secret to be form-encoded before they are joined. Many clients do not do so, so both forms are
 * accepted.
 */
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? text;
}

function grantedScope(asked: string | null, client: TokenClient): string | undefined {
  const owned = client.scope.split(" ");
  const wanted = asked?.split(" ").filter(Boolean) ?? [];
  if (wanted.length === 0) return client.scope;
  return wanted.every((scope) => owned.includes(scope)) ? wanted.join(" ") : undefined;
}

type Signing = {
  signer: OAuth2Issuer;
  client: TokenClient;
  scope: string;
  audience: string | undefined;
  now: number;
  lifetime: number;
};

function sign({ signer, client, scope, audience, now, lifetime }: Signing): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  return signer.buildToken({
    scopesOrTransform: (_, payload) => {
      Object.assign(payload, { iat: seconds, nbf: seconds, exp: seconds + lifetime, aud: audience, scope });
      Object.assign(payload, { sub: client.sub ?? client.clientId, client_id: client.clientId });
    },
  });
}

type OwnToken = {
  signer: OAuth2Issuer;
  issuer: string;
  sub: string;
  clientId: string;
  typ: "ID" | "Refresh";
  now: number;
  lifetime: number;
};

const IdToken = z.looseObject({ typ: z.literal("ID"), aud: z.string(), iat: z.number() });
const RefreshToken = z.looseObject({ typ: z.literal("Refresh"), aud: z.string(), sub: z.string() });

/**
 * A token that this issuer alone reads, as Keycloak makes it, without a name. Its issuer is the address of the discovery document, as
 * clients demand.
 */
function signOwnToken({ signer, issuer, sub, clientId, typ, now, lifetime }: OwnToken): Promise<string> {
  const iat = Math.floor(now / 1_000);
  return signer.buildToken({
    scopesOrTransform: (_, payload) => {
      Object.assign(payload, {
        iss: issuer,
        sub,
        aud: clientId,
        azp: clientId,
        typ,
        iat,
        nbf: iat,
        exp: iat + lifetime,
      });
    },
  });
}

function decoded(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
