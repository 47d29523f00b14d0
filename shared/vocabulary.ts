import * as z from "zod";

/** The languages of answers and mails. */
export type Language = "fa" | "en";
export type LocalizedText = Record<Language, string>;

/** A displayed name, in Persian and English. */
export const Name = z.strictObject({ fa: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Name = z.infer<typeof Name>;

/** The names of everything that complaints refer to by id. */
export type ListedNames = Record<"agency" | "county" | "office" | "category", Record<string, Name>>;

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Lower-case words joined by hyphens. It has no message, because callers get messages in their own language. */
export const Slug = z.string().regex(slugPattern);

/** The form of an event's id in requests: with the event's number, or as a front end knows it. It does not show that the event exists. */
export const eventIdPattern = /^[A-Z0-9-]{14}\/(?:\d{1,6}|[0-9A-Z]{8})$/;

/** The way in which the citizen filed the complaint. */
export const Channel = z.enum(["phone", "web", "mobile", "kiosk", "in-person", "messenger"]);
export type Channel = z.infer<typeof Channel>;

/** The authorities that can hold an escalation level. */
export const Authority = z.enum([
  "agency-head",
  "county-governor",
  "inspection-centre",
  "governor-general",
  "national-organization",
]);
export type Authority = z.infer<typeof Authority>;

/** The kinds of providers that messages go through. */
export const SmsProviderKind = z.enum(["kavenegar", "sms-ir", "webhook"]);
export type SmsProviderKind = z.infer<typeof SmsProviderKind>;
