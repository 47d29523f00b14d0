import { identityMark } from "#shared/domain/citizen/mask.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { MaskedTexts } from "#shared/domain/complaint/masked-texts.ts";
import { maskTexts } from "#shared/domain/complaint/masked-texts.ts";
import { readMaskKey } from "#shared/store/secrets.ts";

/** Masks texts for readers who may not know who complains; what the citizen gave is recognized by its digests alone. */
export async function maskedFor(texts: MaskedTexts) {
  const maskKey = await readMaskKey();
  return ({ identityMarks }: Complaint) =>
    maskTexts(texts, (word) => identityMarks.includes(identityMark(maskKey, word)));
}
