import * as z from "zod";
import { partitions } from "#shared/runtime/keys.ts";
import { parseItem } from "#shared/storage/readable.ts";
import { readPartition } from "#shared/storage/table.ts";
import { ifNew, putIfConditionHolds } from "#shared/storage/transaction.ts";

/** How many entries began to stand in employees' records in an Iranian year, rounded to a multiple of five. */
export const RecordYear = z.object({ year: z.int(), entries: z.int() }).meta({ id: "RecordYear" });
export type RecordYear = z.infer<typeof RecordYear>;

/** The published years, the oldest first. */
export async function readRecordYears(): Promise<RecordYear[]> {
  return (await readPartition(partitions.recordYears)).map((item) => parseItem(RecordYear, item));
}

/** Publishes a year once; it is never counted again. */
export async function writeRecordYear(published: RecordYear): Promise<void> {
  await putIfConditionHolds(ifNew, { ...published, pk: partitions.recordYears, sk: String(published.year) });
}
