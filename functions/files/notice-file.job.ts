import { keptAttachment } from "#shared/files/attachment.ts";
import { NoticeFile, readNoticeFile, settleNoticeFile } from "../notices/notice-files.store.ts";
import type { FileOwner } from "./file-owner.job.ts";

/** The files of notices to employees. A kept file becomes a part of a later text. */
export const noticeFiles: FileOwner = {
  read: async ({ ownerId, attachmentId }) => ({ file: await readNoticeFile(ownerId, attachmentId) }),
  keep: ({ ownerId }, { file, copy }) => settleNoticeFile(ownerId, NoticeFile.parse(keptAttachment(file, copy))),
  refuse: ({ ownerId }, refused) => settleNoticeFile(ownerId, NoticeFile.parse(refused)),
};
