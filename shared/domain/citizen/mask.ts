import { digest } from "../digest.ts";
import { bareSymbols } from "../text.ts";
import type { Identity, IsGiven } from "./citizen.ts";
import { decoded } from "./decoded.ts";
import { addresses, addressTokens } from "./masked-addresses.ts";
import { givenNames, nameTokens } from "./masked-names.ts";
import { numberTokens, personalNumbers } from "./masked-numbers.ts";
import { type Span, united } from "./span.ts";

/** What stands where a name or number was. */
export const blank = "█████";

/** What texts are searched for: the name's words, also two joined, the ends of the numbers, the e-mail address and its beginning. */
export function givenTokens({ name = "", phone = "", nationalId = "", email }: Identity): string[] {
  const numbered = [phone, nationalId].flatMap((number) => numberTokens(bareSymbols(number).replace("+", "")));
  return [...new Set([...nameTokens(name), ...numbered, ...(email ? addressTokens(email) : [])])];
}

/** The marks of what a citizen gave; one of nothing where it yields no token, so that it is known that somebody gave something. */
export function identityMarksOf(identity: Identity, mark: (token: string) => string): string[] {
  const tokens = givenTokens(identity);
  const isNamed = Object.values(identity).some((value) => value !== undefined);
  return (tokens.length === 0 && isNamed ? [""] : tokens).map(mark);
}

/** A keyed digest of such a token, for the complaint, which may not hold the token itself. */
export function identityMark(maskKey: string, token: string): string {
  return digest(maskKey, "given", token).slice(0, 16);
}

/**
 * The text with what the citizen gave blanked, and every valid national id, phone, bank card, Sheba and e-mail address,
 * whoever's it is; undefined where nothing had to be.
 */
export function maskText(text: string, isGiven: IsGiven): string | undefined {
  const opened = decoded(text);
  const inside = opened ? personal(opened.text, isGiven).map(opened.placeOf) : [];
  const spans = [...personal(text, isGiven), ...inside];
  return spans.length > 0 ? blanked(text, united(spans)) : undefined;
}

function personal(text: string, isGiven: IsGiven): Span[] {
  return [...addresses(text, isGiven), ...personalNumbers(text, isGiven), ...givenNames(text, isGiven)];
}

function blanked(text: string, spans: Span[]): string {
  const kept = spans.map(({ from }, n) => text.slice(spans[n - 1]?.to ?? 0, from) + blank);
  return kept.join("") + text.slice(spans.at(-1)?.to ?? 0);
}
