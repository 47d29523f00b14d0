import { randomUUID } from "node:crypto";
import { executeClockMove } from "#shared/complaints/clock-moves.store.ts";
import { readHead } from "#shared/complaints/complaints.store.ts";
import { escalate } from "#shared/complaints/escalation.ts";
import { escalationLevels, visitPolicy } from "#shared/province/slices.static.ts";
import { readCalendars } from "../hours/office-hours.store.ts";
import { applyPendingHours } from "../hours/pending-hours.job.ts";
import type { DueLevel, Raised } from "./subject.ts";

/** Raises a complaint to the level that is due, if it is still late. */
export async function raiseComplaint({ id, dueAt, execution, now }: DueLevel): Promise<Raised> {
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
