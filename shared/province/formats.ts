import * as z from "zod";
import { keptByDefault } from "#shared/domain/policy-numbers.ts";
import { described } from "./described.ts";

export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,64}$/, "must be 3 to 64 letters, digits, dots, hyphens or underscores");
/** Opinions and calls come for a month after closing, and mails go to whoever left an address. */
const IdentityKept = z.string().regex(/^P(6\d|[7-9]\d|[1-9]\d{2,4})D$/, "must be days, 60 at the least, like P730D");
/** Records that could not be consumed have texts, and lie for 90 days. */
const TextsKept = z
  .string()
  .regex(/^P(1[2-9]\d|[2-9]\d{2}|[1-9]\d{3,4})D$/, "must be days, 120 at the least, like P1825D");
/** The last year that is published, and the window before it, are counted from them. */
const EventsKept = z
  .string()
  .regex(/^P(4[5-9]\d|[5-9]\d{2}|[1-9]\d{3,4})D$/, "must be days, 450 at the least, like P3650D");

/** How long each kind of what is kept is kept after the case was closed. */
export const Retention = z.strictObject({
  identity: described(
    IdentityKept.default(keptByDefault.identity),
    "Who complained. Left out, two years: practice of inspectors' offices; no law that we know of names a period.",
  ),
  texts: described(
    TextsKept.default(keptByDefault.texts),
    "What anybody wrote or sent. Left out, five years; law and practice unknown. No less than `identity`.",
  ),
  events: described(
    EventsKept.default(keptByDefault.events),
    "That the case ever was, with its opinions. Left out, ten years; law and practice unknown. No less than `texts`.",
  ),
});
const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text;
/** An address that paths are added to: a host alone, as a browser writes it, since it is compared with that. */
export const BaseUrl = z
  .string()
  .refine((text) => text.startsWith("https:") && isOrigin(text), { params: { rule: "base-url" } });
/** As a browser names where a page is from: with anything more it would match nothing. */
export const Origin = z.string().refine(isOrigin, { params: { rule: "origin" } });
const isWebhookUrl = (text: string) => {
  const url = URL.parse(text);
  const { protocol, port, username, password, search, hash, hostname = "" } = url ?? {};
  // The parser writes every form of an IPv4 address as four numbers, and puts IPv6 in brackets.
  const isName = /\.[a-z][a-z0-9-]*$/i.test(hostname);
  return protocol === "https:" && isName && !(port || username || password || search || hash);
};
/** Where a webhook is posted to. */
export const Webhook = z.strictObject({
  url: z.string().refine(isWebhookUrl, { params: { rule: "webhook" } }),
});
export const HttpsAddress = z.url({ protocol: /^https$/ });
export const Issuer = HttpsAddress.regex(/^[^?#]*$/, "must be without a query or a fragment");
