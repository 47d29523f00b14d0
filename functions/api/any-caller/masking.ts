import { identityMark } from "#shared/domain/citizen/mask.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { type MaskedTexts, maskTexts } from "#shared/domain/complaint/masked-texts.ts";
import { readMaskKey } from "#shared/store/secrets.ts";

/** The keyed digest by which a token is recognized, whoever reads it knowing nothing of it. */
export async function marker() {
  const maskKey = await readMaskKey();
  return (word: string) => identityMark(maskKey, word);
}

/**
 * Masks texts of citizens and inspectors for readers who may not know who complains; what the citizen gave is recognized
 * by its digests alone.
 */
export async function maskedFor(texts: MaskedTexts) {
  const mark = await marker();
  return ({ identityMarks }: Complaint) => maskTexts(texts, (word) => identityMarks.includes(mark(word)));
}

/**
 * Masks texts of an agency: by their form alone, whoever complains. Compared with what the citizen gave, an agency could
 * write guesses and read which were blanked.
 */
export function maskedByForm(texts: MaskedTexts): MaskedTexts | undefined {
  return maskTexts(texts, () => false);
}
