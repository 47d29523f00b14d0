import * as z from "zod";
import { daysWithoutRoleAtAgency } from "../policy-numbers.ts";
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

/** From when on a role at an agency keeps somebody from judging what happened, or was opened, at `at`. */
export const sinceForOwnAgencies = (at: Instant): Instant => addMilliseconds(at, -daysWithoutRoleAtAgency * dayMs);

/** A name, and the instant at which another took its place. */
const FormerName = z.object({ name: z.string(), until: Instant });
/** The name of a person, as it is stored. */
export const StoredName = z.object({ pk: z.string(), name: z.string(), formerNames: z.array(FormerName).optional() });
export type StoredName = z.infer<typeof StoredName>;

/** The name of a person at an instant. */
export const nameAt = ({ name, formerNames = [] }: StoredName, at: Instant): string =>
  formerNames.find(({ until }) => at < until)?.name ?? name;
