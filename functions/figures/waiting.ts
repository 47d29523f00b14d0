import * as z from "zod";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { fewestWaitingPublished } from "#shared/policy-numbers.ts";
import type { Instant } from "#shared/time/calendar.ts";
import type { IranianMonth } from "#shared/time/period.ts";
import { roundWaitingCount } from "./rounding.ts";

/** Is published instead of a number that is 0 or 10 after rounding. */
const fewWaiting = `<${fewestWaitingPublished}` as const;
export const WaitingNumber = z.union([z.int(), z.literal(fewWaiting)]);
export type WaitingNumber = z.infer<typeof WaitingNumber>;

const columns = ["overdue", "notYetDue"] as const;
type Column = (typeof columns)[number];
export const WaitingRow = z.object({ overdue: WaitingNumber, notYetDue: WaitingNumber });

/** The published numbers of unanswered complaints on the first morning of an Iranian month. */
export const WaitingStatistics = z.object({ province: WaitingRow, agencies: z.record(z.string(), WaitingRow) });
export type WaitingStatistics = z.infer<typeof WaitingStatistics>;

/** The true counts of one agency or of the province. */
export type WaitingCounts = Record<Column, number>;

/** Returns the column that counts an unanswered complaint; undefined if the complaint waits for no answer. */
export function waitingColumn({ status, answerBy }: Complaint, now: Instant): Column | undefined {
  if (status !== "filed" && status !== "acknowledged") return undefined;
  return answerBy <= now ? "overdue" : "notYetDue";
}

type WaitingPublication = { key: string; month: IranianMonth };

/**
 * Turns the true counts of the agencies into the published numbers. Each number is rounded by its own rounding key,
 * `now|month|row|column`; the row of the province is empty.
 */
export function publishWaiting(
  agencies: Record<string, WaitingCounts>,
  publishing: WaitingPublication,
): WaitingStatistics {
  const province = { overdue: 0, notYetDue: 0 };
  for (const counts of Object.values(agencies)) for (const column of columns) province[column] += counts[column];
  const rows = Object.entries(agencies).map(([id, counts]) => [id, publishedRow(counts, { row: id, ...publishing })]);
  return { province: publishedRow(province, { row: "", ...publishing }), agencies: Object.fromEntries(rows) };
}

function publishedRow(
  counts: WaitingCounts,
  { key, month, row }: WaitingPublication & { row: string },
): z.infer<typeof WaitingRow> {
  const publish = (column: Column): WaitingNumber => {
    const rounded = roundWaitingCount(counts[column], { key, roundingKey: `now|${month}|${row}|${column}` });
    return rounded < fewestWaitingPublished ? fewWaiting : rounded;
  };
  return { overdue: publish("overdue"), notYetDue: publish("notYetDue") };
}
