import * as z from "zod";
import { daysWithoutRoleAtAgency } from "../policy-numbers.ts";
import { partitions } from "../runtime/keys.ts";
import { parseItem } from "../storage/readable.ts";
import { readItem, readPartition } from "../storage/table.ts";
import { Instant } from "../time/calendar.ts";
import { addMilliseconds, dayMs } from "../time/duration.ts";
import { PersonRole } from "./people.ts";

/** An agency at which a person had a role, and until when. */
const FormerAgency = z.object({ agencyId: z.string(), until: Instant });
export type FormerAgency = z.infer<typeof FormerAgency>;

/**
 * A person who was removed has no roles. `version` grows with each change, and `at` never goes back. `formerAgencies` has each
 * agency that an earlier version named and this one does not.
 */
export const Registration = z.object({
  sk: z.string(),
  roles: z.array(z.unknown()),
  version: z.int(),
  at: Instant,
  formerAgencies: z.array(FormerAgency).optional(),
});
export type Registration = z.infer<typeof Registration>;

export const registrationKey = (sub: string) => ({ pk: partitions.people, sk: sub });

const WithAgency = z.looseObject({ agencyId: z.string() });
const agenciesIn = (roles: readonly unknown[]) =>
  roles.flatMap((role) => WithAgency.safeParse(role).data?.agencyId ?? []);

/** The former agencies of a registration once it has these roles. */
export function formerAgenciesAfter(
  before: Registration | undefined,
  { roles, at }: { roles: readonly unknown[]; at: Instant },
): FormerAgency[] {
  const present = agenciesIn(roles);
  const left = agenciesIn(before?.roles ?? []).map((agencyId) => ({ agencyId, until: at }));
  const earlier = (before?.formerAgencies ?? []).filter(
    ({ agencyId }) => !left.some((one) => one.agencyId === agencyId),
  );
  return [...earlier, ...left].filter(({ agencyId }) => !present.includes(agencyId));
}

/** The agencies at which a person has a role, or had one at `since` or later. */
export const agenciesSince = ({ roles, formerAgencies = [] }: Registration, since: Instant): string[] => [
  ...agenciesIn(roles),
  ...formerAgencies.flatMap(({ agencyId, until }) => (until >= since ? agencyId : [])),
];

/** Roles that only a newer version of this code knows are left out. */
export const knownRoles = ({ roles }: Registration) => roles.flatMap((one) => PersonRole.safeParse(one).data ?? []);

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

/** From when on a role at an agency keeps somebody from judging what happened, or was opened, at `at`. */
export const sinceForOwnAgencies = (at: Instant): Instant => addMilliseconds(at, -daysWithoutRoleAtAgency * dayMs);

/** After a change here: the next request reads the roles again. */
export const forgetRoles = (sub: string) => void remembered.delete(sub);
