import { type AnswerNotice, wasInformedByPhone } from "#shared/complaints/answer-notices.ts";
import type { Complaint } from "#shared/complaints/complaint.ts";
import type { ConfidentialEntry } from "#shared/complaints/confidential-log.ts";
import { answerNoticeKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";
import { readBounce } from "./mailed-addresses.store.ts";

/**
 * Records that a notice of the answer reached the citizen. The first of each way stays. Only the call list and the figures of the
 * province use it, so a failure is only logged: the request or the mail behind it has succeeded.
 */
export async function recordAnswerNotice(complaintId: string, notice: AnswerNotice): Promise<void> {
  const keys = { pk: confidentialLogKey(complaintId), sk: answerNoticeKey(notice.way) };
  await putIfConditionHolds(ifNew, { ...notice, ...keys }).catch((error: unknown) =>
    log.error("notice of the answer not recorded", { complaintId, way: notice.way, errorName: errorName(error) }),
  );
}

type NoticeQuestion = {
  complaint: Pick<Complaint, "answeredAt">;
  notices: readonly AnswerNotice[];
  confidentialLog: readonly ConfidentialEntry[];
};

/** Whether the citizen heard of the answer: by a notice that reached the citizen, or by phone. */
export async function isInformedOfAnswer({ complaint, notices, confidentialLog }: NoticeQuestion): Promise<boolean> {
  return wasInformedByPhone(complaint, confidentialLog) || (await withoutBounced(notices)).length > 0;
}

/** The notices that reached the citizen: a mail that bounced did not. */
export async function withoutBounced(notices: readonly AnswerNotice[]): Promise<AnswerNotice[]> {
  const bounces = await Promise.all(notices.map(({ addressDigest }) => addressDigest && readBounce(addressDigest)));
  return notices.filter((_, n) => !bounces[n]);
}
