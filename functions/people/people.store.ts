import { isDeepStrictEqual } from "node:util";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Fault } from "#shared/fault.ts";
import type { Person, PersonRole } from "#shared/people/people.ts";
import { nameWrite, readPersonNames, readStoredName } from "#shared/people/person-names.store.ts";
import { formerAgenciesAfter, knownRoles, Registration } from "#shared/people/registration.ts";
import { forgetRoles, readRegistration, registrationKey } from "#shared/people/roles.store.ts";
import { admins } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { assertVersion } from "#shared/storage/commands.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { type Position, refuseForgedCursor, table } from "#shared/storage/table.ts";
import {
  conflict,
  ifNew,
  putWrite,
  retryOnConflict,
  unchangedSince,
  type Writes,
  writeTransaction,
} from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { auditWrite } from "../audit/audit.store.ts";

const attempts = 3;

/** A registered person, with the version of the registration; undefined if there is none. */
export async function readPerson(sub: string): Promise<(Person & { version: number }) | undefined> {
  const [registration, names] = await Promise.all([readRegistration(sub), readPersonNames([sub])]);
  if (!registration || knownRoles(registration).length === 0) return undefined;
  return { name: names.get(sub) ?? "", roles: knownRoles(registration), version: registration.version };
}

/** One page of the registered people, by their `sub`. */
export async function listPeople({ limit, from }: { limit: number; from: Position | undefined }) {
  const query = new QueryCommand({
    TableName: env("COMPLAINTS_TABLE"),
    KeyConditionExpression: "pk = :people",
    ExpressionAttributeValues: { ":people": partitions.people },
    ConsistentRead: true,
    ExclusiveStartKey: from,
    Limit: limit,
  });
  const { Items = [], LastEvaluatedKey } = await table
    .send(query)
    .catch((cause: Error) => refuseForgedCursor(from, cause));
  const registered = Items.map((item) => parseItem(Registration, item)).filter(({ roles }) => roles.length > 0);
  const names = await readPersonNames(registered.map(({ sk }) => sk));
  const items = registered.map((one) => ({
    sub: one.sk,
    name: names.get(one.sk) ?? "",
    roles: knownRoles(one),
    version: one.version,
  }));
  return { items, next: LastEvaluatedKey };
}

/** Who changes whom. Throws `not-registered` where `by` is no administrator any more. */
type PersonChange = { sub: string; by: { clientId: string; person: string }; now: string };
/** `ifMatch`: the versions of the registration that the admin accepts; absent for a new registration. */
type SavedPerson = PersonChange & { person: Person; ifMatch?: string[] | undefined };

/**
 * Registers a person, or changes the registration that has a version of `ifMatch`, and records it in the audit. Returns the version.
 * A repetition changes nothing. Throws `person-exists` for an account that somebody has, if the admin names no version, and
 * `version-outdated`.
 */
export async function savePerson({ sub, person, by, now, ifMatch }: SavedPerson): Promise<number> {
  const { name, roles } = person;
  const { version } = await changeRegistration({ sub, by, now }, async (before, at) => {
    const stored = await readStoredName(sub);
    const rolesBefore = before && before.roles.length > 0 ? knownRoles(before) : undefined;
    if (rolesBefore && stored?.name === name && isDeepStrictEqual(rolesBefore, roles)) return undefined;
    refuseOverwriting({ sub, name: stored?.name ?? "", ifMatch }, before);
    const audit = auditWrite({ type: "person-registered", at, ...by, sub, roles, rolesBefore });
    return { roles, writes: [nameWrite({ sub, name, stored, at }), audit] };
  });
  return version;
}

type Overwriting = Pick<SavedPerson, "sub" | "ifMatch"> & { name: string };

function refuseOverwriting({ sub, name, ifMatch }: Overwriting, before: Registration | undefined): void {
  if (ifMatch) assertVersion(before ?? { version: 0 }, ifMatch);
  else if (before && before.roles.length > 0) throw new Fault("person-exists", { values: { sub, name } });
}

/**
 * Takes all roles from a person, and records in the audit which they were. False if the person has none. The name stays, so that the audit and
 * the inspectors still read who acted.
 */
export async function removePerson({ sub, by, now }: PersonChange): Promise<boolean> {
  const { isChanged } = await changeRegistration({ sub, by, now }, async (before, at) => {
    if (!before || before.roles.length === 0) return undefined;
    const rolesBefore = knownRoles(before);
    return { roles: [], writes: [auditWrite({ type: "person-removed", at, ...by, sub, rolesBefore })] };
  });
  return isChanged;
}

type RegistrationChange = { roles: PersonRole[]; writes: Writes };
type Decide = (before: Registration | undefined, at: Instant) => Promise<RegistrationChange | undefined>;

/**
 * The condition that who changes others is still an administrator when the change is written: the roles of the request may be half a
 * minute old. Empty for an administrator of the province file, who has no registration. Throws `not-registered` for anybody else.
 */
async function stillAdmin(person: string): Promise<Writes> {
  if (admins.includes(person)) return [];
  const registration = await readRegistration(person);
  const roles = registration ? knownRoles(registration) : [];
  if (registration && roles.some(({ role }) => role === "admin")) {
    const check = { TableName: env("COMPLAINTS_TABLE"), Key: registrationKey(person) };
    return [{ ConditionCheck: { ...check, ...unchangedSince(registration.version) } }];
  }
  const reason = roles.length === 0 ? "person-unknown" : "role-missing";
  throw new Fault("not-registered", { reason, values: { sub: person } });
}

/**
 * Changes a registration, one change after the other: the audit has them in the order in which they took effect. Of two administrators
 * who remove each other at the same instant, the second finds that they are none any more.
 */
function changeRegistration(
  { sub, by: { person }, now }: PersonChange,
  decide: Decide,
): Promise<{ version: number; isChanged: boolean }> {
  return retryOnConflict(attempts, async () => {
    const before = await readRegistration(sub);
    const checks = await stillAdmin(person);
    const at = before && before.at >= now ? addMilliseconds(before.at, 1) : now;
    const change = await decide(before, at);
    const { version: versionBefore = 0 } = before ?? {};
    if (!change) return { version: versionBefore, isChanged: false };
    const { roles, writes } = change;
    const version = versionBefore + 1;
    const formerAgencies = formerAgenciesAfter(before, { roles, at });
    const item = { ...registrationKey(sub), roles, version, at, formerAgencies };
    const condition = before ? unchangedSince(before.version) : ifNew;
    // The condition of the put already covers administrators who change their own name.
    const conditions = sub === person ? [] : checks;
    if (await writeTransaction([putWrite(item, condition), ...writes, ...conditions])) return conflict;
    forgetRoles(sub);
    return { version, isChanged: true };
  });
}
