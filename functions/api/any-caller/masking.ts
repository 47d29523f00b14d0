import { identityMark } from "#shared/domain/citizen/mask.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { MaskedTexts } from "#shared/domain/complaint/masked-texts.ts";
import { maskTexts } from "#shared/domain/complaint/masked-texts.ts";
import { readMaskKey } from "#shared/store/secrets.ts";

/** Masks what anybody wrote, for those who may not know who complains: the name is known here by its digests alone. */
export async function maskedFor(texts: MaskedTexts) {
  const maskKey = await readMaskKey();
  return ({ identityMarks }: Complaint) =>
    maskTexts(texts, (word) => identityMarks.includes(identityMark(maskKey, word)));
}
