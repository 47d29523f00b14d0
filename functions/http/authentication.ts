import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { sandboxAgency } from "#shared/domain/complaint/directory.ts";
import { isSecretOf, parseComplaintId } from "#shared/domain/complaint/identifier.ts";
import type { Client, Principal } from "#shared/domain/complaint/principal.ts";
import { Fault, type FieldError } from "#shared/domain/fault.ts";
import { isRetired } from "#shared/domain/time/retirement.ts";
import { readPepper } from "#shared/persistence/secrets.ts";
import { callCentre, clients } from "#shared/province/slices.static.ts";
import { header } from "./request.ts";
import type { Authenticate } from "./route.ts";

/** For public routes: anybody may call. */
export const authenticateNobody: Authenticate = () => undefined;

/** The registered client of a token that the gateway has checked; the token's scope alone is not enough. */
export function authenticateByToken(caller: Exclude<Principal["caller"], "citizen">): Authenticate {
  return (event, now) => {
    const claims = claimsOf(event);
    const clientId = String(claims.client_id ?? claims.azp ?? "");
    const client = clientForCaller(caller, Object.hasOwn(clients, clientId) ? clients[clientId] : undefined);
    if (client?.caller !== caller) throw new Fault("not-registered");
    if (client.caller === "front-end" || client.caller === "agency") return { ...client, clientId };
    // Nothing waits for them to finish it: whoever comes after them reads and does the same.
    if (isRetired(client, now)) throw new Fault("not-registered", { reason: "client-retired" });
    const person = personOf(claims, clientId);
    return client.caller === "overseer" ? { ...client, clientId } : { ...client, clientId, person };
  };
}

/** One of the sandbox is its agency too, where it calls as one. */
function clientForCaller(caller: Client["caller"], client: Client | undefined): Client | undefined {
  const isSandboxes = client?.caller === "front-end" && client.sandbox;
  return isSandboxes && caller === "agency" ? { caller, agencyId: sandboxAgency } : client;
}

/**
 * A subject of OpenID Connect has at most 255 characters of ASCII. Spaces and invisible marks are refused too: they would
 * make a second person of the same name, with limits of its own.
 */
export const subjectPattern = /^[\x21-\x7e]{1,255}$/;

/** A token without a person names only an application, and all such tokens would pass for one person. */
function personOf({ sub }: Record<string, unknown>, clientId: string): string {
  if (typeof sub !== "string" || !subjectPattern.test(sub) || sub === clientId || Object.hasOwn(clients, sub))
    throw new Fault("not-registered");
  return sub;
}

function claimsOf(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;
  return authorizer?.jwt.claims ?? {};
}

/** The one front end that the province names to call citizens back. */
export const authenticateCallCentre: Authenticate = async (event, now) => {
  const principal = await authenticateByToken("front-end")(event, now);
  if (principal?.caller !== "front-end" || principal.clientId !== callCentre) throw new Fault("not-allowed");
  return principal;
};

/**
 * The citizen, proved by the secret alone: no read, so that how long a refusal takes tells nothing of the id. What is no id,
 * and a secret that was not sent, are refused as such: neither depends on any complaint.
 */
export const authenticateBySecret: Authenticate = async (event) => {
  const id = parseComplaintId(event.pathParameters?.id ?? "");
  const typed = header(event, "foad-secret");
  const errors: FieldError[] = [];
  if (!id) errors.push({ path: "id", rule: "complaint-id" });
  if (!typed) errors.push({ path: "Foad-Secret", rule: "missing" });
  if (!id || !typed) throw new Fault("invalid", { errors });
  if (!isSecretOf({ pepper: await readPepper(), id, typed })) throw new Fault("not-found");
  return { caller: "citizen", complaintId: id };
};
