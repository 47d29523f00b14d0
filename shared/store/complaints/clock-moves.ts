import { type Change, latest } from "#shared/domain/complaint/change.ts";
import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import type { Note } from "#shared/domain/complaint/private-series.ts";
import { overtaken, unlessOvertaken, type Writes, writeTogether } from "../transaction.ts";
import { readHead, writesOfChange } from "./complaints.ts";
import { readConfidence, writesOfNotes } from "./private-series.ts";

const attempts = 5;

/** A change of time, and what it notes in private. */
type Noting = Change & { notes?: Note[] };

type ClockMove = {
  id: string;
  now: string;
  /** The change, at an instant not before the last event; undefined where there is none to make. */
  decide: (complaint: Complaint, now: string) => Noting | undefined;
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
    const writes = [...writesOfChange(change), ...(await writesBeside(change))];
    return (await writeTogether(writes)) ? overtaken : change.complaint;
  });
}

/** What else the change writes: notes, after those that there are. */
async function writesBeside({ complaint: { id }, notes = [] }: Noting): Promise<Writes> {
  if (notes.length === 0) return [];
  const { noted } = await readConfidence(id);
  return writesOfNotes({ id, notes, after: noted });
}
