import * as z from "zod";
import { Instant } from "#shared/time/calendar.ts";
import { noticeMovesShape } from "./notice-lifecycle.ts";
import { CitizenNoticeStatus } from "./notice-status.ts";

/** A notice as the citizen of its complaint reads it. The text is exactly the one that the employee would read. */
export const CitizenNotice = z
  .object({
    id: z.string(),
    status: CitizenNoticeStatus,
    openedAt: Instant,
    /** Until when the citizen may agree; only while asked. */
    agreeBy: Instant.optional(),
    allegation: z.string(),
    grounds: z.string(),
    ...noticeMovesShape,
  })
  .meta({ id: "CitizenNotice" });
export type CitizenNotice = z.infer<typeof CitizenNotice>;
