import { identityMark } from "#shared/domain/citizen/mask.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type MaskedTexts, maskTexts } from "#shared/domain/complaint/masked-texts.ts";
import { readMaskKey } from "#shared/store/secrets.ts";

/**
 * Masks texts of citizens and inspectors for readers who may not know who complains; what the citizen gave is recognized
 * by its digests alone.
 */
export async function maskedFor(texts: MaskedTexts) {
  const maskKey = await readMaskKey();
  return ({ identityMarks }: Complaint) =>
    maskTexts(texts, (word) => identityMarks.includes(identityMark(maskKey, word)));
}

/**
 * Masks texts of an agency: by their form alone, whoever complains. Compared with what the citizen gave, an agency could
 * write guesses and read which were blanked.
 */
export function maskedByForm(texts: MaskedTexts): MaskedTexts | undefined {
  return maskTexts(texts, () => false);
}
