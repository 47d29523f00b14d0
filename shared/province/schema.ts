import * as z from "zod";
import { DeadlinePolicy, ElapsedPolicy } from "../hours/deadline-policy.ts";
import { subjectPattern } from "../people/people.ts";
import { Instant, LocalDate, OfficeHours } from "../time/calendar.ts";
import { Name, Slug } from "../vocabulary.ts";
import { Succession } from "./retirement.ts";
import {
  Api,
  BaseUrl,
  ClientId,
  Edge,
  FrontEnd,
  HttpsAddress,
  Issuer,
  Operations,
  Origin,
  Overseer,
  RestoredTables,
  Retention,
  Sandbox,
  Sms,
  Webhook,
  withDescription,
} from "./technical-schema.ts";
import { Category, EscalationLevels } from "./terms.ts";

const { timeZone, national, holidays, holidaysUntil, provincial, overrides } = OfficeHours.shape;

/** The hours and holidays of the whole country: one file for all provinces. */
export const NationalCalendar = z.strictObject({
  timeZone,
  national: withDescription(national, "Weekly hours by ranges of dates, in their order and without a gap."),
  holidaysUntil: withDescription(holidaysUntil, "The last day up to which all holidays are known and listed."),
  holidays: withDescription(holidays, "National holidays, each date once."),
});
type NationalCalendar = z.infer<typeof NationalCalendar>;

/** The hours and holidays in which a province differs from the national calendar. */
export const ProvincialHours = z.strictObject({
  provincial: withDescription(
    provincial,
    "Weekly hours of this province alone; on their days they go before the nation's.",
  ),
  holidays: withDescription(holidays, "Holidays of this province alone, beside the national ones."),
  removedHolidays: withDescription(z.array(LocalDate), "Dates of national holidays on which this province works."),
  overrides: withDescription(overrides, "Single days with other hours, or with none, that are known in advance."),
});
type ProvincialHours = z.infer<typeof ProvincialHours>;

/** The hours that are valid in a province: the national ones with the province's own changes. */
export function officeHoursOf(calendar: NationalCalendar, own: ProvincialHours): OfficeHours {
  const observed = calendar.holidays.filter(({ date }) => !own.removedHolidays.includes(date));
  return {
    timeZone: calendar.timeZone,
    national: calendar.national,
    provincial: own.provincial,
    holidays: [...observed, ...own.holidays].sort((one, other) => one.date.localeCompare(other.date)),
    holidaysUntil: calendar.holidaysUntil,
    overrides: own.overrides,
  };
}

/** The cause of a complaint, as an answer or a decision names it. */
const Cause = z.strictObject({
  id: Slug,
  name: Name,
  ...Succession.shape,
  personal: withDescription(
    z.literal(true).optional(),
    "The cause is the conduct of a person. A notice can be opened on it, and no issue.",
  ),
});
type Cause = z.infer<typeof Cause>;

/** The causes of a province whose file names none. None is ever removed, since stored answers name them. */
export const defaultCauses: Cause[] = [
  { id: "system-down", name: { fa: "از کار افتادن سامانه، تجهیزات یا تلفن", en: "System, equipment or phone down" } },
  { id: "staff-absent", name: { fa: "غیبت متصدی بدون مرخصی", en: "Staff absent without leave" }, personal: true },
  { id: "no-substitute", name: { fa: "مرخصی متصدی بدون جانشین", en: "Staff on leave, nobody to stand in" } },
  { id: "rule-unclear", name: { fa: "روشن نبودن قانون یا دستورالعمل", en: "Unclear rule or instruction" } },
  {
    id: "information-missing",
    name: { fa: "نرسیدن اطلاعات لازم به مراجعه‌کننده", en: "Citizen not told what was needed" },
  },
  { id: "capacity", name: { fa: "کمبود نیرو یا ظرفیت", en: "Too few people or too little room" } },
  { id: "conduct", name: { fa: "رفتار کارکنان", en: "Conduct of staff" }, personal: true },
  { id: "other-body", name: { fa: "کار دستگاهی دیگر", en: "The work of another body" } },
  { id: "none", name: { fa: "علتی یافت نشد", en: "No cause found" } },
];

const OfficialPhone = withDescription(
  z
    .string()
    .regex(/^\+989\d{9}$/, "must be a mobile number like +989121234567")
    .optional(),
  "The mobile number that gets a message (SMS) of late complaints, beside the mail; left out, none.",
);
const Contact = z.strictObject({ name: Name, email: z.email(), phone: OfficialPhone });

/** The size of the map of tiles on the public page: with more columns, the tiles would be too narrow to read. */
const mostColumns = 6;
const mostRows = 12;

const County = z.strictObject({
  id: withDescription(Slug, "Never changed and never removed once released: complaints stand under it."),
  name: Name,
  governor: Contact,
  tile: withDescription(
    z.strictObject({ column: z.int().min(1).max(mostColumns), row: z.int().min(1).max(mostRows) }).optional(),
    "Roughly where it lies among the others, on the public page's map of tiles: column 1 is the most western, row 1 the most northern. Where one county has none, all of them are a list.",
  ),
  ...Succession.shape,
});

const Office = z.strictObject({ id: Slug, name: Name, countyId: Slug, ...Succession.shape });

const Agency = z.strictObject({
  id: withDescription(
    Slug,
    "Its queue is named after it. Never changed and never removed once released: retire it instead.",
  ),
  name: Name,
  countyIds: withDescription(z.array(Slug).min(1), "The counties in which it serves citizens."),
  offices: z.array(Office),
  inspectionUnit: withDescription(z.strictObject({ email: z.email() }), "Who is mailed of each complaint."),
  head: withDescription(
    z.strictObject({ email: z.email(), phone: OfficialPhone }),
    "Who is mailed of what is late, on the first escalation level.",
  ),
  queueStack: withDescription(
    z.int().min(1),
    "Number of the stack that holds its queue. Never changed once deployed: the old queue is kept, and has the name.",
  ),
  consumer: withDescription(
    z.strictObject({ account: z.string(), principalArn: z.string() }).optional(),
    "Who may consume the queue; left out for an agency without AWS, which reads the feed instead.",
  ),
  webhook: withDescription(
    Webhook.optional(),
    "Where its events are posted to, signed; left out for an agency that reads its queue or its feed.",
  ),
  clientIds: withDescription(z.array(ClientId).min(1), "The OAuth clients by which its staff and systems call."),
  carriesSms: withDescription(
    z.literal(true).optional(),
    "For a mobile company or another agency that carries messages (SMS): none is sent about its complaints, since it could read them.",
  ),
  peerGroup: withDescription(Slug.optional(), "The agencies that its figures are held beside: one of `peerGroups`."),
  ...Succession.shape,
});

/**
 * The file of one province. With the national calendar, it is all that a new province needs. It is read when the bundles are
 * made, never at run time. `sources` and the `source` fields of hours and holidays name the source of each fact.
 */
export const ProvinceFile = z.strictObject({
  id: withDescription(Slug, "The file is named after it, and so are stacks and queues: never changed once deployed."),
  name: Name,
  idPrefix: withDescription(
    z
      .string()
      .regex(/^[A-HJKMNP-TV-Z]{2}$/, "must be two capital letters, none of I, L, O, U, which are read as digits"),
    "The letters that start a complaint's id; no other province has them.",
  ),
  phonePrefix: withDescription(
    z.string().regex(/^[1-9]\d$/, "must be two digits in quotes, such as the province's area code without its 0"),
    "The two digits that start a complaint's phone id, such as those of the area code; no other province has them.",
  ),
  account: withDescription(
    z
      .string()
      .regex(/^\d{12}$/, "must be the 12 digits of an AWS account, in quotes")
      .optional(),
    "The AWS account it is deployed to; with it, CDK refuses any other.",
  ),
  region: withDescription(
    z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS region, like me-central-1")
      .optional(),
    "The AWS region it is deployed to, whatever the environment says.",
  ),
  sources: z.array(z.string().trim().min(1)).min(1),
  counties: z.array(County).min(1),
  peerGroups: withDescription(
    z.array(z.strictObject({ id: Slug, name: Name })),
    "Kinds of agencies whose figures are compared with each other, such as banks.",
  ),
  agencies: z.array(Agency).min(1),
  categories: z.array(Category).min(1),
  causes: withDescription(
    z.array(Cause).min(1).default(defaultCauses),
    "What an answer or a decision names as the cause; left out, nine that every province starts with. None is ever removed.",
  ),
  frontEnds: z.array(FrontEnd).min(1),
  callCentre: withDescription(
    z.strictObject({ clientId: ClientId }).optional(),
    "The front end whose people call citizens back and ask them; left out, nobody is called. No agency may run it.",
  ),
  sandbox: withDescription(
    Sandbox.optional(),
    "Where programs are tried on the deployed province; nothing of it is counted, published, listed or mailed, and it lapses.",
  ),
  overseers: z.array(Overseer),
  admins: withDescription(
    z.array(z.string().regex(subjectPattern, "must be the `sub` of a person at the token issuer")).min(1),
    "The `sub` of the people who register all others; they are admins without being registered.",
  ),
  identityReadsPerDay: withDescription(
    z.int().min(1).max(10_000),
    "How many identities an inspector may read in a day; one more, and an admin must lift it.",
  ),
  escalationLevels: EscalationLevels,
  review: withDescription(ElapsedPolicy, "Always elapsed: no change of office hours moves it."),
  visits: withDescription(
    DeadlinePolicy.default({ clock: "office-hours", duration: "PT8H" }),
    "How long after its order a visit of an inspector must be reported; eight office hours where this says nothing.",
  ),
  records: withDescription(
    z.literal(true).optional(),
    "Inspectors may open notices to employees, which can become entries in their records; left out, the API has no routes for it. The province needs three inspectors and a reviewer outside the inspection centre.",
  ),
  confirmation: withDescription(ElapsedPolicy, "How long a citizen may dispute an answer; always elapsed."),
  inspectionCentre: Contact,
  governorGeneral: Contact,
  nationalOrganization: Contact,
  officeHours: ProvincialHours,
  tokens: z.strictObject({
    issuer: withDescription(Issuer, "The https address of the OIDC issuer, as its tokens have it in `iss`."),
    audience: withDescription(
      z.string().trim().min(1).optional(),
      "What tokens have in `aud`; no other province has it. Left out where the issuer writes none, as Cognito: then its clients' ids are what the gateway goes by.",
    ),
    tokenEndpoint: withDescription(
      HttpsAddress.optional(),
      "The address at which browsers fetch tokens. Left out where it has the origin of the issuer, as at Keycloak; Cognito has another.",
    ),
    peopleClients: withDescription(
      z.array(ClientId).min(1),
      "The clients through which officials sign in, the desk first. Who has such a token may do what an admin registered for its `sub`; any other token is of a program.",
    ),
  }),
  mail: z.strictObject({
    sender: withDescription(z.email(), "Its domain is an identity of SES; one province alone makes it."),
    senderIdentity: withDescription(
      z.enum(["create", "existing"]).optional(),
      "Whether the sender's domain is created in SES, or exists there already; created where this says nothing.",
    ),
  }),
  sms: withDescription(
    Sms.optional(),
    "Messages (SMS) to citizens who want them; left out, none are sent, and nobody can agree to get any.",
  ),
  publicUrl: withDescription(BaseUrl, "Where anybody calls the API, which mails lead to."),
  api: withDescription(Api.optional(), "A domain of the gateway's own; left out, AWS gives it an address."),
  edge: withDescription(
    Edge.optional(),
    "CloudFront and WAF before the gateway, which then answers what comes through them alone; left out, there are none.",
  ),
  operations: withDescription(Operations.optional(), "Whom alarms reach; left out, nobody."),
  attachments: z.strictObject({
    malwareScan: withDescription(
      z.boolean(),
      "With it, an upload is opened once GuardDuty has found no malware in it; without, once it is there.",
    ),
    pictures: withDescription(
      z.strictObject({ quality: z.int().min(30).max(100), largestSide: z.int().min(1_000).max(10_000) }),
      "How pictures are made anew: the quality of their encoding in percent, and pixels of their longer side.",
    ),
    bucketNumber: withDescription(
      z.int().min(1).max(99).default(1),
      "Which bucket of attachments serves, counted: 2 once the first was lost. The stack makes it, and its backup stays.",
    ),
  }),
  retention: withDescription(
    Retention.prefault({}),
    "How long what is kept of a complaint is kept after it was closed, by kind; nothing is kept for good.",
  ),
  tables: withDescription(
    RestoredTables.default({}),
    "Tables that were restored and serve from the deployment on; left out, those that the stack makes.",
  ),
  restorePoints: withDescription(
    z.array(Instant).default([]),
    "Each instant to which the complaints were restored, in UTC with milliseconds (2026-11-27T06:00:00.000Z), in order; later events have a source of their own.",
  ),
  corsOrigins: withDescription(z.array(Origin), "Origins of the pages that may call the API from a browser."),
});
export type ProvinceFile = z.infer<typeof ProvinceFile>;

/** A province: its file, with the office hours that are valid there (the national hours with the province's changes). */
export type Province = Omit<ProvinceFile, "officeHours"> & { officeHours: OfficeHours };
export type Agency = Province["agencies"][number];
