import { pressedSince } from "#shared/domain/complaint/opinion.ts";
import type { Opinion, PrivateEvent } from "#shared/domain/complaint/private-series.ts";
import { putPressed } from "#shared/store/complaints/private-series.ts";
import type { Writes } from "#shared/store/transaction.ts";

type Said = { series: readonly PrivateEvent[]; opinion: Opinion; at: string };

/** Puts on the inspectors' desk whom somebody pressed, or takes off; whoever says it once more keeps the place. */
export function writesOfPressed(id: string, { series, opinion, at }: Said): Writes {
  const before = pressedSince(series);
  const since = opinion.pressed ? (before ?? at) : undefined;
  return since === before ? [] : [putPressed(id, since)];
}
