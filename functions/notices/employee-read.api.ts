import { Fault } from "#shared/fault.ts";
import { Announcement, uploadStatus } from "#shared/files/attachment.ts";
import { UploadForm } from "#shared/files/upload-form.ts";
import { complaintSecrets } from "#shared/identifier.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { route } from "../http/route.ts";
import { EmployeeNotice, employeeNotice } from "./employee-notice.ts";
import type { Notice } from "./notice.ts";
import { executeNoticeCommand } from "./notice-commands.store.ts";
import { announceReply } from "./notice-files.api.ts";
import { listNoticeFiles } from "./notice-files.store.ts";
import { openLetter } from "./notice-moves.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { readEmployeeNames, readNotice, readNoticeRecord } from "./notices.store.ts";

/** The notice as the employee reads it. An entry that has expired leaves every view. */
export async function noticeReply(noticeId: string, { now, secret }: { now: Instant; secret?: string | undefined }) {
  const record = await readNoticeRecord(noticeId);
  if (!record) throw new Fault("not-found");
  const [names, files] = await Promise.all([readEmployeeNames([noticeId]), listNoticeFiles(noticeId, now)]);
  const ownFiles = files.filter(({ by }) => by === "employee").map(uploadStatus);
  const body = employeeNotice(record, { now, name: names.get(noticeId) ?? "", files: ownFiles, secret });
  if (body.status === "expired") throw new Fault("not-found");
  return { status: 200 as const, body };
}

/** The printed secret stops working at the first opening. Returns the new one; undefined if the letter was opened before. */
async function openFirst({ id: noticeId, letter }: Notice, now: Instant): Promise<string | undefined> {
  if (!letter || letter.openedAt) return undefined;
  try {
    const notice = await executeNoticeCommand({ noticeId, now }, (found, at) => ({
      change: openLetter(found, { now: at }),
    }));
    return complaintSecrets(await readPepper(), noticeId, notice.secretGeneration).secret;
  } catch (error) {
    // A notice that is over is only read.
    if (error instanceof Fault && error.code === "notice-state") return undefined;
    throw error;
  }
}

/**
 * GET /v1/notices/{noticeId}: the employee reads the notice. The first reading with the secret of the letter shows a new one, and the
 * letter's secret stops working. An employee whose letter does not open the notice thus learns that somebody else has opened it.
 */
export const readNoticeAsEmployee = route({
  caller: "employee",
  summary: { en: "Read a notice with its secret", fa: "خواندن ابلاغیه با رمز آن" },
  path: NoticePath,
  answer: { status: 200, schema: EmployeeNotice },
  async run({ principal: { noticeId }, now }) {
    const notice = await readNotice(noticeId);
    if (!notice) throw new Fault("not-found");
    return noticeReply(noticeId, { now, secret: await openFirst(notice, now) });
  },
});

/** POST /v1/notices/{noticeId}/attachments: the employee announces a file for the answer. */
export const announceFileAsEmployee = route({
  caller: "employee",
  summary: { en: "Announce a file for the answer", fa: "اعلام فایل برای پاسخ" },
  path: NoticePath,
  body: Announcement,
  answer: { status: 201, schema: UploadForm },
  problems: ["notice-state", "too-many-requests", "idempotency-key-reused"],
  run: ({ principal: { noticeId }, body, idempotencyKey, now }) =>
    announceReply({ noticeId, by: "employee", announcement: body, idempotencyKey, now }),
});
