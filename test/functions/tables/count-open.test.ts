import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, expect, test } from "vitest";
import { countOpen } from "#functions/statistics/count-open.ts";
import { file } from "#shared/domain/complaint/filing.ts";
import { shown, type Tally } from "#shared/domain/statistics/cell.ts";
import { later } from "#shared/domain/time/duration.ts";
import { env } from "#shared/runtime/env.ts";
import { inboxKey } from "#shared/runtime/keys.ts";
import { readOpenCount } from "#shared/store/statistics/open-counts.ts";
import { table } from "#shared/store/table.ts";
import { aFiling, morning, theCallCentre } from "../../support/a-complaint.ts";
import { withRealTables } from "../../support/real-tables.ts";
import { written } from "../../support/written.ts";
import { writtenLog } from "../../support/written-log.ts";

withRealTables();
const log = writtenLog();
afterAll(log.release);

const hourMs = 60 * 60_000;
/** Six in the first morning of Azar in Tehran. */
const atSix = "2026-11-22T02:30:00.000Z";
const [azar, dey, deyAtSix] = ["1405-09", "1405-10", "2026-12-22T02:30:00.000Z"];
const [bahman, bahmanAtSix] = ["1405-11", "2027-01-21T02:30:00.000Z"];
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

const inTens = (tally: Tally) => Math.floor(Number(shown(tally)) / 10) * 10;
const numbers = (length: number) => Array.from({ length }, (_, n) => n);
const keySum = (keys: number[]) => keys.reduce((sum, key) => (sum + key) % 256, 0);

test("what is open is counted once a month from six in its first morning on, in tens, without retaliation reports, and what is few is not told from none", async () => {
  const late = numbers(134).map((n) => (n * 37) % 256);
  const soon = numbers(48).map((n) => (n * 11) % 256);
  for (const recordKey of late) await fileOne({ agencyId: "gas", dueInHours: 48, recordKey });
  for (const recordKey of soon) await fileOne({ agencyId: "gas", dueInHours: 200, recordKey });
  for (const recordKey of numbers(7)) await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey });
  for (const recordKey of numbers(20))
    await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey, isRetaliation: true });
  expect(await run(later(atSix, -1))).toBe(atSix);
  expect(await readOpenCount(azar)).toBeUndefined();
  // Where nothing ran for days.
  const afterDays = later(atSix, 5 * 24 * hourMs);
  expect(await run(afterDays)).toBe(deyAtSix);
  const told = await readOpenCount(azar);
  expect(told?.date).toBe("2026-11-27");
  const overdue = inTens({ n: 134, k: keySum(late) });
  const notOverdue = inTens({ n: 48, k: keySum(soon) });
  expect(told?.agencies.gas).toEqual({ overdue, notOverdue });
  expect(told?.agencies["bank-melli"]).toEqual({ overdue: "<10", notOverdue: "<10" });
  const all = inTens({ n: 141, k: keySum([...late, ...numbers(7)]) });
  expect(told?.province).toEqual({ overdue: all, notOverdue });
});

test("a month that was counted is not counted again, whatever happened since", async () => {
  const before = await readOpenCount(azar);
  for (const recordKey of numbers(30)) await fileOne({ agencyId: "bank-melli", dueInHours: 48, recordKey });
  await run(later(deyAtSix, -1));
  expect(await readOpenCount(azar)).toEqual(before);
  await run(deyAtSix);
  expect((await readOpenCount(dey))?.agencies["bank-melli"]?.overdue).toBe(30);
});

test("what is transferred while it is counted, and so listed with two agencies, is counted once", async () => {
  const TableName = env("COMPLAINTS_TABLE");
  const inbox = inboxKey({ agencyId: "gas", status: "open" });
  const { Items = [] } = await table.send(new ScanCommand({ TableName, IndexName: "inbox" }));
  const open = Items.filter((item) => item.inbox === inbox);
  expect(open.length).toBe(182);
  for (const item of open) {
    const Item = { ...item, pk: `${item.pk}, again`, inbox: inboxKey({ agencyId: "post", status: "open" }) };
    await table.send(new PutCommand({ TableName, Item }));
  }
  await run(bahmanAtSix);
  expect((await readOpenCount(bahman))?.province).toEqual((await readOpenCount(dey))?.province);
});
