import { randomUUID } from "node:crypto";
import { escalate } from "#shared/domain/deadlines/escalation.ts";
import { executeClockMove } from "#shared/persistence/complaints/clock-moves.ts";
import { readHead } from "#shared/persistence/complaints/complaints.ts";
import { readCalendars } from "#shared/persistence/office-hours.ts";
import { escalationLevels, visitPolicy } from "#shared/province/slices.static.ts";
import { applyPendingHours } from "./pending-hours.ts";
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
