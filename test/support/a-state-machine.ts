import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, vi } from "vitest";
import { startClock } from "#infra/programs/local-cloud/clock/clock.ts";
import {
  type StepFunctionsOptions,
  startStepFunctions,
} from "#infra/programs/local-cloud/step-functions/step-functions.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:escalation";
export const RAISE = "arn:aws:lambda:us-east-1:123456789012:function:raise";
export const task = (more: object = {}) => ({ Type: "Task", Resource: RAISE, End: true, ...more });

export const one = (state: object) => ({ StartAt: "Only", States: { Only: state } });

type Given = { definition: object; invoke?: StepFunctionsOptions["invoke"] };

export async function aMachine({ definition, invoke = async (_, event) => ({ event }) }: Given) {
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
