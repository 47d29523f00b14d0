import * as z from "zod";
import { latinDigits, normalizeText, singleLineText, text } from "../text.ts";
import { Authority, Slug } from "../vocabulary.ts";

/** A personnel number in the form in which it is compared: Latin digits, capitals, no spaces. */
export const PersonnelId = text({
  max: 30,
  form: (typed) => normalizeText(latinDigits(typed).toUpperCase()).replace(/\s/g, "").normalize("NFC"),
});

/** The person at the agency who handles the complaint. */
export const Officer = z.strictObject({
  name: singleLineText({ min: 2, max: 100 }),
  personnelId: PersonnelId.optional(),
});
export type Officer = z.infer<typeof Officer>;

/** The authorities whose people are overseers: they see late complaints of many agencies. */
export const OverseeingAuthority = Authority.extract(["county-governor", "governor-general", "national-organization"]);

/**
 * A role of a person. An officer works for one agency; its head reads what an officer reads, and makes no move. An operator works at
 * the telephone number 128. An overseer sees the complaints that have reached the level of the
 * authority; a county governor sees those of `countyIds`.
 */
export const PersonRole = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("officer"), agencyId: Slug, personnelId: Officer.shape.personnelId }),
  z.strictObject({ role: z.literal("head"), agencyId: Slug }),
  z.strictObject({ role: z.literal("operator") }),
  z.strictObject({ role: z.literal("inspector") }),
  z.strictObject({
    role: z.literal("overseer"),
    authority: OverseeingAuthority,
    countyIds: z
      .array(Slug)
      .min(1)
      .max(100)
      .refine((ids) => new Set(ids).size === ids.length, { params: { rule: "listed-twice" } })
      .optional(),
  }),
  z.strictObject({ role: z.literal("admin") }),
  // Judges the contests of employees, and is outside the inspection centre.
  z.strictObject({ role: z.literal("reviewer") }),
  // Reads the standing records of one agency's staff.
  z.strictObject({ role: z.literal("personnel"), agencyId: Slug }),
]);
export type PersonRole = z.infer<typeof PersonRole>;

/** The roles that one person may have together, at one agency. */
const rolesTogether: readonly (readonly PersonRole["role"][])[] = [["officer", "head"]];

function goTogether(roles: readonly PersonRole[]): boolean {
  const agencies = new Set(roles.map((role) => ("agencyId" in role ? role.agencyId : undefined)));
  const names = roles.map(({ role }) => role);
  const isKnown = rolesTogether.some(
    (together) => names.length === together.length && together.every((role) => names.includes(role)),
  );
  return isKnown && agencies.size === 1;
}

/**
 * An official, as an admin registers them. A person has one role, but for those that go together: nobody judges what concerns the
 * person's own agency or the person's own decision.
 */
export const Person = z.strictObject({
  name: Officer.shape.name,
  roles: z
    .array(PersonRole)
    .min(1)
    .refine((roles) => roles.length === 1 || goTogether(roles), { params: { rule: "one-role" } }),
});
export type Person = z.infer<typeof Person>;

/**
 * A subject of OpenID Connect has at most 255 ASCII characters. Spaces and invisible characters are refused too: with them
 * one person could appear as a second person with limits of its own.
 */
export const subjectPattern = /^[\x21-\x7e]{1,255}$/;

/** The roles that the routes of a caller need, the one that may do more first. Front ends are programs and no people. */
const rolesOfCaller = {
  agency: ["officer", "head"],
  inspector: ["inspector"],
  overseer: ["overseer"],
  admin: ["admin"],
  reviewer: ["reviewer"],
  personnel: ["personnel"],
} as const satisfies Record<string, readonly PersonRole["role"][]>;

/** The role of a person as this kind of caller; undefined if the person has no such role. */
export function roleFor(roles: readonly PersonRole[], caller: keyof typeof rolesOfCaller) {
  for (const name of rolesOfCaller[caller]) {
    const found = roles.find((one): one is Extract<PersonRole, { role: typeof name }> => one.role === name);
    if (found) return found;
  }
  return undefined;
}

/** The names of the people who acted, by the `sub` of their tokens. */
export const PeopleNames = z.record(z.string(), z.string());

/** Who employs the person: a personnel id of the agency, or the employer of contract staff. */
export const Employment = z.union([
  z.strictObject({ personnelId: z.string() }),
  z.strictObject({ employer: z.string() }),
]);
export type Employment = z.infer<typeof Employment>;
