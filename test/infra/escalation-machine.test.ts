import { expect, test } from "vitest";
import { aMachine, MINUTE, RAISE } from "../support/a-state-machine.ts";
import { templateOf } from "../support/synthesized.ts";

const escalation = { subject: { kind: "complaint", id: "QZ-7K3M-9XPT-Q" }, dueAt: "2026-11-25T07:30:00.000Z" };

function deployed(): object {
  const [machine] = Object.values(templateOf("qazvin", "Processing").findResources("AWS::StepFunctions::StateMachine"));
  const parts: unknown[] = machine?.Properties.DefinitionString["Fn::Join"][1];
  return JSON.parse(parts.map((part) => (typeof part === "string" ? part : RAISE)).join(""));
}

const lateNoMore = () => Object.assign(new Error("no level waits"), { name: "NoLongerLate" });

/** A machine whose function fails so often, then answers that the complaint is late no more. */
async function aFailing(times: number) {
  let calls = 0;
  const invoke = async () => {
    calls++;
    throw calls <= times ? Object.assign(new Error("throttled"), { name: "TooManyRequestsException" }) : lateNoMore();
  };
  return { ...(await aMachine({ definition: deployed(), invoke })), calls: () => calls };
}

test("a step that fails three times and then works ends well", async () => {
  const { start, ended, clock, calls } = await aFailing(3);
  const { executionArn } = await start("three", escalation);
  await clock.advance(10 * MINUTE);
  expect(await ended(executionArn)).toMatchObject({ status: "SUCCEEDED" });
  expect(calls()).toBe(4);
});

test("a step that fails for ever fails the execution, which is an alarm", async () => {
  const { start, ended, clock, calls } = await aFailing(Number.POSITIVE_INFINITY);
  const { executionArn } = await start("ever", escalation);
  await clock.advance(10 * MINUTE);
  expect(await ended(executionArn)).toMatchObject({ status: "FAILED", error: "EscalationFailed" });
  expect(calls()).toBe(7);
  templateOf("qazvin", "Operations").hasResourceProperties("AWS::CloudWatch::Alarm", {
    MetricName: "ExecutionsFailed",
    Threshold: 1,
  });
});

test("the function is told which complaint, which level and which execution, and nothing else", async () => {
  const seen: unknown[] = [];
  const invoke = async (_: string, event: unknown) => {
    seen.push(event);
    throw lateNoMore();
  };
  const { start, ended } = await aMachine({ definition: deployed(), invoke });
  await ended((await start("told", escalation)).executionArn);
  expect(seen).toEqual([{ ...escalation, execution: "told" }]);
});
