import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import * as z from "zod";
import { restartAfterMs } from "#shared/complaints/escalation.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { raiseComplaint } from "./raise-complaint.job.ts";
import { raiseIssue } from "./raise-issue.job.ts";
import { type DueLevel, Escalation, type Raised, type Subject } from "./subject.ts";

const Step = Escalation.extend({ execution: z.string() });

const raise: Record<Subject["kind"], (level: DueLevel) => Promise<Raised>> = {
  complaint: raiseComplaint,
  issue: raiseIssue,
};

/**
 * A level that is raised later than this is logged as a warning. An execution that dies is replaced after
 * `restartAfterMs`, so three executions in a row had this long.
 */
const warnIfLaterThanMs = 3 * restartAfterMs;

/** Input of the next step: the state machine waits until `nextLevelAt`, then raises the level that is due at `dueAt`. */
type NextStep = Escalation & { nextLevelAt: string };

/**
 * One step of the state machine. It raises a complaint or an issue to the level that is due, if it is still late, and
 * returns when the next level is due. Throws `NoLongerLate` where no next level is due. The error ends the execution:
 * catching it costs one state transition, a choice state would cost two.
 */
export const handler = middy(async (input: unknown): Promise<NextStep> => {
  const { subject, dueAt, execution } = Step.parse(input);
  const now = new Date().toISOString();
  // The state machine waits in whole seconds and may end its wait a moment early.
  if (now < dueAt) return waitFor(subject, dueAt);
  const raised = await raise[subject.kind]({ id: subject.id, dueAt, execution, now });
  logRaised(subject, { level: raised.level, dueAt, now });
  const nextAt = nextLevelOf(raised, { dueAt, execution });
  if (!nextAt) throw Object.assign(new Error(`no level waits for ${subject.id}`), { name: "NoLongerLate" });
  return waitFor(subject, nextAt);
}).use(injectLambdaContext(log));

/**
 * When this execution raises the next level; undefined if it has none to raise. The head names the execution in charge. It names this
 * one too if an earlier try of this step raised the level and failed before it returned. If the level that is due is
 * still the next one, it could not be raised, and to wait for it again would never end.
 */
function nextLevelOf({ escalationExecution, nextLevelAt }: Raised, step: { dueAt: string; execution: string }) {
  const isInCharge = escalationExecution === step.execution;
  return isInCharge && nextLevelAt !== step.dueAt ? nextLevelAt : undefined;
}

function logRaised(
  { kind, id }: Subject,
  { level, dueAt, now }: { level?: number | undefined; dueAt: string; now: string },
) {
  log.info(level === undefined ? "nothing to escalate" : `${kind} escalated`, { id, due: dueAt, level });
  if (level !== undefined && now > addMilliseconds(dueAt, warnIfLaterThanMs))
    log.warn(logEvents.escalatedLate, { id, due: dueAt, level });
}

function waitFor(subject: Subject, dueAt: string): NextStep {
  const second = Math.ceil(Date.parse(dueAt) / 1_000) * 1_000;
  return { subject, dueAt, nextLevelAt: new Date(second).toISOString() };
}
