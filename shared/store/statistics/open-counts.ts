import * as z from "zod";
import { type IranianMonth, iranianMonth, monthsLater } from "#shared/domain/statistics/iranian-month.ts";
import { OpenNow } from "#shared/domain/statistics/open-now.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { partitions } from "#shared/runtime/keys.ts";
import { readItem } from "../items.ts";
import { readable } from "../readable.ts";
import { ifNew, putIf } from "../transaction.ts";

/** What was open on a month's first morning, as it is published: who reads daily would know who became late that day. */
export const OpenCount = OpenNow.extend({ date: z.string(), countedAt: Instant });
export type OpenCount = z.infer<typeof OpenCount>;

/** The count of a month; undefined where it has not been made. */
export async function readOpenCount(month: IranianMonth): Promise<OpenCount | undefined> {
  const Key = { pk: partitions.openNow, sk: month };
  const item = await readItem(Key);
  return item && readable(OpenCount, item);
}

/** This month's count, or the last one's where it is yet to come. */
export async function readLastOpenCount(now: Instant): Promise<OpenCount | undefined> {
  const month = iranianMonth(now);
  return (await readOpenCount(month)) ?? (await readOpenCount(monthsLater(month, -1)));
}

/** False where the month was counted before: that count stays. */
export function writeOpenCount(count: OpenCount): Promise<boolean> {
  return putIf(ifNew, { ...count, pk: partitions.openNow, sk: iranianMonth(count.countedAt) });
}
