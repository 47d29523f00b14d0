import type { CommandContext } from "#shared/complaints/change.ts";
import { executeConfidentialCommand } from "#shared/complaints/commands.store.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { recordIdentityRead } from "#shared/complaints/confidential-commands.ts";
import { createTextMasker, maskByPattern } from "#shared/complaints/text-masker.store.ts";
import { Fault, invalidFault } from "#shared/fault.ts";
import { readSignedInName } from "#shared/people/person-names.store.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import { identityReadsPerDay } from "#shared/province/slices.static.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { auditWrite, countReads } from "../audit/audit.store.ts";
import type { Notice } from "./notice.ts";
import { readEmployeeNames } from "./notices.store.ts";

/** Throws `invalid` if a text has any number or address of a person: nobody needs one here, and the refusal then depends on no citizen. */
export function refuseNumbersOfPersons(texts: Record<string, string>): void {
  for (const [field, text] of Object.entries(texts))
    if (maskByPattern({ text })) throw invalidFault(field, "personal-number");
}

/**
 * Returns a function that tests an inspector's texts for words of the citizen's identity. The employee's name is not compared: citizen
 * and employee may have one name, and the employee knows the own name. Throws as `refuseNumbersOfPersons` does.
 */
export async function findWordsOfCitizen(
  texts: Record<string, string>,
  { employeeName }: { employeeName: string },
): Promise<(complaint: Complaint) => boolean> {
  refuseNumbersOfPersons(texts);
  const maskers = await Promise.all(
    comparedTexts(texts).map((text) => createTextMasker({ text }, { exceptName: employeeName })),
  );
  return (complaint) => maskers.some((mask) => mask(complaint) !== undefined);
}

/** Each text, and all together: half a name or a number in each field is a whole one for the reader. */
const comparedTexts = (texts: Record<string, string>) => {
  const each = Object.values(texts);
  return each.length > 1 ? [...each, each.join(" ")] : each;
};

/** The refusal of a text with a word of the citizen's identity confirms a guess. The log therefore records it like a reading of the identity, and the citizen sees it. */
export function noteGuess(
  complaint: Complaint,
  { by, now, name }: CommandContext<PrincipalOf<"inspector">> & { name: string },
) {
  const { clientId, person } = by;
  const audit = auditWrite({ type: "identity-read", at: now, complaintId: complaint.id, clientId, person });
  return { entries: recordIdentityRead(complaint, { by, now, name, comparedText: true }), additionalWrites: [audit] };
}

/** An employee's text, without numbers and addresses of people. It is never compared with the citizen's identity. */
export const maskedByForm = (text: string): string => maskByPattern({ text })?.text ?? text;

type CheckedTexts = {
  principal: PrincipalOf<"inspector" | "reviewer">;
  now: Instant;
  texts: Record<string, string>;
};

/**
 * Checks the texts that an inspector or the reviewer writes on a notice. Each attempt counts once as a reading of the identity,
 * before the comparison. A text with a word of the citizen's identity is refused and recorded where the citizen sees it.
 */
export function createWordCheck({ principal, now, texts }: CheckedTexts) {
  let counted: ReturnType<typeof countReads> | undefined;
  return {
    /** Throws `invalid`, `too-many-requests` and `names-citizen`. */
    async refuseWordsOfCitizen({ id, complaintId }: Pick<Notice, "id" | "complaintId">): Promise<void> {
      if (Object.keys(texts).length === 0) return;
      const employeeName = (await readEmployeeNames([id])).get(id) ?? "";
      const namesCitizen = await findWordsOfCitizen(texts, { employeeName });
      counted ??= countReads({ sub: principal.person, now, name: "identities", maximum: identityReadsPerDay });
      await counted;
      const complaint = await readHead(complaintId);
      if (!complaint || !namesCitizen(complaint)) return;
      const name = await readSignedInName(principal.person);
      const by = { ...principal, caller: "inspector" as const };
      await executeConfidentialCommand({ path: { id: complaintId }, principal: by, now }, (found, context) =>
        noteGuess(found, { ...context, name }),
      );
      throw new Fault("names-citizen");
    },
    quota: async () => (await counted)?.quota,
  };
}
