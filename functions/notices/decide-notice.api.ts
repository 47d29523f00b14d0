import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { asCreated } from "../http/reply.ts";
import { route } from "../http/route.ts";
import { readInvolved } from "./ground.api.ts";
import { executeNoticeCommand } from "./notice-commands.store.ts";
import { decideNotice } from "./notice-moves.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { rowReply } from "./read-notices.api.ts";
import { createWordCheck } from "./words-of-citizen.api.ts";

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
