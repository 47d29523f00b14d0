import { hmacHex } from "../digest.ts";
import { withoutSeparators } from "../text.ts";
import { decodeEscapes, mergeSpans, type TextSpan } from "./decoded-text.ts";
import type { Identity, IsIdentityToken } from "./identity.ts";
import { emailAddresses, emailTokens } from "./masked-addresses.ts";
import { namesOfCitizen, nameTokens } from "./masked-names.ts";
import { numberTokens, personalNumbers } from "./masked-numbers.ts";

/** What stands where a name or number was. */
export const maskCharacters = "█████";

/**
 * What texts are searched for: the name's words, also two joined, the ends of the numbers, the e-mail address and its
 * beginning.
 */
export function identityTokens({ name = "", phone = "", nationalId = "", email }: Identity): string[] {
  const numbered = [phone, nationalId].flatMap((number) => numberTokens(withoutSeparators(number).replace("+", "")));
  return [...new Set([...nameTokens(name), ...numbered, ...(email ? emailTokens(email) : [])])];
}

/**
 * The marks of what a citizen gave; one of nothing where it yields no token, so that it is known that somebody gave
 * something.
 */
export function identityDigestsOf(identity: Identity, mark: (token: string) => string): string[] {
  const tokens = identityTokens(identity);
  const isNamed = Object.values(identity).some((value) => value !== undefined);
  return (tokens.length === 0 && isNamed ? [""] : tokens).map(mark);
}

/** A keyed digest of such a token, for the complaint, which may not hold the token itself. */
export function identityDigest(maskKey: string, token: string): string {
  return hmacHex(maskKey, "given", token).slice(0, 16);
}

/**
 * The text with what the citizen gave blanked, and every valid national id, phone, bank card, Sheba and e-mail address,
 * whoever's it is; undefined where nothing had to be.
 */
export function maskText(text: string, isGiven: IsIdentityToken): string | undefined {
  const opened = decodeEscapes(text);
  const inside = opened ? personalSpans(opened.text, isGiven).map(opened.placeOf) : [];
  const spans = [...personalSpans(text, isGiven), ...inside];
  return spans.length > 0 ? maskSpans(text, mergeSpans(spans)) : undefined;
}

function personalSpans(text: string, isGiven: IsIdentityToken): TextSpan[] {
  return [...emailAddresses(text, isGiven), ...personalNumbers(text, isGiven), ...namesOfCitizen(text, isGiven)];
}

function maskSpans(text: string, spans: TextSpan[]): string {
  const kept = spans.map(({ from }, n) => text.slice(spans[n - 1]?.to ?? 0, from) + maskCharacters);
  return kept.join("") + text.slice(spans.at(-1)?.to ?? 0);
}
