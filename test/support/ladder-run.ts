import * as z from "zod";
import { acknowledge, answer } from "#shared/domain/complaint/agency-move.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { dueOf, raise } from "#shared/domain/escalation/escalation.ts";
import { Instant } from "#shared/domain/time/instant.ts";
import { ladder, officeHours } from "#shared/province/slices.static.ts";
import { aComplaint, theAgency } from "./a-complaint.ts";

const Entry = z.looseObject({ type: z.string(), at: Instant, level: z.int().optional(), dueAt: Instant.optional() });
/** What of a citizen's view a climb is judged by. */
export const Climb = z.object({
  id: z.string(),
  filedAt: Instant,
  acknowledgeBy: Instant,
  answerBy: Instant,
  level: z.int(),
  history: z.array(Entry),
});
export type Climb = z.infer<typeof Climb>;

export type Rung = { level: number; dueAt: string };

export const raisedIn = ({ history }: Climb): Rung[] =>
  history.flatMap(({ type, level = 0, dueAt = "" }) => (type === "escalated" ? [{ level, dueAt }] : []));

const officer = { name: "مریم کریمی" };

/** The rungs that the rules give a complaint with these deadlines and moves by `until`: the pure domain, replayed. */
export function rungsByTheRules({ filedAt, acknowledgeBy, answerBy, history }: Climb, until: string): Rung[] {
  const rungs: Rung[] = [];
  let complaint = aComplaint({ filedAt, acknowledgeFrom: filedAt, acknowledgeBy, answerBy });
  const climbUntil = (limit: string) => {
    for (let due = dueOf(complaint, ladder); due && due <= limit; due = dueOf(complaint, ladder)) {
      const raised = raisedAt(complaint, due);
      if (!raised) return;
      complaint = raised;
      rungs.push({ level: complaint.level, dueAt: due });
    }
  };
  for (const { type, at } of history) {
    const moved = moves[type]?.(complaint, at);
    if (!moved) continue;
    climbUntil(at);
    complaint = moves[type]?.(complaint, at) ?? complaint;
  }
  climbUntil(until);
  return rungs;
}

function raisedAt(complaint: Complaint, due: string): Complaint | undefined {
  const calendar = { officeHours, countyId: complaint.countyId };
  return raise(complaint, { due, now: due, ladder, calendar, execution: "the rules", visitId: "" })?.complaint;
}

const moves: Record<string, (complaint: Complaint, now: string) => Complaint> = {
  acknowledged: (complaint, now) => acknowledge(complaint, { by: theAgency, now, officer }).complaint,
  answered: (complaint, now) => {
    const says = {
      officer,
      finding: "founded" as const,
      cause: "none",
      text: "درست شد",
      actions: [],
      confirmBy: "2999-01-01T00:00:00.000Z",
    };
    return answer(complaint, { by: theAgency, now, ...says }).complaint;
  },
};
