import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { complaintSecrets } from "#shared/identifier.ts";
import { persianAgencyNames } from "#shared/province/slices.static.ts";
import { env } from "#shared/runtime/environment.ts";
import { readPepper } from "#shared/storage/secrets.ts";
import { Instant } from "#shared/time/calendar.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { NoticeLetter, noticeLetter } from "./letter.ts";
import { executeNoticeCommand } from "./notice-commands.store.ts";
import { printLetter, recordLeave } from "./notice-moves.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { readEmployeeNames } from "./notices.store.ts";
import { rowReply } from "./read-notices.api.ts";

/**
 * POST /v1/inspector/notices/{noticeId}/letter: an inspector prints the letter with a secret of its own. A letter that is lost or
 * that somebody else opened is replaced by another inspector; then the service begins anew.
 */
export const printLetterAsInspector = route({
  caller: "inspector",
  summary: { en: "Print the letter to the employee", fa: "چاپ نامهٔ ابلاغ برای کارمند" },
  path: NoticePath,
  body: z.strictObject({}),
  answer: { status: 201, schema: NoticeLetter },
  problems: ["notice-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  async run({ path: { noticeId }, principal: { person }, now, idempotencyKey, ifMatch }) {
    const notice = await executeNoticeCommand(
      { noticeId, now, idempotencyKey, ifMatch, caller: "inspector" },
      (found, at) => ({
        change: printLetter(found, { now: at, person }),
      }),
    );
    const { letter, secretGeneration } = notice;
    // A repetition shows the secret again only to the inspector who printed it, and only while the secret works.
    if (letter?.printedBy !== person || letter.openedAt)
      throw new Fault("notice-state", { values: { status: notice.status } });
    const [pepper, employeeNames] = await Promise.all([readPepper(), readEmployeeNames([noticeId])]);
    const body = noticeLetter({
      id: noticeId,
      secret: complaintSecrets(pepper, noticeId, secretGeneration).secret,
      address: `${env("PUBLIC_URL")}/notice`,
      employee: employeeNames.get(noticeId) ?? "",
      agency: persianAgencyNames[notice.agencyId] ?? "",
      printedAt: letter.printedAt,
    });
    return { status: 201, body };
  },
});

/** POST /v1/inspector/notices/{noticeId}/leave: the employee is on leave, so the time for the service stops. */
export const recordLeaveAsInspector = route({
  caller: "inspector",
  summary: { en: "Say until when the employee is on leave", fa: "ثبت مرخصی کارمند" },
  path: NoticePath,
  body: z.strictObject({ onLeaveUntil: Instant }),
  answer: { status: 201, schema: NoticeRow },
  problems: ["notice-state", "version-outdated", "idempotency-key-reused"],
  async run({ path: { noticeId }, body, principal: { person }, now, idempotencyKey, ifMatch }) {
    await executeNoticeCommand({ noticeId, now, idempotencyKey, ifMatch, caller: "inspector" }, (found, at) => ({
      change: recordLeave(found, { now: at, person, until: body.onLeaveUntil }),
    }));
    return asCreated(await rowReply(noticeId, now));
  },
});
