import { ListExecutionsCommand, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { aMachine, DAY, MACHINE, one, task } from "../support/a-state-machine.ts";

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
