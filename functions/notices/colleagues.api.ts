import { readOwnAgencies } from "#shared/people/roles.store.ts";
import type { Notice } from "./notice.ts";

/** Whether an official has a role at the employee's agency, or had one in the two years before the notice was opened. */
export async function readIsColleague({ agencyId, openedAt }: Notice, person: string): Promise<boolean> {
  return (await readOwnAgencies(person, openedAt)).includes(agencyId);
}
