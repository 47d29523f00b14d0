import * as z from "zod";
import { type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { Waiting } from "#shared/domain/statistics/waiting.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { ifNew, putIf } from "../transaction.ts";

/** What waited for an answer on a month's first morning, as published. A daily count would show who became late that day. */
export const WaitingCount = Waiting.extend({ date: z.string(), countedAt: Instant });
export type WaitingCount = z.infer<typeof WaitingCount>;

/** The count of a month; undefined where it has not been made. */
export async function readWaiting(month: IranianMonth): Promise<WaitingCount | undefined> {
  const item = await readItem({ pk: partitions.waiting, sk: month });
  return item && readable(WaitingCount, item);
}

/** This month's count, or the last month's where this month's is not made yet. */
export async function readLastWaiting(now: Instant): Promise<WaitingCount | undefined> {
  const month = iranianMonth(now);
  return (await readWaiting(month)) ?? (await readWaiting(monthsLater(month, -1)));
}

/** False where the month was counted before: that count stays. */
export function writeWaiting(count: WaitingCount): Promise<boolean> {
  return putIf(ifNew, { ...count, pk: partitions.waiting, sk: iranianMonth(count.countedAt) });
}
