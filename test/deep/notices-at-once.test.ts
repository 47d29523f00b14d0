import * as fc from "fast-check";
import { expect, test } from "vitest";
import { advanceNotice } from "#functions/notices/notice-clock.store.ts";
import { executeNoticeCommand } from "#functions/notices/notice-commands.store.ts";
import { evolveNotice } from "#functions/notices/notice-events.ts";
import { noticeWrites, readNotice, readNoticeRecord } from "#functions/notices/notices.store.ts";
import { Fault } from "#shared/fault.ts";
import { writeTransaction } from "#shared/storage/transaction.ts";
import { aNotice } from "../support/a-notice.ts";
import { edges, expectRules, history, inspectors, later, type Step, steps } from "../support/notice-model.ts";
import { withRealTables } from "../support/real-tables.ts";
import { failTableCallsAfter } from "../support/stored-complaints.ts";

withRealTables();

const histories = 300;
/** How a round goes: its steps one after the other, all at once with the clock, or each killed once in its middle and repeated. */
const ways = ["in turn", "at once", "killed"] as const;
type Round = { way: (typeof ways)[number]; callsBeforeKill: number };
const rounds = fc.array(fc.record({ way: fc.constantFrom(...ways), callsBeforeKill: fc.nat({ max: 4 }) }), {
  minLength: 60,
  maxLength: 60,
});

let count = 0;
const onlyFaults = (error: unknown) => {
  if (!(error instanceof Fault)) throw error;
};

function doStep({ what, who, yes }: Step, { id, now, key }: { id: string; now: string; key: string }) {
  const idempotencyKey = { keyMac: key, bodyMac: key } as never;
  return executeNoticeCommand({ noticeId: id, now, idempotencyKey }, (notice, at) => ({
    change: steps[what](notice, { now: at, person: inspectors[who] ?? "", yes }),
  })).catch(onlyFaults);
}

async function killed(act: () => Promise<unknown>, calls: number): Promise<void> {
  const goOn = failTableCallsAfter(calls);
  await act().catch(() => {});
  goOn();
}

/** The stored notice is what its events say, and no entry stands against the rules. */
async function expectStored(id: string, now: string) {
  const record = await readNoticeRecord(id);
  if (!record) throw new Error("the notice is gone");
  const { notice, events } = record;
  let rebuilt = aNotice().notice;
  for (const event of events.slice(1)) {
    expect(event.version).toBe(rebuilt.version + 1);
    const next = evolveNotice(rebuilt, event);
    if (next.status !== rebuilt.status) expect(edges[rebuilt.status]).toContain(next.status);
    rebuilt = next;
  }
  const { settled: _, ...head } = notice;
  expect({ ...rebuilt, id }).toEqual(head);
  expectRules(events, now, notice);
  return notice;
}

test(`in ${histories} stored histories with acts at one instant and kills no entry stands against the rules, and each ends`, async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(history, rounds, async (plan, how) => {
      const id = `N-${String(count++).padStart(4, "0")}-MA11-0`;
      const first = aNotice();
      expect(await writeTransaction(noticeWrites({ ...first, notice: { ...first.notice, id } }))).toBeUndefined();
      let now = first.notice.openedAt;
      for (let n = 0; n < plan.length; n += 2) {
        const pair = plan.slice(n, n + 2);
        const { way, callsBeforeKill }: Round = how[n] ?? { way: "in turn", callsBeforeKill: 0 };
        now = later(now, (pair[0]?.afterHours ?? 0) / 24);
        const acts = pair.map((step, m) => () => doStep(step, { id, now, key: `${id}-${n + m}` }));
        const clock = () => advanceNotice(id, now);
        if (way === "at once") await Promise.all([...acts, clock].map((act) => act()));
        else
          for (const act of [...acts, clock]) {
            if (way === "killed") await killed(act, callsBeforeKill);
            await act();
          }
        await expectStored(id, now);
      }
      now = later(now, 2_000);
      await advanceNotice(id, now);
      expect((await expectStored(id, now)).endedAt).toBeDefined();
      expect((await readNotice(id))?.settled).toBe(true);
      ends.add((await readNotice(id))?.end ?? "");
    }),
    { numRuns: histories, ...(process.env.FOAD_TEST_SEED && { seed: Number(process.env.FOAD_TEST_SEED) }) },
  );
  expect(ends.size).toBeGreaterThan(5);
}, 900_000);
