import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { env } from "../runtime/env.ts";

const stepFunctions = new SFNClient({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});

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
