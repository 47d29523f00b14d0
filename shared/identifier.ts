import { timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { hmac } from "./digest.ts";
import { mostSecretGenerations } from "./policy-numbers.ts";
import { withoutSeparators } from "./text.ts";

/** Crockford's base32. It has no I, L, O and U, so that people who read a code aloud make few mistakes. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const idPattern = /^([A-Z]{2})([0-9A-HJKMNP-TV-Z]{8})([0-9A-HJKMNP-TV-Z])$/;

/**
 * A complaint's id, `QZ-7K3M-9XPT-Q`: the province's letters, eight Crockford base32 symbols, one check symbol (Luhn
 * mod 32). `parseComplaintId` also accepts the phone id, lower case, digits of any script, any hyphens and spaces or none, invisible
 * characters, O for 0, and I or L for 1.
 */
export const ComplaintId = z.string().regex(/^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);
export type ComplaintId = z.infer<typeof ComplaintId>;

/** How the ids of one province begin: two letters, or two digits where the id is typed on a keypad. */
export type IdPrefixes = { idPrefix: string; phonePrefix: string };

/** The stored form of a typed id or phone id. Undefined if the typed text is neither, or another province's phone id. */
export function parseComplaintId(typed: string, prefixes: IdPrefixes): ComplaintId | undefined {
  const compact = withoutSeparators(typed).toUpperCase();
  if (/^\d{16}$/.test(compact)) return idOfPhoneId(compact, prefixes);
  const [, prefix, symbols, check] = idPattern.exec(compact.slice(0, 2) + normalizeSymbols(compact.slice(2))) ?? [];
  if (!prefix || !symbols || checkSymbol(symbols) !== check) return undefined;
  return format(prefix, symbols);
}

/**
 * A complaint's id for a keypad, `28026-10412-233865`: the province's two digits, the id's eight symbols as 13 decimal
 * digits, and a check digit. It is the same complaint under another name, and no more secret than the id.
 */
export const PhoneId = z.string().regex(/^\d{5}-\d{5}-\d{6}$/);
export type PhoneId = z.infer<typeof PhoneId>;

/** The phone id of an id. */
export function phoneIdOf(id: ComplaintId, { phonePrefix }: Pick<IdPrefixes, "phonePrefix">): PhoneId {
  const decimal = String(numberOf(id.replaceAll("-", "").slice(2, 10))).padStart(13, "0");
  const digits = phonePrefix + decimal;
  const all = digits + phoneCheckDigit(digits);
  return `${all.slice(0, 5)}-${all.slice(5, 10)}-${all.slice(10)}`;
}

function idOfPhoneId(digits: string, { idPrefix, phonePrefix }: IdPrefixes): ComplaintId | undefined {
  const number = Number(digits.slice(2, 15));
  const isOurs = digits.startsWith(phonePrefix) && number < 2 ** 40;
  if (!isOurs || phoneCheckDigit(digits.slice(0, 15)) !== digits.at(15)) return undefined;
  return format(idPrefix, symbolsOf(number));
}

/**
 * The check digit of a phone id: the digit of Luhn plus five, modulo ten. It detects every wrong digit and every swap of
 * neighbours except `0` and `9`. With the five added, no phone id is a valid number of a bank card, which also has 16
 * digits: people must not get used to dictating card numbers on the phone.
 */
export function phoneCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, n) => {
    const doubled = Number(digit) * (n % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return String((15 - (sum % 10)) % 10);
}

/**
 * The start of a typed id, without hyphens, with or without the province's letters; or the whole id, of a typed phone id.
 * Undefined if the text is no start of an id.
 */
export function parseIdStart(typed: string, prefixes: IdPrefixes): string | undefined {
  const whole = parseComplaintId(typed, prefixes);
  if (whole) return whole.replaceAll("-", "");
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

/** The id of a notice to an employee, `N-7K3M-9XPT-Q`: eight symbols and their check symbol, like a complaint's id. */
export const NoticeId = z.string().regex(/^N-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);

/** A new id of a notice, made of at least five random bytes. */
export function noticeIdOf(random: Buffer): string {
  return format("N", base32(random));
}

/** The stored form of a typed id of a notice; undefined if it is none. */
export function parseNoticeId(typed: string): string | undefined {
  const [, symbols = "", check] = /^N([0-9A-HJKMNP-TV-Z]{8})([0-9A-HJKMNP-TV-Z])$/.exec(normalizeNoticeId(typed)) ?? [];
  return check !== undefined && checkSymbol(symbols) === check ? format("N", symbols) : undefined;
}

function normalizeNoticeId(typed: string): string {
  const compact = withoutSeparators(typed).toUpperCase();
  return compact.slice(0, 1) + normalizeSymbols(compact.slice(1));
}

/** No province has the letters `IS`, because its letters contain no I. An id of an issue is therefore never an id of a complaint, and the ids of their events have one form. */
const issuePrefix = "IS";

/** The id of an issue, `IS-7K3M-9XPT-Q`: eight symbols and their check symbol, like a complaint's id. */
export const IssueId = z.string().regex(/^IS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/);

/** A new id of an issue, made of at least five bytes. */
export const issueIdOf = (bytes: Buffer): string => format(issuePrefix, base32(bytes));

export const isIssueId = (id: string): boolean => id.startsWith(`${issuePrefix}-`);

/** The stored form of a typed id of an issue; undefined if it is none. */
export function parseIssueId(typed: string): string | undefined {
  const compact = withoutSeparators(typed).toUpperCase();
  const [, prefix, symbols, check] = idPattern.exec(compact.slice(0, 2) + normalizeSymbols(compact.slice(2))) ?? [];
  if (prefix !== issuePrefix || !symbols || checkSymbol(symbols) !== check) return undefined;
  return format(issuePrefix, symbols);
}

/**
 * A new id of an event as the front end knows it that filed the complaint, `QZ-7K3M-9XPT-Q/T5W9GC1R`, made of at least five random
 * bytes. It has no number: a gap would tell of events that the front end does not get, such as a visit.
 */
export const frontEndEventIdOf = (complaintId: ComplaintId, random: Buffer): string =>
  `${complaintId}/${base32(random)}`;

/** The two forms of a complaint's secret: the one that is written, and the one for a keypad. */
export const ComplaintSecrets = z.object({ secret: z.string(), phoneSecret: z.string() });
export type ComplaintSecrets = z.infer<typeof ComplaintSecrets>;

/**
 * Derives the id of a new complaint. The same client and idempotency key always give the same id, so a repeated filing
 * finds its complaint without a stored key.
 */
export function complaintId({ pepper, prefix, clientId, key, attempt }: Derivation): ComplaintId {
  return format(prefix, base32(hmac(pepper, "id", clientId, key, String(attempt))));
}
type Derivation = { pepper: string; prefix: string; clientId: string; key: string; attempt: number };

/**
 * The secret of a complaint, `XXXX-XXXX`, and the one for a keypad, `1234-5678-9012`. They are derived, never stored, so that a
 * repeated filing can return them again. Neither can be computed from the other. `generation`: 0 for the secret of the
 * filing, one more with each renewal.
 */
export function complaintSecrets(pepper: string, id: ComplaintId, generation = 0): ComplaintSecrets {
  const parts = generation === 0 ? [id] : [id, String(generation)];
  const symbols = base32(hmac(pepper, "secret", ...parts));
  const digits = decimalDigits(hmac(pepper, "phone-secret", ...parts));
  return {
    secret: `${symbols.slice(0, 4)}-${symbols.slice(4)}`,
    phoneSecret: `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`,
  };
}

/**
 * The generation of a typed secret among the complaint's secrets; undefined if it is none of them. Every generation is compared, in
 * constant time. Twelve digits are compared with the phone secrets alone and everything else with the secrets alone, so
 * that a guess tries one form. The work is the same for both.
 */
export function secretGenerationOf({ pepper, id, typed }: TypedSecret): number | undefined {
  const digest = (text: string) => hmac(pepper, "compare", normalizeSecret(text));
  const given = digest(typed);
  const isTypedOnKeypad = /^\d{12}$/.test(normalizeSecret(typed));
  const matches = Array.from({ length: mostSecretGenerations }, (_, generation) => {
    const { secret, phoneSecret } = complaintSecrets(pepper, id, generation);
    const [isSecret, isPhoneSecret] = [
      timingSafeEqual(given, digest(secret)),
      timingSafeEqual(given, digest(phoneSecret)),
    ];
    return isTypedOnKeypad ? isPhoneSecret : isSecret;
  });
  const generation = matches.indexOf(true);
  return generation < 0 ? undefined : generation;
}
export type TypedSecret = { pepper: string; id: ComplaintId; typed: string };

/** The check symbol (Luhn mod 32). It detects every wrong symbol and every swap of neighbours except `0` and `Z`. */
export function checkSymbol(symbols: string): string {
  const sum = [...symbols].reverse().reduce((total, symbol, n) => {
    const doubled = alphabet.indexOf(symbol) * (n % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 32) + (doubled % 32);
  }, 0);
  return alphabet[(32 - (sum % 32)) % 32] ?? "";
}

function format(prefix: string, symbols: string): string {
  return `${prefix}-${symbols.slice(0, 4)}-${symbols.slice(4)}-${checkSymbol(symbols)}`;
}

function normalizeSymbols(typed: string): string {
  return typed.replace(/O/g, "0").replace(/[IL]/g, "1");
}

/** The first 40 bits as eight symbols. */
function base32(bytes: Buffer): string {
  return symbolsOf(bytes.readUIntBE(0, 5));
}

function symbolsOf(bits: number): string {
  return Array.from({ length: 8 }, (_, n) => alphabet[Math.floor(bits / 32 ** (7 - n)) % 32]).join("");
}

function numberOf(symbols: string): number {
  return [...symbols].reduce((number, symbol) => number * 32 + alphabet.indexOf(symbol), 0);
}

/** Twelve digits of the first 128 bits. So many bits leave no digit more likely than another by a measurable amount. */
function decimalDigits(bytes: Buffer): string {
  const number = bytes.readBigUInt64BE(0) * 2n ** 64n + bytes.readBigUInt64BE(8);
  return String(number % 10n ** 12n).padStart(12, "0");
}
