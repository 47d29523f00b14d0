import type { Complaint } from "./complaint.ts";
import type { Directory } from "./directory.ts";
import type { PrincipalOf } from "./principal.ts";

/**
 * The agency at which programs are tried on the deployed province. It stands in no directory, so that nothing lists,
 * counts, publishes or mails it; its complaints climb no ladder, are on no desk and lapse.
 */
export const sandboxAgency = "sandbox";

/** A complaint that was filed to try a program. It is filed at the sandbox and never leaves it, so the agency tells. */
export function isSandbox({ agencyId }: Pick<Complaint, "agencyId">): boolean {
  return agencyId === sandboxAgency;
}

/** What a filing or a transfer inside the sandbox may name: the province's counties and categories, and no other agency. */
export function inSandbox(directory: Directory): Directory {
  const countyIds = directory.counties.map(({ id }) => id);
  return { ...directory, agencies: [{ id: sandboxAgency, countyIds, offices: [] }] };
}

/** What a front end may name. */
export function directoryFor({ sandbox }: PrincipalOf<"front-end">, directory: Directory): Directory {
  return sandbox ? inSandbox(directory) : directory;
}

/**
 * Who files, and where the citizen is mailed. In the sandbox nobody is, or trials would use up how many complaints may mail
 * an address.
 */
export function senderOf(
  { clientId, sandbox }: PrincipalOf<"front-end">,
  citizen: { email?: string | undefined } = {},
) {
  return { clientId, email: sandbox ? undefined : citizen.email };
}
