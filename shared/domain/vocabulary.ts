import * as z from "zod";

/** The languages in which people are answered and mailed. */
export type Language = "fa" | "en";
export type LocalizedText = Record<Language, string>;

/** A name people read: Persian first, English for those who need it. */
export const Name = z.strictObject({ fa: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Name = z.infer<typeof Name>;

export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Lower-case words joined by hyphens. Has no message here: callers get one in their own language. */
export const Slug = z.string().regex(slugPattern);

/** An event's id as it is sent to us; whether there is such an event is another question. */
export const eventIdPattern = /^[A-Z0-9-]{14}\/\d{1,6}$/;

/** The way a complaint came in. */
export const Channel = z.enum(["phone", "web", "mobile", "kiosk", "in-person", "messenger"]);
export type Channel = z.infer<typeof Channel>;

/** Who stands on a rung of the escalation ladder. */
export const Authority = z.enum([
  "agency-head",
  "county-governor",
  "inspection-centre",
  "governor-general",
  "national-organization",
]);
export type Authority = z.infer<typeof Authority>;
