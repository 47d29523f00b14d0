import { Fault } from "#shared/domain/fault.ts";
import { Notice } from "#shared/domain/notices/notice.ts";
import type { NoticeChange } from "#shared/domain/notices/notice-events.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { secondsOf } from "#shared/domain/time/duration.ts";
import { headKey, idempotencyRecordKey, noticeKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  type IdempotencyKey,
  IdempotencyRecord,
  idempotencyRecordWrites,
} from "../complaints/moves.ts";
import { parseItem } from "../readable.ts";
import { readItems } from "../table.ts";
import { conflict, retryOnConflict, type Writes, writeTransaction } from "../transaction.ts";
import { noticeWrites } from "./notices.ts";

const attempts = 6;

export type NoticeRequest = { noticeId: string; now: Instant; idempotencyKey?: IdempotencyKey | undefined };

/** Decides the change, or throws a `Fault`. `now` is never before the last event of the notice. */
type Decide = (notice: Notice, now: Instant) => Decision | Promise<Decision>;
type Decision = { change: NoticeChange; additionalWrites?: Writes };

/**
 * Makes one move of a notice: reads it, decides, and writes its new head with its events in one transaction. If somebody else
 * changed it in between, it reads and decides again. A repetition of a request changes nothing. Returns the notice after the
 * move. Throws `not-found`, `idempotency-key-reused`, `unavailable`, and the faults of `decide`.
 */
export function executeNoticeCommand(request: NoticeRequest, decide: Decide): Promise<Notice> {
  const { noticeId, now, idempotencyKey } = request;
  return retryOnConflict(attempts, async () => {
    const { notice, idempotencyRecord } = await readHeadAndRecord(request);
    if (!notice) throw new Fault("not-found");
    if (idempotencyRecord) {
      assertSameBody(idempotencyRecord, idempotencyKey);
      return notice;
    }
    const at = now > notice.lastEventAt ? now : notice.lastEventAt;
    const decided = await decideOrRepeat(request, () => decide(notice, at));
    if (decided === conflict) return conflict;
    const { change, additionalWrites = [] } = decided;
    const recordWrites = idempotencyRecordWrites({ pk: noticeKey(noticeId), idempotencyKey, now });
    const writes = [...noticeWrites(change), ...recordWrites, ...additionalWrites];
    return (await writeTransaction(writes)) ? conflict : change.notice;
  });
}

/** Of the same request twice at once, one may find the notice changed by the other: it is a repetition and tries again. */
async function decideOrRepeat<T>(request: NoticeRequest, decide: () => T | Promise<T>): Promise<T | typeof conflict> {
  try {
    return await decide();
  } catch (refusal) {
    const isRepetition = request.idempotencyKey && (await readHeadAndRecord(request)).idempotencyRecord;
    if (isRepetition) return conflict;
    throw refusal;
  }
}

async function readHeadAndRecord({ noticeId, now, idempotencyKey }: NoticeRequest) {
  const pk = noticeKey(noticeId);
  const recordKeys = idempotencyKey ? [{ pk, sk: idempotencyRecordKey(idempotencyKey.keyMac) }] : [];
  const items = await readItems([{ pk, sk: headKey }, ...recordKeys]);
  const head = items.find(({ sk }) => sk === headKey);
  const records = items.filter(({ sk }) => sk !== headKey).map((item) => parseItem(IdempotencyRecord, item));
  return {
    notice: head && parseItem(Notice, head),
    idempotencyRecord: records.find(({ expiresAt }) => expiresAt > secondsOf(now)),
  };
}
