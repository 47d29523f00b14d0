import * as z from "zod";
import type { Complaint } from "#shared/complaints/complaint.ts";
import { escalate, nextDueAt } from "#shared/complaints/escalation.ts";
import { acknowledge, answer } from "#shared/complaints/moves.ts";
import { escalationLevels, officeHours, visitPolicy } from "#shared/province/slices.static.ts";
import { Instant } from "#shared/time/calendar.ts";
import { aComplaint, agencyPrincipal } from "./a-complaint.ts";

const Entry = z.looseObject({ type: z.string(), at: Instant, level: z.int().optional(), dueAt: Instant.optional() });
/** What of a citizen's view a climb is judged by. */
export const EscalatedComplaint = z.object({
  id: z.string(),
  filedAt: Instant,
  acknowledgeBy: Instant,
  answerBy: Instant,
  level: z.int(),
  history: z.array(Entry),
});
export type EscalatedComplaint = z.infer<typeof EscalatedComplaint>;

export type RecordedEscalation = { level: number; dueAt: string };

export const escalationsIn = ({ history }: EscalatedComplaint): RecordedEscalation[] =>
  history.flatMap(({ type, level = 0, dueAt = "" }) => (type === "escalated" ? [{ level, dueAt }] : []));

const officer = { name: "مریم کریمی" };

/** The levels that the rules give a complaint with these deadlines and moves by `until`: the pure domain, replayed. */
export function expectedEscalations(
  { filedAt, acknowledgeBy, answerBy, history }: EscalatedComplaint,
  until: string,
): RecordedEscalation[] {
  const levels: RecordedEscalation[] = [];
  let complaint = aComplaint({ filedAt, acknowledgeFrom: filedAt, acknowledgeBy, answerBy });
  const climbUntil = (limit: string) => {
    for (
      let due = nextDueAt(complaint, escalationLevels);
      due && due <= limit;
      due = nextDueAt(complaint, escalationLevels)
    ) {
      const raised = raisedAt(complaint, due);
      if (!raised) return;
      complaint = raised;
      levels.push({ level: complaint.level, dueAt: due });
    }
  };
  for (const { type, at } of history) {
    const moved = moves[type]?.(complaint, at);
    if (!moved) continue;
    climbUntil(at);
    complaint = moves[type]?.(complaint, at) ?? complaint;
  }
  climbUntil(until);
  return levels;
}

function raisedAt(complaint: Complaint, due: string): Complaint | undefined {
  const calendar = { officeHours, countyId: complaint.countyId };
  return escalate(complaint, {
    due,
    now: due,
    escalationLevels,
    calendar,
    execution: "the rules",
    visitId: "",
    visitPolicy,
  })?.complaint;
}

const moves: Record<string, (complaint: Complaint, now: string) => Complaint> = {
  acknowledged: (complaint, now) => acknowledge(complaint, { by: agencyPrincipal, now, officer }).complaint,
  answered: (complaint, now) => {
    const says = {
      officer,
      finding: "founded" as const,
      cause: "none",
      text: "درست شد",
      actions: [],
      confirmBy: "2999-01-01T00:00:00.000Z",
    };
    return answer(complaint, { by: agencyPrincipal, now, ...says }).complaint;
  },
};
