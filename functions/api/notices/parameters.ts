import * as z from "zod";
import { parseNoticeId } from "#shared/domain/complaint/identifier.ts";

/** The id of a notice in a path, in any of the spellings in which people type it. */
export const NoticePath = z.object({
  noticeId: z
    .string()
    .refine((typed) => parseNoticeId(typed) !== undefined, { params: { rule: "notice-id" }, abort: true })
    .overwrite((typed) => parseNoticeId(typed) ?? typed),
});
