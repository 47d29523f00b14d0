import { pressedSince } from "#shared/domain/complaint/opinion.ts";
import type { Note, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { putPressed } from "#shared/store/complaints/private-series.ts";
import type { Writes } from "#shared/store/transaction.ts";

/** What is noted now, and what was before. */
type Said = { series: readonly PrivateEvent[]; note: Note };

/** Puts on the inspectors' desk whom somebody pressed, or takes off; whoever says it once more keeps the place. */
export function writesOfPressed(id: string, { series, note }: Said): Writes {
  const before = pressedSince(series);
  const since = pressedSince([...series, { ...note, private: series.length + 1 }]);
  return since === before ? [] : [putPressed(id, since)];
}
