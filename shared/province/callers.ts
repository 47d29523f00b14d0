import * as z from "zod";
import { Retirement } from "#shared/domain/time/retirement.ts";
import { Channel, Holder, Name, Slug } from "#shared/domain/vocabulary.ts";
import { described } from "./described.ts";
import { ClientId, HttpsAddress, Webhook } from "./formats.ts";

export const FrontEnd = z.strictObject({
  clientId: ClientId,
  name: Name,
  channels: z.array(Channel).min(1),
  filingsPerMinute: described(
    z.int().min(1).max(60_000),
    "How many complaints it may file in one minute; more are refused until the minute is over.",
  ),
  address: described(
    HttpsAddress.optional(),
    "The https address at which citizens find it; the public page leads there.",
  ),
  phone: described(
    z
      .string()
      .regex(/^\+?\d[\d -]{1,18}\d$/, "must be a number as people dial it, like 128 or 028 3333 3333")
      .optional(),
    "The number that citizens call, as they dial it; the public page tells it.",
  ),
  operatedBy: described(
    Slug.optional(),
    "The agency that runs this front end, if one does: it then files nothing against it, and no retaliation report.",
  ),
  webhook: described(
    Webhook.optional(),
    "Where the events of its own filings are posted to, signed; left out for one that reads its feed.",
  ),
  ...Retirement.shape,
});

export const Overseer = z.strictObject({
  clientId: ClientId,
  name: Name,
  holder: Holder.exclude(["agency-head", "inspection-centre"]),
  countyIds: described(z.array(Slug).min(1).optional(), "The counties it oversees; left out for the whole province."),
  ...Retirement.shape,
});

export const Operator = z.strictObject({
  clientId: ClientId,
  name: Name,
  role: z.enum(["inspector", "admin"]),
  ...Retirement.shape,
});

export const Sandbox = z.strictObject({
  clients: described(
    z.array(z.strictObject({ clientId: ClientId, name: Name })).min(1),
    "Programs that are tried: each files to the agency `sandbox` and acts as it, and sees no other complaint.",
  ),
  canary: described(
    ClientId.optional(),
    "One of them, by which every hour a complaint is taken the whole way; or nobody does.",
  ),
});
