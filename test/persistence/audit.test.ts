import { expect, test } from "vitest";
import { auditWrite, listAudit } from "#functions/audit/audit.store.ts";
import type { Position } from "#shared/storage/table.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { adminPrincipal } from "../support/a-complaint.ts";
import { withRealTables } from "../support/real-tables.ts";

withRealTables();

/** The longest order that the API takes: 90 kB, so that a dozen of them are more than the table reads at once. */
const order = { eventIds: Array.from({ length: 100 }, (_, n) => `${n}`.padEnd(300, "€")) };
const signed = { clientId: adminPrincipal.clientId, person: adminPrincipal.person };
const times = Array.from({ length: 14 }, (_, n) => `2026-11-24T08:00:${n + 10}.000Z`);

async function pagesOf(limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let from: Position | undefined;
  do {
    const { items, next } = await listAudit({ limit, from, since: undefined });
    pages.push(items.map(({ at }) => at));
    from = next;
  } while (from);
  return pages;
}

test("entries that are too long for one page are on the next, and none is missed or told twice", async () => {
  for (const at of times) await writeTransaction([auditWrite({ type: "redrive-ordered", at, ...signed, order })]);
  const newestFirst = times.toReversed();
  for (const limit of [1, 5, 25, 100]) {
    const pages = await pagesOf(limit);
    expect(pages.flat()).toEqual(newestFirst);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(limit);
  }
});
