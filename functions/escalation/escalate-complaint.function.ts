import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import * as z from "zod";
import { restartAfterMs } from "#shared/complaints/escalation.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { addMilliseconds } from "#shared/time/duration.ts";
import { raiseComplaint } from "./raise-complaint.job.ts";
import { raiseIssue } from "./raise-issue.job.ts";
import { type DueLevel, Escalation, type Raised, type Subject } from "./subject.job.ts";

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
  const { kind, id } = subject;
  const now = new Date().toISOString();
  // The state machine waits in whole seconds and may end its wait a moment early.
  if (now < dueAt) return waitFor(subject, dueAt);
  const { level, ...current } = await raise[kind]({ id, dueAt, execution, now });
  if (level !== undefined && now > addMilliseconds(dueAt, warnIfLaterThanMs))
    log.warn(logEvents.escalatedLate, { id, due: dueAt, level });
  log.info(level === undefined ? "nothing to escalate" : `${kind} escalated`, { id, due: dueAt, level });
  // An earlier try of this step may have raised it and failed before it returned. Its head then names this execution as the
  // one in charge, and the execution continues.
  const next = current.escalationExecution === execution ? current.nextLevelAt : undefined;
  // The level that was due could not be raised. Waiting for the same level again would loop for ever.
  if (!next || next === dueAt) throw Object.assign(new Error(`no level waits for ${id}`), { name: "NoLongerLate" });
  return waitFor(subject, next);
}).use(injectLambdaContext(log));

function waitFor(subject: Subject, dueAt: string): NextStep {
  const second = Math.ceil(Date.parse(dueAt) / 1_000) * 1_000;
  return { subject, dueAt, nextLevelAt: new Date(second).toISOString() };
}
