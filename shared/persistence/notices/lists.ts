import { Notice } from "#shared/domain/notices/notice.ts";
import type { Instant } from "#shared/domain/time/calendar.ts";
import { noticeRow } from "#shared/domain/views/notice-views.ts";
import { noticesWorkQueueKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "../readable.ts";
import { collectPage, itemsInOrder, type Position } from "../table.ts";

/** One page of the notices that are not over for an inspector, the next deadline first. */
export function listNotices({ limit, from, now }: { limit: number; from: Position | undefined; now: Instant }) {
  const index = "workQueue";
  async function* entries() {
    for await (const item of itemsInOrder({ index, partitions: [noticesWorkQueueKey], from })) {
      // Time may have ended a notice since its last event.
      const [row] = parseReadableItems(Notice, [item]).map((notice) => noticeRow(notice, now));
      yield { index, item, shown: row?.endedAt === undefined ? row : undefined } as const;
    }
  }
  return collectPage(entries(), { limit });
}
