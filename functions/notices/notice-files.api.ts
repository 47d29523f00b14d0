import { randomBytes } from "node:crypto";
import { Fault } from "#shared/fault.ts";
import { Announcement } from "#shared/files/attachment.ts";
import { Download } from "#shared/files/download.ts";
import { downloadLink, uploadForm } from "#shared/files/links.store.ts";
import { UploadForm } from "#shared/files/upload-form.ts";
import type { PrincipalOf } from "#shared/people/principal.ts";
import type { IdempotencyKey } from "#shared/storage/commands.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { saveAuditEntry } from "../audit/audit.store.ts";
import { route } from "../http/route.ts";
import { passTime } from "./notice-clock.ts";
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

type FileReading = {
  path: { noticeId: string; attachmentId: string };
  now: Instant;
  principal: PrincipalOf<"inspector" | "reviewer">;
};

/**
 * A link to a file of a notice. The audit records each reading before it is answered. Throws `not-found` if the file is not kept, or
 * if the entry has expired.
 */
export async function noticeFileReply({ path: { noticeId, attachmentId }, now, principal }: FileReading) {
  const [notice, file] = await Promise.all([readNotice(noticeId), readNoticeFile(noticeId, attachmentId)]);
  if (!notice || passTime(notice, now).notice.status === "expired") throw new Fault("not-found");
  if (file?.state !== "ready" || !file.copy) throw new Fault("not-found");
  const { clientId, person } = principal;
  await saveAuditEntry({ type: "notice-file-read", at: now, noticeId, attachmentId, clientId, person });
  const link = await downloadLink({ attachmentId, now, contentType: file.copy.contentType });
  return { status: 200 as const, body: { ...link, ...file.copy } };
}

/** GET /v1/inspector/notices/{noticeId}/attachments/{attachmentId}: a link to a file of the notice. The audit records each reading. */
export const readNoticeFileAsInspector = route({
  caller: "inspector",
  summary: { en: "Get a link to a file of a notice", fa: "دریافت پیوند فایل ابلاغیه" },
  path: NoticeFilePath,
  answer: { status: 200, schema: Download },
  run: ({ path, now, principal }) => noticeFileReply({ path, now, principal }),
});
