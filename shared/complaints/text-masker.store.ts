import * as z from "zod";
import { identityDigest } from "../identities/mask.ts";
import { nameTokens } from "../identities/masked-names.ts";
import { readMaskKey } from "../storage/secrets.ts";
import { Name } from "../vocabulary.ts";
import type { Complaint } from "./complaint.ts";
import { type MaskedTexts, maskTexts } from "./event.ts";

export const Notes = z.array(Name);

/**
 * Notes that a front end shows to the citizen before and after filing. They warn of identifying details that no mask can
 * find.
 */
export const filingNotes: z.infer<typeof Notes> = [
  {
    fa: "نام، کد ملی، شمارهٔ تلفن، کارت، شبا و رایانامهٔ شما در متن برای دستگاه پوشانده می‌شود؛ نشانی خانه، پلاک خودرو، نام بستگان، شغل و محل کار پوشانده نمی‌شود. آن‌ها را ننویسید.",
    en: "Your name, national id, phone, card, Sheba (IBAN) and e-mail address are blanked for the agency wherever you write them; home address, number plate, relatives, occupation and place of work are not. Do not write them.",
  },
  {
    fa: "آنچه تنها شما می‌دانید، مانند روز و ساعت دقیق مراجعه و شمارهٔ پرونده، نیز می‌تواند شما را بشناساند. تنها تا جایی که لازم است بنویسید.",
    en: "What only you can know, such as the exact day and hour of your visit or a file number, may tell who you are. Write no more of it than is needed.",
  },
];

/**
 * Returns a function that makes the keyed digest of a word of an identity. With the digests, identifying words in a text can
 * be found; nobody can read the identity from them.
 */
export async function createIdentityDigester() {
  const maskKey = await readMaskKey();
  return (word: string) => identityDigest(maskKey, word);
}

/**
 * Returns a function that masks texts of citizens and inspectors for readers who may not know the complainant. A word that
 * belongs to the complaint's identity is recognized by its digest, without reading the identity. `exceptName`: a name whose words are
 * not compared.
 */
export async function createTextMasker(texts: MaskedTexts, { exceptName = "" } = {}) {
  const digestOf = await createIdentityDigester();
  const excepted = new Set(nameTokens(exceptName));
  return ({ identityDigests }: Complaint) =>
    maskTexts(texts, (word) => !excepted.has(word) && identityDigests.includes(digestOf(word)));
}

/**
 * Masks texts of an agency or an overseer by their pattern alone, such as phone numbers. They are not compared with the
 * citizen's identity: the writer could otherwise write guesses and see which of them are masked.
 */
export function maskByPattern(texts: MaskedTexts): MaskedTexts | undefined {
  return maskTexts(texts, () => false);
}
