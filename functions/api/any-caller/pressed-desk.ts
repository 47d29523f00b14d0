import type { Complaint } from "#shared/domain/complaint/complaint.ts";
import { pressedSince } from "#shared/domain/complaint/opinion.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { isSandbox } from "#shared/domain/complaint/sandbox.ts";
import { putPressed } from "#shared/store/complaints/private-series.ts";
import type { Writes } from "#shared/store/transaction.ts";

/** What is noted now, and what was before. */
type Said = { series: readonly PrivateEvent[]; note: Note };

/** Puts on the inspectors' desk whom somebody pressed, or takes off; whoever says it once more keeps the place. */
export function writesOfPressed(complaint: Complaint, { series, note }: Said): Writes {
  const before = pressedSince(series);
  const since = pressedSince([...series, { ...note, private: series.length + 1 }]);
  return since === before || isSandbox(complaint) ? [] : [putPressed(complaint.id, since)];
}
