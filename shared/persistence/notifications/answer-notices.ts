import { type AnswerNotice, wasInformedByPhone } from "#shared/domain/complaint/answer-notices.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { ConfidentialEntry } from "#shared/domain/complaint/confidential-log.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { answerNoticeKey, confidentialLogKey } from "#shared/runtime/keys.ts";
import { errorName, log } from "#shared/runtime/log.ts";
import { ifNew, putIfConditionHolds } from "../transaction.ts";
import { hasBounced } from "./mailed-addresses.ts";

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
  now: Instant;
};

/** Whether the citizen heard of the answer: by a notice that reached the citizen, or by phone. A bounced mail did not. */
export async function isInformedOfAnswer({
  complaint,
  notices,
  confidentialLog,
  now,
}: NoticeQuestion): Promise<boolean> {
  if (wasInformedByPhone(complaint, confidentialLog) || notices.some(({ way }) => way !== "mail")) return true;
  const [mail] = notices;
  return mail !== undefined && !(mail.addressDigest && (await hasBounced(mail.addressDigest, now)));
}
