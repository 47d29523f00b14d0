import * as z from "zod";
import { asCreated } from "#functions/http/reply.ts";
import { route } from "#functions/http/route.ts";
import { Fault } from "#shared/domain/fault.ts";
import { decideNotice } from "#shared/domain/notices/notice-moves.ts";
import { longestText } from "#shared/domain/policy-numbers.ts";
import { text } from "#shared/domain/text.ts";
import { NoticeRow } from "#shared/domain/views/notice-views.ts";
import { readComplaintRecordUpTo, readHead } from "#shared/persistence/complaints/complaints.ts";
import { readConfidentialRecord } from "#shared/persistence/complaints/confidential-log.ts";
import { executeNoticeCommand } from "#shared/persistence/notices/commands.ts";
import { visitorsOf } from "./ground.ts";
import { NoticePath } from "./parameters.ts";
import { rowReply } from "./read.ts";
import { createWordCheck } from "./words-of-citizen.ts";

/** The facts that exclude inspectors who took part in the complaint from deciding the notice. */
async function readInvolved(complaintId: string) {
  const complaint = await readHead(complaintId);
  if (!complaint) throw new Fault("not-found");
  const [{ events, newer = [] }, { visits }] = await Promise.all([
    readComplaintRecordUpTo(complaint),
    readConfidentialRecord(complaintId),
  ]);
  if (newer.length > 0) throw new Fault("unavailable");
  return { complaint, events, visitors: visitorsOf(visits) };
}

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
  problems: ["notice-state", "conflict-of-interest", "names-citizen", "too-many-requests", "idempotency-key-reused"],
  async run({ path: { noticeId }, body, principal, now, idempotencyKey }) {
    const wordCheck = createWordCheck({ principal, now, texts: { reasons: body.reasons } });
    await executeNoticeCommand({ noticeId, now, idempotencyKey }, async (found, at) => {
      const involved = await readInvolved(found.complaintId);
      const change = decideNotice(found, { now: at, person: principal.person, ...body, involved });
      await wordCheck.refuseWordsOfCitizen(found.complaintId);
      return { change };
    });
    return { ...asCreated(await rowReply(noticeId, now)), quota: await wordCheck.quota() };
  },
});
