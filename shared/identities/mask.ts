import { hmacHex } from "../digest.ts";
import { withoutSeparators } from "../text.ts";
import { decodeEscapes, mergeSpans, type TextSpan } from "./decoded-text.ts";
import type { Identity, IsIdentityToken } from "./identity.ts";
import { emailAddresses, emailTokens } from "./masked-addresses.ts";
import { namesOfCitizen, nameTokens } from "./masked-names.ts";
import { numberTokens, personalNumbers } from "./masked-numbers.ts";

/** Replaces a name or a number. */
export const maskCharacters = "█████";

/**
 * Returns the tokens that texts are searched for: the words of the name, alone and two joined, the ends of the numbers,
 * the e-mail address, and the beginning of the address.
 */
export function identityTokens({ name = "", phone = "", nationalId = "", email }: Identity): string[] {
  const numbers = [phone, nationalId].flatMap((number) => numberTokens(withoutSeparators(number).replace("+", "")));
  return [...new Set([...nameTokens(name), ...numbers, ...(email ? emailTokens(email) : [])])];
}

/**
 * Returns the digests of an identity's tokens. Where the identity has fields but no token, it returns one digest of the
 * empty text. It shows that the complaint is not anonymous.
 */
export function identityDigestsOf(identity: Identity, digest: (token: string) => string): string[] {
  const tokens = identityTokens(identity);
  const hasFields = Object.values(identity).some((value) => value !== undefined);
  return (tokens.length === 0 && hasFields ? [""] : tokens).map(digest);
}

/**
 * Returns the keyed digest of a token. The complaint holds digests, because it may not hold the identity's own words.
 */
export function identityDigest(maskKey: string, token: string): string {
  return hmacHex(maskKey, "given", token).slice(0, 16);
}

/**
 * Masks a text: the citizen's name, numbers and e-mail address, and every other valid national id, phone number, bank
 * card, Sheba and e-mail address. Also masks these where they are encoded. Returns undefined if the text has none of
 * them.
 */
export function maskText(text: string, isGiven: IsIdentityToken): string | undefined {
  const decoded = decodeEscapes(text);
  const encodedSpans = decoded ? personalSpans(decoded.text, isGiven).map(decoded.placeOf) : [];
  const spans = [...personalSpans(text, isGiven), ...encodedSpans];
  return spans.length > 0 ? maskSpans(text, mergeSpans(spans)) : undefined;
}

function personalSpans(text: string, isGiven: IsIdentityToken): TextSpan[] {
  return [...emailAddresses(text, isGiven), ...personalNumbers(text, isGiven), ...namesOfCitizen(text, isGiven)];
}

function maskSpans(text: string, spans: TextSpan[]): string {
  const parts = spans.map(({ from }, n) => text.slice(spans[n - 1]?.to ?? 0, from) + maskCharacters);
  return parts.join("") + text.slice(spans.at(-1)?.to ?? 0);
}
