import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { processDueIssues } from "#functions/escalation/due-issues.job.ts";
import { handler as escalate } from "#functions/escalation/escalate-complaint.function.ts";
import type { Escalation } from "#functions/escalation/subject.ts";
import type { Issue, IssueEvent } from "#functions/issues/issue.ts";
import { nextIssueDue } from "#functions/issues/issue-clock.ts";
import { createIssue, executeIssueCommand } from "#functions/issues/issue-commands.store.ts";
import { readIssueRecord } from "#functions/issues/issues.store.ts";
import { Fault } from "#shared/fault.ts";
import { anIssue, issueLevels as levels, newIssue } from "../support/an-issue.ts";
import { aContext } from "../support/api-event.ts";
import { type Chosen, expectRebuilt, expectRules, history, later, type Step, steps } from "../support/issue-model.ts";
import { withRealTables } from "../support/real-tables.ts";
import { failTableCallsAfter } from "../support/stored-complaints.ts";
import { sizeOf } from "../support/trial-size.ts";
import { captureLog } from "../support/written-log.ts";

withRealTables();

const histories = sizeOf("issues");
/** How a round goes: its steps one after the other, all at once with the clock, or each killed once in its middle and repeated. */
const ways = ["in turn", "at once", "killed"] as const;
const chanceOfRound = fc.record({
  way: fc.constantFrom(...ways),
  callsBeforeKill: fc.nat({ max: 4 }),
  // All executions end, and nobody hears of it.
  machineDies: fc.boolean(),
});
const rounds = fc.array(chanceOfRound, { minLength: 25, maxLength: 25 });
type Round = { way: (typeof ways)[number]; callsBeforeKill: number; machineDies: boolean };

let log: ReturnType<typeof captureLog>;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  log = captureLog();
});
afterAll(() => {
  log.release();
  vi.useRealTimers();
});

/** The executions of the state machine. A name starts one execution only, even after its end. */
function aMachine() {
  const names = new Set<string>();
  const waiting = new Map<string, Escalation & { nextLevelAt: string }>();
  async function take(execution: string, { subject, dueAt }: Escalation): Promise<void> {
    const next = await escalate({ subject, dueAt, execution }, aContext).catch((error: Error) => {
      if (error.name !== "NoLongerLate") throw error;
    });
    if (next) waiting.set(execution, next);
    else waiting.delete(execution);
  }
  return {
    async start({ name, escalation }: { name: string; escalation: Escalation }) {
      if (names.has(name)) return;
      names.add(name);
      // A second execution for the same level: it finds what the first has written.
      for (const execution of [name, `${name}-again`])
        waiting.set(execution, { ...escalation, nextLevelAt: escalation.dueAt });
    },
    /** Each execution goes on until it waits or ends. A step that fails is tried again by the next run. */
    async run(now: string): Promise<void> {
      const due = () => [...waiting].filter(([, { nextLevelAt }]) => nextLevelAt <= now);
      for (let all = due(); all.length > 0; all = due())
        await Promise.all(all.map(([name, escalation]) => take(name, escalation)));
    },
    die: () => waiting.clear(),
  };
}

function setClock(now: string): string {
  vi.setSystemTime(now);
  return now;
}

let count = 0;
/** The same request twice at once opens one issue. */
async function beginIssue({ several, outage }: Chosen) {
  const { now } = newIssue;
  const id = `IS-${String(count++).padStart(4, "0")}-0000-0`;
  const { issue, events } = anIssue({ outage, ...(several && { countyIds: ["qazvin", "takestan"] }) });
  const open = () =>
    createIssue({ issue: { ...issue, id }, events }, { now, idempotencyKey: { keyMac: id, bodyMac: id } as never });
  const [one, other] = await Promise.all([open(), open()]);
  expect(other).toEqual(one);
  return one;
}

type Acting = { id: string; now: string; key: string };

/** Returns whether the step was taken, now or by the same request before. */
async function isTaken({ what, days }: Step, { id, now, key }: Acting): Promise<boolean> {
  if (what === "nothing") return false;
  const idempotencyKey = { keyMac: key, bodyMac: key } as never;
  try {
    await executeIssueCommand({ issueId: id, now, idempotencyKey }, (issue, at) =>
      steps[what](issue, { now: at, days, text: key }),
    );
    return what !== "read" && what !== "answered" && what !== "visit";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return false;
  }
}

async function killed(act: () => Promise<unknown>, calls: number): Promise<void> {
  const goOn = failTableCallsAfter(calls);
  await act().catch(() => {});
  goOn();
}

/** The key of the request that wrote an event, in the texts that have it. */
function requestOf(event: IssueEvent): string | undefined {
  if (event.type === "planned") return event.what;
  if (event.type === "done" || event.type === "answers-ordered") return event.text;
  return "reason" in event ? event.reason : undefined;
}

/**
 * The stored issue is what its events say, no event stands against the rules, and each request
 * that was accepted has acted once: its key stands in one event.
 */
async function expectStored({ first, chosen, taken }: { first: Issue; chosen: Chosen; taken: ReadonlySet<string> }) {
  const { id } = first;
  const { issue, events } = (await readIssueRecord(id)) ?? expect.unreachable();
  expect(events[0]).toMatchObject({ type: "opened", version: 1 });
  expectRebuilt(issue, { first, events });
  expectRules(events, chosen);
  expect(
    events
      .slice(1)
      .flatMap((event) => requestOf(event) ?? [])
      .sort(),
  ).toEqual([...taken].sort());
  return { issue, events };
}

type Played = {
  pair: Step[];
  round: Round;
  machine: ReturnType<typeof aMachine>;
  of: Acting;
  /** The keys of the requests that were accepted. */
  taken: Set<string>;
};

/** Two steps and, now and then, the clock. */
async function playRound({ pair, round, machine, of, taken }: Played): Promise<void> {
  const acts = pair.map((step, m) => async () => {
    const key = `${of.key}-${m}`;
    if (await isTaken(step, { ...of, key })) taken.add(key);
  });
  const clock = pair[0]?.sweeps
    ? [() => processDueIssues({ now: of.now }, machine.start), () => machine.run(of.now)]
    : [];
  // Each request comes twice, and what loses against all others does nothing.
  if (round.way === "at once")
    await Promise.all([...acts, ...acts, ...clock, ...clock].map((act) => act().catch(() => {})));
  else
    for (const act of [...acts, ...clock]) {
      if (round.way === "killed") await killed(act, round.callsBeforeKill);
      await act();
    }
  if (round.machineDies) machine.die();
}

test(`in ${histories} stored histories with acts at one instant and kills each level comes once, and no event stands against the rules`, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(history, rounds, async (chosen, how) => {
      let now = setClock(newIssue.now);
      const first = await beginIssue(chosen);
      const { id } = first;
      const machine = aMachine();
      const taken = new Set<string>();
      for (let n = 0; n < chosen.all.length; n += 2) {
        const pair = chosen.all.slice(n, n + 2);
        const round: Round = how[n] ?? expect.unreachable();
        now = setClock(later(now, (pair[0]?.afterHours ?? 0) / 24));
        await playRound({ pair, round, machine, taken, of: { id, now, key: `${id}-${n}` } });
        await expectStored({ first, chosen, taken });
      }
      await settle(id, { machine, now: later(now, 400) });
      const { issue, events } = await expectStored({ first, chosen, taken });
      expect(nextIssueDue(issue, levels)).toBeUndefined();
      if (["open", "recurred", "planned"].includes(issue.status)) expect(issue.level).toBe(levels.length);
      for (const { type } of events) seen.add(type);
    }),
    { numRuns: histories, ...(process.env.FOAD_TEST_SEED && { seed: Number(process.env.FOAD_TEST_SEED) }) },
  );
  expect(seen.size).toBeGreaterThan(12);
});

/** Lets the clock run alone, minute by minute where something is due, until nothing is. */
async function settle(id: string, { machine, ...from }: { machine: ReturnType<typeof aMachine>; now: string }) {
  let { now } = from;
  for (let minutes = 0; minutes < 100; minutes++) {
    setClock(now);
    await processDueIssues({ now }, machine.start);
    await machine.run(now);
    const { issue } = (await readIssueRecord(id)) ?? expect.unreachable();
    if (!nextIssueDue(issue, levels)) return;
    now = later(now, 1 / 1440);
  }
}
