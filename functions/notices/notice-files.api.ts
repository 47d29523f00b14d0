import { randomBytes } from "node:crypto";
import { Fault } from "#shared/fault.ts";
import { Announcement } from "#shared/files/attachment.ts";
import { Download } from "#shared/files/download.ts";
import { downloadLink, uploadForm } from "#shared/files/links.store.ts";
import { UploadForm } from "#shared/files/upload-form.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { route } from "../http/route.ts";
import { announceNoticeFile, type NoticeFile, readNoticeFile } from "./notice-files.store.ts";
import { refuseUntimelyFile } from "./notice-moves.ts";
import { NoticeFilePath, NoticePath } from "./notice-parameters.api.ts";
import { readNotice } from "./notices.store.ts";

type NewFile = {
  noticeId: string;
  by: NoticeFile["by"];
  announcement: Announcement;
  idempotencyKey: IdempotencyKey | undefined;
  now: Instant;
};

/** Announces a file of a notice and answers with the signed form for it. */
export async function announceReply(file: NewFile) {
  const { noticeId, by, now } = file;
  const notice = await readNotice(noticeId);
  if (!notice) throw new Fault("not-found");
  refuseUntimelyFile(notice, { now, by });
  const attachment = await announceNoticeFile({ ...file, attachmentId: randomBytes(16).toString("hex") });
  const { attachmentId } = attachment;
  const form = await uploadForm({ ownerId: noticeId, attachment, now });
  const location = `/v1/${by === "employee" ? "" : "inspector/"}notices/${noticeId}/attachments/${attachmentId}`;
  return { status: 201 as const, body: { attachmentId, ...form }, headers: { location } };
}

/** POST /v1/inspector/notices/{noticeId}/attachments: an inspector announces a scan: of the signatures, or of an answer on paper. */
export const announceScanAsInspector = route({
  caller: "inspector",
  summary: { en: "Announce a scan and get the form to send it with", fa: "اعلام تصویر سند و دریافت فرم ارسال آن" },
  path: NoticePath,
  body: Announcement,
  answer: { status: 201, schema: UploadForm },
  problems: ["notice-state", "too-many-requests", "idempotency-key-reused"],
  run: ({ path: { noticeId }, body, idempotencyKey, now }) =>
    announceReply({ noticeId, by: "inspector", announcement: body, idempotencyKey, now }),
});

/** A link to a file of a notice. Throws `not-found` if it is not kept. */
export async function noticeFileReply(
  { noticeId, attachmentId }: { noticeId: string; attachmentId: string },
  now: Instant,
) {
  const file = await readNoticeFile(noticeId, attachmentId);
  if (file?.state !== "ready" || !file.copy) throw new Fault("not-found");
  const link = await downloadLink({ attachmentId, now, contentType: file.copy.contentType });
  return { status: 200 as const, body: { ...link, ...file.copy } };
}

/** GET /v1/inspector/notices/{noticeId}/attachments/{attachmentId}: a link to a file of the notice. */
export const readNoticeFileAsInspector = route({
  caller: "inspector",
  summary: { en: "Get a link to a file of a notice", fa: "دریافت پیوند فایل ابلاغیه" },
  path: NoticeFilePath,
  answer: { status: 200, schema: Download },
  run: ({ path, now }) => noticeFileReply(path, now),
});
