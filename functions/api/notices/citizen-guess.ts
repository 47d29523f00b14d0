import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { recordIdentityRead } from "#shared/domain/complaint/confidential-commands.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { Fault, invalidFault } from "#shared/domain/fault.ts";
import { auditWrite, countReads } from "#shared/persistence/audit.ts";
import { executeConfidentialCommand } from "#shared/persistence/complaints/moves.ts";
import { readSignedInName } from "#shared/persistence/person-names.ts";
import { identityReadsPerDay } from "#shared/province/slices.static.ts";
import { createTextMasker, maskByPattern } from "../complaints/masking.ts";

/**
 * Returns a function that says whether texts of an inspector have a word of a complaint's identity. Throws `invalid` where a text has
 * any number or address of a person: nobody needs one here, and the refusal then depends on no citizen.
 */
export async function findWordsOfCitizen(texts: Record<string, string>): Promise<(complaint: Complaint) => boolean> {
  for (const [field, text] of Object.entries(texts))
    if (maskByPattern({ text })) throw invalidFault(field, "personal-number");
  const maskers = await Promise.all(Object.values(texts).map((text) => createTextMasker({ text })));
  return (complaint) => maskers.some((mask) => mask(complaint) !== undefined);
}

/**
 * A text with something that the citizen gave is refused, and the refusal answers a guess. So it counts like a reading of the
 * identity, and the citizen sees it.
 */
export async function refuseGuess(
  id: string,
  { principal, now }: { principal: PrincipalOf<"inspector">; now: string },
): Promise<never> {
  const { clientId, person } = principal;
  await countReads({ sub: person, now, name: "identities", maximum: identityReadsPerDay });
  const name = await readSignedInName(person);
  await executeConfidentialCommand({ path: { id }, principal, now }, (found, context) => {
    const entry = recordIdentityRead(found, { ...context, name });
    const audit = auditWrite({ type: "identity-read", at: entry.at, complaintId: id, clientId, person });
    return { entries: entry, additionalWrites: [audit] };
  });
  throw new Fault("names-citizen");
}
