import { partitions } from "#shared/runtime/keys.ts";
import { putWrite, type Writes } from "#shared/storage/transaction.ts";
import { daySeconds, secondsOf } from "#shared/time/duration.ts";

/** Days for which news is kept: longer than any run looks back. */
const newsDays = 9;

/**
 * The write by which a citizen gets a message about something that stands in no feed, such as a renewed code. It goes into the
 * transaction of that thing. The citizen gets a message only if there is consent; the text says nothing about the reason.
 */
export function smsNewsWrite({ complaintId, at }: { complaintId: string; at: string }): Writes[number] {
  const expiresAt = secondsOf(at) + newsDays * daySeconds;
  return putWrite({ pk: partitions.smsNews, sk: `${at}#${complaintId}`, complaintId, at, expiresAt });
}
