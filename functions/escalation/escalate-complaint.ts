import { randomUUID } from "node:crypto";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import * as z from "zod";
import { isIssueId } from "#shared/domain/complaint/identifier.ts";
import { escalate, restartAfterMs } from "#shared/domain/deadlines/escalation.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds } from "#shared/domain/time/duration.ts";
import { executeClockMove } from "#shared/persistence/complaints/clock-moves.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { escalationLevels, visitPolicy } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { raiseIssue } from "./escalate-issue.ts";
import { applyPendingHours } from "./pending-hours.ts";

/** `complaintId`: the complaint, or the issue, that the execution escalates. */
const EscalationInput = z.object({ complaintId: z.string(), dueAt: Instant, execution: z.string() });

/**
 * A level that is raised later than this is logged as a warning. An execution that dies is replaced after
 * `restartAfterMs`, so three executions in a row had this long.
 */
const warnIfLaterThanMs = 3 * restartAfterMs;

/** Input of the next step: the state machine waits until `nextLevelAt`, then raises the level that is due at `dueAt`. */
type NextEscalation = { complaintId: string; dueAt: string; nextLevelAt: string };

/**
 * One step of the state machine. It raises the complaint to the level that is due, if the complaint is still late, and
 * returns when the next level is due. Throws `NoLongerLate` where no next level is due. The error ends the execution:
 * catching it costs one state transition, a choice state would cost two.
 */
export const handler = middy(async (input: unknown): Promise<NextEscalation> => {
  const { complaintId: id, dueAt, execution } = EscalationInput.parse(input);
  const now = new Date().toISOString();
  // The state machine waits in whole seconds and may end its wait a moment early.
  if (now < dueAt) return waitFor(id, dueAt);
  const { level, ...current } = await (isIssueId(id) ? raiseIssue : raiseComplaint)({ id, dueAt, execution, now });
  if (level !== undefined && now > addMilliseconds(dueAt, warnIfLaterThanMs))
    log.warn(logEvents.escalatedLate, { id, due: dueAt, level });
  log.info(level === undefined ? "nothing to escalate" : "complaint escalated", { id, due: dueAt, level });
  // An earlier try of this step may have raised the complaint and failed before it returned. The complaint then names
  // this execution as the one in charge, and the execution continues.
  const next = current.escalationExecution === execution ? current.nextLevelAt : undefined;
  // The level that was due could not be raised. Waiting for the same level again would loop for ever.
  if (!next || next === dueAt) throw Object.assign(new Error(`no level waits for ${id}`), { name: "NoLongerLate" });
  return waitFor(id, next);
}).use(injectLambdaContext(log));

type DueLevel = { id: string; dueAt: string; execution: string; now: string };

/** `level`: the level that was raised now, if one was. The other fields are those of the head as it is then. */
type Raised = { level: number | undefined; nextLevelAt?: string | undefined; escalationExecution?: string | undefined };

async function raiseComplaint({ id, dueAt, execution, now }: DueLevel): Promise<Raised> {
  // This comes first: an admin's change of hours may have moved the deadline for which the complaint would be raised.
  await applyPendingHours({ id, now });
  const calendarOf = await readCalendars({ from: dueAt });
  const visitId = randomUUID();
  const raised = await executeClockMove({
    id,
    now,
    decide: (complaint, at) =>
      escalate(complaint, {
        due: dueAt,
        execution,
        now: at,
        escalationLevels,
        visitId,
        visitPolicy,
        calendar: calendarOf(complaint.countyId),
      }),
  });
  const { nextLevelAt, escalationExecution } = raised ?? (await readHead(id)) ?? {};
  return { level: raised?.level, nextLevelAt, escalationExecution };
}

function waitFor(id: string, dueAt: string): NextEscalation {
  const second = Math.ceil(Date.parse(dueAt) / 1_000) * 1_000;
  return { complaintId: id, dueAt, nextLevelAt: new Date(second).toISOString() };
}
