import * as z from "zod";
import { Fault } from "#shared/fault.ts";
import { longestText } from "#shared/policy-numbers.ts";
import { text } from "#shared/text.ts";
import { route } from "../http/route.ts";
import { decideNotice } from "./notice-moves.ts";
import { NoticePath } from "./notice-parameters.api.ts";
import { NoticeRow } from "./notice-views.ts";
import { checkedMoveReply } from "./officials-move.api.ts";
import { readInspectorsTies } from "./ties.api.ts";

/**
 * POST /v1/inspector/notices/{noticeId}/decision: an inspector without a part in the matter decides, after the employee's answer or after
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
  run: ({ body, ...request }) =>
    checkedMoveReply(request, {
      texts: { reasons: body.reasons },
      async decide(notice, acting) {
        const { isColleague, involved } = await readInspectorsTies(notice, acting.person);
        if (!involved) throw new Fault("unavailable");
        return decideNotice(notice, { ...acting, ...body, involved, isColleague });
      },
    }),
});
