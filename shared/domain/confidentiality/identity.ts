import { verifyIranianNationalId } from "@persian-tools/persian-tools";
import * as z from "zod";
import { normalizeText, singleLineText, withoutSeparators } from "../text.ts";

const e164 = /^\+[1-9]\d{6,14}$/;

/**
 * A phone number in E.164; undefined where it is neither an Iranian mobile or landline nor an international number.
 * Only the form is checked: lists of operators age, and a number that is in use must not be refused.
 */
export function parsePhone(typed: string): string | undefined {
  const phone = phoneOf(withoutSeparators(typed));
  // With Iran's code and a digit too few or too many it would be dialled in vain, and nobody would learn why.
  return phone && /^\+98(?![1-9]\d{9}$)/.test(phone) ? undefined : phone;
}

/** From bare digits what may be a phone number, in E.164 if it is one. */
export function phoneOf(bare: string): string | undefined {
  const digits = bare.replace(/^00/, "+");
  // "+98 (0) 912 …" is written often, though the zero is dialled at home alone.
  if (/^(\+?980?|0)?9\d{9}$/.test(digits)) return `+98${digits.slice(-10)}`;
  if (/^(\+?980?|0)[1-8]\d{9}$/.test(digits)) return `+98${digits.slice(-10)}`;
  return e164.test(digits) ? digits : undefined;
}

/** An Iranian national id: ten digits with the right check digit, issued anywhere; undefined for anything else. */
export function parseNationalId(typed: string): string | undefined {
  return nationalIdOf(withoutSeparators(typed));
}

/** The same from bare digits. */
export function nationalIdOf(digits: string): string | undefined {
  const isRight = /^\d{10}$/.test(digits) && verifyIranianNationalId(digits, { checkPrefix: false });
  return isRight ? digits : undefined;
}

/** A field kept in the form `read` gives it; where `read` gives none, it is refused under the rule's name. */
function normalizedBy(read: (typed: string) => string | undefined, rule: string) {
  return z
    .string()
    .max(40)
    .refine((typed) => read(typed) !== undefined, { params: { rule }, abort: true })
    .overwrite((typed) => read(typed) ?? typed);
}

const fields = z.strictObject({
  name: singleLineText({ min: 2, max: 100 }).optional(),
  nationalId: normalizedBy(parseNationalId, "national-id").optional(),
  phone: normalizedBy(parsePhone, "phone").optional(),
  email: z.string().overwrite(normalizeText).check(z.email(), z.maxLength(254)).optional(),
  /** Whether the agency named at filing may know who complains, while it holds the complaint. */
  shareWithAgency: z.boolean().default(false),
  /** Whether the citizen agrees to be called and asked what they think of it. */
  mayBeCalled: z.boolean().default(false),
});

/** Who complains; every field is optional, and without any the complaint is anonymous. */
export const Citizen = fields.refine(({ phone, mayBeCalled }) => phone !== undefined || !mayBeCalled, {
  path: ["mayBeCalled"],
  params: { rule: "phone-missing" },
});
export type Citizen = z.infer<typeof Citizen>;

const text = z.string().optional();
/**
 * What is kept of a citizen, in a table apart from the complaints: what was taken once is read, though it might be
 * refused today.
 */
export const Identity = z.object({
  name: text,
  nationalId: text,
  phone: text,
  email: z.string().meta({ format: "email" }).optional(),
});
export type Identity = z.infer<typeof Identity>;

/**
 * Whether the citizen gave this token: a word in its one spelling, the end of a number, an e-mail address or its
 * beginning.
 */
export type IsIdentityToken = (token: string) => boolean;

/** What of it is kept for the one who calls. */
export const CallContact = Identity.pick({ name: true }).extend({ phone: z.string() });
export type CallContact = z.infer<typeof CallContact>;
