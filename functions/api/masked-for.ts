import type { Complaint } from "../../shared/domain/complaint.ts";
import type { MaskedTexts } from "../../shared/domain/event.ts";
import { identityMark, maskTexts } from "../../shared/domain/mask.ts";
import { readMaskKey } from "../../shared/store/secrets.ts";

/** Masks what anybody wrote, for those who may not know who complains: the name is known here by its digests alone. */
export async function maskedFor(texts: MaskedTexts) {
  const maskKey = await readMaskKey();
  return ({ identityMarks }: Complaint) =>
    maskTexts(texts, (word) => identityMarks.includes(identityMark(maskKey, word)));
}
