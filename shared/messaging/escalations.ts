import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

const stepFunctions = new SFNClient({ requestHandler: patience(2_000) });

/** The input of an execution: which complaint, and when the rung to raise is due. */
export type Escalation = { id: string; due: string };

/** Starts an execution, unless there is or was one of this name (see `executionFor`). */
export async function startEscalation({ name, escalation }: { name: string; escalation: Escalation }): Promise<void> {
  const start = new StartExecutionCommand({
    stateMachineArn: env("ESCALATION_MACHINE"),
    name,
    input: JSON.stringify(escalation),
  });
  await stepFunctions.send(start).catch((error: unknown) => {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  });
}
