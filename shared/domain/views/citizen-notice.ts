import * as z from "zod";
import { noticeMovesShape } from "../notices/notice-lifecycle.ts";
import { CitizenNoticeStatus } from "../notices/notice-status.ts";
import { Instant } from "../time/calendar.ts";

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
