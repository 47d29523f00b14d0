import { expect, test } from "vitest";
import { aMachine, DAY, MACHINE, MINUTE, one, RAISE, task } from "../support/a-state-machine.ts";

/** Raises, waits for the level the function names, and raises again until it names none. */
const escalationLevels = {
  QueryLanguage: "JSONPath",
  StartAt: "Raise",
  TimeoutSeconds: 90 * 24 * 3_600,
  States: {
    Raise: { ...task(), End: undefined, Next: "Late" },
    Late: { Type: "Choice", Choices: [{ Variable: "$.next", IsPresent: true, Next: "Until" }], Default: "Done" },
    Until: { Type: "Wait", TimestampPath: "$.next", Next: "Raise" },
    Done: { Type: "Succeed" },
  },
};

test("a function's answer is the output, and its input what the execution was given", async () => {
  const seen: unknown[] = [];
  const invoke = async (functionArn: string, event: unknown) => {
    seen.push([functionArn, event]);
    return { level: 1 };
  };
  const { start, ended, clock } = await aMachine({ definition: one(task()), invoke });
  const { executionArn, startDate } = await start("a", { id: "QZ-1" });
  expect(executionArn).toBe("arn:aws:states:us-east-1:123456789012:execution:escalation:a");
  expect(startDate?.getTime()).toBeCloseTo(clock.now(), -3);
  expect(await ended(executionArn)).toMatchObject({
    name: "a",
    stateMachineArn: MACHINE,
    status: "SUCCEEDED",
    input: '{"id":"QZ-1"}',
    output: '{"level":1}',
  });
  expect(seen).toEqual([[RAISE, { id: "QZ-1" }]]);
});

test("the optimized invocation takes its payload and wraps the answer", async () => {
  const definition = one({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: RAISE, "Payload.$": "$.inner" },
    OutputPath: "$.Payload",
    End: true,
  });
  const { start, ended } = await aMachine({ definition, invoke: async (arn, event) => ({ arn, event }) });
  const { output } = await ended((await start("a", { inner: { x: 1 } })).executionArn);
  expect(JSON.parse(output ?? "")).toEqual({ arn: RAISE, event: { x: 1 } });
});

test("an advance climbs all escalation levels, each level at its own instant and no earlier than its second", async () => {
  const raised: number[] = [];
  let clockNow = () => 0;
  let first = 0;
  const invoke = async () => {
    raised.push(clockNow());
    const waits = [5 * MINUTE, 2 * DAY, 40 * DAY];
    const wait = waits[raised.length - 1];
    return wait === undefined ? {} : { next: new Date(first + wait).toISOString() };
  };
  const { clock, start, describe } = await aMachine({ definition: escalationLevels, invoke });
  clockNow = clock.now;
  first = clock.now();
  const { executionArn } = await start("a");
  await clock.advance(41 * DAY);
  const floor = (ms: number) => Math.floor(ms / 1_000) * 1_000;
  const due = [first, floor(first + 5 * MINUTE), floor(first + 2 * DAY), floor(first + 40 * DAY)];
  expect(raised).toHaveLength(4);
  for (const [index, instant] of raised.entries())
    expect(instant - (due[index] ?? 0)).toSatisfy((late: number) => late >= 0 && late < 500);
  expect((await describe(executionArn)).status).toBe("SUCCEEDED");
});

test.each([
  ["Seconds", { Seconds: 90 }],
  ["SecondsPath", { SecondsPath: "$.seconds" }],
  ["Timestamp of the past", { Timestamp: "2020-01-01T00:00:00Z" }],
  ["TimestampPath into the context", { TimestampPath: "$$.Execution.StartTime" }],
])("a wait by %s ends within the advance and hands its input on", async (_, how) => {
  const { clock, start, describe } = await aMachine({ definition: one({ Type: "Wait", ...how, End: true }) });
  const { executionArn } = await start("a", { seconds: 90, kept: true });
  await clock.advance(91_000);
  expect(await describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '{"seconds":90,"kept":true}' });
});

test("a wait ends at its instant and not before", async () => {
  const { clock, start, describe } = await aMachine({ definition: one({ Type: "Wait", Seconds: 90, End: true }) });
  const { executionArn } = await start("a");
  await clock.advance(80_000);
  expect((await describe(executionArn)).status).toBe("RUNNING");
  await clock.advance(10_000);
  expect((await describe(executionArn)).status).toBe("SUCCEEDED");
});

test("a wait that cannot be read fails the execution and names why", async () => {
  const { start, ended } = await aMachine({ definition: one({ Type: "Wait", TimestampPath: "$.next", End: true }) });
  const { status, error } = await ended((await start("a", { next: "tomorrow" })).executionArn);
  expect([status, error]).toEqual(["FAILED", "States.Runtime"]);
});

const retry = [{ ErrorEquals: ["Throttled"], IntervalSeconds: 3_600, BackoffRate: 2, MaxAttempts: 3 }];
const throttled = () => Object.assign(new Error("slow down"), { name: "Throttled" });

test("a task that fails three times is tried again at the retry's intervals, by the local clock", async () => {
  const at: number[] = [];
  let now = () => 0;
  const invoke = async () => {
    at.push(now());
    if (at.length <= 3) throw throttled();
    return "done";
  };
  const { clock, start, describe } = await aMachine({ definition: one(task({ Retry: retry })), invoke });
  now = clock.now;
  const { executionArn } = await start("a");
  await clock.advance(DAY);
  expect(at.map((instant) => Math.round((instant - (at[0] ?? 0)) / 3_600_000))).toEqual([0, 1, 3, 7]);
  expect(await describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"done"' });
});

test("a task that fails for ever goes to its catch with the error's name and the function's words", async () => {
  const definition = {
    StartAt: "Only",
    States: {
      Only: task({ Retry: retry, Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.failure", Next: "Alarm" }] }),
      Alarm: { Type: "Fail", Error: "RaiseFailed", Cause: "given up" },
    },
  };
  let calls = 0;
  const invoke = async () => {
    calls += 1;
    throw throttled();
  };
  const { clock, start, describe } = await aMachine({ definition, invoke });
  const { executionArn } = await start("a");
  await clock.advance(DAY);
  expect(calls).toBe(4);
  expect(await describe(executionArn)).toMatchObject({ status: "FAILED", error: "RaiseFailed", cause: "given up" });
});

test("an error that no retrier names fails at once", async () => {
  const invoke = async () => Promise.reject(new TypeError("broken"));
  const { start, ended } = await aMachine({ definition: one(task({ Retry: retry })), invoke });
  const { status, error, cause } = await ended((await start("a")).executionArn);
  expect([status, error, JSON.parse(cause ?? "")]).toEqual([
    "FAILED",
    "TypeError",
    { errorType: "TypeError", errorMessage: "broken" },
  ]);
});

test("branches of a Parallel wait by the local clock too", async () => {
  const branch = (Seconds: number) => ({
    StartAt: `Wait${Seconds}`,
    States: { [`Wait${Seconds}`]: { Type: "Wait", Seconds, End: true } },
  });
  const { clock, start, describe } = await aMachine({
    definition: one({ Type: "Parallel", Branches: [branch(60), branch(7_200)], End: true }),
  });
  const { executionArn } = await start("a", { x: 1 });
  await clock.advance(DAY);
  expect(await describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '[{"x":1},{"x":1}]' });
});

test("a machine's timeout runs on the local clock", async () => {
  const definition = { ...one({ Type: "Wait", Seconds: 9_000_000, End: true }), TimeoutSeconds: 8_000_000 };
  const { clock, start, describe } = await aMachine({ definition });
  const { executionArn } = await start("a");
  expect((await describe(executionArn)).status).toBe("RUNNING");
  await clock.advance(100 * DAY);
  expect((await describe(executionArn)).status).toBe("TIMED_OUT");
});
