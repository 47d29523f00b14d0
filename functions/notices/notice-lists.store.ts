import type { Employment } from "#shared/people/people.ts";
import { noticesWorkQueueKey, recordsInboxKey } from "#shared/runtime/keys.ts";
import { parseReadableItems } from "#shared/storage/readable.ts";
import { collectPage, itemsInOrder, type Position } from "#shared/storage/table.ts";
import type { Instant } from "#shared/time/calendar.ts";
import { Notice } from "./notice.ts";
import { noticeRow } from "./notice-views.ts";
import { employeeMark } from "./notices.store.ts";

type ListInput = {
  limit: number;
  from: Position | undefined;
  now: Instant;
  keep?: (notice: Notice) => boolean;
};

/** One page of the notices that are not over for an inspector, the next deadline first. `keep`: only these. */
export function listNotices({ limit, from, now, keep = () => true }: ListInput) {
  const index = "workQueue";
  async function* entries() {
    for await (const item of itemsInOrder({ index, partitions: [noticesWorkQueueKey], from })) {
      // Time may have ended a notice since its last event.
      const [notice] = parseReadableItems(Notice, [item]);
      const row = notice && keep(notice) ? noticeRow(notice, now) : undefined;
      yield { index, item, shown: row?.endedAt === undefined ? row : undefined } as const;
    }
  }
  return collectPage(entries(), { limit });
}

/** The ids of the notices that stand or may come to stand in the record of one person, or of the staff of one employer. */
export async function listRecords({
  agencyId,
  employment,
}: {
  agencyId: string;
  employment: Employment;
}): Promise<string[]> {
  const ids: string[] = [];
  const partition = recordsInboxKey({ agencyId, employee: employeeMark(employment) });
  for await (const { id } of itemsInOrder({ index: "inbox", partitions: [partition] })) ids.push(String(id));
  return ids;
}
