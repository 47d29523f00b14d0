import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { env } from "../runtime/env.ts";
import { patience } from "../runtime/patience.ts";

const stepFunctions = new SFNClient({ requestHandler: patience(2_000) });

/** What an execution knows of a complaint: which, and the instant its next rung is due. */
export type Escalation = { id: string; due: string };

/** Starts an execution under a name that says what it is for; one of that name, running or ended, is enough. */
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
