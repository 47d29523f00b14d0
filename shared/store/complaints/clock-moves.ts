import { type Change, latest } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { Fault } from "#shared/domain/fault.ts";
import { backOff, writeTogether } from "../transaction.ts";
import { readComplaint, writesOfChange } from "./complaints.ts";

const attempts = 5;

type ClockMove = {
  id: string;
  now: string;
  /** What time makes of the complaint, at an instant not before the last event. */
  decide: (complaint: Complaint, now: string) => Change | undefined;
};

/**
 * Makes a move that nobody asked for but time. Undefined where there is nothing to do, or no more: the conditional write
 * is what makes it happen once, however often it is tried.
 */
export async function moveByClock({ id, now, decide }: ClockMove): Promise<Complaint | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const complaint = await readComplaint(id);
    const change = complaint && decide(complaint, latest(now, complaint));
    if (!change) return undefined;
    if (!(await writeTogether(writesOfChange(change)))) return change.complaint;
    await backOff(attempt);
  }
  throw new Fault("unavailable");
}
