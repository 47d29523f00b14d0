import { partitions } from "../runtime/keys.ts";
import { parseItem } from "../storage/readable.ts";
import { readItem, readPartition } from "../storage/table.ts";
import type { Instant } from "../time/calendar.ts";
import type { PersonRole } from "./people.ts";
import { agenciesSince, knownRoles, Registration, sinceForOwnAgencies } from "./registration.ts";

export const registrationKey = (sub: string) => ({ pk: partitions.people, sk: sub });

/**
 * How long the roles of a person are used without reading them again: half of the minute in which a removal must count. By the
 * date, since the clock of `performance` may stand still while Lambda keeps a function frozen.
 */
const rememberedMs = 30_000;
const remembered = new Map<string, { roles: PersonRole[]; until: number }>();

/** The roles of a person, as they were at most half a minute ago; none if nobody registered the person. */
export async function readRoles(sub: string): Promise<PersonRole[]> {
  const known = remembered.get(sub);
  if (known && Date.now() < known.until && Date.now() >= known.until - rememberedMs) return known.roles;
  remembered.delete(sub);
  const readAt = Date.now();
  const registration = await readRegistration(sub);
  const roles = registration ? knownRoles(registration) : [];
  if (roles.length > 0) remembered.set(sub, { roles, until: readAt + rememberedMs });
  return roles;
}

export async function readRegistration(sub: string): Promise<Registration | undefined> {
  const item = await readItem(registrationKey(sub));
  return item && parseItem(Registration, item);
}

/** An official, and the agencies at which the official has a role, or had one at `since` or later. */
type PersonInRole = { sub: string; agencies: string[] };

/** Each person who has this role. One read without pages: a province has few officials of a kind. */
export async function readPeopleInRole(wanted: PersonRole["role"], since: Instant): Promise<PersonInRole[]> {
  const registered = (await readPartition(partitions.people)).map((item) => parseItem(Registration, item));
  return registered
    .filter((one) => knownRoles(one).some(({ role }) => role === wanted))
    .map((one) => ({ sub: one.sk, agencies: agenciesSince(one, since) }));
}

/** The agencies at which a person has a role, or had one in the two years before `at`. */
export async function readOwnAgencies(sub: string, at: Instant): Promise<string[]> {
  const registration = await readRegistration(sub);
  return registration ? agenciesSince(registration, sinceForOwnAgencies(at)) : [];
}

/** After a change here: the next request reads the roles again. */
export const forgetRoles = (sub: string) => void remembered.delete(sub);
