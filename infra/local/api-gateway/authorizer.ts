import type { IncomingMessage } from "node:http";
import { createLocalJWKSet, decodeProtectedHeader, errors, type JWK, type JWTPayload, jwtVerify } from "jose";
import { type Reply, refusal } from "./reply.ts";
import type { Route } from "./routes.ts";

export type Authorizer = { issuer: string; audience: string[] };

export type Keys = () => Promise<{ keys: JWK[] }>;

/** What a function learns of the token: every claim as text, and those of the token's scopes that opened the route. */
export type JwtContext = { claims: Record<string, string>; scopes: string[] | null };

type Door = {
  request: IncomingMessage;
  route: Route;
  options: { definition: { authorizer?: Authorizer }; keys: Keys; now(): number };
};

type Verdict = { refused: Reply; jwt?: undefined } | { refused?: undefined; jwt: JwtContext | undefined };

/** Does what the JWT authorizer of an HTTP API does: checks the token, and that it has a scope of the route. */
export async function authorize({ request, route, options }: Door): Promise<Verdict> {
  if (route.authorizer === "NONE") return { jwt: undefined };
  const token = tokenOf(request);
  if (!token) return { refused: unauthorized(route) };
  const { authorizer } = options.definition;
  if (!authorizer) return { refused: refusal(500, "Internal Server Error") };
  const checked = await claimsOf({ token, authorizer, keys: options.keys, now: options.now() });
  if (typeof checked === "string") return { refused: unauthorized(route, checked) };
  const scopes = route.scopes.filter((scope) => scopesOf(checked).includes(scope));
  if (route.scopes.length > 0 && scopes.length === 0) return { refused: forbidden(route) };
  return { jwt: { claims: asTexts(checked), scopes: route.scopes.length > 0 ? scopes : null } };
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = request.headers.authorization?.trim() ?? "";
  const token = /^bearer\s/i.test(header) ? header.slice(7).trim() : header;
  return token && !/\s/.test(token) ? token : undefined;
}

type Check = { token: string; authorizer: Authorizer; keys: Keys; now: number };

/** The token's claims, or why it is refused. */
async function claimsOf({ token, authorizer, keys, now }: Check): Promise<JWTPayload | string> {
  const known = createLocalJWKSet(await keys());
  try {
    if (!decodeProtectedHeader(token).kid) return "the token has no key id";
    const { payload } = await jwtVerify(token, known, {
      algorithms: ["RS256"],
      issuer: authorizer.issuer,
      currentDate: new Date(now),
      requiredClaims: ["exp"],
    });
    return refusedClaim({ payload, authorizer, now }) ?? payload;
  } catch (error) {
    return descriptionOf(error);
  }
}

/** Which claim AWS would refuse, if any. It looks at `client_id` only where a token names no audience. */
function refusedClaim({ payload, authorizer, now }: { payload: JWTPayload; authorizer: Authorizer; now: number }) {
  const named = payload.aud ?? payload.client_id;
  const audience = [named].flat().filter((one) => typeof one === "string");
  if (!audience.some((one) => authorizer.audience.includes(one))) return "the token does not have a valid audience";
  if ((payload.iat ?? 0) * 1_000 > now) return "the token was issued in the future";
  return undefined;
}

const DESCRIPTIONS: Record<string, string> = {
  ERR_JWT_EXPIRED: "the token has expired",
  ERR_JWKS_NO_MATCHING_KEY: "unable to find the signing key",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "the token's signature is invalid",
  ERR_JOSE_ALG_NOT_ALLOWED: "the token's signing method is invalid",
};

function descriptionOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `the token does not have a valid ${error.claim}`;
  const code = error instanceof errors.JOSEError ? error.code : "";
  return DESCRIPTIONS[code] ?? "the token could not be read";
}

function unauthorized(route: Route, description?: string): Reply {
  const error =
    description && ` scope="${route.scopes.join(" ")}" error="invalid_token" error_description="${description}"`;
  return refusal(401, "Unauthorized", { "www-authenticate": `Bearer${error ?? ""}` });
}

function forbidden(route: Route): Reply {
  const challenge = `Bearer scope="${route.scopes.join(" ")}" error="insufficient_scope"`;
  return refusal(403, "Forbidden", { "www-authenticate": challenge });
}

function scopesOf(payload: JWTPayload): string[] {
  const claim = payload.scope ?? payload.scp;
  return [claim].flat().flatMap((one) => (typeof one === "string" ? one.split(" ") : []));
}

function asTexts(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
}

/** The gateway prints values as Go does: [a b] for a list, map[k:v] for an object. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asText).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `map[${Object.entries(value)
    .map(([key, one]) => `${key}:${asText(one)}`)
    .join(" ")}]`;
}
