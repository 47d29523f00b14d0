import { verifyIranianNationalId } from "@persian-tools/persian-tools";
import * as z from "zod";
import { normalizeText, singleLineText, withoutSeparators } from "../text.ts";

const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * Returns a typed phone number in E.164; undefined if it is neither an Iranian nor an international number. Only the
 * form is checked, not the operator: lists of operators get old, and a number in use must not be refused.
 */
export function parsePhone(typed: string): string | undefined {
  const phone = phoneOf(withoutSeparators(typed));
  // E.164 allows a number of Iran with a digit too few or too many, but nobody can call that number.
  return phone && /^\+98(?![1-9]\d{9}$)/.test(phone) ? undefined : phone;
}

/** Returns a phone number in E.164; undefined if the digits are none. `bare`: digits without separators. */
export function phoneOf(bare: string): string | undefined {
  const digits = bare.replace(/^00/, "+");
  // People often write "+98 (0) 912 …", although the zero is only dialled inside Iran.
  if (/^(\+?980?|0)?9\d{9}$/.test(digits)) return `+98${digits.slice(-10)}`;
  if (/^(\+?980?|0)[1-8]\d{9}$/.test(digits)) return `+98${digits.slice(-10)}`;
  return e164.test(digits) ? digits : undefined;
}

/** Whether a number in E.164 is an Iranian landline, which gets no SMS. Nobody knows that of numbers of other countries. */
export const isLandline = (phone: string): boolean => /^\+98[1-8]/.test(phone);

/** Returns a typed Iranian national id; undefined if it has not ten digits or the check digit is wrong. */
export function parseNationalId(typed: string): string | undefined {
  return nationalIdOf(withoutSeparators(typed));
}

/** Like `parseNationalId`, for digits without separators. Any place of issue is accepted. */
export function nationalIdOf(digits: string): string | undefined {
  const isRight = /^\d{10}$/.test(digits) && verifyIranianNationalId(digits, { checkPrefix: false });
  return isRight ? digits : undefined;
}

/**
 * A field that is kept in the form that `parse` returns. Where `parse` returns undefined, the field breaks the rule
 * `rule`.
 */
function normalizedBy(parse: (typed: string) => string | undefined, rule: string) {
  return z
    .string()
    .max(40)
    .refine((typed) => parse(typed) !== undefined, { params: { rule }, abort: true })
    .overwrite((typed) => parse(typed) ?? typed);
}

/** Four digits that a citizen chooses, of any script. */
export const CallDigits = normalizedBy((typed) => /^\d{4}$/.exec(withoutSeparators(typed))?.[0], "call-digits");

/** A national id as it is typed; digits of any script and separators are accepted. */
export const NationalId = normalizedBy(parseNationalId, "national-id");

const fields = z.strictObject({
  name: singleLineText({ min: 2, max: 100 }).optional(),
  nationalId: NationalId.optional(),
  phone: normalizedBy(parsePhone, "phone").optional(),
  email: z
    .string()
    .overwrite(normalizeText)
    .check(z.email(), z.maxLength(254))
    // The longest part before the `@` that RFC 5321 allows.
    .refine((email) => email.indexOf("@") <= 64, { params: { rule: "not-an-email" } })
    .optional(),
  /** Whether the agency that the complaint is filed about may see the identity, while it holds the complaint. */
  shareWithAgency: z.boolean().default(false),
  /** Whether the citizen agrees to be called and asked for an opinion. */
  mayBeCalled: z.boolean().default(false),
  /** What the citizen says in a call, so that somebody else who picks up the phone learns nothing. */
  callDigits: CallDigits.optional(),
  /** Whether the citizen agrees to get messages (SMS) when there is news. */
  notifyBySms: z.boolean().default(false),
});

/**
 * The identity that a citizen gives at filing. Every field is optional. Without any of them the complaint is anonymous.
 */
export const Citizen = fields
  .refine(({ phone, mayBeCalled }) => phone !== undefined || !mayBeCalled, {
    path: ["mayBeCalled"],
    params: { rule: "phone-missing" },
  })
  .refine(({ callDigits, mayBeCalled }) => callDigits === undefined || mayBeCalled, {
    path: ["callDigits"],
    params: { rule: "calls-not-allowed" },
  })
  .refine(({ phone, notifyBySms }) => phone !== undefined || !notifyBySms, {
    path: ["notifyBySms"],
    params: { rule: "phone-missing" },
  })
  .refine(({ phone, notifyBySms }) => !(notifyBySms && phone !== undefined && isLandline(phone)), {
    path: ["notifyBySms"],
    params: { rule: "mobile-missing" },
  });
export type Citizen = z.infer<typeof Citizen>;

const text = z.string().optional();
/**
 * The stored identity of a citizen, in its own table. It is read with fewer checks than `Citizen`, so
 * that an identity stays readable when the checks become stricter.
 */
export const Identity = z.object({
  name: text,
  nationalId: text,
  phone: text,
  email: z.string().meta({ format: "email" }).optional(),
});
export type Identity = z.infer<typeof Identity>;

/**
 * Returns whether a token belongs to the citizen's identity. A token is a word of the name in its compared spelling,
 * the end of a number, an e-mail address, or the beginning of an address.
 */
export type IsIdentityToken = (token: string) => boolean;

/** The part of the identity that the front end that calls citizens may read. */
export const CallContact = Identity.pick({ name: true }).extend({ phone: z.string() });

/** It as it is stored. `digitsMac`: keyed digest of the digits that open what a call is about; absent if the citizen has chosen none. */
export const StoredCallContact = CallContact.extend({ digitsMac: z.string().optional() });
export type StoredCallContact = z.infer<typeof StoredCallContact>;
export type CallContact = z.infer<typeof CallContact>;
