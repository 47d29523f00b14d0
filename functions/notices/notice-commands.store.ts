import { Fault } from "#shared/fault.ts";
import { noticeKey } from "#shared/runtime/keys.ts";
import {
  assertSameBody,
  assertVersion,
  attemptIdempotently,
  type IdempotencyKey,
  idempotencyRecordWrites,
} from "#shared/storage/commands.ts";
import { conflict, type Writes, writeTransaction } from "#shared/storage/transaction.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Notice, type NoticeActor } from "./notice.ts";
import { passTime } from "./notice-clock.ts";
import type { NoticeChange } from "./notice-events.ts";
import { asKnownTo } from "./notice-lifecycle.ts";
import { noticeWrites } from "./notices.store.ts";

const attempts = 6;

/**
 * `ifMatch`: the versions that the caller accepts. If the notice has another version now, as far as this `caller` may know it, the move is
 * refused as `version-outdated`.
 */
export type NoticeRequest = {
  noticeId: string;
  now: Instant;
  idempotencyKey?: IdempotencyKey | undefined;
  ifMatch?: string[] | undefined;
  caller?: NoticeActor["by"];
};

/** Decides the change, or throws a `Fault`. `now` is never before the last event of the notice. */
type Decide = (notice: Notice, now: Instant) => Decision | Promise<Decision>;
type Decision = { change: NoticeChange; additionalWrites?: Writes };

/**
 * Makes one move of a notice: reads it, decides, and writes its new head with its events in one transaction. If somebody else
 * changed it in between, it reads and decides again. A repetition of a request changes nothing. Returns the notice after the
 * move. Throws `not-found`, `version-outdated`, `idempotency-key-reused`, `unavailable`, and the faults of `decide`.
 */
export function executeNoticeCommand(request: NoticeRequest, decide: Decide): Promise<Notice> {
  const { noticeId, now, idempotencyKey, ifMatch, caller = "system" } = request;
  const pk = noticeKey(noticeId);
  const target = { schema: Notice, pk, recordPartitions: [pk] };
  return attemptIdempotently({ attempts, target, request }, async ({ head: notice, idempotencyRecord }) => {
    if (!notice) throw new Fault("not-found");
    if (idempotencyRecord) {
      assertSameBody(idempotencyRecord, idempotencyKey);
      return notice;
    }
    assertVersion(asKnownTo(caller, passTime(notice, now).notice, now), ifMatch);
    const at = now > notice.lastEventAt ? now : notice.lastEventAt;
    const { change, additionalWrites = [] } = await decide(notice, at);
    const recordWrites = idempotencyRecordWrites({ pk, idempotencyKey, now });
    const writes = [...noticeWrites(change), ...recordWrites, ...additionalWrites];
    return (await writeTransaction(writes)) ? conflict : change.notice;
  });
}
