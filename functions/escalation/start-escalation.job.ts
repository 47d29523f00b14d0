import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { executionNameFor } from "#shared/complaints/escalation.ts";
import { clientTimeouts, env } from "#shared/runtime/environment.ts";
import type { Escalation, Subject } from "./subject.ts";

const stepFunctions = new SFNClient({ requestHandler: clientTimeouts(2_000) });

/** An execution to start. A name starts one execution only, even after its end. */
export type NewExecution = { name: string; escalation: Escalation };

/** Starts an execution. Does nothing if an execution of this name runs or has ended (see `executionNameFor`). */
export async function startExecution({ name, escalation }: NewExecution): Promise<void> {
  const start = new StartExecutionCommand({
    stateMachineArn: env("ESCALATION_MACHINE"),
    name,
    input: JSON.stringify(escalation),
  });
  await stepFunctions.send(start).catch((error: unknown) => {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  });
}

type Late = Omit<Parameters<typeof executionNameFor>[0], "dueAt">;
type Starting = { dueAt: string; now: string; start: (execution: NewExecution) => Promise<void> };

/**
 * Starts the execution that escalates a late complaint or issue, unless an execution is already in charge of it. `dueAt`: the instant at
 * which its next level was due.
 */
export async function startEscalation(
  kind: Subject["kind"],
  late: Late,
  { dueAt, now, start }: Starting,
): Promise<void> {
  const name = executionNameFor({ ...late, dueAt }, now);
  if (name) await start({ name, escalation: { subject: { kind, id: late.id }, dueAt } });
}
