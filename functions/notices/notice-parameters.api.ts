import * as z from "zod";
import { AttachmentId } from "#shared/files/attachment.ts";
import { parseNoticeId } from "#shared/identifier.ts";
import { longestText, mostNoticeFiles, mostNoticeQuestions } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";

/** The id of a notice in a path, in any spelling that people type. */
export const NoticePath = z.object({
  noticeId: z
    .string()
    .refine((typed) => parseNoticeId(typed) !== undefined, { params: { rule: "notice-id" }, abort: true })
    .overwrite((typed) => parseNoticeId(typed) ?? typed),
});

/** One question of the employee, counted from 1. */
export const QuestionPath = NoticePath.extend({ number: z.coerce.number().int().min(1).max(mostNoticeQuestions) });

export const NoticeFilePath = NoticePath.extend({ attachmentId: AttachmentId });

/** An employee's answer, with files that were added to the notice before. */
export const NoticeText = z.strictObject({
  text: text({ min: 2, max: longestText }),
  attachments: z.array(AttachmentId).max(mostNoticeFiles).optional(),
});
