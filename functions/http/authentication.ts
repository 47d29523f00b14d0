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

/** For public routes: every caller is accepted, and the request has no principal. */
export const authenticateNobody: Authenticate = () => undefined;

/**
 * Authenticates a client by its token, which the gateway has already checked. The client must be registered in the province
 * file as this kind of caller; the token's scope alone is not enough. Throws `not-registered`.
 */
export function authenticateByToken(caller: Exclude<Principal["caller"], "citizen">): Authenticate {
  return (event, now) => {
    const claims = claimsOf(event);
    const clientId = String(claims.client_id ?? claims.azp ?? "");
    const client = clientForCaller(caller, Object.hasOwn(clients, clientId) ? clients[clientId] : undefined);
    if (client?.caller !== caller) throw new Fault("not-registered");
    if (client.caller === "front-end" || client.caller === "agency") return { ...client, clientId };
    // A retired application of overseers, inspectors or admins has no open work: the same people use its successor.
    if (isRetired(client, now)) throw new Fault("not-registered", { reason: "client-retired" });
    const person = personOf(claims, clientId);
    return client.caller === "overseer" ? { ...client, clientId } : { ...client, clientId, person };
  };
}

/** A front end of the sandbox may also call the agencies' routes: there it acts as the sandbox agency. */
function clientForCaller(caller: Client["caller"], client: Client | undefined): Client | undefined {
  const isSandboxFrontEnd = client?.caller === "front-end" && client.sandbox;
  return isSandboxFrontEnd && caller === "agency" ? { caller, agencyId: sandboxAgency } : client;
}

/**
 * A subject of OpenID Connect has at most 255 ASCII characters. Spaces and invisible characters are refused too: with them
 * one person could appear as a second person with limits of its own.
 */
export const subjectPattern = /^[\x21-\x7e]{1,255}$/;

/** The person that a token names. A token without a person is refused: all users of an application would be one person. */
function personOf({ sub }: Record<string, unknown>, clientId: string): string {
  if (typeof sub !== "string" || !subjectPattern.test(sub) || sub === clientId || Object.hasOwn(clients, sub))
    throw new Fault("not-registered");
  return sub;
}

function claimsOf(event: APIGatewayProxyEventV2): Record<string, unknown> {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;
  return authorizer?.jwt.claims ?? {};
}

/** Authenticates the call centre: the one front end that the province file names to call citizens back. */
export const authenticateCallCentre: Authenticate = async (event, now) => {
  const principal = await authenticateByToken("front-end")(event, now);
  if (principal?.caller !== "front-end" || principal.clientId !== callCentre) throw new Fault("not-allowed");
  return principal;
};

/**
 * Authenticates a citizen by id and secret. It reads nothing from the table, so the time of a refusal does not reveal which
 * ids exist. Throws `not-found` for a wrong secret. Throws `invalid` for a malformed id or a missing secret: this answer does
 * not depend on any complaint.
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
