import type { Complaint } from "../../../shared/domain/complaint.ts";
import { identityMark, maskFields } from "../../../shared/domain/mask.ts";
import { readPepper } from "../../../shared/store/pepper.ts";

/** Masks what a citizen wrote, for an agency that may not know who it is: the name is known here by its digests alone. */
export async function maskedFor(fields: Record<string, string | undefined>) {
  const pepper = await readPepper();
  return ({ identityShared, identityMarks }: Complaint) =>
    identityShared ? undefined : maskFields(fields, (word) => identityMarks.includes(identityMark(pepper, word)));
}
