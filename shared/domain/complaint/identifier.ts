import { timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { hmac } from "../digest.ts";
import { withoutSeparators } from "../text.ts";

/** Crockford's base32. It has no I, L, O and U, so that people who read a code aloud make few mistakes. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const idPattern = /^([A-Z]{2})([0-9A-HJKMNP-TV-Z]{8})([0-9A-HJKMNP-TV-Z])$/;

/**
 * A complaint's id, `QZ-7K3M-9XPT-Q`: the province's letters, eight Crockford base32 symbols, one check symbol (Luhn
 * mod 32). `parseComplaintId` also accepts lower case, digits of any script, any hyphens and spaces or none, invisible
 * characters, O for 0, and I or L for 1.
 */
export const ComplaintId = z.string().regex(/^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
export type ComplaintId = z.infer<typeof ComplaintId>;

/** The stored form of a typed id. Undefined where the typed text is not an id. */
export function parseComplaintId(typed: string): ComplaintId | undefined {
  const compact = withoutSeparators(typed).toUpperCase();
  const [, prefix, symbols, check] = idPattern.exec(compact.slice(0, 2) + normalizeSymbols(compact.slice(2))) ?? [];
  if (!prefix || !symbols || checkSymbol(symbols) !== check) return undefined;
  return format(prefix, symbols);
}

/** The start of a typed id, without hyphens, with or without the province's letters; undefined if it is none of an id. */
export function parseIdStart(typed: string): string | undefined {
  const symbols = normalizeSymbols(withoutSeparators(typed).toUpperCase());
  return /^[0-9A-HJKMNP-TV-Z]{4,11}$/.test(symbols) ? symbols : undefined;
}

export function hasIdStart(id: ComplaintId, start: string): boolean {
  const symbols = id.replaceAll("-", "");
  return symbols.startsWith(start) || symbols.slice(2).startsWith(start);
}

/** The form of a typed secret in which secrets are compared. */
function normalizeSecret(typed: string): string {
  return normalizeSymbols(withoutSeparators(typed).toUpperCase());
}

/**
 * Derives the id of a new complaint. The same client and idempotency key always give the same id, so a repeated filing
 * finds its complaint without a stored key.
 */
export function complaintId({ pepper, prefix, clientId, key, attempt }: Derivation): ComplaintId {
  return format(prefix, base32(hmac(pepper, "id", clientId, key, String(attempt))));
}
type Derivation = { pepper: string; prefix: string; clientId: string; key: string; attempt: number };

/** The secret of a complaint, `XXXX-XXXX`. It is derived, never stored, so that a repeated filing can return it again. */
export function complaintSecret(pepper: string, id: ComplaintId): string {
  const symbols = base32(hmac(pepper, "secret", id));
  return `${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}

/** Whether a typed secret is the complaint's, compared in constant time. */
export function isSecretOf({ pepper, id, typed }: { pepper: string; id: ComplaintId; typed: string }): boolean {
  const expected = hmac(pepper, "compare", normalizeSecret(complaintSecret(pepper, id)));
  return timingSafeEqual(expected, hmac(pepper, "compare", normalizeSecret(typed)));
}

/** The check symbol (Luhn mod 32). It detects every wrong symbol and every swap of neighbours except `0` and `Z`. */
export function checkSymbol(symbols: string): string {
  const sum = [...symbols].reverse().reduce((total, symbol, n) => {
    const doubled = alphabet.indexOf(symbol) * (n % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 32) + (doubled % 32);
  }, 0);
  return alphabet[(32 - (sum % 32)) % 32] ?? "";
}

function format(prefix: string, symbols: string): ComplaintId {
  return `${prefix}-${symbols.slice(0, 4)}-${symbols.slice(4)}-${checkSymbol(symbols)}`;
}

function normalizeSymbols(typed: string): string {
  return typed.replace(/O/g, "0").replace(/[IL]/g, "1");
}

/** The first 40 bits as eight symbols. */
function base32(bytes: Buffer): string {
  const bits = bytes.readUIntBE(0, 5);
  return Array.from({ length: 8 }, (_, n) => alphabet[Math.floor(bits / 32 ** (7 - n)) % 32]).join("");
}
