import * as z from "zod";
import { defaultRetention } from "../policy-numbers.ts";
import { Authority, Channel, Name, Slug } from "../vocabulary.ts";
import { Retirement } from "./retirement.ts";

/** Adds the description that an editor shows beside a field. `npm run province -- schema` writes them into the schema. */
export const withDescription = <S extends z.ZodType>(schema: S, description: string) => schema.meta({ description });

export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,64}$/, "must be 3 to 64 letters, digits, dots, hyphens or underscores");
/** 60 days at least: for a month after closing, citizens give opinions, are called, and get mail. */
const IdentityKept = z.string().regex(/^P(6\d|[7-9]\d|[1-9]\d{2,4})D$/, "must be days, 60 at the least, like P730D");
/** 120 days at least: parked records contain texts, and are kept for 90 days. */
const TextsKept = z
  .string()
  .regex(/^P(1[2-9]\d|[2-9]\d{2}|[1-9]\d{3,4})D$/, "must be days, 120 at the least, like P1825D");
/** 450 days at least: the last published year, and the window before it, are counted from events. */
const EventsKept = z
  .string()
  .regex(/^P(4[5-9]\d|[5-9]\d{2}|[1-9]\d{3,4})D$/, "must be days, 450 at the least, like P3650D");

/** How long each kind of data is kept after the case was closed. */
export const Retention = z.strictObject({
  identity: withDescription(
    IdentityKept.default(defaultRetention.identity),
    "Who complained. Left out, two years: practice of inspectors' offices; no law that we know of names a period.",
  ),
  texts: withDescription(
    TextsKept.default(defaultRetention.texts),
    "What anybody wrote or sent. Left out, five years; law and practice unknown. No less than `identity`.",
  ),
  events: withDescription(
    EventsKept.default(defaultRetention.events),
    "That the case ever was, with its opinions. Left out, ten years; law and practice unknown. No less than `texts`.",
  ),
});
const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text;
/** An https address without a path; paths are added to it. It is written as browsers do, since it is compared with theirs. */
export const BaseUrl = z
  .string()
  .refine((text) => text.startsWith("https:") && isOrigin(text), { params: { rule: "base-url" } });
/** The origin of a page, as a browser sends it. With a path or a slash it would never match. */
export const Origin = z.string().refine(isOrigin, { params: { rule: "origin" } });
const isWebhookUrl = (text: string) => {
  const url = URL.parse(text);
  const { protocol, port, username, password, search, hash, hostname = "" } = url ?? {};
  // The parser writes every form of an IPv4 address as four numbers, and puts IPv6 in brackets.
  const isName = /\.[a-z][a-z0-9-]*$/i.test(hostname);
  return protocol === "https:" && isName && !(port || username || password || search || hash);
};
/** The address that a webhook's events are posted to. */
export const Webhook = z.strictObject({
  url: z.string().refine(isWebhookUrl, { params: { rule: "webhook" } }),
});
export const HttpsAddress = z.url({ protocol: /^https$/ });
export const Issuer = HttpsAddress.regex(/^[^?#]*$/, "must be without a query or a fragment");

const TableName = z
  .string()
  .regex(/^[\w.-]{3,255}$/, "must be a table's name: 3 to 255 letters, digits, dots, hyphens or underscores");
const StreamLabel = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/, "must be the label of the table's stream, like 2026-11-26T08:00:00.000");

/** Restored tables, which replace those that the stack makes. A restored table always has a new name. */
export const RestoredTables = z.strictObject({
  complaints: withDescription(
    z.strictObject({ name: TableName, streamLabel: StreamLabel }).optional(),
    "The table of complaints and the label of its stream, as `npm run restore` prints them.",
  ),
  identities: withDescription(TableName.optional(), "The table of who complained."),
});

const Domain = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, "must be a host's name in lower case, like foad.example");
const Certificate = z
  .string()
  .regex(
    /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    "must be the ARN of a certificate of ACM, like arn:aws:acm:me-central-1:012345678901:certificate/0a1b",
  );

/** The gateway's own domain. */
export const Api = z.strictObject({
  domain: withDescription(Domain, "The gateway's own host; with it, the address that AWS gives it is switched off."),
  certificateArn: withDescription(
    Certificate,
    "The domain's certificate, in ACM of the account and region that the province is deployed to.",
  ),
});

/** CloudFront before the gateway. */
export const Edge = z.strictObject({
  domain: withDescription(Domain, "The host that callers know, which is that of `publicUrl`."),
  certificateArn: withDescription(
    Certificate,
    "The domain's certificate, in ACM of the account, in the region of CloudFront's certificates.",
  ),
  activeKey: withDescription(
    z.enum(["a", "b"]).default("a"),
    "Which of the two keys CloudFront sends to the functions. A new edge has `a` alone; the other comes with a rotation.",
  ),
  required: withDescription(
    z.boolean().default(true),
    "Whether functions refuse what comes around it: false until the domain's DNS names the edge.",
  ),
});

/** The alarms and the cost warnings for the operators of the province. */
export const Operations = z.strictObject({
  alarmEmails: withDescription(
    z.array(z.email()).min(1).max(10),
    "Who is mailed by each alarm; each must follow the link that SNS mails first.",
  ),
  alarmEndpoint: withDescription(
    HttpsAddress.optional(),
    "Where each alarm is posted to as well, by SNS; it must confirm its subscription.",
  ),
  monthlyBudgetUsd: withDescription(
    z.int().min(1).max(1_000_000).optional(),
    "Dollars that the account may cost in a month: `alarmEmails` are mailed at four fifths, and where more is foreseen.",
  ),
});

const SmsLine = z.string().regex(/^\d{4,15}$/, "must be the digits of the number that sends, like 10008663");

/** The messages (SMS) of a province. Keys of the providers are in Secrets Manager. */
export const Sms = z.strictObject({
  providers: withDescription(
    z
      .array(
        z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("kavenegar"), line: SmsLine }),
          z.strictObject({ kind: z.literal("sms-ir"), line: SmsLine }),
          z.strictObject({ kind: z.literal("webhook"), url: Webhook.shape.url }),
        ]),
      )
      .min(1)
      .max(3),
    "Who sends, each kind once: the next takes over where the one before refused a message. `webhook` is a program that passes messages on to any other provider.",
  ),
  address: withDescription(
    z
      .string()
      .regex(
        /^(https:\/\/)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(\/[\w/-]*)?$/,
        "must be an address that people can type, like foad.example",
      ),
    "Where citizens ask what the news is; it stands in every message, so it is short.",
  ),
});

export const FrontEnd = z.strictObject({
  clientId: ClientId,
  name: Name,
  channels: z.array(Channel).min(1),
  filingsPerMinute: withDescription(
    z.int().min(1).max(60_000),
    "How many complaints it may file in one minute; more are refused until the minute is over.",
  ),
  address: withDescription(
    HttpsAddress.optional(),
    "The https address at which citizens find it; the public page leads there.",
  ),
  phone: withDescription(
    z
      .string()
      .regex(/^\+?\d[\d -]{1,18}\d$/, "must be a number as people dial it, like 128 or 028 3333 3333")
      .optional(),
    "The number that citizens call, as they dial it; the public page tells it.",
  ),
  smsPerMonth: withDescription(
    z.int().min(0).max(1_000_000).optional(),
    "How many messages (SMS) a month may go to citizens whose complaints it filed; 10,000 where this says nothing.",
  ),
  operatedBy: withDescription(
    Slug.optional(),
    "The agency that runs this front end, if one does: it then files nothing against it, and no retaliation report.",
  ),
  webhook: withDescription(
    Webhook.optional(),
    "Where the events of its own filings are posted to, signed; left out for one that reads its feed.",
  ),
  ...Retirement.shape,
});

export const Overseer = z.strictObject({
  clientId: ClientId,
  name: Name,
  authority: Authority.exclude(["agency-head", "inspection-centre"]),
  countyIds: withDescription(
    z.array(Slug).min(1).optional(),
    "The counties it oversees; left out for the whole province.",
  ),
  ...Retirement.shape,
});

export const Sandbox = z.strictObject({
  clients: withDescription(
    z.array(z.strictObject({ clientId: ClientId, name: Name })).min(1),
    "Programs that are tried: each files to the agency `sandbox` and acts as it, and sees no other complaint.",
  ),
  canary: withDescription(
    ClientId.optional(),
    "One of them, by which every hour a complaint is taken the whole way; or nobody does.",
  ),
});
