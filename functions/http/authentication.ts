import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { isLivingSecret } from "#shared/complaints/living-secrets.store.ts";
import { Fault, type FieldError } from "#shared/fault.ts";
import { parseComplaintId } from "#shared/identifier.ts";
import { type PersonRole, roleFor, subjectPattern } from "#shared/people/people.ts";
import type { Principal } from "#shared/people/principal.ts";
import { readRoles } from "#shared/people/roles.store.ts";
import { type Client, overseenBy } from "#shared/province/clients.ts";
import { sandboxAgency } from "#shared/province/directory.ts";
import { isRetired } from "#shared/province/retirement.ts";
import {
  admins,
  callCentre,
  clients,
  escalationLevels,
  idPrefixes,
  peopleClients,
} from "#shared/province/slices.static.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { header } from "./request.ts";
import type { Authenticate } from "./route.ts";

/** For public routes: every caller is accepted, and the request has no principal. */
export const authenticateNobody: Authenticate = () => undefined;

type CallerWithToken = Exclude<Principal["caller"], "citizen" | "employee">;
type Claims = Record<string, unknown>;
type CheckedToken = { clientId: string; claims: Claims; now: string; isReading: boolean };

/**
 * Authenticates a caller by its token, which the gateway has already checked. A token of a client through which people sign in
 * stands for the person of its `sub`; any other token stands for the program of its client id. Throws `not-registered`.
 */
export function authenticateByToken(caller: CallerWithToken): Authenticate {
  return (event, now) => {
    const claims = claimsOf(event);
    const isReading = event.requestContext.http.method === "GET";
    const token = { clientId: String(claims.client_id ?? claims.azp ?? ""), claims, now, isReading };
    return peopleClients.includes(token.clientId)
      ? authenticatePerson(caller, token)
      : authenticateProgram(caller, token);
  };
}

/**
 * A program must be registered in the province file as this kind of caller, and its token must have the scope of the route: the
 * gateway accepts every scope of ours, since it cannot tell people from programs.
 */
function authenticateProgram(caller: CallerWithToken, { clientId, claims, now }: CheckedToken): Principal {
  const client = clientForCaller(caller, Object.hasOwn(clients, clientId) ? clients[clientId] : undefined);
  if (client?.caller !== caller || !scopesOf(claims).includes(`foad/${caller}`)) throw new Fault("not-registered");
  // A retired application of an overseer has no open work: the same people use its successor.
  if (client.caller === "overseer" && isRetired(client, now))
    throw new Fault("not-registered", { reason: "client-retired" });
  return { ...client, clientId };
}

/** A person acts as an admin registered them, through any client. The scopes of the token decide nothing. */
async function authenticatePerson(
  caller: CallerWithToken,
  { clientId, claims, isReading }: CheckedToken,
): Promise<Principal> {
  // Front ends are programs. Their functions have no right to read what people may do.
  if (caller === "front-end") throw new Fault("not-registered");
  const person = personOf(claims, clientId);
  const roles = await rolesOf(person);
  if (roles.length === 0) throw new Fault("not-registered", { reason: "person-unknown", values: { sub: person } });
  if (caller === "person") return { caller, clientId, person, roles };
  const role = roleFor(roles, caller);
  // An agency's head reads alone.
  if (!role || (role.role === "head" && !isReading))
    throw new Fault("not-registered", { reason: "role-missing", values: { sub: person } });
  const acting = { clientId, person };
  switch (role.role) {
    case "officer":
      return { caller: "agency", ...acting, agencyId: role.agencyId, personnelId: role.personnelId };
    case "head":
      return { caller: "agency", ...acting, agencyId: role.agencyId, readsOnly: true };
    case "overseer":
      return {
        caller: "overseer",
        ...acting,
        ...overseenBy({ escalationLevels }, role),
      };
    case "personnel":
      return { caller: "personnel", ...acting, agencyId: role.agencyId };
    case "inspector":
    case "admin":
    case "reviewer":
      return { caller: role.role, ...acting };
  }
}

/** The roles that an admin registered. An admin of the province file is an admin and nothing else. */
const rolesOf = async (person: string): Promise<PersonRole[]> =>
  admins.includes(person) ? [{ role: "admin" }] : readRoles(person);

/** A front end of the sandbox may also call the agencies' routes: there it acts as the sandbox agency. */
function clientForCaller(caller: CallerWithToken, client: Client | undefined): Client | undefined {
  const isSandboxFrontEnd = client?.caller === "front-end" && client.sandbox;
  return isSandboxFrontEnd && caller === "agency" ? { caller, agencyId: sandboxAgency } : client;
}

/** The person that a token names. A token without a person is refused: all users of an application would be one person. */
function personOf({ sub }: Claims, clientId: string): string {
  if (typeof sub !== "string" || !subjectPattern.test(sub) || sub === clientId || Object.hasOwn(clients, sub))
    throw new Fault("not-registered");
  return sub;
}

/** The scopes of a token: a text, or a list that the gateway writes as `[one other]`. */
function scopesOf({ scope, scp }: Claims): string[] {
  return String(scope ?? scp ?? "").split(/[\s,[\]]+/);
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
 * Authenticates a citizen by id and secret. A refusal takes the same time for every id and every secret (`isLivingSecret`), so
 * it does not reveal which ids exist. Throws `not-found` for a wrong secret, or one that was renewed. Throws `invalid` for a
 * malformed id or a missing secret: this answer does not depend on any complaint.
 */
export const authenticateBySecret: Authenticate = async (event) => {
  const id = parseComplaintId(event.pathParameters?.id ?? "", idPrefixes);
  const typed = header(event, "foad-secret");
  const errors: FieldError[] = [];
  if (!id) errors.push({ path: "id", rule: "complaint-id" });
  if (!typed) errors.push({ path: "Foad-Secret", rule: "missing" });
  if (!id || !typed) throw new Fault("invalid", { errors });
  if (!(await isLivingSecret({ pepper: await readPepper(), id, typed }))) throw new Fault("not-found");
  return { caller: "citizen", complaintId: id };
};
