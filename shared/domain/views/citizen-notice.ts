import * as z from "zod";
import { Instant } from "../time/calendar.ts";

/** What becomes of a notice, as its citizen reads it: one word for the service, one for the outcome. */
export const CitizenNoticeStatus = z.enum([
  "asked",
  "refused",
  "open",
  "served",
  "not-served",
  "dismissed",
  "standing",
]);
export type CitizenNoticeStatus = z.infer<typeof CitizenNoticeStatus>;

/** A notice as the citizen of its complaint reads it. The text is exactly what the employee would read. */
export const CitizenNotice = z
  .object({
    id: z.string(),
    status: CitizenNoticeStatus,
    openedAt: Instant,
    /** Until when the citizen may agree; only while asked. */
    agreeBy: Instant.optional(),
    allegation: z.string(),
    grounds: z.string(),
  })
  .meta({ id: "CitizenNotice" });
export type CitizenNotice = z.infer<typeof CitizenNotice>;
