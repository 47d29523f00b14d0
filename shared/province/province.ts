import * as z from "zod";
import { Category } from "#shared/domain/deadlines/category.ts";
import { Ladder } from "#shared/domain/escalation/ladder.ts";
import type { OfficeHours } from "#shared/domain/time/calendar.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { ElapsedPolicy } from "#shared/domain/time/policy.ts";
import { Succession } from "#shared/domain/time/retirement.ts";
import { Name, Slug } from "#shared/domain/vocabulary.ts";
import { FrontEnd, Operator, Overseer, Sandbox } from "./callers.ts";
import { Cause, defaultCauses } from "./causes.ts";
import { described } from "./described.ts";
import { Api, Edge, Operations } from "./entrance.ts";
import { BaseUrl, ClientId, Issuer, Origin, Retention, Webhook } from "./formats.ts";
import { ProvincialHours } from "./national-calendar.ts";
import { RestoredTables } from "./restored-tables.ts";

const Contact = z.strictObject({ name: Name, email: z.email() });

/** More would be too narrow to be read. */
const mostColumns = 6;
const mostRows = 12;

const County = z.strictObject({
  id: described(Slug, "Never changed and never removed once released: complaints stand under it."),
  name: Name,
  governor: Contact,
  tile: described(
    z.strictObject({ column: z.int().min(1).max(mostColumns), row: z.int().min(1).max(mostRows) }).optional(),
    "Roughly where it lies among the others, on the public page's map of tiles: column 1 is the most western, row 1 the most northern. Where one county has none, all of them are a list.",
  ),
  ...Succession.shape,
});

const Office = z.strictObject({ id: Slug, name: Name, countyId: Slug, ...Succession.shape });

const Agency = z.strictObject({
  id: described(Slug, "Its queue is named after it. Never changed and never removed once released: retire it instead."),
  name: Name,
  countyIds: described(z.array(Slug).min(1), "The counties in which it serves citizens."),
  offices: z.array(Office),
  inspectionUnit: described(z.strictObject({ email: z.email() }), "Who is mailed of each complaint."),
  head: described(z.strictObject({ email: z.email() }), "Who is mailed of what is late, on the ladder's first rung."),
  stack: described(
    z.int().min(1),
    "Number of the stack that holds its queue. Never changed once deployed: the old queue is kept, and has the name.",
  ),
  consumer: described(
    z.strictObject({ account: z.string(), principalArn: z.string() }).optional(),
    "Who may consume the queue; left out for an agency without AWS, which reads the feed instead.",
  ),
  webhook: described(
    Webhook.optional(),
    "Where its events are posted to, signed; left out for an agency that reads its queue or its feed.",
  ),
  clientIds: described(z.array(ClientId).min(1), "The OAuth clients by which its staff and systems call."),
  peerGroup: described(Slug.optional(), "The agencies that its figures are held beside: one of `peerGroups`."),
  ...Succession.shape,
});

/**
 * The file of one province: all that a new province needs, beside the national calendar. Read when the bundles are made,
 * never at run time. `sources` and the `source` fields of hours and holidays say where each fact is from.
 */
export const ProvinceFile = z.strictObject({
  id: described(Slug, "The file is named after it, and so are stacks and queues: never changed once deployed."),
  name: Name,
  idPrefix: described(
    z
      .string()
      .regex(/^[A-HJKMNP-TV-Z]{2}$/, "must be two capital letters, none of I, L, O, U, which are read as digits"),
    "The letters that start a complaint's id; no other province has them.",
  ),
  account: described(
    z
      .string()
      .regex(/^\d{12}$/, "must be the 12 digits of an AWS account, in quotes")
      .optional(),
    "The AWS account it is deployed to; with it, CDK refuses any other.",
  ),
  region: described(
    z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be an AWS region, like me-central-1")
      .optional(),
    "The AWS region it is deployed to, whatever the environment says.",
  ),
  sources: z.array(z.string().trim().min(1)).min(1),
  counties: z.array(County).min(1),
  peerGroups: described(
    z.array(z.strictObject({ id: Slug, name: Name })),
    "Kinds of agencies whose figures are compared with each other, such as banks.",
  ),
  agencies: z.array(Agency).min(1),
  categories: z.array(Category).min(1),
  causes: described(
    z.array(Cause).min(1).default(defaultCauses),
    "What an answer or a decision names as the cause; left out, nine that every province starts with. None is ever removed.",
  ),
  frontEnds: z.array(FrontEnd).min(1),
  callbacks: described(
    z.strictObject({ clientId: ClientId }).optional(),
    "The front end whose people call citizens back and ask them; left out, nobody is called. No agency may run it.",
  ),
  sandbox: described(
    Sandbox.optional(),
    "Where programs are tried on the deployed province; nothing of it is counted, published, listed or mailed, and it lapses.",
  ),
  overseers: z.array(Overseer),
  operators: z.array(Operator),
  identityReadsPerDay: described(
    z.int().min(1).max(10_000),
    "How many identities an inspector may read in a day; one more, and an admin must lift it.",
  ),
  ladder: Ladder,
  review: described(ElapsedPolicy, "Always elapsed: no change of office hours moves it."),
  confirmation: described(ElapsedPolicy, "How long a citizen may dispute an answer; always elapsed."),
  inspectionCentre: Contact,
  governorGeneral: Contact,
  nationalOrganization: Contact,
  officeHours: ProvincialHours,
  tokens: z.strictObject({
    issuer: described(Issuer, "The https address of the OIDC issuer, as its tokens have it in `iss`."),
    audience: described(
      z.string().trim().min(1).optional(),
      "What tokens have in `aud`; no other province has it. Left out where the issuer writes none, as Cognito: then its clients' ids are what the gateway goes by.",
    ),
  }),
  mail: z.strictObject({
    sender: described(z.email(), "Its domain is an identity of SES; one province alone makes it."),
    identity: described(
      z.enum(["made", "existing"]).optional(),
      "Whether the sender's domain is made in SES, or is there already; made where this says nothing.",
    ),
  }),
  publicUrl: described(BaseUrl, "Where anybody calls the API, which mails lead to."),
  api: described(Api.optional(), "A domain of the gateway's own; left out, AWS gives it an address."),
  edge: described(
    Edge.optional(),
    "CloudFront and WAF before the gateway, which then answers what comes through them alone; left out, there are none.",
  ),
  operations: described(Operations.optional(), "Whom alarms reach; left out, nobody."),
  attachments: z.strictObject({
    malwareScan: described(
      z.boolean(),
      "With it, an upload is opened once GuardDuty has found no malware in it; without, once it is there.",
    ),
    pictures: described(
      z.strictObject({ quality: z.int().min(30).max(100), largestSide: z.int().min(1_000).max(10_000) }),
      "How pictures are made anew: the quality of their encoding in percent, and pixels of their longer side.",
    ),
    bucket: described(
      z.int().min(1).max(99).default(1),
      "Which bucket of attachments serves, counted: 2 once the first was lost. The stack makes it, and its backup stays.",
    ),
  }),
  retention: described(
    Retention.prefault({}),
    "How long what is kept of a complaint is kept after it was closed, by kind; nothing is kept for good.",
  ),
  tables: described(
    RestoredTables.default({}),
    "Tables that were restored and serve from the deployment on; left out, those that the stack makes.",
  ),
  restores: described(
    z.array(Instant).default([]),
    "Each instant to which the complaints were restored, in UTC with milliseconds (2026-11-27T06:00:00.000Z), in order; what happened later is told under a source of its own.",
  ),
  corsOrigins: described(z.array(Origin), "Origins of the pages that may call the API from a browser."),
});
export type ProvinceFile = z.infer<typeof ProvinceFile>;

/** Everything about one province, with the hours that hold there: the national ones and its own. */
export type Province = Omit<ProvinceFile, "officeHours"> & { officeHours: OfficeHours };
export type Agency = Province["agencies"][number];
