import * as z from "zod";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import { decideNotice } from "#shared/domain/notices/notice-moves.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { NoticeRow } from "#shared/domain/views/notice-views.ts";
import { executeNoticeCommand } from "#shared/persistence/notices/commands.ts";
import { readInvolved } from "./ground.ts";
import { NoticePath } from "./parameters.ts";
import { rowReply } from "./read.ts";
import { createWordCheck } from "./words-of-citizen.ts";

/**
 * POST /v1/inspector/notices/{noticeId}/decision: an inspector who took no part in it decides, after the employee's answer or after
 * the time for it.
 */
export const decideNoticeAsInspector = route({
  caller: "inspector",
  summary: { en: "Decide whether the allegation stands", fa: "تصمیم دربارهٔ ابلاغیه" },
  path: NoticePath,
  body: z.strictObject({
    outcome: z.enum(["stands", "dismissed"]),
    reasons: text({ min: 20, max: longestText }),
  }),
  quota: "identities",
  answer: { status: 201, schema: NoticeRow },
  problems: [
    "notice-state",
    "conflict-of-interest",
    "names-citizen",
    "too-many-requests",
    "version-outdated",
    "idempotency-key-reused",
  ],
  async run({ path: { noticeId }, body, principal, now, idempotencyKey, ifMatch }) {
    const wordCheck = createWordCheck({ principal, now, texts: { reasons: body.reasons } });
    await executeNoticeCommand({ noticeId, now, idempotencyKey, ifMatch, caller: "inspector" }, async (found, at) => {
      const involved = await readInvolved(found.complaintId);
      if (!involved) throw new Fault("unavailable");
      const change = decideNotice(found, { now: at, person: principal.person, ...body, involved });
      await wordCheck.refuseWordsOfCitizen(found.complaintId);
      return { change };
    });
    return { ...asCreated(await rowReply(noticeId, now)), quota: await wordCheck.quota() };
  },
});
