import { afterAll, expect, test } from "vitest";
import { countOpen } from "#functions/statistics/count-open.ts";
import { file } from "#shared/domain/complaint/filing.ts";
import { shown } from "#shared/domain/statistics/cell.ts";
import { later } from "#shared/domain/time/duration.ts";
import { readOpenCount } from "#shared/store/statistics/open-counts.ts";
import { aFiling, morning, theCallCentre } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { written } from "../../support/written.ts";
import { writtenLog } from "../../support/written-log.ts";

withRealTables();
const log = writtenLog();
afterAll(log.release);

const hourMs = 60 * 60_000;
/** Six in the morning in Tehran. */
const atSix = "2026-11-27T02:30:00.000Z";
const run = (now: string) => countOpen({ now, until: Number.POSITIVE_INFINITY });

let filed = 0;
type Filed = { agencyId: string; dueInHours: number; recordKey: number; isRetaliation?: true };

async function fileOne({ agencyId, dueInHours, recordKey, isRetaliation }: Filed): Promise<void> {
  const due = later(morning, dueInHours * hourMs);
  await written(
    file(aFiling({ agencyId }), {
      id: `QZ-${String(filed++).padStart(4, "0")}-0000-0`,
      by: theCallCentre,
      now: morning,
      deadlines: { acknowledgeBy: due, answerBy: due },
      ...(isRetaliation && { retaliation: { retaliationFor: "QZ-9999-0000-0", reviewBy: due } }),
      mark: String,
      mayMail: false,
      recordKey,
    }),
  );
}

const numbers = (length: number) => Array.from({ length }, (_, n) => n);
const keySum = (keys: number[]) => keys.reduce((sum, key) => (sum + key) % 256, 0);

test("what is open is counted once a day from six on, without retaliation reports, and what is few is not told from none", async () => {
  const late = numbers(130).map((n) => (n * 37) % 256);
  const soon = numbers(40).map((n) => (n * 11) % 256);
  for (const recordKey of late) await fileOne({ agencyId: "gas", dueInHours: 48, recordKey });
  for (const recordKey of soon) await fileOne({ agencyId: "gas", dueInHours: 200, recordKey });
  for (const recordKey of numbers(7)) await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey });
  for (const recordKey of numbers(20))
    await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey, isRetaliation: true });
  expect(await run(later(atSix, -1))).toBe(atSix);
  expect(await readOpenCount("2026-11-27")).toBeUndefined();
  expect(await run(later(atSix, hourMs))).toBe(later(atSix, 24 * hourMs));
  const told = await readOpenCount("2026-11-27");
  const overdue = shown({ n: 130, k: keySum(late) });
  const notOverdue = shown({ n: 40, k: keySum(soon) });
  expect(told?.agencies.gas).toEqual({ overdue, notOverdue });
  expect(told?.agencies["bank-melli"]).toEqual({ overdue: "<10", notOverdue: "<10" });
  const all = shown({ n: 137, k: keySum([...late, ...numbers(7)]) });
  expect(told?.province).toEqual({ overdue: all, notOverdue });
});

test("a day that was counted is not counted again, whatever happened since", async () => {
  const before = await readOpenCount("2026-11-27");
  for (const recordKey of numbers(30)) await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey });
  await run(later(atSix, 2 * hourMs));
  expect(await readOpenCount("2026-11-27")).toEqual(before);
  await run(later(atSix, 24 * hourMs));
  expect((await readOpenCount("2026-11-28"))?.agencies["bank-melli"]?.overdue).toBeGreaterThan(30);
});
