import * as z from "zod";
import { Instant } from "#shared/time/calendar.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { NoticeLetter } from "./letter.ts";
import { letterReply } from "./letter-reply.api.ts";
import { printLetter, recordLeave } from "./notice-moves.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { executeOfficialsMove } from "./officials-move.api.ts";
import { rowReply } from "./read-notices.api.ts";

/**
 * POST /v1/inspector/notices/{noticeId}/letter: an inspector prints the letter with a secret of its own. A letter that is lost or
 * that somebody else opened before the service is replaced by another inspector.
 */
export const printLetterAsInspector = route({
  caller: "inspector",
  summary: { en: "Print the letter to the employee", fa: "چاپ نامهٔ ابلاغ برای کارمند" },
  path: NoticePath,
  body: z.strictObject({}),
  answer: { status: 201, schema: NoticeLetter },
  problems: ["notice-state", "conflict-of-interest", "version-outdated", "idempotency-key-reused"],
  run: (request) => letterReply(request, printLetter),
});

/** POST /v1/inspector/notices/{noticeId}/leave: the employee is on leave, so the time for the service stops. */
export const recordLeaveAsInspector = route({
  caller: "inspector",
  summary: { en: "Say until when the employee is on leave", fa: "ثبت مرخصی کارمند" },
  path: NoticePath,
  body: z.strictObject({ onLeaveUntil: Instant }),
  answer: { status: 201, schema: NoticeRow },
  problems: ["notice-state", "version-outdated", "idempotency-key-reused"],
  async run({ body: { onLeaveUntil: until }, ...request }) {
    await executeOfficialsMove(request, (found, acting) => ({ change: recordLeave(found, { ...acting, until }) }));
    return asCreated(await rowReply(request.path.noticeId, request.now));
  },
});
