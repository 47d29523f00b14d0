import { Fault } from "#shared/fault.ts";
import { readOwnAgencies } from "#shared/people/roles.store.ts";
import type { Notice } from "./notice.ts";

/** Refuses an official who has a role at the employee's agency, or had one in the two years before the notice was opened. */
export async function refuseColleague({ agencyId, openedAt }: Notice, person: string): Promise<void> {
  if ((await readOwnAgencies(person, openedAt)).includes(agencyId))
    throw new Fault("conflict-of-interest", { reason: "had-role-at-agency" });
}
