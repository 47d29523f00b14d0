import * as z from "zod";

export const ClientId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,64}$/, "must be 3 to 64 letters, digits, dots, hyphens or underscores");
/** Opinions and calls come for a month after closing, and mails go to whoever left an address. */
export const Kept = z.string().regex(/^P(6\d|[7-9]\d|[1-9]\d{2,4})D$/, "must be days, 60 at the least, like P730D");
/** An address that paths are added to. */
export const BaseUrl = z
  .string()
  .regex(/^https:\/\/[^\s/?#]+(\/[^\s/?#]+)*$/, "must be an https address that ends without a slash");
/** As a browser names where a page is from: with anything more it would match nothing. */
export const Origin = z
  .string()
  .refine((origin) => /^https?:/.test(origin) && URL.parse(origin)?.origin === origin, { params: { rule: "origin" } });
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
