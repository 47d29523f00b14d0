import * as z from "zod";
import { Category } from "#shared/domain/deadlines/category.ts";
import { Ladder } from "#shared/domain/escalation/ladder.ts";
import { OfficeHours } from "#shared/domain/time/calendar.ts";
import { ElapsedPolicy } from "#shared/domain/time/policy.ts";
import { Retirement, Succession } from "#shared/domain/time/retirement.ts";
import { Channel, Holder, Name, Slug } from "#shared/domain/vocabulary.ts";
import { referenceFaults } from "./references.ts";

const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,64}$/, "must be 3 to 64 letters, digits, dots, hyphens or underscores");
/** An address that paths are added to. */
const BaseUrl = z
  .string()
  .regex(/^https:\/\/[^\s/?#]+(\/[^\s/?#]+)*$/, "must be an https address that ends without a slash");
const Contact = z.strictObject({ name: Name, email: z.email() });

const County = z.strictObject({ id: Slug, name: Name, governor: Contact, ...Succession.shape });

const Office = z.strictObject({ id: Slug, name: Name, countyId: Slug, ...Succession.shape });

const Agency = z.strictObject({
  id: Slug,
  name: Name,
  countyIds: z.array(Slug).min(1),
  offices: z.array(Office),
  inspectionUnit: z.strictObject({ email: z.email() }),
  head: z.strictObject({ email: z.email() }),
  /** Number of the stack that holds its queue. Never changed once deployed: the old queue is kept, and has the name. */
  stack: z.int().min(1),
  /** Who may consume the queue; left out for an agency without AWS, which reads the feed instead. */
  consumer: z.strictObject({ account: z.string(), principalArn: z.string() }).optional(),
  clientIds: z.array(ClientId).min(1),
  /** The agencies that its figures are held beside: one of the province's `peerGroups`. */
  peerGroup: Slug.optional(),
  ...Succession.shape,
});

const FrontEnd = z.strictObject({
  clientId: ClientId,
  name: Name,
  channels: z.array(Channel).min(1),
  /** How many complaints it may file in one minute; more are refused until the minute is over. */
  filingsPerMinute: z.int().min(1),
  /** The agency that runs this front end, if one does: it then files nothing against it, and no retaliation report. */
  operatedBy: Slug.optional(),
  ...Retirement.shape,
});

const Overseer = z.strictObject({
  clientId: ClientId,
  name: Name,
  holder: Holder.exclude(["agency-head", "inspection-centre"]),
  /** The counties it oversees; left out for the whole province. */
  countyIds: z.array(Slug).min(1).optional(),
  ...Retirement.shape,
});

const Operator = z.strictObject({
  clientId: ClientId,
  name: Name,
  role: z.enum(["inspector", "admin"]),
  ...Retirement.shape,
});

/**
 * Everything about one province: the only file that a new province needs. Read when the bundles are made, never at run
 * time. `sources` and the `source` fields of hours and holidays say where each fact is from.
 */
export const Province = z
  .strictObject({
    id: Slug,
    name: Name,
    /** The letters that start a complaint's id. */
    idPrefix: z.string().regex(/^[A-Z]{2}$/, "must be two capital letters"),
    sources: z.array(z.string()).min(1),
    counties: z.array(County).min(1),
    /** Kinds of agencies whose figures are compared with each other, such as banks. */
    peerGroups: z.array(z.strictObject({ id: Slug, name: Name })),
    agencies: z.array(Agency).min(1),
    categories: z.array(Category).min(1),
    frontEnds: z.array(FrontEnd).min(1),
    overseers: z.array(Overseer),
    operators: z.array(Operator).min(1),
    /** How many identities an inspector may read in a day; one more, and an admin must lift it. */
    identityReadsPerDay: z.int().min(1),
    ladder: Ladder,
    // Always elapsed: no change of office hours moves these deadlines.
    review: ElapsedPolicy,
    confirmation: ElapsedPolicy,
    inspectionCentre: Contact,
    governorGeneral: Contact,
    nationalOrganization: Contact,
    officeHours: OfficeHours,
    tokens: z.strictObject({ issuer: z.url({ protocol: /^https$/ }), audience: z.string().min(1) }),
    mail: z.strictObject({
      sender: z.email(),
      /** Whether the sender's domain is made in SES, or is there already; made where this says nothing. */
      identity: z.enum(["made", "existing"]).optional(),
    }),
    /** Where anybody calls the API, which mails lead to. */
    publicUrl: BaseUrl,
    attachments: z.strictObject({
      /** With the scan, an upload is opened once GuardDuty has found no malware in it; without, once it is there. */
      malwareScan: z.boolean(),
      /** How pictures are made anew: the quality of their encoding in percent, and pixels of their longer side. */
      pictures: z.strictObject({ quality: z.int().min(30).max(100), largestSide: z.int().min(1_000).max(10_000) }),
    }),
    corsOrigins: z.array(z.url({ protocol: /^https?$/ })),
  })
  .check(
    z.superRefine(
      (province, context) => {
        for (const fault of referenceFaults(province)) context.addIssue({ code: "custom", ...fault });
      },
      // Also on a file that already has other faults, so that one run names them all.
      { when: () => true },
    ),
  );
export type Province = z.infer<typeof Province>;
export type Agency = Province["agencies"][number];

export type ProvinceFault = { path: (string | number)[]; message: string };

/** English texts for rules that the API words in the caller's language; these are for who edits a province file. */
const rules: Record<string, string> = {
  time: "must be a time like 08:00",
  "ends-after-start": "must end after it starts",
  "in-order": "must be in order and not overlap",
  gregorian: "must be of the Gregorian calendar, like 2026-11-24",
};

/** Everything that is wrong with the content of a province file; an empty list where nothing is. */
export function provinceFaults(content: unknown): ProvinceFault[] {
  const error: z.core.$ZodErrorMap = (issue) => (issue.code === "custom" ? rules[issue.params?.rule] : undefined);
  const read = Province.safeParse(content, { error });
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: path.map(named), message }));
}

const named = (key: PropertyKey) => (typeof key === "number" ? key : String(key));
