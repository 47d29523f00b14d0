import { type Duration, later, milliseconds } from "../time/duration.ts";
import type { Instant } from "../time/instant.ts";
import { note } from "./change.ts";
import type { Complaint } from "./complaint.ts";
import { holdOf } from "./hold.ts";
import type { Note, PrivateEvent } from "./private-series.ts";

/** How long what is kept of a complaint is kept after it was closed, by kind; each as long as the one before, at least. */
export type Retention = { identity: Duration; texts: Duration; events: Duration };
/** Who complained; what anybody wrote or sent of it; that it ever was. In this order: each waits for the one before. */
export const kinds = ["identity", "texts", "events"] as const;
export type Kind = (typeof kinds)[number];

type Series = readonly PrivateEvent[];
/** When it is asked, and how long the province keeps what. */
export type Keeping = { now: string; retention: Retention };
type Forgetting = Keeping & { kind: Kind; series: Series };

/**
 * Whether what is kept of a kind is to be forgotten now. Not while the case is open or not long enough closed, while an
 * admin holds it, or before what is to be forgotten earlier.
 */
export function isToBeForgotten(complaint: Complaint, { kind, now, series, retention }: Forgetting): boolean {
  const earlier = earlierThan(kind);
  if (holdOf(series).held || isForgotten(complaint, { kind, series })) return false;
  if (earlier && !isForgotten(complaint, { kind: earlier, series })) return false;
  return isDue(complaint, { kind, now, retention });
}

/** Whether a case was closed so long ago that a kind is kept no longer, were there no hold. */
export function isDue(
  { closedAt }: Pick<Complaint, "closedAt">,
  { kind, now, retention }: Keeping & { kind: Kind },
): boolean {
  return closedAt !== undefined && closedAt <= keptNoLonger({ kind, now, retention });
}

/** What was closed by then is kept no longer, of a kind. */
export function keptNoLonger({ kind, now, retention }: Keeping & { kind: Kind }): Instant {
  return later(now, -milliseconds(retention[kind]));
}

/** What is forgotten before a kind; nothing before the first. */
export const earlierThan = (kind: Kind): Kind | undefined => kinds[kinds.indexOf(kind) - 1];

/** Whether nothing of a kind is left to forget of a complaint, whatever may come. */
export function isForgotten(complaint: Complaint, { kind, series }: { kind: Kind; series: Series }): boolean {
  return complaint.closedAt !== undefined && isGone[kind](complaint, series);
}

/** Whether it is kept who complains, as far as the complaint itself tells. */
export function isIdentityKept({ identityMarks }: Complaint, series: Series): boolean {
  return identityMarks.length > 0 && !isNoted(series, "identity-erased");
}

const isGone: Record<Kind, (complaint: Complaint, series: Series) => boolean> = {
  identity: (complaint, series) => !isIdentityKept(complaint, series),
  texts: (_, series) => isNoted(series, "texts-erased"),
  // With them goes all that could say so.
  events: () => false,
};

const isNoted = (series: Series, wanted: PrivateEvent["type"]) => series.some(({ type }) => type === wanted);

/** What is noted of it; of the complaint's end nothing is left to note it in. */
export function noteOfForgetting(
  complaint: Complaint,
  { kind, now }: { kind: Exclude<Kind, "events">; now: string },
): Note {
  const type = kind === "identity" ? "identity-erased" : "texts-erased";
  return note(complaint, { now, by: { by: "clock" }, says: { type } });
}

/** Every agency that a copy of the identity was ever kept for. */
export function agenciesEverTrusted(series: Series): string[] {
  return [...new Set(series.flatMap((one) => (one.type === "consent-given" ? [one.agencyId] : [])))];
}
