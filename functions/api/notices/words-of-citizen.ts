import type { CommandContext } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { recordIdentityRead } from "#shared/domain/complaint/confidential-commands.ts";
import type { PrincipalOf } from "#shared/domain/complaint/principal.ts";
import { invalidFault } from "#shared/domain/fault.ts";
import { auditWrite } from "#shared/persistence/audit.ts";
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

/** A text with a word of the citizen's answers a guess. So it stands in the log like a reading of the identity, and the citizen sees it. */
export function noteGuess(
  complaint: Complaint,
  { by, now, name }: CommandContext<PrincipalOf<"inspector">> & { name: string },
) {
  const { clientId, person } = by;
  const audit = auditWrite({ type: "identity-read", at: now, complaintId: complaint.id, clientId, person });
  return { entries: recordIdentityRead(complaint, { by, now, name }), additionalWrites: [audit] };
}
