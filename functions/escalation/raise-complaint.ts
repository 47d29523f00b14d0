import { randomUUID } from "node:crypto";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import * as z from "zod";
import { escalate, restartAfterMs } from "#shared/domain/deadlines/escalation.ts";
import { Instant } from "#shared/domain/time/calendar.ts";
import { addMilliseconds } from "#shared/domain/time/duration.ts";
import { executeClockMove } from "#shared/persistence/complaints/clock-moves.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { ladder } from "#shared/province/slices.static.ts";
import { log } from "#shared/runtime/log.ts";
import { logEvents } from "#shared/runtime/log-events.ts";
import { applyPendingHours } from "./follow-hours.ts";

const EscalationInput = z.object({ id: z.string(), due: Instant, execution: z.string() });

/** Another execution has taken the place of one that died by then, and a third of that one. */
const warnIfLaterThanMs = 3 * restartAfterMs;

/** Tells the state machine until when to wait, and which rung is due then. */
type NextEscalation = { id: string; due: string; waitUntil: string };

/**
 * One step of the state machine: raises the complaint by the rung that is due, if it is still late, and says when the
 * next one is. Throws `LateNoMore` where there is none: to catch an error costs one state transition, to choose an end
 * two.
 */
export const handler = middy(async (input: unknown): Promise<NextEscalation> => {
  const { id, due, execution } = EscalationInput.parse(input);
  const now = new Date().toISOString();
  // The machine waits in whole seconds and may wake a moment early.
  if (now < due) return waitFor(id, due);
  // First, or the complaint would be raised for a deadline that an admin's change of hours has just moved.
  await applyPendingHours({ id, now });
  const calendarOf = await readCalendars({ from: due });
  const visitId = randomUUID();
  const raised = await executeClockMove({
    id,
    now,
    decide: (complaint, at) =>
      escalate(complaint, { due, execution, now: at, ladder, visitId, calendar: calendarOf(complaint.countyId) }),
  });
  if (raised && now > addMilliseconds(due, warnIfLaterThanMs))
    log.warn(logEvents.escalatedLate, { id, due, rung: raised.level });
  log.info(raised ? "complaint raised" : "nothing to raise", { id, due, rung: raised?.level });
  // An earlier run of this step may have raised it and failed before it could answer: then this execution is in charge.
  const complaint = raised ?? (await readHead(id));
  const next = complaint?.inCharge === execution ? complaint.nextRungAt : undefined;
  // This rung could not be raised just now: to wait for it again would loop for ever.
  if (!next || next === due) throw Object.assign(new Error(`no rung waits for ${id}`), { name: "LateNoMore" });
  return waitFor(id, next);
}).use(injectLambdaContext(log));

function waitFor(id: string, due: string): NextEscalation {
  const second = Math.ceil(Date.parse(due) / 1_000) * 1_000;
  return { id, due, waitUntil: new Date(second).toISOString() };
}
