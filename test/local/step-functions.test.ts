import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test, vi } from "vitest";
import { startClock } from "../../infra/local/clock.ts";
import { type StepFunctionsOptions, startStepFunctions } from "../../infra/local/services/step-functions.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:escalation";
const RAISE = "arn:aws:lambda:us-east-1:123456789012:function:raise";
const task = (more: object = {}) => ({ Type: "Task", Resource: RAISE, End: true, ...more });

/** Raises, waits for the rung the function names, and raises again until it names none. */
const ladder = {
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

const one = (state: object) => ({ StartAt: "Only", States: { Only: state } });

type Given = { definition: object; invoke?: StepFunctionsOptions["invoke"] };

async function aMachine({ definition, invoke = async (_, event) => ({ event }) }: Given) {
  const clock = startClock();
  const machines = [
    {
      arn: MACHINE,
      name: "escalation",
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::123456789012:role/r",
    },
  ];
  const { url, stop } = await startStepFunctions({ port: 0, machines, invoke, clock });
  const sfn = new SFNClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    sfn.destroy();
    await stop();
  });
  const start = (name: string, input: unknown = {}) =>
    sfn.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name, input: JSON.stringify(input) }));
  const describe = (executionArn: string | undefined) => sfn.send(new DescribeExecutionCommand({ executionArn }));
  const ended = (executionArn: string | undefined) =>
    vi.waitFor(async () => {
      const execution = await describe(executionArn);
      expect(execution.status).not.toBe("RUNNING");
      return execution;
    });
  return { clock, sfn, start, describe, ended, stop, url };
}

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

test("an advance climbs the whole ladder, each rung at its own instant and no earlier than its second", async () => {
  const raised: number[] = [];
  let clockNow = () => 0;
  let first = 0;
  const invoke = async () => {
    raised.push(clockNow());
    const waits = [5 * MINUTE, 2 * DAY, 40 * DAY];
    const wait = waits[raised.length - 1];
    return wait === undefined ? {} : { next: new Date(first + wait).toISOString() };
  };
  const { clock, start, describe } = await aMachine({ definition: ladder, invoke });
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

const waiting = one({ Type: "Wait", Seconds: 3_600, End: true });

test("the same start again is answered the same while it runs", async () => {
  const { start } = await aMachine({ definition: waiting });
  const first = await start("a", { x: 1 });
  const second = await start("a", { x: 1 });
  expect([second.executionArn, second.startDate]).toEqual([first.executionArn, first.startDate]);
});

test("a name with another input, or of a closed execution, is taken", async () => {
  const { clock, start } = await aMachine({ definition: waiting });
  await start("a", { x: 1 });
  await expect(start("a", { x: 2 })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  await clock.advance(2 * 3_600_000);
  await expect(start("a", { x: 1 })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
});

test("a stopped execution says why, and does nothing more", async () => {
  const reached: unknown[] = [];
  const definition = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, Next: "T" }, T: task() } };
  const { clock, sfn, start, describe } = await aMachine({ definition, invoke: async () => void reached.push(1) });
  const { executionArn } = await start("a");
  await sfn.send(new StopExecutionCommand({ executionArn, error: "ByHand", cause: "a test" }));
  await clock.advance(DAY);
  expect(await describe(executionArn)).toMatchObject({ status: "ABORTED", error: "ByHand", cause: "a test" });
  expect(reached).toEqual([]);
});

test("executions are listed newest first, by status, in pages", async () => {
  const { sfn, start, ended } = await aMachine({ definition: one({ Type: "Succeed" }) });
  for (const name of ["a", "b", "c"]) await ended((await start(name)).executionArn);
  const list = (more: object) => sfn.send(new ListExecutionsCommand({ stateMachineArn: MACHINE, ...more }));
  const first = await list({ maxResults: 2 });
  const second = await list({ maxResults: 2, nextToken: first.nextToken });
  expect([first, second].map((page) => page.executions?.map(({ name }) => name))).toEqual([["c", "b"], ["a"]]);
  expect((await list({ statusFilter: "RUNNING" })).executions).toEqual([]);
});

test.each([
  ["an unknown machine", { stateMachineArn: `${MACHINE}x` }, "StateMachineDoesNotExist"],
  ["a name with a space", { stateMachineArn: MACHINE, name: "a b" }, "InvalidName"],
  ["an input that is no JSON", { stateMachineArn: MACHINE, input: "{" }, "InvalidExecutionInput"],
])("%s is refused as AWS does", async (_, input, name) => {
  const { sfn } = await aMachine({ definition: waiting });
  await expect(sfn.send(new StartExecutionCommand(input))).rejects.toMatchObject({ name });
});

test("an unknown execution and an unknown operation are refused", async () => {
  const { describe, url } = await aMachine({ definition: waiting });
  await expect(describe("arn:aws:states:us-east-1:123456789012:execution:escalation:x")).rejects.toMatchObject({
    name: "ExecutionDoesNotExist",
  });
  const response = await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": "AWSStepFunctions.constructor" },
    body: "{}",
  });
  expect([response.status, await response.json()]).toMatchObject([400, { __type: "UnknownOperationException" }]);
});

test.each([
  ["goes nowhere", one({ Type: "Pass", Next: "Nowhere" }), "not valid"],
  ["is written in JSONata", { QueryLanguage: "JSONata", ...one({ Type: "Succeed" }) }, "cannot run here"],
  [
    "calls another service",
    one({ Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", End: true }),
    "does not run here",
  ],
])("a definition that %s stops the start", async (_, definition, words) => {
  await expect(aMachine({ definition })).rejects.toThrow(words);
});

test("a stop leaves a running function its time, and no execution behind", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let finished = false;
  const invoke = async () => {
    await released;
    finished = true;
  };
  const { start, stop } = await aMachine({ definition: one(task()), invoke });
  await start("a");
  const stopped = stop();
  release();
  await stopped;
  expect(finished).toBe(true);
});
