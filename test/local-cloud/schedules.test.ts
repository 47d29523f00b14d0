import { expect, test } from "vitest";
import { startClock } from "#infra/programs/local-cloud/clock/clock.ts";
import { createScheduler } from "#infra/programs/local-cloud/scheduler.ts";

const hour = 3_600_000;

type Scheduled = { type: string; properties: unknown; answer?: (now: number) => unknown };

/** How often a schedule's function runs, and with what, while two hours of virtual time pass. */
async function runsInTwoHours({ type, properties, answer = () => undefined }: Scheduled): Promise<unknown[]> {
  const clock = startClock();
  const runs: unknown[] = [];
  const invoke = async (functionArn: string, event: unknown) => {
    runs.push([functionArn, event]);
    return answer(clock.now());
  };
  const scheduler = createScheduler({ clock, invoke });
  const make = type === "AWS::Events::Rule" ? scheduler.rule : scheduler.creators[type];
  await make?.({ type, stack: "S", logicalId: "Sweep", properties, asset: String });
  await scheduler.begin?.();
  await clock.advance(2 * hour);
  await scheduler.stop?.();
  await clock.advance(2 * hour);
  return runs;
}

const everyMinute = {
  ScheduleExpression: "rate(1 minute)",
  Target: { Arn: "arn:sweep", RoleArn: "arn:role", Input: '{"sweep":true}' },
};

test("a schedule runs its function with its input at each of its minutes, until it is stopped", async () => {
  const runs = await runsInTwoHours({ type: "AWS::Scheduler::Schedule", properties: everyMinute });
  expect(runs).toHaveLength(120);
  expect(runs[0]).toEqual(["arn:sweep", { sweep: true }]);
});

test("a function that says when it is next needed is spared the minutes before", async () => {
  const answer = (now: number) => ({ nextDueAt: new Date(now + hour).toISOString() });
  const runs = await runsInTwoHours({ type: "AWS::Scheduler::Schedule", properties: everyMinute, answer });
  expect(runs.length).toBeLessThan(10);
  expect(runs.length).toBeGreaterThan(1);
});

test("a rule with a rate runs each of its targets", async () => {
  const properties = { ScheduleExpression: "rate(1 hour)", Targets: [{ Arn: "arn:one" }, { Arn: "arn:two" }] };
  const runs = await runsInTwoHours({ type: "AWS::Events::Rule", properties });
  expect(runs).toHaveLength(4);
});

test("a disabled schedule never runs; one that is no rate is refused", async () => {
  const disabled = { ...everyMinute, State: "DISABLED" };
  expect(await runsInTwoHours({ type: "AWS::Scheduler::Schedule", properties: disabled })).toEqual([]);
  const cron = { ...everyMinute, ScheduleExpression: "cron(0 8 * * ? *)" };
  const refused = runsInTwoHours({ type: "AWS::Scheduler::Schedule", properties: cron });
  await expect(refused).rejects.toThrow(/rates only, not "cron/);
});

test("a function that fails is run again at the next hour", async () => {
  const answer = () => {
    throw new Error("not today");
  };
  const properties = { ...everyMinute, ScheduleExpression: "rate(1 hour)" };
  expect(await runsInTwoHours({ type: "AWS::Scheduler::Schedule", properties, answer })).toHaveLength(2);
});

test("what a run said holds no longer than the advance it was said in: real time between two may bring anything", async () => {
  const clock = startClock();
  let runs = 0;
  clock.every(hour, async () => {
    runs++;
    return clock.now() + 1_000 * hour;
  });
  await clock.advance(3 * hour);
  expect(runs).toBe(1);
  await clock.advance(3 * hour);
  expect(runs).toBe(2);
});

test.each([
  ["of every minute is asked again at its next minute", hour / 60, 3],
  ["that goes by the calendar stays as it was", hour, 1],
])("after something else has happened in an advance, what a run said %s", async (_, period, expected) => {
  const clock = startClock();
  let runs = 0;
  clock.every(period, async () => {
    runs++;
    return clock.now() + 1_000 * hour;
  });
  for (const later of [3.5 * hour, 5.5 * hour]) clock.at(clock.now() + later, async () => {});
  await clock.advance(8 * hour);
  expect(runs).toBe(expected);
});
