import { Notice } from "#shared/domain/notices/notice.ts";
import { noticesWorkQueueKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "../readable.ts";
import { collectPage, itemsInOrder, type Position } from "../table.ts";

/** One page of the notices that are not over, the next deadline first. Time may have ended some of them since. */
export function listNotices({ limit, from }: { limit: number; from: Position | undefined }) {
  const index = "workQueue";
  async function* entries() {
    for await (const item of itemsInOrder({ index, partitions: [noticesWorkQueueKey], from }))
      yield { index, item, shown: parseReadableItems(Notice, [item])[0] } as const;
  }
  return collectPage(entries(), { limit });
}
