import { type Change, latest } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { overtaken, unlessOvertaken, writeTogether } from "../transaction.ts";
import { readHead, writesOfChange } from "./complaints.ts";

const attempts = 5;

type ClockMove = {
  id: string;
  now: string;
  /** The change, at an instant not before the last event; undefined where there is none to make. */
  decide: (complaint: Complaint, now: string) => Change | undefined;
};

/**
 * Makes a change that no caller asked for: one of time, or of changed office hours. Undefined where there is nothing to
 * do, or no more. The conditional write makes it happen once, however often it is tried.
 */
export function moveByClock({ id, now, decide }: ClockMove): Promise<Complaint | undefined> {
  return unlessOvertaken(attempts, async () => {
    const complaint = await readHead(id);
    const change = complaint && decide(complaint, latest(now, complaint));
    if (!change) return undefined;
    return (await writeTogether(writesOfChange(change))) ? overtaken : change.complaint;
  });
}
