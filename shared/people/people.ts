import * as z from "zod";
import { latinDigits, normalizeText, singleLineText, text } from "../text.ts";
import { Slug } from "../vocabulary.ts";

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

/** A role of a person. An officer works for one agency; an overseer sees what has reached `level`, in these counties. */
export const PersonRole = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("officer"), agencyId: Slug, personnelId: Officer.shape.personnelId }),
  z.strictObject({ role: z.literal("inspector") }),
  z.strictObject({
    role: z.literal("overseer"),
    level: z.int().min(1),
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

const hasSome = (roles: readonly PersonRole[], some: readonly PersonRole["role"][]) =>
  roles.some(({ role }) => some.includes(role));

/** An official, as an admin registers them. Each kind of role stands once, since the path of a request chooses the role. */
export const Person = z.strictObject({
  name: Officer.shape.name,
  roles: z
    .array(PersonRole)
    .min(1)
    .refine((roles) => new Set(roles.map(({ role }) => role)).size === roles.length, {
      params: { rule: "listed-twice" },
    })
    // An agency's people must not judge what concerns the agency.
    .refine((roles) => !hasSome(roles, ["officer", "personnel"]) || !hasSome(roles, ["inspector", "reviewer"]), {
      params: { rule: "agency-and-centre" },
    })
    // An inspector must not judge the contest of an inspector's decision.
    .refine((roles) => !hasSome(roles, ["reviewer"]) || !hasSome(roles, ["inspector"]), {
      params: { rule: "reviewer-and-inspector" },
    }),
});
export type Person = z.infer<typeof Person>;

/**
 * A subject of OpenID Connect has at most 255 ASCII characters. Spaces and invisible characters are refused too: with them
 * one person could appear as a second person with limits of its own.
 */
export const subjectPattern = /^[\x21-\x7e]{1,255}$/;

/** The role that the routes of a caller need. Front ends are programs and no people. */
const roleOfCaller = {
  agency: "officer",
  inspector: "inspector",
  overseer: "overseer",
  admin: "admin",
  reviewer: "reviewer",
  personnel: "personnel",
} as const satisfies Record<string, PersonRole["role"]>;

/** The role of a person as this kind of caller; undefined if the person has no such role. */
export function roleFor(roles: readonly PersonRole[], caller: keyof typeof roleOfCaller): PersonRole | undefined {
  return roles.find(({ role }) => role === roleOfCaller[caller]);
}

/** The names of the people who acted, by the `sub` of their tokens. */
export const PeopleNames = z.record(z.string(), z.string());

/** Who employs the person: a personnel id of the agency, or the employer of contract staff. */
export const Employment = z.union([
  z.strictObject({ personnelId: z.string() }),
  z.strictObject({ employer: z.string() }),
]);
export type Employment = z.infer<typeof Employment>;
