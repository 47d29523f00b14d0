import { blankedHead, blankedNarrative, blankedOfficer, withoutTexts } from "../complaint/blanked.ts";
import type { Complaint, Narrative } from "../complaint/complaint.ts";
import type { ComplaintEvent } from "../complaint/event.ts";
import { isDue, type Keeping, type Kind } from "../complaint/forgetting.ts";
import { Fault } from "../fault.ts";
import { isTold, type Viewer } from "./audience.ts";

/** Who reads it, when, and how long the province keeps what. */
type Reading = Keeping & { to: Viewer };

/**
 * Whether a kind is shown as forgotten: to whoever is told of no hold, from the instant at which it is due. Else a held case
 * would be known by what is still there. What is not held is shown so too before the clock comes to forget it, up to a
 * month later: the two must not differ, and an agency's function may not read which is held.
 */
export function isShownAsForgotten(
  complaint: Pick<Complaint, "closedAt">,
  { to, ...asked }: Reading & { kind: Kind },
): boolean {
  return !isTold(to, { type: "hold-set" }) && isDue(complaint, asked);
}

/** Refuses a complaint of which this reader is to find nothing any more, or nothing of a kind. */
export function mustBeShown(complaint: Complaint, { kind = "events", ...reading }: Reading & { kind?: Kind }): void {
  if (isShownAsForgotten(complaint, { kind, ...reading })) throw new Fault("not-found");
}

/** As much of a story as is forgotten. */
type Told = { complaint: Complaint; narrative: Narrative; events: ComplaintEvent[]; uploads: unknown[] };

/** The story as the reader would find it, were nothing held; throws `not-found` where nothing of it would be left. */
export function storyAsShown<S extends Told>(story: S, reading: Reading): S {
  const { complaint, narrative, events } = story;
  mustBeShown(complaint, reading);
  if (!isShownAsForgotten(complaint, { kind: "texts", ...reading })) return story;
  return {
    ...story,
    complaint: blankedHead(complaint),
    narrative: blankedNarrative(narrative),
    events: events.map(withoutTexts),
    uploads: [],
  };
}

/** Who is named as handling it, as a list shows it. */
export function officerAsShown(
  { officer, closedAt }: Pick<Complaint, "officer" | "closedAt">,
  reading: Reading,
): Complaint["officer"] {
  return isShownAsForgotten({ closedAt }, { kind: "texts", ...reading }) ? blankedOfficer(officer) : officer;
}
